//! What an owner is told of one matter.

use crate::map::{Locale, Number};
use crate::track::trend::told;
use crate::track::{Cause, Matter, Missing, Outlook, Sign};

impl Cause {
    /// The word as it is read: `off track`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Missed => "missed",
            Self::OffTrack => "off track",
            Self::Lost => "lost",
            Self::AtRisk => "at risk",
            Self::TargetUnlikely => "target unlikely",
            Self::EarlyWarning => "early warning",
            Self::Overdue => "overdue",
        }
    }
}

impl Matter<'_> {
    /// The facts in one phrase, without the names of node and KPI: figures with units and days, written as `locale` has them.
    pub fn facts(&self, locale: Locale) -> String {
        match (&self.sign, self.cause) {
            (Sign::Upstream(warning), _) => warning.to_string().replace("(off-track)", "(off track)"),
            (Sign::Itself(outlook), Cause::Overdue) => overdue_facts(outlook, locale),
            (Sign::Itself(outlook), cause) => standing_facts(cause, outlook, locale).unwrap_or_default(),
        }
    }
}

/// The length of a unit that is not told twice in a sentence, in characters.
const LONG_UNIT: usize = 16;

/// How a KPI stands and what is behind it, in one phrase; `None` where it lacks what the cause is of.
fn standing_facts(cause: Cause, o: &Outlook<'_>, locale: Locale) -> Option<String> {
    let last = o.last?;
    let old = o.reason(locale).map(|reason| format!("; {reason}"));
    let old = old.unwrap_or_default();
    let measured = format!(
        "{} measured on {}",
        locale.amount(o.kpi, last.value),
        locale.day(last.date)
    );
    // A long unit is told once, with what was measured.
    let amount = |value: Number| match o.kpi.unit_in_a_line().chars().count() {
        ..=LONG_UNIT => locale.amount(o.kpi, value),
        _ => locale.number(value),
    };
    let signed = |p: Number| format!(" ({}{}%)", if p > Number::ZERO { "+" } else { "" }, locale.number(p));
    let against = || match (o.expected, o.variance_percent) {
        (Some(expected), percent) => {
            // Reckoned, not measured: six digits are enough for a letter.
            let expected = amount(told(expected.decimal()).unwrap_or(expected));
            let percent = percent.map(signed);
            format!("{measured}, {expected} expected{}", percent.unwrap_or_default())
        }
        (None, percent) => match o.kpi.kept_within() {
            Some(band) => {
                let percent = percent.map(signed);
                let unit = Some(&o.kpi.unit)
                    .filter(|unit| !unit.is_empty())
                    .map(|unit| format!(" {unit}"));
                format!(
                    "{measured}, to be kept within {}{}{}",
                    band.shown(locale),
                    unit.unwrap_or_default(),
                    percent.unwrap_or_default()
                )
            }
            None => measured.clone(),
        },
    };
    match cause {
        Cause::Missed => {
            let goal = o.goal;
            let target = goal.map(|t| format!(", the target was {}", amount(t.value)));
            let by = goal
                .and_then(|t| t.date)
                .map(|date| format!(" by {}", locale.day(date)));
            let lost = o
                .lost
                .map(|date| format!("; it was met before and lost on {}", locale.day(date)));
            let rest = [target, by, lost].into_iter().flatten().collect::<String>();
            Some(format!("{measured}{rest}"))
        }
        Cause::Lost => {
            let (met, lost) = (locale.day(o.first_met?), locale.day(o.lost?));
            Some(format!(
                "{measured}; the final target was met on {met} and lost on {lost}"
            ))
        }
        Cause::OffTrack | Cause::AtRisk => Some(format!("{}{old}", against())),
        Cause::TargetUnlikely => {
            let (next, forecast) = (o.next?, o.forecast?);
            Some(format!(
                "{} is due by {}, and at the present pace it comes to {}",
                amount(next.value),
                locale.day(next.date?),
                amount(forecast.value)
            ))
        }
        Cause::EarlyWarning | Cause::Overdue => None,
    }
}

fn overdue_facts(o: &Outlook<'_>, locale: Locale) -> String {
    let periods = if o.overdue == 1 { "period" } else { "periods" };
    let plan = o.kpi.measurement.as_ref().map_or("", |m| m.frequency.as_str());
    let plan = if plan.is_empty() {
        String::new()
    } else {
        format!(" (to be measured: {plan})")
    };
    let due = o.goal.and_then(|goal| goal.date);
    match (o.last, o.missing, due) {
        (Some(last), Some(Missing::AwaitingFinalFigure), Some(due)) => format!(
            "the final figure of {} has not arrived, {} {periods} overdue{plan}, last measured on {}",
            locale.day(due),
            o.overdue,
            locale.day(last.date)
        ),
        (Some(last), ..) => format!(
            "{} {periods} overdue{plan}, last measured on {}",
            o.overdue,
            locale.day(last.date)
        ),
        (None, ..) => format!("{} {periods} overdue{plan}, never measured", o.overdue),
    }
}
