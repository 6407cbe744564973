//! A plain picture between layout and drawing: boxes, routes and labels in px; knows nothing of benefits.
