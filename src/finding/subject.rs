//! Which thing in a map something is about.

use std::fmt;

use crate::map::{ActivityId, BadId, KpiId, NodeId, OwnerId, PartnerId, RiskId};

/// A thing in a map. Written `map`, `node bin-sensors`, `link a -> b`, `owner o`, `kpi k`, `risk r`,
/// `plan o` (by its owner), `activity a`, `partner p`, `review 1` or `allowance 1` (by its place in the list, from 1).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The map as a whole.
    Map,
    /// A node.
    Node(NodeId),
    /// A link, by its two ends.
    Link {
        /// Where it begins.
        from: NodeId,
        /// Where it ends.
        to: NodeId,
    },
    /// An owner.
    Owner(OwnerId),
    /// A KPI.
    Kpi(KpiId),
    /// A risk.
    Risk(RiskId),
    /// The plan of an owner.
    Plan(OwnerId),
    /// An activity of a plan.
    Activity(ActivityId),
    /// A partner.
    Partner(PartnerId),
    /// An entry of `reviews`, by its place in the list, from 1.
    Review(usize),
    /// An entry of `allow`, by its place in the list, from 1.
    Allowance(usize),
}

/// Why a text names no [`Subject`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadSubject {
    /// The text begins with no known kind of thing.
    #[error(
        "`{text}` is not a subject: write `map`, `node ID`, `link ID -> ID`, `owner ID`, `kpi ID`, `risk ID`, `plan OWNER`, `activity ID`, `partner ID`, `review N` or `allowance N`"
    )]
    Shape {
        /// The refused text.
        text: String,
    },
    /// The id in the text is none.
    #[error(transparent)]
    Id(#[from] BadId),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Map => f.write_str("map"),
            Self::Node(id) => write!(f, "node {id}"),
            Self::Link { from, to } => write!(f, "link {from} -> {to}"),
            Self::Owner(id) => write!(f, "owner {id}"),
            Self::Kpi(id) => write!(f, "kpi {id}"),
            Self::Risk(id) => write!(f, "risk {id}"),
            Self::Plan(id) => write!(f, "plan {id}"),
            Self::Activity(id) => write!(f, "activity {id}"),
            Self::Partner(id) => write!(f, "partner {id}"),
            Self::Review(n) => write!(f, "review {n}"),
            Self::Allowance(n) => write!(f, "allowance {n}"),
        }
    }
}

impl std::str::FromStr for Subject {
    type Err = BadSubject;
    fn from_str(text: &str) -> Result<Self, BadSubject> {
        let shape = || BadSubject::Shape { text: text.to_owned() };
        let text = text.trim();
        if text == "map" {
            return Ok(Self::Map);
        }
        let (kind, rest) = text.split_once(' ').ok_or_else(shape)?;
        let id = rest.trim();
        Ok(match kind {
            "node" => Self::Node(NodeId::new(id)?),
            "link" => {
                let (from, to) = id.split_once("->").ok_or_else(shape)?;
                Self::Link {
                    from: NodeId::new(from.trim())?,
                    to: NodeId::new(to.trim())?,
                }
            }
            "owner" => Self::Owner(OwnerId::new(id)?),
            "kpi" => Self::Kpi(KpiId::new(id)?),
            "risk" => Self::Risk(RiskId::new(id)?),
            "plan" => Self::Plan(OwnerId::new(id)?),
            "activity" => Self::Activity(ActivityId::new(id)?),
            "partner" => Self::Partner(PartnerId::new(id)?),
            "review" => Self::Review(id.parse().map_err(|_| shape())?),
            "allowance" => Self::Allowance(id.parse().map_err(|_| shape())?),
            _ => return Err(shape()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_reads_back_as_it_is_written() {
        for text in [
            "map",
            "node n1",
            "link a -> b",
            "owner o",
            "kpi k",
            "risk r",
            "plan o",
            "activity a",
            "partner p",
            "review 2",
            "allowance 3",
        ] {
            assert_eq!(text.parse::<Subject>().unwrap().to_string(), text);
        }
        for bad in ["", "node", "node A", "link a b", "thing x", "allowance x"] {
            assert!(bad.parse::<Subject>().is_err(), "{bad}");
        }
    }
}
