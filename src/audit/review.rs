//! Reviews against what the map says now.

use crate::finding::{Subject, nearest};
use crate::map::{BenefitMap, Binding, Day, Fingerprints, Owner, OwnerId, Review, Says, words};

words! {
    /// What a review is worth now.
    ReviewState {
        /// Agreed, and nothing of it has changed since: what it says, its KPIs, who agreed and when.
        Agreed = "agreed",
        /// Agreed, but its KPIs have changed since.
        KpisChanged = "kpis changed",
        /// Agreed under an earlier version, whose fingerprint covers the text alone: that is unchanged.
        TextOnly = "text only",
        /// Agreed, but it has changed since, or nothing says what it was then.
        Suspect = "suspect",
        /// Who said it, when, of what or in which words has been changed since it was written.
        Altered = "altered",
        /// Challenged, and no agreement by the same reviewer since.
        Challenged = "challenged",
        /// The same reviewer has looked again since.
        Superseded = "superseded",
        /// Of something that the map does not have.
        OfNothing = "of nothing",
    }
}

impl ReviewState {
    /// What the state means, in words to follow its name.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Agreed => "agreed, and nothing of it has changed since: its text, its KPIs, who agreed and when",
            Self::KpisChanged => "agreed, but its KPIs have changed since",
            Self::TextOnly => {
                "agreed under an earlier version of benefit-map, which covers the text alone: whether KPIs, reviewer, day \
                 or note have changed is not known"
            }
            Self::Suspect => "agreed, but the text has changed since, or nothing shows what it was then",
            Self::Altered => {
                "the review does not read as it was written: its reviewer, day, verdict or note has been changed"
            }
            Self::Challenged => "challenged, and not agreed since by the same reviewer",
            Self::Superseded => "the same reviewer has looked at it again since",
            Self::OfNothing => "of something that the map does not have",
        }
    }

    /// Whether somebody has to look at it.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Agreed | Self::Superseded)
    }
}

/// A review and what it is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRow<'m> {
    /// The review.
    pub review: &'m Review,
    /// What its subject is called; empty where it has no title.
    pub title: String,
    /// The reviewer's name; the id where the map does not know them.
    pub reviewer: &'m str,
    /// What it is worth now.
    pub state: ReviewState,
}

/// All reviews of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewList<'m> {
    /// The reviews in the order of the canonical form: by subject, reviewer and day.
    pub rows: Vec<ReviewRow<'m>>,
    /// How many nodes have an agreement that holds, and how many there are.
    pub nodes: (usize, usize),
    /// The same of links.
    pub links: (usize, usize),
}

/// The reviews of a map, each with what it is worth now.
pub fn reviews(map: &BenefitMap) -> ReviewList<'_> {
    weighed(map, &Fingerprints::new(map))
}

/// The same of a map in its canonical form, which is not copied for it.
pub(super) fn reviews_of_canonical(map: &BenefitMap) -> ReviewList<'_> {
    weighed(map, &Fingerprints::of_canonical(map))
}

fn weighed<'m>(map: &'m BenefitMap, prints: &Fingerprints<'_>) -> ReviewList<'m> {
    let standing: Vec<usize> = map.standing_reviews().into_iter().map(|(at, _)| at).collect();
    let mut rows: Vec<ReviewRow<'_>> = map
        .reviews
        .iter()
        .enumerate()
        .map(|(at, review)| {
            let binding = prints.weigh(review);
            let state = match (binding, review.says) {
                (Binding::OfNothing, _) => ReviewState::OfNothing,
                // One that was changed must not hide behind a later one: who knows which of the two was the later.
                (Binding::Altered | Binding::OtherReviewer, _) => ReviewState::Altered,
                _ if standing.binary_search(&at).is_err() => ReviewState::Superseded,
                (_, Says::Challenged) => ReviewState::Challenged,
                (Binding::Whole, Says::Agreed) => ReviewState::Agreed,
                (Binding::MeasuresChanged, Says::Agreed) => ReviewState::KpisChanged,
                (Binding::TextOnly, Says::Agreed) => ReviewState::TextOnly,
                (Binding::TextChanged | Binding::Unknown, Says::Agreed) => ReviewState::Suspect,
            };
            ReviewRow {
                review,
                title: title(map, &review.subject),
                reviewer: map.owner(&review.by).map_or(review.by.as_str(), Owner::label),
                state,
            }
        })
        .collect();
    rows.sort_by(|a, b| {
        let key = |row: &ReviewRow<'_>| (row.review.subject.clone(), row.review.by.clone(), row.review.on);
        key(a).cmp(&key(b))
    });
    let agreed: std::collections::BTreeSet<Subject> = rows
        .iter()
        .filter(|row| row.state == ReviewState::Agreed)
        .filter_map(|row| row.review.subject.parse().ok())
        .collect();
    let links = map.links.iter().filter(|link| {
        agreed.contains(&Subject::Link {
            from: link.from.clone(),
            to: link.to.clone(),
        })
    });
    let nodes = map
        .nodes
        .iter()
        .filter(|node| agreed.contains(&Subject::Node(node.id.clone())));
    ReviewList {
        nodes: (nodes.count(), map.nodes.len()),
        links: (links.count(), map.links.len()),
        rows,
    }
}

/// What a subject is called on the map; empty where it has no title.
fn title(map: &BenefitMap, subject: &str) -> String {
    let node = |id: &str| {
        map.nodes
            .iter()
            .find(|node| node.id.as_str() == id)
            .map(|node| node.title.clone())
    };
    let found = match subject.parse() {
        Ok(Subject::Map) => Some(map.title.clone()),
        Ok(Subject::Node(id)) => node(id.as_str()),
        Ok(Subject::Link { from, to }) => node(from.as_str())
            .zip(node(to.as_str()))
            .map(|(a, b)| format!("{a} → {b}")),
        Ok(Subject::Kpi(id)) => map.kpis.iter().find(|kpi| kpi.id == id).map(|kpi| kpi.title.clone()),
        Ok(Subject::Risk(id)) => map
            .risks
            .iter()
            .find(|risk| risk.id == id)
            .map(|risk| risk.title.clone()),
        Ok(Subject::Owner(id) | Subject::Plan(id)) => map.owner(&id).map(|owner| owner.name.clone()),
        _ => None,
    };
    found.unwrap_or_default()
}

/// Why a review cannot be written down.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReviewError {
    /// The map has nothing of that name.
    #[error("the map has no `{subject}`{}: write it as `check` does, such as `node ID`, `link ID -> ID` or `kpi ID`",
        .nearest.as_ref().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default())]
    UnknownSubject {
        /// The refused text.
        subject: String,
        /// What was perhaps meant.
        nearest: Option<String>,
    },
    /// The map has no such owner.
    #[error("the map has no owner `{by}`{}", .nearest.as_ref().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default())]
    UnknownOwner {
        /// The refused id.
        by: String,
        /// Who was perhaps meant.
        nearest: Option<String>,
    },
}

/// The map with one more review: what the owner says of the subject as it stands. An id alone is the node of that id.
/// What the same owner said of it on the same day is replaced; what was said earlier stays.
///
/// # Errors
/// [`ReviewError`] where the map has no such subject or owner; the map is not changed.
pub fn record_review(
    map: &BenefitMap,
    subject: &str,
    by: &OwnerId,
    on: Day,
    says: Says,
    note: &str,
) -> Result<BenefitMap, ReviewError> {
    if map.owner(by).is_none() {
        let owners = map.owners.iter().map(|owner| owner.id.as_str());
        return Err(ReviewError::UnknownOwner {
            by: by.to_string(),
            nearest: nearest(by.as_str(), owners).map(str::to_owned),
        });
    }
    let prints = Fingerprints::new(map);
    let written = subject.trim();
    let tries = [
        written.to_owned(),
        format!("node {written}"),
        format!("link {written}"),
        format!("kpi {written}"),
    ];
    let found = tries
        .iter()
        .filter_map(|text| text.parse::<Subject>().ok())
        .find(|subject| prints.of(&subject.to_string()).is_some());
    let Some(subject) = found else {
        let nodes = map.nodes.iter().map(|node| format!("node {}", node.id));
        let links = map
            .links
            .iter()
            .map(|link| format!("link {} -> {}", link.from, link.to));
        let known: Vec<String> = nodes.chain(links).collect();
        let near = nearest(written, known.iter().map(String::as_str));
        return Err(ReviewError::UnknownSubject {
            subject: written.to_owned(),
            nearest: near.map(str::to_owned),
        });
    };
    let mut review = Review {
        subject: subject.to_string(),
        by: by.clone(),
        on: Some(on),
        says,
        note: note.trim().to_owned(),
        fingerprint: String::new(),
    };
    review.fingerprint = prints.bind(&review).unwrap_or_default();
    let mut map = map.clone();
    map.reviews
        .retain(|other| (other.subject.trim(), &other.by, other.on) != (review.subject.as_str(), by, Some(on)));
    map.reviews.push(review);
    map.canonicalize();
    Ok(map)
}
