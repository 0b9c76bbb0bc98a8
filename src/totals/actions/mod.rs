//! Units of work that only read: totals of a scope and period, and the report made of them.
mod claims;
mod drives;
mod report;
mod rows;
mod totals;

pub(super) use report::{Manner, Report, ReportRow, Section, report};
pub(super) use totals::{Totals, totals};
