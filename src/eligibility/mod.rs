//! When a person may give again, and why.
