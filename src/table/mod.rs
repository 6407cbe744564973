//! Maps and registers as tables.
