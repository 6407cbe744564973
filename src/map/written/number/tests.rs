//! What numbers are read as.

use super::*;

const PURSE: Purse = Purse::Any;

fn read_in(text: &str, unit: &str, settled: &Settled<DecimalMark>) -> Option<String> {
    let meant = Meant::Value { unit, purse: &PURSE };
    Some(Figure::new(text)?.read(meant, settled).ok()?.value.to_string())
}

fn read(text: &str) -> Option<String> {
    read_in(text, "", &Settled::Open)
}

#[test]
fn numbers_are_understood_where_they_mean_one_thing() {
    for (text, meant) in [
        ("1,234,567", "1234567"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("-£1,234.50", "-1234.5"),
        ("£ -5", "-5"),
        ("(£5)", "-5"),
        ("£(5)", "-5"),
        ("GBP 300000", "300000"),
        ("300 000 EUR", "300000"),
        ("1 234", "1234"),
        ("1\u{a0}234\u{a0}567,8", "1234567.8"),
        ("1'234", "1234"),
        ("1'234.567", "1234.567"),
        ("1,5", "1.5"),
        ("0,123", "0.123"),
        ("0.123", "0.123"),
        ("1234,567", "1234.567"),
        ("1234.567", "1234.567"),
        ("(250)", "-250"),
        ("+5", "5"),
        ("−5", "-5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("007", "7"),
        ("0.30000000000000004", "0.3"),
        ("61.499999999999993", "61.5"),
        ("£1.2m", "1200000"),
        ("450k", "450000"),
        ("1.2 million", "1200000"),
        ("3bn", "3000000000"),
        ("1,2 Mio.", "1200000"),
        ("£1.2 million", "1200000"),
        ("1.2m GBP", "1200000"),
        ("US$3bn", "3000000000"),
        ("1,5E+06", "1500000"),
        ("1.5e3", "1500"),
    ] {
        assert_eq!(read(text).as_deref(), Some(meant), "{text}");
    }
    for text in [
        "1,234",
        "1.234",
        "€1,234",
        "TBC",
        "",
        "-",
        "12,34,567",
        "1,23,4.5",
        "1.2.3",
        "1 2 3",
        "5 to 7",
        "45%",
        "<10",
        "(-5)",
        "1,234.567,8",
        "1 234,567.8",
        "1234567890123456",
        "½",
        "1e400",
        "31.03.2025",
        "5 apples",
        "(TBC)",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn the_column_decides_what_one_cell_leaves_open() {
    let column = |cells: &[&str], own| {
        let mut votes = Votes::new(None);
        for text in cells {
            Figure::new(text).unwrap().vote(&mut votes, || "row 2".to_owned());
        }
        let settled = votes.settle(own);
        cells.iter().map(|text| read_in(text, "", &settled)).collect::<Vec<_>>()
    };
    let some = |all: &[&str]| all.iter().map(|n| Some((*n).to_owned())).collect::<Vec<_>>();
    let point = Some(DecimalMark::Point);
    assert_eq!(
        column(&["2.500,50", "1.234", "12.500"], None),
        some(&["2500.5", "1234", "12500"])
    );
    assert_eq!(column(&["1,234", "12.5"], point), some(&["1234", "12.5"]));
    assert_eq!(column(&["1.234", "5"], point), some(&["1.234", "5"]));
    assert_eq!(column(&["1.234", "5"], None), [None, Some("5".to_owned())]);
    assert_eq!(column(&["1,234", "5"], point), [None, Some("5".to_owned())]);
    assert_eq!(column(&["1,234", "5.678"], point), [None, None]);
    assert_eq!(column(&["£1,234", "5"], point), some(&["1234", "5"]));
    // A sign of money only hints at how numbers are written.
    assert_eq!(column(&["£1,234", "2,50"], point), some(&["1.234", "2.5"]));
    // Contradicted: what can mean one thing is that, and the rest is left out.
    let both = column(&["1,5", "2.5", "1,234", "1.234"], point);
    assert_eq!(both, [Some("1.5".to_owned()), Some("2.5".to_owned()), None, None]);
}

#[test]
fn what_was_declared_holds_and_what_contradicts_it_is_refused() {
    let comma = Settled::Declared(DecimalMark::Comma);
    assert_eq!(read_in("1.234", "", &comma).as_deref(), Some("1234"));
    assert_eq!(read_in("12,5", "", &comma).as_deref(), Some("12.5"));
    assert_eq!(read_in("12.5", "", &comma), None);
    let point = Settled::Declared(DecimalMark::Point);
    assert_eq!(read_in("1,234", "", &point).as_deref(), Some("1234"));
    assert_eq!(read_in("12,5", "", &point), None);
    assert_eq!(read_in("1234", "", &point).as_deref(), Some("1234"));
}

#[test]
fn a_unit_says_what_stands_beside_its_values() {
    for (text, unit, meant) in [
        ("61.5%", "%", Some("61.5")),
        ("61.5 per cent", "% of residents", Some("61.5")),
        ("61.5% of residents", "% of residents", Some("61.5")),
        ("61.5%", "share", Some("0.615")),
        ("61.5%", "", None),
        ("61.5%", "tonnes", None),
        ("12 FTE", "FTE", Some("12")),
        ("3,100.5 km", "km a week", Some("3100.5")),
        ("5 m", "m", Some("5")),
        ("1.2m", "minutes", None),
        ("1.2 million", "minutes", Some("1200000")),
        ("5k", "km", None),
        ("£1.2m", "£m", Some("1.2")),
        ("£450k", "£m", Some("0.45")),
        ("1.2m", "£m", Some("1.2")),
        ("1.2", "£m", Some("1.2")),
        ("£1,200,000", "£m", None),
        ("450k", "thousand visits", Some("450")),
        ("€5", "GBP a visit", None),
        ("£5", "GBP a visit", Some("5")),
    ] {
        assert_eq!(
            read_in(text, unit, &Settled::Open).as_deref(),
            meant,
            "{text} in {unit}"
        );
    }
}

fn refusal(text: &str, meant: Meant<'_>) -> (String, String) {
    let refusal = Figure::new(text).unwrap().read(meant, &Settled::Open).unwrap_err();
    (refusal.why, refusal.help)
}

#[test]
fn advice_shows_the_value_in_hand() {
    let pounds = Purse::Named("GBP".to_owned());
    let value = Meant::Value {
        unit: "",
        purse: &pounds,
    };
    let told = |why: &str, help: &str| (why.to_owned(), help.to_owned());
    assert_eq!(
        refusal("61.5%", value),
        told(
            "is a percentage, and the KPI has no unit",
            "Give the KPI the unit %, or write 0.615 if it is a share."
        )
    );
    assert_eq!(
        within_whole(Number::from(60))
            .map_err(|refusal| (refusal.why, refusal.help))
            .unwrap_err(),
        told("is more than the whole, which is 1", "Write 0.6 for 60%.")
    );
    assert_eq!(
        refusal("EUR 500", Meant::Money(&pounds)),
        told(
            "is in EUR, and the map's amounts are in GBP",
            "Write the amount in GBP, as a plain number."
        )
    );
    assert_eq!(
        refusal("1,234", Meant::Count).1,
        "Write 1234 or 1.234, or give the decimal separator: --decimal point or --decimal comma."
    );
    assert_eq!(refusal("5 apples", value).1, "Write the number alone, such as 5.");
}

#[test]
fn what_a_workbook_shows_beside_a_number_counts() {
    let number = |text: &str| Number::new(text).unwrap();
    let value = |unit| Meant::Value { unit, purse: &PURSE };
    let percent = Figure::percent(number("0.615"), "61.5%");
    let read = percent.read(value("%"), &Settled::Open).unwrap();
    assert_eq!((read.value, read.as_written), (number("61.5"), false));
    assert_eq!(
        percent.read(Meant::Share, &Settled::Open).unwrap().value,
        number("0.615")
    );
    assert!(percent.read(value("tonnes"), &Settled::Open).is_err());
    let plain = Figure::exact(number("1.234"), "1.234", None);
    let comma = Settled::Declared(DecimalMark::Comma);
    assert_eq!(plain.read(value(""), &comma).unwrap().value, number("1.234"));
    let euros = Figure::exact(number("5"), "€5", Currency::named("€"));
    assert!(
        euros
            .read(Meant::Money(&Purse::Named("GBP".to_owned())), &Settled::Open)
            .is_err()
    );
}
