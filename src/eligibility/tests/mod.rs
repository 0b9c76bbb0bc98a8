//! The rules of the field, one sentence each, and what must hold of any rules.
mod book;
mod properties;
mod screening;
mod verdict;

use std::sync::LazyLock;

use chrono::NaiveDate;

use super::{RuleBook, RuleSet};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

static BOOK: LazyLock<RuleBook> =
    LazyLock::new(|| RuleBook::compiled_in("VN").expect("the sets that come with the program"));

fn book() -> RuleBook {
    BOOK.clone()
}

fn national() -> RuleSet {
    BOOK.find("vn-2013").cloned().expect("the national set")
}

fn facility() -> RuleSet {
    BOOK.find("facility-plasma-21")
        .cloned()
        .expect("the facility's set")
}
