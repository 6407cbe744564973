//! What differs between two portfolios, or two states of one.

use std::collections::BTreeMap;

use serde::Serialize;

use super::bounds::Bounds;
use super::model::Portfolio;
use super::totals::Total;

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// What it is: `map a`, `claim a k -> co2`, `total co2 2030`.
    pub subject: String,
    /// What the old one says; `None` where it does not have it.
    pub before: Option<String>,
    /// What the new one says; `None` where it does not have it.
    pub after: Option<String>,
}

/// All that differs: what is in the two files, then what their claims come to in each year. Titles and orders count, blanks do not.
pub fn compare(old: (&Portfolio, &[Total<'_>]), new: (&Portfolio, &[Total<'_>])) -> Vec<Difference> {
    let mut out = differing(entries(old.0), entries(new.0));
    out.extend(differing(sums(old.1), sums(new.1)));
    out
}

type Entries = BTreeMap<(usize, String), String>;

fn differing(old: Entries, mut new: Entries) -> Vec<Difference> {
    let mut out: BTreeMap<(usize, String), Difference> = BTreeMap::new();
    for (key, before) in old {
        let after = new.remove(&key);
        if after.as_ref() != Some(&before) {
            let difference = Difference {
                subject: key.1.clone(),
                before: Some(before),
                after,
            };
            out.insert(key, difference);
        }
    }
    for (key, after) in new {
        let difference = Difference {
            subject: key.1.clone(),
            before: None,
            after: Some(after),
        };
        out.insert(key, difference);
    }
    out.into_values().collect()
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn entries(portfolio: &Portfolio) -> Entries {
    let mut out = Entries::new();
    let mut add = |rank, subject: String, text: String| {
        // A second one of the same name is another one.
        let mut key = (rank, subject);
        while out.contains_key(&key) {
            key.1.push_str(" (again)");
        }
        out.insert(key, text);
    };
    add(0, "title".to_owned(), portfolio.title.clone());
    add(0, "purpose".to_owned(), portfolio.purpose.clone());
    add(
        0,
        "first month".to_owned(),
        portfolio.first_month.unwrap_or(1).to_string(),
    );
    for map in &portfolio.maps {
        add(1, format!("map {}", map.id), json(map));
    }
    for outcome in &portfolio.outcomes {
        let mut bare = outcome.clone();
        bare.measures.clear();
        add(2, format!("outcome {}", outcome.id), json(&bare));
        for measure in &outcome.measures {
            add(3, format!("measure {}", measure.id), json(measure));
        }
    }
    for link in &portfolio.links {
        add(
            4,
            format!("link {} {} -> {}", link.map, link.node, link.outcome),
            json(link),
        );
    }
    for claim in &portfolio.claims {
        add(
            5,
            format!("claim {} {} -> {}", claim.map, claim.kpi, claim.measure),
            json(claim),
        );
    }
    for one in &portfolio.dependencies {
        let subject = format!("dependency {} {} -> {} {}", one.on.map, one.on.node, one.map, one.node);
        add(6, subject, json(one));
    }
    for cost in &portfolio.shared_costs {
        add(7, format!("shared cost {}", cost.id), json(cost));
    }
    if let Some(appraisal) = &portfolio.appraisal {
        add(8, "appraisal".to_owned(), json(appraisal));
    }
    out
}

fn sums(totals: &[Total<'_>]) -> Entries {
    let shown = |bounds: Option<Bounds>| match bounds {
        None => "nothing".to_owned(),
        Some(bounds) if bounds.is_exact() => bounds.at_least.to_string(),
        Some(bounds) => format!("{} to {}", bounds.at_least, bounds.at_most),
    };
    let of = |total: &Total<'_>| {
        let subject = format!("total {} {}", total.measure.id, total.year);
        let text = format!("planned {}, measured {}", shown(total.planned), shown(total.achieved));
        ((9, subject), text)
    };
    totals.iter().map(of).collect()
}
