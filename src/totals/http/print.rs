//! Writes a report's rows as CSV and as a workbook.
use super::views::{ReportView, RowView};
use crate::platform::language::{Key, Language, Phrase, keys, say};
use crate::platform::problem::Problem;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

/// One cell: words, or a number that stays one.
enum Cell {
    Words(String),
    Number(f64),
    Nothing,
}

const HEADINGS: [Key; 16] = [
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

fn cells(row: &RowView, language: Language) -> [Cell; 16] {
    let words = |text: &str| Cell::Words(text.to_owned());
    let number = |number: Option<f64>| number.map_or(Cell::Nothing, Cell::Number);
    let day = row.on.map(|day| language.short_date(day));
    [
        words(&row.section),
        words(&row.name),
        day.map_or(Cell::Nothing, Cell::Words),
        number(row.target_assigned),
        number(row.target_self_set),
        number(row.done),
        row.done_text.as_deref().map_or(Cell::Nothing, words),
        number(row.percent),
        number(row.last_year),
        number(row.growth),
        number(row.drives),
        number(row.registered),
        number(row.attended),
        number(row.units_planned),
        number(row.units_emergency),
        number(row.ml),
    ]
}

fn headings(language: Language) -> Vec<String> {
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

/// A workbook with the title above the rows; numbers stay numbers.
pub(super) fn xlsx(report: &ReportView, language: Language) -> Result<Vec<u8>, Problem> {
    let mut book = Workbook::new();
    fill(book.add_worksheet(), report, language).map_err(Problem::internal)?;
    book.save_to_buffer().map_err(Problem::internal)
}

fn fill(sheet: &mut Worksheet, report: &ReportView, language: Language) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    sheet.set_name(say(language, &Phrase::new(keys::TOTALS_SHEET)))?;
    sheet.write_string_with_format(0, 0, &report.title, &bold)?;
    for (column, heading) in (0..).zip(headings(language)) {
        sheet.write_string_with_format(2, column, heading, &bold)?;
    }
    for (line, row) in (3..).zip(&report.rows) {
        for (column, cell) in (0..).zip(cells(row, language)) {
            match cell {
                Cell::Words(words) => drop(sheet.write_string(line, column, words)?),
                Cell::Number(number) => drop(sheet.write_number(line, column, number)?),
                Cell::Nothing => {}
            }
        }
    }
    sheet.set_column_width(0, 18)?.set_column_width(1, 44)?;
    sheet.set_freeze_panes(3, 2)?;
    Ok(())
}
