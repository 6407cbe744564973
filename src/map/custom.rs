//! How people who read a language write days, numbers and sums of money: a row for each language that maps are often written in.
//!
//! Decimal signs, groups of digits, names of months and their order come from the Unicode Common Locale Data Repository,
//! release 48 (Unicode licence 3.0), with two changes: English months are cut to three letters, and the narrow space that does
//! not break is the common one, which more faces have.

/// How a language writes.
pub(super) struct Custom {
    pub(super) tag: &'static str,
    pub(super) decimal: &'static str,
    pub(super) group: &'static str,
    /// How many digits a number has at least before its decimal sign when they are grouped.
    pub(super) least: usize,
    /// A sum: `¤` is where the sign of the currency goes, `#` where the digits go.
    pub(super) money: &'static str,
    /// A day: `D` for the day, `M` for the month, `N` for its number in two digits, `Y` for the year. Empty for `2026-04-01`.
    pub(super) long: &'static str,
    /// The same where room is short.
    pub(super) short: &'static str,
    /// The months, with `|` between them: beside a day, beside a day where room is short, and without a day. Numbers where the
    /// second is empty; the third is empty where it is like the second.
    pub(super) months: [&'static str; 3],
}

/// A row of the table: the tag, the signs of a number, how many digits are grouped, patterns and months.
const fn row(
    [tag, decimal, group]: [&'static str; 3],
    least: usize,
    [money, long, short]: [&'static str; 3],
    months: [&'static str; 3],
) -> Custom {
    Custom {
        tag,
        decimal,
        group,
        least,
        money,
        long,
        short,
        months,
    }
}

/// How a language writes that the table does not have: days as files have them, digits in groups with a space between (ISO 80000-1).
pub(super) const OTHER: Custom = row(["", ".", "\u{a0}"], 4, ["¤\u{a0}#", "", ""], ["", "", ""]);

// Months that several rows have.
const ENGLISH: [&str; 3] = [
    "January|February|March|April|May|June|July|August|September|October|November|December",
    "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec",
    "",
];
const GERMAN: [&str; 3] = [
    "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember",
    "Jan.|Feb.|März|Apr.|Mai|Juni|Juli|Aug.|Sept.|Okt.|Nov.|Dez.",
    "Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez",
];
const ITALIAN: [&str; 3] = [
    "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre",
    "gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic",
    "",
];
const NORWEGIAN: [&str; 3] = [
    "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember",
    "jan.|feb.|mars|apr.|mai|juni|juli|aug.|sep.|okt.|nov.|des.",
    "jan|feb|mar|apr|mai|jun|jul|aug|sep|okt|nov|des",
];

/// A language with its region after or before the language alone, in the order of their tags but for English.
pub(super) static CUSTOMS: &[Custom] = &[
    row(["en", ".", ","], 4, ["¤#", "D M Y", "D M Y"], ENGLISH),
    row(["en-US", ".", ","], 4, ["¤#", "M D, Y", "M D, Y"], ENGLISH),
    row(["en-CA", ".", ","], 4, ["¤#", "M D, Y", "M D, Y"], ENGLISH),
    row(["en-ZA", ",", "\u{a0}"], 4, ["¤#", "D M Y", "D M Y"], ENGLISH),
    row(
        ["bg", ",", "\u{a0}"],
        5,
        ["#\u{a0}¤", "D M Y г.", "D.N.Y г."],
        [
            "януари|февруари|март|април|май|юни|юли|август|септември|октомври|ноември|декември",
            "",
            "01|02|03|04|05|06|07|08|09|10|11|12",
        ],
    ),
    row(
        ["ca", ",", "."],
        4,
        ["#\u{a0}¤", "D M del Y", "D M del Y"],
        [
            "de gener|de febrer|de març|d’abril|de maig|de juny|de juliol|d’agost|de setembre|d’octubre|de novembre|de desembre",
            "de gen.|de febr.|de març|d’abr.|de maig|de juny|de jul.|d’ag.|de set.|d’oct.|de nov.|de des.",
            "gen.|febr.|març|abr.|maig|juny|jul.|ag.|set.|oct.|nov.|des.",
        ],
    ),
    row(
        ["cs", ",", "\u{a0}"],
        4,
        ["#\u{a0}¤", "D. M Y", "D. M. Y"],
        [
            "ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince",
            "",
            "led|úno|bře|dub|kvě|čvn|čvc|srp|zář|říj|lis|pro",
        ],
    ),
    row(
        ["cy", ".", ","],
        4,
        ["¤#", "D M Y", "D M Y"],
        [
            "Ionawr|Chwefror|Mawrth|Ebrill|Mai|Mehefin|Gorffennaf|Awst|Medi|Hydref|Tachwedd|Rhagfyr",
            "Ion|Chwef|Maw|Ebr|Mai|Meh|Gorff|Awst|Medi|Hyd|Tach|Rhag",
            "Ion|Chw|Maw|Ebr|Mai|Meh|Gor|Awst|Medi|Hyd|Tach|Rhag",
        ],
    ),
    row(
        ["da", ",", "."],
        4,
        ["#\u{a0}¤", "D. M Y", "D. M Y"],
        [
            "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december",
            "jan.|feb.|mar.|apr.|maj|jun.|jul.|aug.|sep.|okt.|nov.|dec.",
            "",
        ],
    ),
    row(["de", ",", "."], 4, ["#\u{a0}¤", "D. M Y", "D. M Y"], GERMAN),
    row(
        ["de-AT", ",", "\u{a0}"],
        4,
        ["¤\u{a0}#", "D. M Y", "D. M Y"],
        [
            "Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember",
            "Jän.|Feb.|März|Apr.|Mai|Juni|Juli|Aug.|Sep.|Okt.|Nov.|Dez.",
            "Jän|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez",
        ],
    ),
    row(["de-CH", ".", "'"], 4, ["¤\u{a0}#", "D. M Y", "D. M Y"], GERMAN),
    row(
        ["el", ",", "."],
        4,
        ["#\u{a0}¤", "D M Y", "D M Y"],
        [
            "Ιανουαρίου|Φεβρουαρίου|Μαρτίου|Απριλίου|Μαΐου|Ιουνίου|Ιουλίου|Αυγούστου|Σεπτεμβρίου|Οκτωβρίου|Νοεμβρίου|Δεκεμβρίου",
            "Ιαν|Φεβ|Μαρ|Απρ|Μαΐ|Ιουν|Ιουλ|Αυγ|Σεπ|Οκτ|Νοε|Δεκ",
            "",
        ],
    ),
    row(
        ["es", ",", "."],
        5,
        ["#\u{a0}¤", "D de M de Y", "D M Y"],
        [
            "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre",
            "ene|feb|mar|abr|may|jun|jul|ago|sept|oct|nov|dic",
            "",
        ],
    ),
    row(
        ["es-MX", ".", ","],
        4,
        ["¤#", "D de M de Y", "D M Y"],
        [
            "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre",
            "ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic",
            "",
        ],
    ),
    row(
        ["et", ",", "\u{a0}"],
        5,
        ["#\u{a0}¤", "D. M Y", "D. M Y"],
        [
            "jaanuar|veebruar|märts|aprill|mai|juuni|juuli|august|september|oktoober|november|detsember",
            "jaan|veebr|märts|apr|mai|juuni|juuli|aug|sept|okt|nov|dets",
            "",
        ],
    ),
    row(
        ["fi", ",", "\u{a0}"],
        4,
        ["#\u{a0}¤", "D. M Y", "D.M.Y"],
        [
            "tammikuuta|helmikuuta|maaliskuuta|huhtikuuta|toukokuuta|kesäkuuta|heinäkuuta|elokuuta|syyskuuta|lokakuuta|marraskuuta|joulukuuta",
            "",
            "tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu",
        ],
    ),
    row(
        ["fr", ",", "\u{a0}"],
        4,
        ["#\u{a0}¤", "D M Y", "D M Y"],
        [
            "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
            "janv.|févr.|mars|avr.|mai|juin|juil.|août|sept.|oct.|nov.|déc.",
            "",
        ],
    ),
    row(
        ["fr-CA", ",", "\u{a0}"],
        4,
        ["#\u{a0}¤", "D M Y", "D M Y"],
        [
            "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
            "janv.|févr.|mars|avr.|mai|juin|juill.|août|sept.|oct.|nov.|déc.",
            "",
        ],
    ),
    row(
        ["ga", ".", ","],
        4,
        ["¤#", "D M Y", "D M Y"],
        [
            "Eanáir|Feabhra|Márta|Aibreán|Bealtaine|Meitheamh|Iúil|Lúnasa|Meán Fómhair|Deireadh Fómhair|Samhain|Nollaig",
            "Ean|Feabh|Márta|Aib|Beal|Meith|Iúil|Lún|MFómh|DFómh|Samh|Noll",
            "",
        ],
    ),
    row(
        ["gd", ".", ","],
        4,
        ["¤#", "Dmh M Y", "D M Y"],
        [
            "dhen Fhaoilleach|dhen Ghearran|dhen Mhàrt|dhen Ghiblean|dhen Chèitean|dhen Ògmhios|dhen Iuchar|dhen Lùnastal|dhen t-Sultain|dhen Dàmhair|dhen t-Samhain|dhen Dùbhlachd",
            "Faoi|Gearr|Màrt|Gibl|Cèit|Ògmh|Iuch|Lùna|Sult|Dàmh|Samh|Dùbh",
            "",
        ],
    ),
    row(
        ["hr", ",", "."],
        4,
        ["#\u{a0}¤", "D. M Y.", "D. M Y."],
        [
            "siječnja|veljače|ožujka|travnja|svibnja|lipnja|srpnja|kolovoza|rujna|listopada|studenoga|prosinca",
            "sij|velj|ožu|tra|svi|lip|srp|kol|ruj|lis|stu|pro",
            "",
        ],
    ),
    row(
        ["hu", ",", "\u{a0}"],
        5,
        ["#\u{a0}¤", "Y. M D.", "Y. M D."],
        [
            "január|február|március|április|május|június|július|augusztus|szeptember|október|november|december",
            "jan.|febr.|márc.|ápr.|máj.|jún.|júl.|aug.|szept.|okt.|nov.|dec.",
            "",
        ],
    ),
    row(
        ["is", ",", "."],
        4,
        ["#\u{a0}¤", "D. M Y", "D. M Y"],
        [
            "janúar|febrúar|mars|apríl|maí|júní|júlí|ágúst|september|október|nóvember|desember",
            "jan.|feb.|mar.|apr.|maí|jún.|júl.|ágú.|sep.|okt.|nóv.|des.",
            "",
        ],
    ),
    row(["it", ",", "."], 5, ["#\u{a0}¤", "D M Y", "D M Y"], ITALIAN),
    row(["it-CH", ".", "'"], 5, ["¤\u{a0}#", "D M Y", "D M Y"], ITALIAN),
    row(
        ["lt", ",", "\u{a0}"],
        4,
        ["#\u{a0}¤", "Y m. M D d.", ""],
        [
            "sausio|vasario|kovo|balandžio|gegužės|birželio|liepos|rugpjūčio|rugsėjo|spalio|lapkričio|gruodžio",
            "",
            "01|02|03|04|05|06|07|08|09|10|11|12",
        ],
    ),
    row(
        ["lv", ",", "\u{a0}"],
        5,
        ["#\u{a0}¤", "Y. gada D. M", "Y. g. D. M"],
        [
            "janvāris|februāris|marts|aprīlis|maijs|jūnijs|jūlijs|augusts|septembris|oktobris|novembris|decembris",
            "janv.|febr.|marts|apr.|maijs|jūn.|jūl.|aug.|sept.|okt.|nov.|dec.",
            "",
        ],
    ),
    row(
        ["mt", ".", ","],
        4,
        ["¤#", "D ta’ M Y", "D ta’ M, Y"],
        [
            "Jannar|Frar|Marzu|April|Mejju|Ġunju|Lulju|Awwissu|Settembru|Ottubru|Novembru|Diċembru",
            "Jan|Fra|Mar|Apr|Mej|Ġun|Lul|Aww|Set|Ott|Nov|Diċ",
            "",
        ],
    ),
    row(["nb", ",", "\u{a0}"], 4, ["#\u{a0}¤", "D. M Y", "D. M Y"], NORWEGIAN),
    row(
        ["nl", ",", "."],
        4,
        ["¤\u{a0}#", "D M Y", "D M Y"],
        [
            "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december",
            "jan|feb|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec",
            "",
        ],
    ),
    row(["nn", ",", "\u{a0}"], 4, ["#\u{a0}¤", "D. M Y", "D. M Y"], NORWEGIAN),
    row(
        ["pl", ",", "\u{a0}"],
        5,
        ["#\u{a0}¤", "D M Y", "D M Y"],
        [
            "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia",
            "sty|lut|mar|kwi|maj|cze|lip|sie|wrz|paź|lis|gru",
            "",
        ],
    ),
    row(
        ["pt", ",", "."],
        4,
        ["¤\u{a0}#", "D de M de Y", "D de M de Y"],
        [
            "janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro",
            "jan.|fev.|mar.|abr.|mai.|jun.|jul.|ago.|set.|out.|nov.|dez.",
            "",
        ],
    ),
    row(
        ["ro", ",", "."],
        4,
        ["#\u{a0}¤", "D M Y", "D M Y"],
        [
            "ianuarie|februarie|martie|aprilie|mai|iunie|iulie|august|septembrie|octombrie|noiembrie|decembrie",
            "ian.|feb.|mar.|apr.|mai|iun.|iul.|aug.|sept.|oct.|nov.|dec.",
            "",
        ],
    ),
    row(
        ["sk", ",", "\u{a0}"],
        4,
        ["#\u{a0}¤", "D. M Y", "D. M. Y"],
        [
            "januára|februára|marca|apríla|mája|júna|júla|augusta|septembra|októbra|novembra|decembra",
            "",
            "jan|feb|mar|apr|máj|jún|júl|aug|sep|okt|nov|dec",
        ],
    ),
    row(
        ["sl", ",", "."],
        5,
        ["#\u{a0}¤", "D. M Y", "D. M Y"],
        [
            "januar|februar|marec|april|maj|junij|julij|avgust|september|oktober|november|december",
            "jan.|feb.|mar.|apr.|maj|jun.|jul.|avg.|sep.|okt.|nov.|dec.",
            "",
        ],
    ),
    row(
        ["sv", ",", "\u{a0}"],
        4,
        ["#\u{a0}¤", "D M Y", "D M Y"],
        [
            "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december",
            "jan.|feb.|mars|apr.|maj|juni|juli|aug.|sep.|okt.|nov.|dec.",
            "",
        ],
    ),
    row(
        ["tr", ",", "."],
        4,
        ["¤#", "D M Y", "D M Y"],
        [
            "Ocak|Şubat|Mart|Nisan|Mayıs|Haziran|Temmuz|Ağustos|Eylül|Ekim|Kasım|Aralık",
            "Oca|Şub|Mar|Nis|May|Haz|Tem|Ağu|Eyl|Eki|Kas|Ara",
            "",
        ],
    ),
    row(
        ["uk", ",", "\u{a0}"],
        4,
        ["#\u{a0}¤", "D M Y р.", "D M Y р."],
        [
            "січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня",
            "січ.|лют.|бер.|квіт.|трав.|черв.|лип.|серп.|вер.|жовт.|лист.|груд.",
            "",
        ],
    ),
];
