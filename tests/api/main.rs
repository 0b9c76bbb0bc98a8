//! Every test that speaks to the service through HTTP, in one binary.
