//! "Did you mean": the known word that a mistaken one was probably meant to be.

/// The known word nearest to `wanted`, if it is near enough to be worth naming: an edit for every three letters.
/// Of several equally near the first in `known` is taken. Case is not looked at.
///
/// ```
/// use benefit_map::finding::nearest;
/// assert_eq!(nearest("titel", ["title", "tags"]), Some("title"));
/// assert_eq!(nearest("colour", ["title", "tags"]), None);
/// ```
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = wanted.to_lowercase();
    // A text of thousands of letters is no slip of a word, and its distance would take long to reckon.
    if wanted.len() > 200 {
        return None;
    }
    let allowed = wanted.chars().count() / 3;
    known
        .into_iter()
        .map(|word| (strsim::osa_distance(&wanted, &word.to_lowercase()), word))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_other_words_are_not() {
        let known = ["enabler", "business-change", "end-outcome"];
        assert_eq!(nearest("Enabler", known), Some("enabler"));
        assert_eq!(nearest("enablre", known), Some("enabler"));
        assert_eq!(nearest("bussiness_change", known), Some("business-change"));
        assert_eq!(nearest("outcome", known), None);
        assert_eq!(nearest("", known), None);
        assert_eq!(
            nearest("c", ["b", "C"]),
            Some("C"),
            "of one letter only the case may differ"
        );
        assert_eq!(nearest(&"x".repeat(10_000), known), None);
    }
}
