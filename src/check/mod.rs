//! Rules over a map: map in, findings out.
