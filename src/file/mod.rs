//! Text to map and back: JSON with places, the canonical form, whole writes.
