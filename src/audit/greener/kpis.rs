//! KPIs that ask for less than they did: field by field, each judged by what it does to the old plan by itself.

use rust_decimal::Decimal;

use super::callout::{Callout, Callouts, Place, Reason, stated};
use super::path::{Expectations, compared};
use super::targets::TargetChange;
use crate::finding::Subject;
use crate::map::{Aggregation, Band, Baseline, Direction, Kpi, Number, Target, Tolerance, Trajectory, is_blank};
use crate::track::{Frequency, Planned};

/// A KPI that is gone.
pub(super) fn removed(kpi: &Kpi, out: &mut Callouts) {
    let place = Place::new(Subject::Kpi(kpi.id.clone()), &kpi.title);
    let promises: Vec<String> = kpi.targets.iter().map(|target| promise(kpi, target)).collect();
    let what = format!("the KPI of node {} is gone, with what it promised", kpi.node);
    let before = match promises.is_empty() {
        true => "no target".to_owned(),
        false => promises.join("; "),
    };
    out.push(place.call(Reason::RemovedKpi, "", what).was(before, ""));
}

/// A KPI that both maps have. `targets` are those of its targets that promise less or later.
pub(super) fn changed(old: &Kpi, new: &Kpi, targets: &[&TargetChange], out: &mut Callouts) {
    if old == new {
        return;
    }
    let pair = Pair {
        old,
        new,
        was: Planned::of(old),
        is: Planned::of(new),
        place: Place::new(Subject::Kpi(new.id.clone()), &new.title),
    };
    let before = out.len();
    pair.node(out);
    pair.direction(out);
    pair.baseline(out);
    pair.targets(targets, out);
    pair.path(out);
    pair.tolerance(out);
    pair.band(out);
    pair.measurement(out);
    let other_unit = pair.unit(out);
    pair.together(&out[before..].iter().map(|call| call.reason).collect::<Vec<_>>(), out);
    if other_unit {
        // Numbers of two units cannot be compared.
        let of_values = [
            Reason::MovedBaseline,
            Reason::LowerTarget,
            Reason::OtherTarget,
            Reason::EasierPath,
            Reason::LooserBand,
        ];
        for call in out[before..].iter_mut().filter(|call| of_values.contains(&call.reason)) {
            *call = call.clone().open();
        }
    }
}

struct Pair<'m> {
    old: &'m Kpi,
    new: &'m Kpi,
    was: Planned,
    is: Planned,
    place: Place,
}

/// `3,100 km by 2028-03-31`.
fn promise(kpi: &Kpi, target: &Target) -> String {
    match target.date {
        Some(day) => format!("{} by {day}", kpi.amount(target.value)),
        None => format!("{} without a date", kpi.amount(target.value)),
    }
}

fn percent(share: Decimal) -> String {
    format!("{}%", (share * Decimal::ONE_HUNDRED).normalize())
}

/// A text without what says nothing: white space at its ends and in rows.
pub(super) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Pair<'_> {
    /// The way that was better before.
    fn way(&self) -> Option<Direction> {
        self.was.direction()
    }

    /// What changes in what is expected where only that much of the old KPI becomes as the new one has it.
    fn expecting(&self, with: impl FnOnce(&mut Kpi, &Kpi)) -> Expectations {
        let mut changed = self.old.clone();
        with(&mut changed, self.new);
        compared(self.old, &changed, self.way())
    }

    fn node(&self, out: &mut Callouts) {
        if self.old.node != self.new.node {
            let call = self.place.call(Reason::MovedKpi, "node", "it measures another node");
            let note = format!("the status of node {} no longer comes from this KPI", self.old.node);
            out.push(call.was(&self.old.node, &self.new.node).note(note));
        }
        if let Some(before) = self.old.indicator.filter(|_| self.old.indicator != self.new.indicator) {
            let call = self.place.call(
                Reason::OtherIndicator,
                "indicator",
                "it is an indicator of another type",
            );
            out.push(call.was(before, stated(self.new.indicator)).open());
        }
    }

    fn direction(&self, out: &mut Callouts) {
        let (was, is) = (self.was.direction(), self.is.direction());
        let Some(before) = was.filter(|_| was != is) else {
            return;
        };
        let inferred = match (self.old.direction, self.new.direction) {
            (Some(_), Some(_)) => "",
            _ => " (as baseline and targets show it)",
        };
        let call = self
            .place
            .call(Reason::TurnedDirection, "direction", "the other way is better now")
            .was(before, format!("{}{inferred}", stated(is)));
        out.push(match (before, is) {
            (Direction::Increase, Some(Direction::Decrease)) | (Direction::Decrease, Some(Direction::Increase)) => {
                call.note("what counted as behind counts as ahead")
            }
            (Direction::Maintain, _) => call
                .note("values on one side of the plan are no longer behind it")
                .open(),
            _ => call
                .note("values beyond the plan are behind it now, and small shortfalls are not")
                .open(),
        });
    }

    fn baseline(&self, out: &mut Callouts) {
        let (old, new) = (self.old.baseline, self.new.baseline);
        if old == new {
            return;
        }
        let expecting = self.expecting(|kpi, new| kpi.baseline = new.baseline);
        let adds_up = self.old.aggregation == Some(Aggregation::Cumulative);
        let (mut helps, mut hinders) = (expecting.easier.is_some(), expecting.harder.is_some());
        let mut note = Vec::new();
        match (old, new) {
            (Some(old), Some(new)) => {
                // Where values add up, the total begins with the baseline: a better start lends its lead to every total.
                match self.way() {
                    Some(Direction::Increase | Direction::Decrease) if old.value != new.value => {
                        let lower = new.value < old.value;
                        let easier = lower == (self.way() == Some(Direction::Increase));
                        let easier = easier != adds_up;
                        if adds_up {
                            (helps, hinders) = (false, false);
                        }
                        helps |= easier;
                        hinders |= !easier;
                        if easier {
                            note.push(match adds_up {
                                true => "every total begins with it".to_owned(),
                                false => "the same values look like more progress".to_owned(),
                            });
                        }
                    }
                    None | Some(Direction::Maintain) if old.value != new.value => (helps, hinders) = (true, true),
                    _ => {}
                }
                if old.date != new.date {
                    let later = match (old.date, new.date) {
                        (Some(a), Some(b)) => b > a,
                        (Some(_), None) => true,
                        (None, _) => false,
                    };
                    if self.was.band().is_some() {
                        helps |= later;
                        hinders |= !later;
                    } else if adds_up {
                        (helps, hinders) = (true, true);
                        note.push("other measured values are added to it".to_owned());
                    }
                    helps |= new.date.is_none();
                }
            }
            (Some(old), None) => helps |= old.date.is_some(),
            (None, _) => {}
        }
        if !helps {
            return;
        }
        let reason = match (old.and_then(|b| b.date), new.and_then(|b| b.date)) {
            (Some(_), None) => Reason::RemovedBaseline,
            _ => Reason::MovedBaseline,
        };
        let what = match reason {
            Reason::RemovedBaseline => "the baseline, or its day, is gone",
            _ => "the baseline was moved",
        };
        note.extend(expecting.easier.map(|moment| moment.told(self.old)));
        if let Some(moment) = expecting.harder.filter(|_| hinders) {
            note.push(format!("against that, {}", moment.told(self.old)));
        }
        let told = |baseline: Option<Baseline>| {
            baseline.map_or(String::new(), |baseline| match baseline.date {
                Some(day) => format!("{} on {day}", self.new.amount(baseline.value)),
                None => format!("{} without a date", self.new.amount(baseline.value)),
            })
        };
        let call = self.place.call(reason, "baseline", what).was(told(old), told(new));
        let call = call.note(note.join("; "));
        out.push(if hinders { call.open() } else { call });
    }

    fn targets(&self, changes: &[&TargetChange], out: &mut Callouts) {
        if self.old.targets == self.new.targets {
            return;
        }
        let expecting = self.expecting(|kpi, new| kpi.targets.clone_from(&new.targets));
        for change in changes {
            out.push(self.target(change, expecting));
        }
        let call = |what: &str| self.place.call(Reason::EasierPath, "targets", what);
        if let Some(moment) = expecting.easier.filter(|_| changes.is_empty()) {
            let call = call("the targets on the way ask for less").note(moment.told(self.old));
            out.push(match (expecting.easier_first, expecting.harder) {
                (true, None) => call,
                (_, Some(harder)) => {
                    let note = format!("{}; against that, {}", call.note, harder.told(self.old));
                    let call = call.note(note);
                    if expecting.easier_first { call } else { call.open() }
                }
                (false, None) => call,
            });
        }
        self.final_target(out);
    }

    fn target(&self, change: &TargetChange, expecting: Expectations) -> Callout {
        let before = promise(self.old, &change.before);
        let missed = change.missed.map(|o| {
            let amount = self.old.amount(o.value);
            format!("it had been missed ({amount} on {})", o.date)
        });
        let with_missed = |note: &str| {
            let all: Vec<&str> = [note]
                .into_iter()
                .chain(missed.as_deref())
                .filter(|n| !n.is_empty())
                .collect();
            all.join("; ")
        };
        let Some(after) = change.after else {
            let call = self
                .place
                .call(Reason::RemovedTarget, "targets", "a target is gone")
                .was(before, "");
            let goal_kept = self.was.goal() == self.is.goal();
            let only_harder = expecting.easier.is_none() && expecting.harder.is_some() && goal_kept;
            return match expecting.harder.filter(|_| only_harder) {
                Some(moment) => {
                    let note = format!("against that, {}", moment.told(self.old));
                    call.note(with_missed(&note)).open()
                }
                None => call.note(with_missed("")),
            };
        };
        let (lower, higher) = match self.way() {
            Some(Direction::Increase) => (after.value < change.before.value, after.value > change.before.value),
            Some(Direction::Decrease) => (after.value > change.before.value, after.value < change.before.value),
            _ => (false, false),
        };
        let other = !lower && !higher && after.value != change.before.value;
        let earlier = match (change.before.date, after.date) {
            (Some(before), Some(after)) => after < before,
            (None, Some(_)) => true,
            (_, None) => false,
        };
        let reason = match (lower, change.later) {
            (true, _) => Reason::LowerTarget,
            (false, true) => Reason::LaterTarget,
            (false, false) => Reason::OtherTarget,
        };
        let what = match (lower, change.later) {
            (true, true) => "a target asks for less, and later",
            (true, false) => "a target asks for less",
            (false, true) => "a target is due later",
            (false, false) => "a target has another value",
        };
        let against = match (higher, earlier, other) {
            (true, ..) => "against that, it asks for more",
            (_, true, _) => "against that, it is due earlier",
            (.., true) => "which of the values is stricter cannot be seen",
            _ => "",
        };
        let call = self
            .place
            .call(reason, "targets", what)
            .was(before, promise(self.new, &after));
        let call = call.note(with_missed(against));
        if against.is_empty() { call } else { call.open() }
    }

    /// What was the final target can be missed. One on the way is only behind, and within the tolerance not even that.
    fn final_target(&self, out: &mut Callouts) {
        let (Some(was), Some(is)) = (self.was.goal(), self.is.goal()) else {
            return;
        };
        let still = |target: &Target| target.date == was.date && target.value == was.value;
        let later = was.date.zip(is.date).is_some_and(|(a, b)| b > a);
        if !later || !self.new.targets.iter().any(still) {
            return;
        }
        let told = |value: Number, date| promise(self.new, &Target { date, value });
        let call = self
            .place
            .call(
                Reason::TargetNowInterim,
                "targets",
                "the final target is a later one now, so that the earlier can no longer be missed",
            )
            .was(told(was.value, was.date), told(is.value, is.date));
        let asks_for_more = match self.way() {
            Some(Direction::Increase) => is.value > was.value,
            Some(Direction::Decrease) => is.value < was.value,
            _ => is.value != was.value,
        };
        out.push(match asks_for_more {
            true => call.note("against that, it asks for more").open(),
            false => call,
        });
    }

    fn path(&self, out: &mut Callouts) {
        if self.old.trajectory == self.new.trajectory {
            return;
        }
        let expecting = self.expecting(|kpi, new| kpi.trajectory.clone_from(&new.trajectory));
        let told = |path: &Option<Trajectory>| match path {
            None => "a straight line".to_owned(),
            Some(Trajectory::Profile(profile)) => profile.to_string(),
            Some(Trajectory::Points(points)) => {
                let points: Vec<String> = points
                    .iter()
                    .map(|point| format!("{} on {}", self.new.amount(point.value), point.date))
                    .collect();
                match points.as_slice() {
                    [] => "a straight line".to_owned(),
                    points => points.join("; "),
                }
            }
        };
        let call = |what: &str| {
            let call = self.place.call(Reason::EasierPath, "trajectory", what);
            call.was(told(&self.old.trajectory), told(&self.new.trajectory))
        };
        match (expecting.easier, expecting.harder) {
            (Some(easier), None) => out.push(call("the path expects less").note(easier.told(self.old))),
            (Some(easier), Some(harder)) => {
                let what = match expecting.easier_first {
                    true => "the path expects less first and more later",
                    false => "the path expects less on some days and more on others",
                };
                let note = format!("{}; against that, {}", easier.told(self.old), harder.told(self.old));
                let call = call(what).note(note);
                out.push(if expecting.easier_first { call } else { call.open() });
            }
            (None, None) if self.was.is_judged_early() && !self.is.is_judged_early() && self.is.goal().is_some() => {
                let note = "no figure before the date of the target now shows that it is missed";
                out.push(call("the path is a step").note(note));
            }
            (None, _) => {}
        }
    }

    fn tolerance(&self, out: &mut Callouts) {
        let ((was_amber, was_red), (amber, red)) = (self.was.tolerances(), self.is.tolerances());
        let stated = |kpi: &Kpi, side: &str| {
            let tolerance = kpi.tolerance.unwrap_or(Tolerance { amber: None, red: None });
            let value = match side {
                "red" => tolerance.red,
                _ => tolerance.amber,
            };
            value.is_some()
        };
        let sides = [
            ("amber", was_amber, amber, was_red > red, "red", [was_red, red]),
            ("red", was_red, red, was_amber > amber, "amber", [was_amber, amber]),
        ];
        for (name, before, after, other_narrower, other, others) in sides {
            if after <= before {
                continue;
            }
            let counted = |kpi: &Kpi, share: Decimal| match stated(kpi, name) {
                true => percent(share),
                false => format!("{} (not stated)", percent(share)),
            };
            let call = self
                .place
                .call(
                    Reason::WiderTolerance,
                    if name == "red" {
                        "tolerance.red"
                    } else {
                        "tolerance.amber"
                    },
                    format!("the {name} tolerance is wider"),
                )
                .was(counted(self.old, before), counted(self.new, after));
            out.push(match other_narrower {
                true => {
                    let [before, after] = others.map(percent);
                    call.note(format!(
                        "against that, the {other} tolerance is narrower: was {before}, now {after}"
                    ))
                    .open()
                }
                false => call,
            });
        }
    }

    fn band(&self, out: &mut Callouts) {
        let (old, new) = (self.old.kept_within(), self.new.kept_within());
        if old == new {
            return;
        }
        let told = |band: Option<Band>| {
            band.map_or(String::new(), |band| {
                plain(&format!("{band} {}", self.new.unit_in_a_line()))
            })
        };
        let call = |what: &str| {
            self.place
                .call(Reason::LooserBand, "band", what)
                .was(told(old), told(new))
        };
        match (old, new) {
            (Some(a), Some(b)) => {
                let lower = a.lower.is_some_and(|a| b.lower.is_none_or(|b| b < a));
                let upper = a.upper.is_some_and(|a| b.upper.is_none_or(|b| b > a));
                let tighter = b.lower.is_some_and(|b| a.lower.is_none_or(|a| a < b))
                    || b.upper.is_some_and(|b| a.upper.is_none_or(|a| a > b));
                match (lower || upper, tighter) {
                    (true, false) => out.push(call("more lies within the band")),
                    (true, true) => out.push(
                        call("the band lies elsewhere")
                            .note("more lies within it on one side, and less on the other")
                            .open(),
                    ),
                    (false, _) => {}
                }
            }
            (Some(_), None) => match self.is.days() {
                None => out.push(call("the band is gone, and nothing else is promised")),
                Some(_) => out.push(call("its path counts in place of the band").open()),
            },
            (None, Some(_)) if self.was.days().is_some() => {
                out.push(call("the band counts in place of its path").open());
            }
            (None, _) => {}
        }
    }

    fn measurement(&self, out: &mut Callouts) {
        let (was, is) = (self.was.frequency(), self.is.frequency());
        let (old, new) = (self.old.measurement.clone(), self.new.measurement.clone());
        let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
        if was != is {
            let yearly = Frequency::YEARLY.length();
            let (before, after) = [was, is].map(|f| f.map_or(yearly, Frequency::length)).into();
            let call = |reason, what: &str| {
                let call = self.place.call(reason, "measurement.frequency", what);
                call.was(plain(&old.frequency), plain(&new.frequency))
            };
            let yearly = "it is treated as measured once a year";
            match (was, is) {
                (Some(_), None) => {
                    let what = match is_blank(&new.frequency) {
                        true => "how often it is measured is no longer given",
                        false => "how often it is measured is no longer understood",
                    };
                    let call = call(Reason::RemovedFrequency, what).note(yearly);
                    out.push(if after < before { call.open() } else { call });
                }
                _ if after > before => {
                    let call = call(Reason::RarerMeasurement, "it is measured less often");
                    out.push(match was {
                        None => call.note("without a frequency it counted as measured once a year"),
                        Some(_) => call.note("a value counts for longer"),
                    });
                }
                (Some(_), Some(_)) if after == before => {
                    out.push(call(Reason::RarerMeasurement, "it is measured in other periods").open());
                }
                _ => {}
            }
        }
        let other = |field: &str, what: &str, before: String, after: String| {
            let call = self
                .place
                .call(Reason::OtherMeasurement, field, what)
                .was(before, after);
            call.note("whether its figures can be compared with earlier ones cannot be seen")
                .open()
        };
        if let (Some(a), Some(b)) = (old.method, new.method)
            && a != b
        {
            let what = "it is measured in another way";
            out.push(other("measurement.method", what, a.to_string(), b.to_string()));
        }
        let [a, b] = [&old.source, &new.source].map(|text| plain(text));
        if !is_blank(&a) && !is_blank(&b) && a.to_lowercase() != b.to_lowercase() {
            out.push(other("measurement.source", "its values come from another source", a, b));
        }
        let [a, b] = [&self.old.definition, &self.new.definition].map(|text| plain(text));
        if !is_blank(&a) && !is_blank(&b) && a.to_lowercase() != b.to_lowercase() {
            out.push(other("definition", "something else is counted", a, b));
        }
        let (a, b) = (self.old.aggregation, self.new.aggregation);
        let [a, b] = [a, b].map(|how| how.unwrap_or(Aggregation::Latest));
        if a != b {
            let what = "measured values make its value in another way";
            let call = self.place.call(Reason::OtherAggregation, "aggregation", what).was(a, b);
            out.push(
                call.note("which of the two shows more cannot be seen from the map")
                    .open(),
            );
        }
    }

    /// Whether numbers of the two cannot be compared.
    fn unit(&self, out: &mut Callouts) -> bool {
        let [a, b] = [&self.old.unit, &self.new.unit].map(|unit| plain(unit));
        if a == b || a.is_empty() {
            return false;
        }
        let call = self
            .place
            .call(Reason::OtherUnit, "unit", "its values are in another unit")
            .was(a, b);
        out.push(call.note("numbers before and after cannot be compared").open());
        true
    }

    /// What all changes do together, where none of them alone made the path easier.
    fn together(&self, found: &[Reason], out: &mut Callouts) {
        let explained = |reason: &Reason| {
            use Reason::*;
            matches!(
                reason,
                EasierPath
                    | LowerTarget
                    | LaterTarget
                    | RemovedTarget
                    | OtherTarget
                    | MovedBaseline
                    | RemovedBaseline
                    | LooserBand
                    | TurnedDirection
            )
        };
        // The path of values that add up follows their baseline, and so do they.
        let start_moved =
            self.old.aggregation == Some(Aggregation::Cumulative) && self.old.baseline != self.new.baseline;
        if start_moved || found.iter().any(explained) {
            return;
        }
        let expecting = compared(self.old, self.new, self.way());
        if let Some(moment) = expecting.easier {
            let what = "all its changes together make the path expect less";
            let call = self
                .place
                .call(Reason::EasierPath, "trajectory", what)
                .note(moment.told(self.old));
            out.push(if expecting.harder.is_some() { call.open() } else { call });
        }
    }
}
