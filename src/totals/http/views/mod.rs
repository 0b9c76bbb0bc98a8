//! Totals and reports as a client sees them.
mod report;
mod totals;

pub(super) use report::{Part, ReportView, RowView};
pub(super) use totals::{TotalsView, percent_text};
