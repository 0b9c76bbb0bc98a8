//! The one table of a report, and that table as CSV.
use super::views::{Part, ReportView, RowView};
use crate::platform::language::{Key, Language, Phrase, keys, say};
use crate::platform::problem::Problem;

/// One cell: words, or a number that stays one.
#[derive(Clone)]
pub(super) enum Cell {
    Words(String),
    Number(f64),
    /// Nobody counted it, which is not nought.
    Unknown,
    Nothing,
}

/// How a cell says that nobody counted.
pub(super) const UNKNOWN: &str = "–";

/// What stands above each column.
pub(super) const HEADINGS: [Key; 16] = [
    keys::TOTALS_COLUMN_SECTION,
    keys::TOTALS_COLUMN_NAME,
    keys::TOTALS_COLUMN_ON,
    keys::TOTALS_COLUMN_TARGET_ASSIGNED,
    keys::TOTALS_COLUMN_TARGET_SELF_SET,
    keys::TOTALS_COLUMN_DONE,
    keys::TOTALS_COLUMN_DONE_TEXT,
    keys::TOTALS_COLUMN_PERCENT,
    keys::TOTALS_COLUMN_LAST_YEAR,
    keys::TOTALS_COLUMN_GROWTH,
    keys::TOTALS_COLUMN_DRIVES,
    keys::TOTALS_COLUMN_REGISTERED,
    keys::TOTALS_COLUMN_ATTENDED,
    keys::TOTALS_COLUMN_UNITS_PLANNED,
    keys::TOTALS_COLUMN_UNITS_EMERGENCY,
    keys::TOTALS_COLUMN_ML,
];

/// A row of the table; every format is made from these cells.
pub(super) fn cells(row: &RowView, language: Language) -> [Cell; 16] {
    let words = |text: &str| Cell::Words(text.to_owned());
    let number = |number: Option<f64>| number.map_or(Cell::Nothing, Cell::Number);
    let is_indicator = row.part == Part::Indicators;
    let (no_done, no_count) = if is_indicator {
        (Cell::Unknown, Cell::Nothing)
    } else {
        (Cell::Nothing, Cell::Unknown)
    };
    let count = |count: Option<f64>| count.map_or(no_count.clone(), Cell::Number);
    let done = row.done_text.as_deref().map_or(no_done, words);
    let day = row.on.map(|day| language.short_date(day));
    [
        words(&row.section),
        words(&row.name),
        day.map_or(Cell::Nothing, Cell::Words),
        number(row.target_assigned),
        number(row.target_self_set),
        number(row.done),
        done,
        number(row.percent),
        number(row.last_year),
        number(row.growth),
        count(row.drives),
        count(row.registered),
        count(row.attended),
        count(row.units_planned),
        count(row.units_emergency),
        count(row.ml),
    ]
}

pub(super) fn headings(language: Language) -> Vec<String> {
    let headings = HEADINGS.iter();
    headings
        .map(|key| say(language, &Phrase::new(*key)))
        .collect()
}

/// CSV with the mark by which spreadsheets know UTF-8; no cell of words can become a formula.
pub(super) fn csv(report: &ReportView, language: Language) -> Result<Vec<u8>, Problem> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let whole = writer.write_record(headings(language));
    whole.map_err(Problem::internal)?;
    for row in &report.rows {
        let cells = cells(row, language).into_iter().map(|cell| match cell {
            Cell::Words(words) => harmless(words),
            Cell::Number(number) => number.to_string(),
            Cell::Unknown => UNKNOWN.to_owned(),
            Cell::Nothing => String::new(),
        });
        writer.write_record(cells).map_err(Problem::internal)?;
    }
    writer
        .into_inner()
        .map_err(|error| Problem::internal(error.to_string()))
}

/// What a spreadsheet would take for a formula gets an apostrophe in front.
fn harmless(words: String) -> String {
    if words.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{words}")
    } else {
        words
    }
}

/// The column of drives. One drive counts for every body that sent people, so bodies' drives do not add up.
const DRIVES: usize = 10;

impl Part {
    /// What a column of this part comes to; none where it holds no number or its numbers do not add up.
    pub(super) fn sum(self, report: &ReportView, column: usize, language: Language) -> Option<f64> {
        if self == Self::Bodies && column == DRIVES {
            return None;
        }
        let rows = report.rows.iter().filter(|row| row.part == self);
        let cells = rows.filter_map(|row| cells(row, language).into_iter().nth(column));
        let numbers = cells.filter_map(|cell| match cell {
            Cell::Number(number) => Some(number),
            Cell::Words(_) | Cell::Unknown | Cell::Nothing => None,
        });
        let sum = |sum: Option<f64>, number| Some(sum.unwrap_or(0.0) + number);
        numbers.fold(None, sum)
    }
}
