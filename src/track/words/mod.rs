//! What is said of measurements, in words for people: the one home of the sentences of this room.
//!
//! Everything else here gives values; what a chart, a register, a report or a command says of them is written in these
//! files, so that one thing is said in the same words everywhere. Days are written as whoever asks has them, or spelled out.

mod escalation;
mod outlook;
mod reception;
mod series;
mod warning;
