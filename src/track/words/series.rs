//! What the chart of a KPI shows, in words: beside it, and for those who do not see it.

use std::fmt;

use crate::map::{Aggregation, Direction, Locale, Number, with_unit};
use crate::track::{Observation, Prospect, Series};

impl Series<'_> {
    /// How it stands, in a few words: `off track: 4,720 km on 31 March 2028, 9.77% above the plan`.
    pub fn verdict(&self) -> String {
        let mut out = self.outlook.status.label().to_owned();
        if let Some(last) = self.outlook.last {
            out += &format!(": {}", self.stands_at(last));
            if let Some(beside) = self.beside_plan() {
                out += &format!(", {beside}");
            }
        }
        if let Some(lost) = self.outlook.lost {
            out += &format!("; final target met before, lost on {}", self.locale().day(lost));
        }
        // That nothing is measured is told by the words of the status.
        if let Some(reason) = self
            .outlook
            .reason(self.locale())
            .filter(|_| self.outlook.last.is_some())
        {
            out += &format!("; {reason}");
        }
        if self.outlook.overdue > 0 {
            out += &format!("; {}", overdue(self.outlook.overdue));
        }
        out
    }

    /// The last value and its day, with what it is made of.
    fn stands_at(&self, last: Observation) -> String {
        let (value, day) = (self.with_unit(last.value), self.locale().day(last.date));
        match self.outlook.kpi.aggregation {
            None | Some(Aggregation::Latest) => format!("{value} on {day}"),
            Some(Aggregation::Cumulative) => format!("{value} in all by {day}"),
            Some(Aggregation::Average) => format!("{value} on average in the year to {day}"),
        }
    }

    /// Where the last value lies beside the plan; `None` where nothing was expected.
    fn beside_plan(&self) -> Option<String> {
        let variance = self.outlook.variance?;
        let (as_planned, plan) = match self.band {
            Some(band) => (
                format!("within its band, {}", band.shown(self.locale())),
                format!("its band, {}", band.shown(self.locale())),
            ),
            None => ("as planned".to_owned(), "plan".to_owned()),
        };
        Some(match variance.cmp(&Number::ZERO) {
            std::cmp::Ordering::Equal => as_planned,
            order => {
                let size = match self
                    .outlook
                    .variance_percent
                    .and_then(|p| p.decimal().abs().round_sf(2))
                {
                    Some(percent) => format!("{}%", self.language.digits(&percent.normalize().to_string())),
                    None => self
                        .locale()
                        .number(Number::rounded(variance.decimal().abs()).unwrap_or(variance)),
                };
                let side = if order.is_gt() { "above" } else { "below" };
                format!("{size} {side} {plan}")
            }
        })
    }

    /// Days spelled out, and numbers, as the language of the series has them.
    fn locale(&self) -> Locale {
        self.language.long()
    }

    /// A short unit stands beside its number, `%` whatever follows it; a long one is said once, elsewhere.
    fn with_unit(&self, value: Number) -> String {
        let unit = self.outlook.kpi.unit.trim();
        match unit.split_whitespace().next() {
            Some("%") => with_unit(&self.locale().number(value), "%"),
            Some(word) if word.len() == unit.len() && unit.chars().count() <= 6 => {
                with_unit(&self.locale().number(value), unit)
            }
            _ => self.locale().number(value),
        }
    }
}

impl fmt::Display for Series<'_> {
    /// What the chart shows, in sentences: start, plan, latest value, status, forecast.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outlook = &self.outlook;
        let kpi = outlook.kpi;
        write!(f, "{}", kpi.title.trim())?;
        match kpi.unit.trim() {
            "" => {}
            unit => write!(f, ", in {unit}")?,
        }
        match self.direction {
            Some(Direction::Increase) => write!(f, ", which is to increase.")?,
            Some(Direction::Decrease) => write!(f, ", which is to decrease.")?,
            Some(Direction::Maintain) => match self.band {
                Some(band) => write!(f, ", which is to be kept within a band, {}.", band.shown(self.locale()))?,
                None => write!(f, ", which is to be maintained.")?,
            },
            None => write!(f, ".")?,
        }
        match kpi.aggregation {
            None | Some(Aggregation::Latest) => {}
            Some(Aggregation::Cumulative) => write!(f, " Measured values add up from the baseline on.")?,
            Some(Aggregation::Average) => write!(f, " Each value is the mean of those measured in twelve months.")?,
        }
        if let Some(baseline) = kpi.baseline {
            write!(f, " It starts from {}", self.locale().number(baseline.value))?;
            match baseline.date {
                Some(day) => write!(f, " on {}.", self.locale().day(day))?,
                None => write!(f, ".")?,
            }
        }
        let promised: Vec<String> = self
            .targets
            .iter()
            .map(|target| {
                format!(
                    "{} by {}",
                    self.locale().number(target.value),
                    self.locale().day(target.date)
                )
            })
            .collect();
        match (promised.split_last(), self.undated_target) {
            (Some((last, [])), _) => write!(f, " The target is {last}.")?,
            (Some((last, before)), _) => write!(f, " The targets are {} and {last}.", before.join(", "))?,
            (None, Some(value)) => write!(f, " The target is {}, without a date.", self.locale().number(value))?,
            (None, None) if self.band.is_some() => {}
            (None, None) => write!(f, " No target is stated.")?,
        }
        match outlook.last {
            None => write!(f, " Nothing has been measured by {}", self.locale().day(outlook.as_of))?,
            Some(last) => {
                let (many, is) = match self.actuals.len() {
                    1 => ("The one measured value".to_owned(), "is"),
                    n => (format!("The latest of {n} measured values"), "is"),
                };
                write!(
                    f,
                    " {many} {is} {} on {}",
                    self.locale().number(last.value),
                    self.locale().day(last.date)
                )?;
                if let Some(expected) = outlook.expected {
                    write!(f, ", where {} was expected", self.locale().number(expected))?;
                }
            }
        }
        write!(f, ": {}", outlook.status.label())?;
        if let Some(beside) = self.beside_plan() {
            write!(f, ", {beside}")?;
        }
        write!(f, ".")?;
        if let (Some(met), Some(lost)) = (outlook.first_met, outlook.lost) {
            write!(
                f,
                " The final target was met on {} and lost again on {}.",
                self.locale().day(met),
                self.locale().day(lost)
            )?;
        }
        if let Some(reason) = outlook.reason(self.locale()).filter(|_| outlook.last.is_some()) {
            write!(f, " {}.", capital(&reason))?;
        }
        if outlook.overdue > 0 {
            write!(f, " {}.", capital(&overdue(outlook.overdue)))?;
        }
        for told in outlook.set_aside() {
            write!(f, " {}.", capital(&told))?;
        }
        if let (Some(forecast), Some(next)) = (outlook.forecast, outlook.next) {
            write!(
                f,
                " At its recent pace it comes to {} by {}",
                self.locale().number(forecast.value),
                self.locale().day(forecast.date)
            )?;
            if let Some((low, high)) = forecast.interval {
                write!(
                    f,
                    " (nine in ten: {} to {})",
                    self.locale().number(low),
                    self.locale().number(high)
                )?;
            }
            let goal = self.locale().number(next.value);
            match outlook.prospect {
                Some(Prospect::Likely) => write!(f, ": the target of {goal} is likely to be met.")?,
                Some(Prospect::Unlikely) => write!(f, ": the target of {goal} is unlikely to be met.")?,
                Some(Prospect::Open) | None => write!(f, ": whether the target of {goal} is met is open.")?,
            }
        }
        write!(f, " As of {}.", self.locale().day(outlook.as_of))
    }
}

fn overdue(periods: u32) -> String {
    match periods {
        1 => "1 period is overdue".to_owned(),
        n => format!("{n} periods are overdue"),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| {
        first.to_uppercase().collect::<String>() + chars.as_str()
    })
}

#[cfg(test)]
mod tests {
    use crate::map::{Kpi, KpiId, NodeId};
    use crate::track::sample::{day, kpi, measured, number};
    use crate::track::series;

    #[test]
    fn the_words_tell_start_plan_latest_status_and_forecast() {
        let kpi = kpi();
        // Day 100, 400 and 700, half a km a day less; 4300 is expected on day 700, and 350 of 4300 is 8.14%.
        let rows = [("2026-04-11", "4950"), ("2027-02-05", "4800"), ("2027-12-02", "4650")];
        let told = series(&kpi, &measured("km", &rows), day("2027-12-31"));
        assert_eq!(told.verdict(), "at risk: 4,650 km on 2 December 2027, 8.1% above plan");
        // 4650 less 300 days at half a km.
        assert_eq!(
            told.to_string(),
            "Distance driven, in km, which is to decrease. It starts from 5,000 on 1 January 2026. The target is 4,000 \
             by 27 September 2028. The latest of 3 measured values is 4,650 on 2 December 2027, where 4,300 was expected: \
             at risk, 8.1% above plan. At its recent pace it comes to 4,500 by 27 September 2028: whether the target of 4,000 \
             is met is open. As of 31 December 2027."
        );
        assert_eq!(told.forecast.first().unwrap().date, day("2027-12-02"));
        assert_eq!(told.forecast.last().unwrap().value, number("4500"));
        // What is measured later is not known.
        assert_eq!(series(&kpi, &measured("km", &rows), day("2027-12-01")).actuals.len(), 2);
    }

    #[test]
    fn nothing_stated_and_nothing_measured_is_said() {
        let bare = Kpi::new(KpiId::new("km").unwrap(), NodeId::new("n").unwrap(), "Trust");
        let told = series(&bare, &measured("km", &[]), day("2026-10-31"));
        assert_eq!(
            told.to_string(),
            "Trust. No target is stated. Nothing has been measured by 31 October 2026: not due. As of 31 October 2026."
        );
        assert_eq!(told.verdict(), "not due");
    }
}
