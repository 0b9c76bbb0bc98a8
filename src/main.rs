//! Reads the settings and runs one command.
fn main() {}
