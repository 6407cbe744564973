//! What KPIs are worth, as amounts by year.

use rust_decimal::Decimal;

use super::cost_line::{SMALLER, TOO_LARGE, no_deflator, range};
use super::exact::{ONE, sum, times, whole};
use super::fault::Faults;
use super::line::{Input, InputUnit, Line, Side};
use super::quantity::{self, NoQuantity, Path};
use super::setup::Setup;
use super::weighting;
use crate::finding::Subject;
use crate::map::{BenefitValue, Gains, Kpi, Number, PriceBasis, SourcedShare};

/// The most years that a benefit may be looked for before year 0.
const LONGEST_PAST: i64 = 200;

/// The amounts of a value; `None` where something is wrong, which is told. All of it comes `later` by so many months.
pub(super) fn of(
    (kpi, value): (&Kpi, &BenefitValue),
    (later, path): (u16, &Path<'_>),
    setup: &Setup,
    faults: &mut Faults,
) -> Option<Line> {
    let before = faults.0.len();
    let subject = || Subject::Kpi(kpi.id.clone());
    let mut account = Account::default();
    let window = window(kpi, value, setup, faults)?;
    let gross = match value.unit_value {
        Some(_) if !value.amounts.is_empty() => {
            let message = "the value has both an amount for each unit and amounts by year";
            faults.tell(subject(), "value", message, "keep `unit_value` or `amounts`");
            return None;
        }
        Some(unit) => of_units((kpi, value, path), unit, window, setup, faults, &mut account)?,
        None => stated((kpi, value), window, setup, faults, &mut account)?,
    };
    let Gross {
        first,
        amounts,
        quantities,
        ends,
    } = gross;
    let adjusted = adjusted((kpi, value), amounts, faults, &mut account)?;
    let months = usize::from(value.delay.unwrap_or(0)) + usize::from(later);
    if months > 0 {
        account.steps.push((format!("{months} months later"), String::new()));
    }
    let later = |months| delayed(&adjusted, months).and_then(|all| within(&all, first, setup.last));
    let Some(amounts) = later(months) else {
        faults.tell(subject(), "value", TOO_LARGE, SMALLER);
        return None;
    };
    let shares = weighting::shares(kpi, value, setup.weighting.as_ref(), faults);
    let weight = setup.weighting.as_ref().map_or(Some(ONE), |all| all.counts(&shares));
    let Some(weight) = weight else {
        faults.tell(subject(), "value", TOO_LARGE, SMALLER);
        return None;
    };
    let quantities = quantities.and_then(|all| within(&delayed(&all, months)?, first, setup.last));
    (faults.0.len() == before).then(|| Line {
        subject: subject(),
        nth: 0,
        title: kpi.title.clone(),
        side: Side::Benefit,
        kind: None,
        class: value.class,
        gains: Some(value.gains.unwrap_or(Gains::Society)),
        timing: value.timing.unwrap_or(setup.timing),
        amounts,
        year_later: later(months + 12),
        quantities: quantities.unwrap_or_default(),
        range: ends,
        inputs: account.inputs,
        shares,
        weight,
        steps: account.steps,
    })
}

/// How amounts follow from what the map says.
#[derive(Default)]
struct Account {
    steps: Vec<(String, String)>,
    inputs: Vec<Input>,
}

/// The years `from` and `until`, counted from year 0, where they are stated.
type Window = (Option<i64>, Option<i64>);

/// Amounts by year before anything is taken off.
struct Gross {
    /// The first of the years, counted from year 0.
    first: i64,
    amounts: Vec<Decimal>,
    quantities: Option<Vec<Decimal>>,
    ends: Option<(Decimal, Decimal)>,
}

/// The years `from` and `until`, where they are stated.
fn window(kpi: &Kpi, value: &BenefitValue, setup: &Setup, faults: &mut Faults) -> Option<Window> {
    let subject = || Subject::Kpi(kpi.id.clone());
    let mut read = |text: &str| match text.trim() {
        "" => Some(None),
        text => match setup.calendar.index(text) {
            Ok(year) => Some(Some(year)),
            Err(why) => {
                faults.tell(
                    subject(),
                    "value",
                    format!("a year of the value cannot be used: {why}"),
                    "correct the year",
                );
                None
            }
        },
    };
    let (from, until) = (read(&value.from)?, read(&value.until)?);
    if let (Some(first), Some(last)) = (from, until)
        && last < first
    {
        let message = format!(
            "the benefit from {} ends in {}, before it begins",
            value.from, value.until
        );
        faults.tell(subject(), "value", message, "correct `from` or `until`");
        return None;
    }
    if from.is_some_and(|first| first < -LONGEST_PAST) {
        let message = format!("the benefit begins in {}, long before the appraisal", value.from);
        faults.tell(subject(), "value", message, "correct `from`");
        return None;
    }
    Some((from, until))
}

/// What brings amounts of a year to the prices of the price year.
fn prices(kpi: &Kpi, value: &BenefitValue, year: i64, setup: &Setup, faults: &mut Faults) -> Option<Decimal> {
    let subject = || Subject::Kpi(kpi.id.clone());
    let nominal = value.basis == Some(PriceBasis::Nominal);
    let of = match (nominal, value.price_year.trim()) {
        (true, "") => year,
        (true, _) => {
            let message = "the value is nominal, and has a price year as well";
            faults.mixed(
                subject(),
                "value",
                message,
                "leave out `price_year`, or write `real` as its `basis`",
            );
            return None;
        }
        (false, "") => return Some(ONE),
        (false, text) => match setup.calendar.index(text) {
            Ok(year) => year,
            Err(why) => {
                faults.tell(
                    subject(),
                    "value",
                    format!("the price year cannot be used: {why}"),
                    "correct `price_year`",
                );
                return None;
            }
        },
    };
    let prices = setup.to_price_year(of);
    if prices.is_none() {
        no_deflator(subject(), "value", of, setup, faults);
    }
    prices
}

/// A value for each unit, times what the KPI is planned to move.
fn of_units(
    (kpi, value, path): (&Kpi, &BenefitValue, &Path<'_>),
    unit: Number,
    (from, until): Window,
    setup: &Setup,
    faults: &mut Faults,
    Account { steps, inputs }: &mut Account,
) -> Option<Gross> {
    let subject = || Subject::Kpi(kpi.id.clone());
    let planned = match quantity::change(kpi, setup, path) {
        Ok(planned) => planned,
        Err(NoQuantity { message, help }) => {
            faults.tell(subject(), "value", message, help);
            return None;
        }
    };
    let first = from.unwrap_or(planned.first.max(-LONGEST_PAST));
    let last = until.map_or(setup.last as i64, |until| until.min(setup.last as i64));
    inputs.push(Input {
        name: "value of a unit",
        field: "value",
        value: unit.decimal(),
        per_unit: ONE.checked_div(unit.decimal()).unwrap_or_default(),
        unit: InputUnit::Money,
        source: value.source.clone(),
        mitigation: Decimal::ZERO,
    });
    let each = match kpi.unit_in_a_line() {
        "" => "a unit".to_owned(),
        unit => format!("one {unit}"),
    };
    steps.push((format!("value of {each} a year"), unit.grouped()));
    steps.push(("× the planned change of the KPI in the year".to_owned(), String::new()));
    let (mut amounts, mut quantities) = (Vec::new(), Vec::new());
    // Prices of one year are the same for all.
    let fixed = match value.basis {
        Some(PriceBasis::Nominal) => None,
        _ => Some(prices(kpi, value, first, setup, faults)?),
    };
    for (year, share) in (first..=last).zip(profile(value)) {
        let quantity = share.and_then(|share| times(planned.in_year(year), share));
        let prices = match fixed {
            Some(prices) => prices,
            // What comes before the appraisal is not counted, and needs no prices.
            None if year < 0 => ONE,
            None => prices(kpi, value, year, setup, faults)?,
        };
        let amount = quantity.and_then(|quantity| times(times(quantity, unit.decimal())?, prices));
        let (Some(quantity), Some(amount)) = (quantity, amount) else {
            faults.tell(subject(), "value", TOO_LARGE, SMALLER);
            return None;
        };
        amounts.push(amount);
        quantities.push(quantity);
    }
    if !value.build_up.is_empty() {
        let shares: Vec<String> = value.build_up.iter().map(Number::to_string).collect();
        steps.push((
            format!("× build-up of {} in the first years", shares.join(", ")),
            String::new(),
        ));
    }
    if let Some(drop) = &value.drop_off {
        steps.push((
            format!("× (1 − {}) for each year after that", drop.share),
            String::new(),
        ));
    }
    let (low, high) = range(value.range, unit, subject, "value", faults);
    Some(Gross {
        first,
        amounts,
        quantities: Some(quantities),
        ends: low.zip(high),
    })
}

/// The share of the benefit in each year of it: as it builds up, and as it drops off after that.
fn profile(value: &BenefitValue) -> impl Iterator<Item = Option<Decimal>> {
    let drop = value.drop_off.as_ref().map(|drop| drop.share.decimal());
    let after = std::iter::successors(Some(Some(ONE)), move |share| {
        Some(match drop {
            None => *share,
            Some(drop) => share.and_then(|share| times(share, ONE.checked_sub(drop)?)),
        })
    });
    value.build_up.iter().map(|share| Some(share.decimal())).chain(after)
}

/// Amounts that the map states by year.
fn stated(
    (kpi, value): (&Kpi, &BenefitValue),
    (from, until): Window,
    setup: &Setup,
    faults: &mut Faults,
    Account { steps, inputs }: &mut Account,
) -> Option<Gross> {
    let subject = || Subject::Kpi(kpi.id.clone());
    if !value.build_up.is_empty() || value.drop_off.is_some() {
        let message = "amounts by year say themselves how the benefit builds up and drops off";
        faults.tell(
            subject(),
            "value",
            message,
            "leave out `build_up` and `drop_off`, or give a value for each unit",
        );
        return None;
    }
    let last = setup.last as i64;
    let mut amounts = vec![Decimal::ZERO; setup.last + 1];
    let mut whole_sum = Vec::new();
    for stated in &value.amounts {
        let year = match setup.calendar.index(&stated.year) {
            Ok(year) => year,
            Err(why) => {
                let message = format!("the year of an amount cannot be used: {why}");
                faults.tell(subject(), "value", message, "correct the year");
                return None;
            }
        };
        if year < 0 || year > last {
            let (first, last) = (setup.calendar.label(0), setup.calendar.label(last));
            let message = format!(
                "an amount of {} is outside the appraisal from {first} to {last}",
                stated.year
            );
            faults.tell(
                subject(),
                "value",
                message,
                "correct the year, or the years of the appraisal",
            );
            return None;
        }
        whole_sum.push(stated.amount.decimal());
        if from.is_some_and(|from| year < from) || until.is_some_and(|until| year > until) {
            let message = format!(
                "an amount of {} is outside the years `from` and `until` of the value",
                stated.year
            );
            faults.tell(subject(), "value", message, "correct the years");
            return None;
        }
        let prices = prices(kpi, value, year, setup, faults)?;
        let at = usize::try_from(year).unwrap_or(0);
        let amount = times(stated.amount.decimal(), prices).and_then(|amount| amounts[at].checked_add(amount));
        match amount {
            Some(amount) => amounts[at] = amount,
            None => {
                faults.tell(subject(), "value", TOO_LARGE, SMALLER);
                return None;
            }
        }
    }
    let total = sum(whole_sum).and_then(Number::rounded);
    let Some(total) = total else {
        faults.tell(subject(), "value", TOO_LARGE, SMALLER);
        return None;
    };
    inputs.push(Input {
        name: "amounts by year",
        field: "value",
        value: total.decimal(),
        per_unit: ONE.checked_div(total.decimal()).unwrap_or_default(),
        unit: InputUnit::Money,
        source: value.source.clone(),
        mitigation: Decimal::ZERO,
    });
    steps.push(("amounts by year in the map, summed".to_owned(), total.grouped()));
    let (low, high) = range(value.range, total, subject, "value", faults);
    Some(Gross {
        first: 0,
        amounts,
        quantities: None,
        ends: low.zip(high),
    })
}

/// The amounts less what would happen anyway, what is lost on the way and what others bring about.
fn adjusted(
    (kpi, value): (&Kpi, &BenefitValue),
    mut amounts: Vec<Decimal>,
    faults: &mut Faults,
    Account { steps, inputs }: &mut Account,
) -> Option<Vec<Decimal>> {
    let subject = || Subject::Kpi(kpi.id.clone());
    let is_share = |share: Number| share >= Number::ZERO && share <= Number::ONE;
    let mut tell = |name: &str, share: Number| {
        let message = format!("{name} of {share} is not a share from 0 to 1");
        faults.tell(subject(), "value", message, "write 20% as 0.2");
    };
    for share in value.build_up.iter().filter(|share| !is_share(**share)) {
        tell("a build-up", *share);
    }
    for drop in value.drop_off.iter().filter(|drop| !is_share(drop.share)) {
        tell("a drop-off", drop.share);
    }
    let shares: [(&'static str, &Option<SourcedShare>); 5] = [
        ("deadweight", &value.deadweight),
        ("leakage", &value.leakage),
        ("displacement", &value.displacement),
        ("substitution", &value.substitution),
        ("attribution", &value.attribution),
    ];
    let mut factor = ONE;
    for (name, stated) in shares {
        let Some(stated) = stated else { continue };
        if !is_share(stated.share) {
            tell(name, stated.share);
            continue;
        }
        let share = stated.share.decimal();
        let (kept, per_unit, what) = match name {
            // It is the share that is kept.
            "attribution" => (
                share,
                ONE.checked_div(share),
                format!("× {share} attributed to the map"),
            ),
            _ => {
                let kept = ONE - share;
                let per_unit = Decimal::NEGATIVE_ONE.checked_div(kept);
                (kept, per_unit, format!("× (1 − {share}) for {name}"))
            }
        };
        factor *= kept;
        steps.push((what, kept.normalize().to_string()));
        inputs.push(Input {
            name,
            field: "value",
            value: share,
            per_unit: per_unit.unwrap_or_default(),
            unit: InputUnit::Share,
            source: stated.source.clone(),
            mitigation: Decimal::ZERO,
        });
    }
    if let Some(multiplier) = &value.multiplier {
        let by = multiplier.factor.decimal();
        if by < Decimal::ZERO {
            let message = format!("a multiplier of {by} turns the benefit round");
            faults.tell(
                subject(),
                "value",
                message,
                "give a factor of 0 or more: 1.1 is a tenth more",
            );
        }
        steps.push((format!("× {by} as multiplier"), by.to_string()));
        inputs.push(Input {
            name: "multiplier",
            field: "value",
            value: by,
            per_unit: ONE.checked_div(by).unwrap_or_default(),
            unit: InputUnit::Factor,
            source: multiplier.source.clone(),
            mitigation: Decimal::ZERO,
        });
        factor = match times(factor, by) {
            Some(factor) => factor,
            None => {
                faults.tell(subject(), "value", TOO_LARGE, SMALLER);
                return None;
            }
        };
    }
    for amount in &mut amounts {
        match times(*amount, factor) {
            Some(adjusted) => *amount = adjusted,
            None => {
                faults.tell(subject(), "value", TOO_LARGE, SMALLER);
                return None;
            }
        }
    }
    Some(amounts)
}

/// Amounts that come so many months later: whole years, and of the rest its share of a year goes to the next.
fn delayed(amounts: &[Decimal], months: usize) -> Option<Vec<Decimal>> {
    let (years, months) = (months / 12, months % 12);
    let late = whole(months).checked_div(Decimal::from(12))?;
    let mut out = vec![Decimal::ZERO; amounts.len() + years + 1];
    for (at, amount) in amounts.iter().enumerate() {
        let moved = times(*amount, late)?;
        out[at + years] = out[at + years].checked_add(amount.checked_sub(moved)?)?;
        out[at + years + 1] = out[at + years + 1].checked_add(moved)?;
    }
    Some(out)
}

/// Of amounts that begin in that year, those from year 0 to the last.
fn within(amounts: &[Decimal], first: i64, last: usize) -> Option<Vec<Decimal>> {
    let mut out = vec![Decimal::ZERO; last + 1];
    for (at, amount) in amounts.iter().enumerate() {
        let year = usize::try_from(first + at as i64);
        if let Some(place) = year.ok().and_then(|year| out.get_mut(year)) {
            *place = place.checked_add(*amount)?;
        }
    }
    Some(out)
}
