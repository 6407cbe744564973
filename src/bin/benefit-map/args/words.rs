//! The closed lists of the library as what options take: its words, as it spells them, with what the help says of each.

use std::ffi::OsStr;

use benefit_map::map::Words;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, Command, Error};

/// Takes values of a list of the library, and lists them in the help.
#[derive(Debug, Clone)]
pub struct WordParser<T> {
    values: Vec<(T, PossibleValue)>,
}

/// Every word of the list, each with what the library says of it.
pub fn explained<T: Words>() -> WordParser<T> {
    WordParser::new(T::all().iter().map(|value| (*value, Some(value.about()))))
}

/// Every word of a list whose words speak for themselves.
pub fn plain<T: Words>() -> WordParser<T> {
    WordParser::new(T::all().iter().map(|value| (*value, None)))
}

/// Some words of the list, each with what it means for this option.
pub fn some<T: Words>(values: &[(T, &'static str)]) -> WordParser<T> {
    WordParser::new(values.iter().map(|(value, about)| (*value, Some(*about))))
}

impl<T: Words> WordParser<T> {
    fn new(values: impl Iterator<Item = (T, Option<&'static str>)>) -> Self {
        let listed = |(value, about): (T, Option<&'static str>)| (value, PossibleValue::new(value.word()).help(about));
        Self {
            values: values.map(listed).collect(),
        }
    }

    /// The same, where a value has other names that are taken but not listed.
    pub fn also(mut self, value: T, names: &'static [&'static str]) -> Self {
        for (other, listed) in &mut self.values {
            if *other == value {
                *listed = listed.clone().aliases(names);
            }
        }
        self
    }

    fn listed(&self) -> impl Iterator<Item = PossibleValue> + use<'_, T> {
        self.values.iter().map(|(_, listed)| listed.clone())
    }
}

impl<T: Words + Send + Sync> TypedValueParser for WordParser<T> {
    type Value = T;

    fn parse_ref(&self, command: &Command, argument: Option<&Arg>, value: &OsStr) -> Result<T, Error> {
        let parser = PossibleValuesParser::new(self.listed());
        let word = parser.parse_ref(command, argument, value)?;
        let found = self.values.iter().find(|(_, listed)| listed.matches(&word, false));
        // The parser takes no word that is not listed.
        found
            .map(|(value, _)| *value)
            .ok_or_else(|| Error::new(clap::error::ErrorKind::InvalidValue))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.listed()))
    }
}

#[cfg(test)]
mod tests {
    use benefit_map::check::Profile;
    use benefit_map::map::NodeKind;

    use super::*;

    fn parsed<T: Words + Send + Sync>(parser: WordParser<T>, word: &str) -> Result<T, String> {
        let command = Command::new("x").arg(Arg::new("y").long("y").value_parser(parser));
        let matches = command.try_get_matches_from(["x", "--y", word]);
        let matches = matches.map_err(|error| error.to_string())?;
        Ok(*matches.get_one::<T>("y").unwrap())
    }

    #[test]
    fn every_word_of_the_library_is_taken_and_no_other() {
        for kind in NodeKind::ALL {
            assert_eq!(parsed(plain::<NodeKind>(), kind.as_str()), Ok(*kind));
        }
        let refused = parsed(plain::<NodeKind>(), "enablr").unwrap_err();
        assert!(refused.contains("[possible values: investment, enabler,"), "{refused}");
        assert!(refused.contains("a similar value exists: 'enabler'"), "{refused}");
    }

    #[test]
    fn other_names_are_taken_and_some_words_may_be_left_out() {
        let parser = || some(&[(Profile::Outline, "The chains hold")]).also(Profile::Outline, &["obc"]);
        assert_eq!(parsed(parser(), "obc"), Ok(Profile::Outline));
        assert_eq!(parsed(parser(), "outline"), Ok(Profile::Outline));
        let refused = parsed(parser(), "audit").unwrap_err();
        assert!(refused.contains("[possible values: outline]"), "{refused}");
    }
}
