//! What people write, and what it is understood as.

use super::*;

fn all(expected: Option<Frequency>, texts: &[&str]) {
    let shown = |frequency: Option<Frequency>| frequency.map_or("none".to_owned(), |f| f.to_string());
    let wrong: Vec<String> = texts
        .iter()
        .filter(|text| frequency(text) != expected)
        .map(|text| format!("`{text}` is {}", shown(frequency(text))))
        .collect();
    assert!(wrong.is_empty(), "not {}: {wrong:#?}", shown(expected));
}

#[test]
fn every_usual_way_to_write_a_frequency_is_understood() {
    all(
        Some(Frequency::DAILY),
        &[
            "daily",
            "Daily.",
            "every day",
            "each working day",
            "real time",
            "real-time",
            "Realtime",
            "live",
            "Live dashboard",
            "continuous",
            "continuously",
            "24/7",
            "hourly",
            "every 15 minutes",
            "D",
            "per day",
            "once a day",
            "near real-time",
            "every weekday",
        ],
    );
    all(
        Some(Frequency::WEEKLY),
        &[
            "weekly",
            "WEEKLY",
            "wkly",
            "every week",
            "once a week",
            "1/week",
            "per week",
            "Mondays",
            "every Monday",
            "W",
            "week",
            "end of each week",
            "52 times a year",
            "daily, reported weekly",
        ],
    );
    all(
        Some(Frequency::weeks(2)),
        &[
            "fortnightly",
            "Fortnightly",
            "every two weeks",
            "every 2 weeks",
            "every other week",
            "every second week",
            "every 2nd week",
            "alternate weeks",
            "bi-weekly",
            "biweekly",
            "Bi weekly",
            "each fortnight",
            "once a fortnight",
            "2 weeks",
            "2-weekly",
            "two weekly",
            "26 times a year",
        ],
    );
    all(
        Some(Frequency::MONTHLY),
        &[
            "monthly",
            "Monthly",
            "each month",
            "every month",
            "per month",
            "by month",
            "once a month",
            "once per month",
            "mthly",
            "mthly.",
            "M",
            "month",
            "monthly from April",
            "Monthly (from April 2027)",
            "month end",
            "month-end",
            "at the end of each month",
            "12 times a year",
            "12 x per year",
            "12x/year",
            "weekly / monthly",
            "1/mth",
            "first Monday of each month",
            "calendar month end",
            "every calendar month",
            "Montly",
            "monthley",
            "each and every month",
            "weekly, reported monthly",
            "Once monthly",
            "within 10 days of month end",
        ],
    );
    all(
        Some(Frequency::months(2)),
        &[
            "bi-monthly",
            "bimonthly",
            "every 2 months",
            "every two months",
            "every other month",
            "every second month",
            "alternate months",
            "two-monthly",
            "2 monthly",
            "6 times a year",
            "six times per year",
            "each half term",
        ],
    );
    all(
        Some(Frequency::QUARTERLY),
        &[
            "quarterly",
            "Quarterly / rolling",
            "each quarter",
            "every quarter",
            "by quarter",
            "per quarter",
            "once a quarter",
            "every 3 months",
            "every three months",
            "every third month",
            "every 3rd month",
            "three-monthly",
            "3-monthly",
            "3 months",
            "3m",
            "qtrly",
            "Qtrly",
            "Q",
            "Qtr",
            "quarter end",
            "4 x per year",
            "4x per year",
            "4 \u{d7} a year",
            "four times a year",
            "4 times yearly",
            "4/year",
            "4 per year",
            "each financial quarter",
            "quaterly",
            "quartely",
            "Quarterley",
            "every January, April, July and October",
            "monthly for the first year, then quarterly",
            "end of each quarter",
            "monthly/quarterly",
        ],
    );
    all(
        Some(Frequency::months(4)),
        &[
            "termly",
            "Termly",
            "each term",
            "every term",
            "once a term",
            "at the end of each term",
            "end of term",
            "three times a year",
            "3 times a year",
            "3 x a year",
            "thrice a year",
            "every 4 months",
            "tri-annually",
            "each school term",
        ],
    );
    all(
        Some(Frequency::months(6)),
        &[
            "half-yearly",
            "half yearly",
            "Half Yearly",
            "halfyearly",
            "six-monthly",
            "6-monthly",
            "6 monthly",
            "every 6 months",
            "every six months",
            "twice a year",
            "twice yearly",
            "twice per year",
            "2 times a year",
            "2x year",
            "semi-annual",
            "semi-annually",
            "semiannual",
            "biannual",
            "bi-annual",
            "biannually",
            "Bi-annually",
            "every half year",
            "each half-year",
            "6 months",
            "6m",
            "HY",
            "each semester",
            "2 per year",
            "at baseline and every 6 months after",
            "each April and October",
            "every 3 to 6 months",
            "twice in the year",
        ],
    );
    all(
        Some(Frequency::YEARLY),
        &[
            "yearly",
            "annual",
            "Annually",
            "p.a.",
            "pa",
            "per annum",
            "once a year",
            "once per year",
            "each year",
            "every year",
            "every 12 months",
            "12-monthly",
            "1 per year",
            "1/yr",
            "once in a year",
            "Annual survey",
            "Y",
            "A",
            "year end",
            "year-end",
            "at the end of the year",
            "yr",
            "every March",
            "each September",
            "annualy",
            "anually",
            "Annual (March)",
            "monthly, and a yearly review",
            "calendar year",
            "1 x year",
            "quarterly/annually",
        ],
    );
    all(
        Some(Frequency::YEARLY.in_years_from(4)),
        &[
            "each financial year",
            "by financial year",
            "every financial year",
            "financial year end",
            "per FY",
            "FY",
            "every fiscal year",
            "once per financial year",
            "annually (April to March)",
            "yearly, year ending March",
            "end of the financial year",
            "financial yearly",
        ],
    );
    all(
        Some(Frequency::YEARLY.in_years_from(9)),
        &[
            "Once per school year",
            "every school year",
            "per academic year",
            "each academic year",
            "by school year",
            "end of academic year",
        ],
    );
    all(
        Some(Frequency::YEARLY.in_years_from(7)),
        &["annually (July to June)", "every year ending June"],
    );
    all(
        Some(Frequency::months(24)),
        &[
            "every 2 years",
            "every two years",
            "biennial",
            "biennially",
            "every other year",
            "two-yearly",
            "2-yearly",
            "once every two years",
            "once in 2 years",
            "every second year",
            "alternate years",
            "bi-yearly",
            "yearly until 2028, then every 2 years",
        ],
    );
    all(
        Some(Frequency::months(36)),
        &["every 3 years", "triennial", "three-yearly"],
    );
    all(
        Some(Frequency::months(60)),
        &["every five years", "every 5 years", "quinquennial", "5-yearly"],
    );
    all(
        Some(Frequency::months(120)),
        &[
            "every 10 years",
            "Census every 10 years",
            "every ten years",
            "once a decade",
            "decennial",
        ],
    );
    all(
        Some(Frequency::days(3)),
        &["twice a week", "twice weekly", "2 x per week"],
    );
    all(Some(Frequency::days(10)), &["every 10 days", "3 times a month"]);
    all(
        Some(Frequency::days(15)),
        &["twice a month", "semi-monthly", "twice monthly"],
    );
    all(Some(Frequency::days(73)), &["5 times a year"]);
    all(
        Some(Frequency::months(6).in_years_from(4)),
        &[
            "each half financial year",
            "twice per financial year",
            "twice a financial year",
        ],
    );
}

#[test]
fn what_names_no_frequency_is_not_guessed() {
    all(
        None,
        &[
            "",
            "On a rolling basis",
            "End of cropping season",
            "ad hoc",
            "as required",
            "once",
            "one-off",
            "at the end of the project",
            "on completion",
            "by end of year 2",
            "by year 3",
            "by year end 2028",
            "after six months",
            "for a year",
            "when funds allow",
            "baseline, midline, endline",
            "in the first year",
            "31 March 2027",
            "March 2027",
            "12",
            "TBC",
            "regularly",
            "periodically",
            "may vary",
            "as set out in the plan",
            "Q3 2027",
        ],
    );
}

#[test]
fn no_text_is_too_odd_to_be_looked_at() {
    for text in [
        "every",
        "per per per",
        "bi",
        "half",
        "every 999999999999 years",
        "times a year",
        "x year",
        "0 times a year",
        "every 0 months",
        "every 999 decades",
        "\u{1d7d9} per year",
        "/",
        "//year",
        "1st 2nd 3rd",
        "and every month",
        "to 6 months",
        "st",
    ] {
        let _ = frequency(text);
    }
    let long = "every 3 to 6 or ".repeat(10_000);
    let _ = frequency(&long);
}
