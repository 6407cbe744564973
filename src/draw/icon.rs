//! Pictures in a square of 16 by 16, as path data.

use crate::scene::Icon;

/// The id of the picture in the document.
pub(super) fn name(icon: Icon) -> &'static str {
    match icon {
        Icon::Coins => "coins",
        Icon::Nut => "nut",
        Icon::Exchange => "exchange",
        Icon::Diamond => "diamond",
        Icon::Star => "star",
        Icon::Warning => "warning",
        Icon::Bolt => "bolt",
        Icon::Bars => "bars",
        Icon::Wave => "wave",
        Icon::Person => "person",
        Icon::Disc => "disc",
        Icon::Triangle => "triangle",
        Icon::Square => "square",
        Icon::Tick => "tick",
        Icon::Cross => "cross",
        Icon::Ring => "ring",
        Icon::Stroke => "stroke",
        Icon::Page => "page-sign",
        Icon::Plus => "plus",
    }
}

/// The path of the picture; holes run the other way round, so that either fill rule shows them.
pub(super) fn data(icon: Icon) -> &'static str {
    match icon {
        Icon::Coins => {
            "M8 1c3.6 0 6.5 1.2 6.5 2.7S11.6 6.4 8 6.4 1.5 5.2 1.5 3.7 4.4 1 8 1zM1.5 6c1.2 1.2 3.6 2 6.5 2s5.3-.8 6.5-2v2c0 1.5-2.9 2.7-6.5 2.7S1.5 9.5 1.5 8zM1.5 10.3c1.2 1.2 3.6 2 6.5 2s5.3-.8 6.5-2v2c0 1.5-2.9 2.7-6.5 2.7s-6.5-1.2-6.5-2.7z"
        }
        Icon::Nut => "M8 .8l6.3 3.6v7.2L8 15.2l-6.3-3.6V4.4zM8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 1 0 0-5.6z",
        Icon::Exchange => "M1.5 3.2h8V.8l5 3.6-5 3.6V5.6h-8zM14.5 10.4h-8V8l-5 3.6 5 3.6v-2.4h8z",
        Icon::Diamond => "M8 .6L15.4 8 8 15.4.6 8zM8 5L5 8l3 3 3-3z",
        Icon::Star => "M8 .8l2.2 4.7 5.1.6-3.8 3.5 1 5.1L8 12.2l-4.5 2.5 1-5.1L.7 6.1l5.1-.6z",
        Icon::Warning => "M8 1l7.5 13.6H.5zM7.1 5.6v4.6h1.8V5.6zM7.1 11.4v1.8h1.8v-1.8z",
        Icon::Bolt => "M10 .5L2.8 9.2h4L5.9 15.5 13.2 6.7H9z",
        Icon::Bars => "M1 9h3.6v6H1zM6.2 5h3.6v10H6.2zM11.4 1H15v14h-3.6z",
        Icon::Wave => "M.5 9.5C2.5 4.5 5.5 4.2 8 7.2s5 2.6 7.5-1.7v3.6c-2.5 4.2-5.3 3.9-7.8.9S2.7 8.8.5 13.1z",
        Icon::Person => "M8 8a3.6 3.6 0 1 0 0-7.2A3.6 3.6 0 0 0 8 8zM1 15.2c0-3.7 3-6 7-6s7 2.3 7 6z",
        Icon::Disc => "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 1 0 0-13z",
        Icon::Triangle => "M8 1.2L15.6 14.8H.4z",
        Icon::Square => "M2.2 2.2h11.6v11.6H2.2z",
        Icon::Tick => "M1 8.6l2.3-2.3 3.2 3.2 6.2-6.8L15 5 6.6 14.2z",
        Icon::Cross => "M1.8 4.1l2.3-2.3L8 5.7l3.9-3.9 2.3 2.3L10.3 8l3.9 3.9-2.3 2.3L8 10.3l-3.9 3.9-2.3-2.3L5.7 8z",
        Icon::Ring => "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 1 0 0-13zM8 4.2a3.8 3.8 0 1 1 0 7.6 3.8 3.8 0 1 1 0-7.6z",
        Icon::Page => "M2.5.5h7.2l3.8 3.8v11.2h-11zM9 2v3h3zM4.5 8v1.4h7V8zM4.5 11v1.4h7V11z",
        Icon::Plus => "M6.4 1.5h3.2v4.9h4.9v3.2H9.6v4.9H6.4V9.6H1.5V6.4h4.9z",
        Icon::Stroke => "M2 6.5h12v3H2z",
    }
}
