//! The sign of a status, on a chart, on a card and in a legend.

use crate::scene::{Icon, Verdict};
use crate::track::Status;

/// The shape of a status, each with one of its own, and the judgement that it amounts to.
pub fn sign(status: Status) -> (Icon, Verdict) {
    match status {
        Status::OnTrack => (Icon::Disc, Verdict::Good),
        Status::AtRisk => (Icon::Triangle, Verdict::Doubtful),
        Status::OffTrack => (Icon::Square, Verdict::Bad),
        Status::Achieved => (Icon::Tick, Verdict::Good),
        Status::Missed => (Icon::Cross, Verdict::Bad),
        Status::NotDue => (Icon::Ring, Verdict::Open),
        Status::NoData => (Icon::Stroke, Verdict::Open),
    }
}
