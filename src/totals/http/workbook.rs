//! A report as a workbook: numbers stay numbers, per cents and sums stay formulas.
use super::print::{Cell, HEADINGS, UNKNOWN, cells, headings};
use super::views::{Part, ReportView, RowView};
use crate::platform::language::{Language, Phrase, keys, say};
use crate::platform::problem::Problem;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError};

/// The first row of the table, counted from 0: title, a free line and headings stand above.
const FIRST: u32 = 3;
/// Columns by their place in the table.
const NAME: u16 = 1;
const ASSIGNED: u16 = 3;
const DONE: u16 = 5;
const DONE_TEXT: u16 = 6;
const PERCENT: u16 = 7;
const LAST_YEAR: u16 = 8;
const GROWTH: u16 = 9;
/// The first of the columns that are summed up; before it stand indicators, whose sum says nothing.
const SUMMED_FROM: u16 = 10;
/// How many letters a line of a name holds.
const NAME_WIDTH: u16 = 62;
/// How whole numbers are shown.
const WHOLE: &str = "#,##0";

/// How cells look.
struct Looks {
    bold: Format,
    head: Format,
    sum: Format,
    /// Whole numbers in groups of three, as the reader's language parts them.
    whole: Format,
    /// Other numbers, with one decimal.
    part: Format,
    words: Format,
}

impl Looks {
    fn new() -> Self {
        let head = Format::new().set_bold().set_text_wrap();
        let sum = Format::new().set_bold().set_border_top(FormatBorder::Thin);
        let number = Format::new().set_align(FormatAlign::Right).set_indent(1);
        let number = number.set_align(FormatAlign::Top);
        Self {
            bold: Format::new().set_bold(),
            head: head
                .set_align(FormatAlign::VerticalCenter)
                .set_border_bottom(FormatBorder::Thin),
            sum: sum.set_num_format(WHOLE),
            whole: number.clone().set_num_format(WHOLE),
            part: number.set_num_format("#,##0.0"),
            words: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        }
    }

    fn of(&self, number: f64) -> &Format {
        if number.fract() == 0.0 {
            &self.whole
        } else {
            &self.part
        }
    }
}

/// A workbook with the title above the rows.
pub(super) fn xlsx(report: &ReportView, language: Language) -> Result<Vec<u8>, Problem> {
    let mut book = Workbook::new();
    fill(book.add_worksheet(), (report, language), &Looks::new()).map_err(Problem::internal)?;
    book.save_to_buffer().map_err(Problem::internal)
}

fn fill(
    sheet: &mut Worksheet,
    (report, language): (&ReportView, Language),
    looks: &Looks,
) -> Result<(), XlsxError> {
    sheet.set_name(say(language, &Phrase::new(keys::TOTALS_SHEET)))?;
    sheet.write_string_with_format(0, 0, &report.title, &looks.bold)?;
    for (column, heading) in (0..).zip(headings(language)) {
        sheet.write_string_with_format(FIRST - 1, column, heading, &looks.head)?;
    }
    for (line, row) in (FIRST..).zip(&report.rows) {
        for (column, cell) in (0..).zip(cells(row, language)) {
            write(sheet, (line, column), (cell, row), looks)?;
        }
        set_height(sheet, line, lines(&row.name))?;
    }
    sums(sheet, (report, language), looks)?;
    sheet.set_column_range_width(0, 15, 15)?;
    sheet.set_column_width(NAME, NAME_WIDTH)?;
    sheet.set_column_width(DONE_TEXT, 24)?;
    set_height(sheet, FIRST - 1, 2)?;
    sheet.set_freeze_panes(FIRST, 2)?;
    sheet.set_repeat_rows(FIRST - 1, FIRST - 1)?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    Ok(())
}

/// How many lines a name takes in its column.
fn lines(name: &str) -> u32 {
    let letters = u32::try_from(name.chars().count()).unwrap_or(u32::MAX);
    letters.div_ceil(u32::from(NAME_WIDTH)).clamp(1, 10)
}

/// Not every program looks for itself how high a row of several lines is.
fn set_height(sheet: &mut Worksheet, row: u32, lines: u32) -> Result<(), XlsxError> {
    sheet.set_row_height(row, 15 * lines).map(drop)
}

fn write(
    sheet: &mut Worksheet,
    (line, column): (u32, u16),
    (cell, row): (Cell, &RowView),
    looks: &Looks,
) -> Result<(), XlsxError> {
    let written = match (cell, formula(row, (line, column))) {
        (Cell::Number(number), Some(formula)) => {
            let formula = Formula::new(formula).set_result(number.to_string());
            sheet.write_formula_with_format(line, column, formula, looks.of(number))
        }
        (Cell::Number(number), None) => {
            sheet.write_number_with_format(line, column, number, looks.of(number))
        }
        (Cell::Unknown, _) => sheet.write_string_with_format(line, column, UNKNOWN, &looks.words),
        (Cell::Words(words), _) => {
            sheet.write_string_with_format(line, column, words, &looks.words)
        }
        (Cell::Nothing, _) => return Ok(()),
    };
    written.map(drop)
}

/// How a per cent follows from its neighbours, where it does exactly; what a chapter printed otherwise stays as printed.
fn formula(row: &RowView, (line, column): (u32, u16)) -> Option<String> {
    let done = row.done?;
    let (stated, of, exact) = match column {
        PERCENT => {
            let target = row.target_assigned.or(row.target_self_set)?;
            let place = ASSIGNED + u16::from(row.target_assigned.is_none());
            let of = format!("{}/{}", cell_name(DONE, line), cell_name(place, line));
            (row.percent?, of, done / target * 100.0)
        }
        GROWTH => {
            let last = row.last_year?;
            let of = format!(
                "({0}-{1})/{1}",
                cell_name(DONE, line),
                cell_name(LAST_YEAR, line)
            );
            (row.growth?, of, (done - last) / last * 100.0)
        }
        _ => return None,
    };
    let places = [(1, 10.0), (0, 1.0)];
    let fits = |(_, scale): &&(i32, f64)| ((exact * scale).round() / scale - stated).abs() < 1e-9;
    let (places, _) = places.iter().find(fits)?;
    Some(format!("=ROUND({of}*100,{places})"))
}

/// Below the table: what drives, programmes and bodies come to, each added up by the sheet itself.
fn sums(
    sheet: &mut Worksheet,
    (report, language): (&ReportView, Language),
    looks: &Looks,
) -> Result<(), XlsxError> {
    let mut line = FIRST + count(report.rows.len()) + 1;
    for part in Part::SUMMED {
        let Some((first, last)) = report.lines_of(part) else {
            continue;
        };
        let what = Phrase::new(keys::TOTALS_SUM_OF).with("section", part.name(language));
        sheet.write_string_with_format(line, 1, say(language, &what), &looks.sum)?;
        let columns = SUMMED_FROM..=u16::try_from(HEADINGS.len() - 1).unwrap_or(SUMMED_FROM);
        for column in columns {
            let Some(sum) = part.sum(report, usize::from(column), language) else {
                continue;
            };
            let from = cell_name(column, FIRST + count(first));
            let to = cell_name(column, FIRST + count(last));
            let formula = Formula::new(format!("=SUM({from}:{to})")).set_result(sum.to_string());
            sheet.write_formula_with_format(line, column, formula, &looks.sum)?;
        }
        line += 1;
    }
    Ok(())
}

fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

/// `D4` for column 3, line 3; the table has fewer columns than there are letters.
fn cell_name(column: u16, line: u32) -> String {
    let letter = u8::try_from(column).map_or('Z', |column| char::from(b'A' + column.min(25)));
    format!("{letter}{}", line + 1)
}
