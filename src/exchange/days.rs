//! Days as people write them in other tools' files: read as the tables of `import tables` are, all of a file together.

use super::draft::Element;
use super::fields::{Attribute, Unread};
use crate::map::called::folded;
use crate::map::written::{Days, Edge, Notation};
use crate::map::{Day, is_blank};

/// The fields of a node that are days, and which day of a month or a year each means.
const DAYS: &[(&str, Edge)] = &[("start", Edge::First), ("due", Edge::Last)];

/// Which of these fields an attribute is.
fn edge(attribute: &Attribute) -> Option<Edge> {
    let folded = folded(&attribute.name);
    DAYS.iter().find(|(name, _)| *name == folded).map(|(_, edge)| *edge)
}

/// Writes every day of the elements as the format has it, and tells of those that stood there in another writing.
///
/// Whether `01/04/2027` is in April or in January is seen by the other days of the file, as in the column of a table.
pub(super) fn settle(elements: &mut [Element], unread: &mut Unread) {
    let mut days = Days::new(&Notation::default());
    for attribute in elements.iter().flat_map(|element| &element.attributes) {
        if edge(attribute).is_some() {
            days.see(&attribute.text, || attribute.place.clone());
        }
    }
    for element in elements {
        element.attributes.retain_mut(|attribute| {
            let Some(edge) = edge(attribute) else { return true };
            let text = attribute.text.trim();
            // What is a day already, or says nothing, is for the reader of fields.
            if Day::new(text).is_ok() || is_blank(text) {
                return true;
            }
            match days.read(text, edge) {
                Ok(read) => {
                    let how = match read.note.as_str() {
                        "" => "a date in another format".to_owned(),
                        note => format!("a date in another format: {note}"),
                    };
                    unread.taken(attribute, read.value.to_string(), how);
                    attribute.text = read.value.to_string();
                    true
                }
                Err(refusal) => {
                    unread.left(
                        attribute,
                        format!("it {}: {}", refusal.why, refusal.help.trim_end_matches('.')),
                    );
                    false
                }
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(texts: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
        let attribute = |(name, text): &(&str, &str)| Attribute::new(*name, *text, "line 1");
        let mut elements = [Element {
            attributes: texts.iter().map(attribute).collect(),
            ..Element::default()
        }];
        let mut unread = Unread::default();
        settle(&mut elements, &mut unread);
        let kept = elements[0].attributes.iter().map(|one| one.text.clone()).collect();
        let told = unread
            .into_each()
            .map(|one| format!("{} {}", one.text, one.became))
            .collect();
        (kept, told)
    }

    #[test]
    fn days_are_read_as_tables_read_them_and_told() {
        let (kept, told) = of(&[
            ("Due", "31/03/2027"),
            ("start", "01/04/2026"),
            ("due", "2026-01-02"),
            ("owner", "1/2/2026"),
        ]);
        assert_eq!(kept, ["2027-03-31", "2026-04-01", "2026-01-02", "1/2/2026"]);
        assert_eq!(told, ["31/03/2027 2027-03-31", "01/04/2026 2026-04-01"]);
        let (kept, told) = of(&[("due", "01/04/2026"), ("start", "soon"), ("due", "TBC")]);
        assert_eq!(kept, ["TBC"]);
        assert_eq!(told, ["01/04/2026 ", "soon "]);
    }
}
