//! What costs come to over all the years in which they are paid.

use rust_decimal::Decimal;

use super::written::Year;
use super::{BenefitMap, Cost, Node, Number};

/// The most years that a cost is paid in.
pub const MOST_COST_YEARS: i64 = 300;

/// Why the last year of a cost cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BadEnd {
    /// It, or the year of the cost, is not a year.
    NoYear,
    /// One of them is a financial year, and the other is not.
    OtherKind,
    /// It comes before the year of the cost.
    Before,
    /// It comes more than [`MOST_COST_YEARS`] years after it.
    TooLate,
}

impl Cost {
    /// How often the amount is paid again after its own year: in each year up to `until`.
    ///
    /// # Errors
    /// [`BadEnd`] where `until` is not empty, and does not say.
    pub fn further_years(&self) -> Result<i64, BadEnd> {
        if self.until.trim().is_empty() {
            return Ok(0);
        }
        let (Some(first), Some(last)) = (Year::read(&self.year), Year::read(&self.until)) else {
            return Err(BadEnd::NoYear);
        };
        match last.since(first).ok_or(BadEnd::OtherKind)? {
            ..0 => Err(BadEnd::Before),
            MOST_COST_YEARS.. => Err(BadEnd::TooLate),
            further => Ok(further),
        }
    }

    /// The years in which the amount is paid, the earliest first, each in the form that sorts; a year in words as it is written.
    /// Its own year alone where its last one cannot be used.
    /// ```
    /// use benefit_map::map::Cost;
    ///
    /// let cost: Cost = serde_json::from_str(r#"{"year": "2028/29", "amount": 50, "until": "2030/31"}"#)?;
    /// assert_eq!(cost.years().collect::<Vec<_>>(), ["2028-29", "2029-30", "2030-31"]);
    /// assert_eq!(cost.in_all(), 150.into());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn years(&self) -> impl Iterator<Item = String> {
        let first = Year::read(&self.year);
        let further = self.further_years().unwrap_or(0);
        (0..=further)
            .map(move |further| first.map_or_else(|| self.year.clone(), |first| first.after(further).to_string()))
    }

    /// The amount in all its years together: as it is written, not discounted, and without its optimism bias.
    pub fn in_all(&self) -> Decimal {
        // Fifteen digits times at most three: no more than a decimal holds.
        self.amount.decimal() * Decimal::from(self.further_years().unwrap_or(0) + 1)
    }
}

impl BenefitMap {
    /// The costs of a node of this map that are part of what the map proposes: all but those that belong to another option.
    pub fn costs<'m>(&'m self, node: &'m Node) -> impl Iterator<Item = &'m Cost> + Clone {
        let proposed = self.appraisal.as_ref().and_then(|appraisal| appraisal.proposed());
        let proposed = proposed.map(|option| &option.id);
        node.cost
            .iter()
            .filter(move |cost| cost.option.is_none() || proposed.is_none() || cost.option.as_ref() == proposed)
    }

    /// What these come to in all their years, as [`Cost::in_all`] has it; `None` where there are none, or where the sum is too large to
    /// be held.
    pub fn cost_of(&self, node: &Node) -> Option<Decimal> {
        let mut costs = self.costs(node).map(Cost::in_all).peekable();
        costs.peek()?;
        costs.try_fold(Decimal::ZERO, Decimal::checked_add)
    }

    /// What several nodes come to together, as [`Self::cost_of`] has each; `None` where none has a cost, or where the sum is too large
    /// to be a [`Number`].
    pub fn cost_of_all<'m>(&self, nodes: impl IntoIterator<Item = &'m Node>) -> Option<Number> {
        let mut costs = nodes.into_iter().filter_map(|node| self.cost_of(node));
        let first = costs.next()?;
        costs.try_fold(first, Decimal::checked_add).and_then(Number::rounded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(year: &str, until: &str) -> Cost {
        serde_json::from_value(serde_json::json!({"year": year, "amount": 40, "until": until})).unwrap()
    }

    #[test]
    fn a_cost_is_paid_in_each_year_up_to_its_last() {
        for (year, until, further) in [
            ("2026-27", "", Ok(0)),
            ("2026-27", "2026/27", Ok(0)),
            ("FY28/29", "2030-31", Ok(2)),
            ("2026", "2030", Ok(4)),
            ("2026", "2325", Ok(299)),
            ("2026", "2326", Err(BadEnd::TooLate)),
            ("2026-27", "2025-26", Err(BadEnd::Before)),
            ("2026-27", "2030", Err(BadEnd::OtherKind)),
            ("2026-27", "for good", Err(BadEnd::NoYear)),
            ("Year 1", "Year 3", Err(BadEnd::NoYear)),
        ] {
            let cost = cost(year, until);
            assert_eq!(cost.further_years(), further, "{year} to {until}");
            let years = further.unwrap_or(0) + 1;
            assert_eq!(cost.years().count() as i64, years);
            assert_eq!(cost.in_all(), Decimal::from(40 * years));
        }
        assert_eq!(cost("Year 1", "Year 3").years().collect::<Vec<_>>(), ["Year 1"]);
    }

    #[test]
    fn costs_of_options_that_are_not_proposed_are_not_part_of_it() {
        let map = |options: &str| -> BenefitMap {
            serde_json::from_str(&format!(
                r#"{{"format": 1, "nodes": [{{"id": "fund", "kind": "investment", "cost": [
                    {{"year": "2026-27", "amount": 100}},
                    {{"year": "2027-28", "amount": 20, "until": "2028-29", "option": "own"}},
                    {{"year": "2027-28", "amount": 7, "option": "other"}}]}}]{options}}}"#
            ))
            .unwrap()
        };
        let of = |map: &BenefitMap| map.cost_of(&map.nodes[0]);
        assert_eq!(of(&map("")), Some(147.into()));
        let options = r#", "appraisal": {"base_year": "2026-27", "end": "2030-31", "options": [
            {"id": "other", "kind": "other"}, {"id": "own", "kind": "preferred"}]}"#;
        assert_eq!(of(&map(options)), Some(140.into()));
        let bare: BenefitMap =
            serde_json::from_str(r#"{"format": 1, "nodes": [{"id": "a", "kind": "enabler"}]}"#).unwrap();
        assert_eq!(of(&bare), None);
    }
}
