//! Measurements against trajectories: expected value, variance and status.
