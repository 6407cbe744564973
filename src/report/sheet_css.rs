//! The look of a report on screen and on A4 paper.

use crate::scene::Verdict;
use crate::scene::theme::DEFAULT;

/// The style sheet of a page.
pub(super) fn css() -> String {
    let judged = [Verdict::Good, Verdict::Doubtful, Verdict::Bad, Verdict::Open];
    let rule = |verdict: Verdict| format!(".{}{{color:{}}}", class(verdict), DEFAULT.verdict(verdict));
    CSS.replace("VERDICTS", &judged.map(rule).concat())
}

/// The class of what has been judged so.
pub(super) fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Good => "good",
        Verdict::Doubtful => "doubtful",
        Verdict::Bad => "bad",
        Verdict::Open => "open",
    }
}

/// Text 4.5 to 1 or better on its ground, links underlined, no width wider than a line is read in; printed on A4 with
/// headings kept to what follows, and what is wide on pages that lie across.
const CSS: &str = "\
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:#17212b;font:1rem/1.55 \"Liberation Sans\",Arial,Helvetica,sans-serif}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:1rem;padding:.5rem 1rem;background:#fff;outline:3px solid #17467d}
header,main,nav,footer{max-width:52rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2.5rem}
h1{font-size:2rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.5rem;line-height:1.25;margin:2.75rem 0 .75rem;padding-top:.75rem;border-top:2px solid #17467d}
h3{font-size:1.2rem;line-height:1.3;margin:2rem 0 .5rem}
h4,h5{font-size:1rem;margin:1.5rem 0 .35rem}
.number{color:#4d5a67;font-weight:400;margin-right:.5em}
p,ul,ol{margin:0 0 1rem}
li{margin:.25rem 0}
p,li,td,th,dd,figcaption{overflow-wrap:anywhere}
a{color:#17467d;text-underline-offset:.15em}
a:focus-visible,.scroll:focus-visible{outline:3px solid #17467d;outline-offset:2px}
code{font:.92em \"Liberation Mono\",Consolas,monospace}
.subtitle{font-size:1.15rem;color:#4d5a67;margin:0 0 1rem}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1.25rem;margin:0 0 1.5rem;font-size:.95rem}
.facts dt{color:#4d5a67}
.facts dd{margin:0}
nav ol{list-style:none;padding:0;margin:0}
nav ol ol{padding-left:1.5rem}
nav{margin-bottom:1rem}
.aside{margin:0 0 1.25rem;padding:.75rem 1rem;border-left:4px solid #17467d;background:#f4f6f8}
.aside p{margin:0}
.scroll{overflow-x:auto;margin:0 0 1.5rem}
table{border-collapse:collapse;width:100%;font-size:.9rem;line-height:1.4;table-layout:fixed;min-width:34rem}
caption{caption-side:top;text-align:left;font-weight:700;padding:0 0 .4rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #d5dbe1}
thead th{border-bottom:2px solid #17467d;vertical-align:bottom;background:#f4f6f8}
tbody th{font-weight:400}
.group th{font-weight:700;background:#f4f6f8}
.total th,.total td{font-weight:700;border-top:2px solid #17467d}
.end{text-align:right;font-variant-numeric:tabular-nums}
.middle{text-align:center}
VERDICTS
figure{margin:0 0 1.75rem}
figure.landscape{margin-inline:calc(50% - 50vw + 1.25rem);max-width:none}
figure .picture{overflow-x:auto}
figure svg{display:block;max-width:100%;height:auto;margin:0 auto}
figcaption{font-weight:700;font-size:.9rem;margin-top:.4rem}
figure.landscape figcaption{max-width:49.5rem;margin-inline:auto}
footer{padding-bottom:3rem}
@page{size:A4;margin:20mm 18mm}
@page wide{size:A4 landscape;margin:14mm}
@page fold{size:A3 landscape;margin:14mm}
@media print{
body{font-size:10.5pt}
header,main,nav,footer{max-width:none;padding:0}
.skip{display:none}
h2,h3,h4,h5,.leads,caption,.group{break-after:avoid}
thead{break-after:avoid}
tbody tr:first-child,tbody tr:last-child{break-before:avoid}
tr,figure,.aside,.small,li{break-inside:avoid}
thead{display:table-header-group}
table{font-size:8.5pt;min-width:0}
th,td{padding:.3rem .4rem}
.scroll{overflow:visible}
a{color:inherit}
.break{break-before:page}
.across{page:wide}
.foldout{page:fold}
figure svg{max-height:235mm}
figure.landscape{margin:0}
figure.landscape svg{max-height:138mm}
figure.landscape.foldout svg{max-height:225mm}
figure.landscape figcaption{max-width:none}
}
";
