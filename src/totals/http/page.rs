//! A report as a page to print, in the form of an official paper.
use super::print::{Cell, HEADINGS, UNKNOWN, cells};
use super::views::{Part, ReportView, RowView};
use crate::organisations::declared::Exactness;
use crate::platform::language::{Key, Language, Phrase, keys, say};
use crate::platform::problem::Problem;
use askama::Template;

/// Which columns of the one table each part shows, by their place there.
const INDICATORS: &[usize] = &[1, 3, 4, 6, 7, 8, 9];
const DRIVES: &[usize] = &[1, 2, 11, 12, 13, 14, 15];
const LISTS: &[usize] = &[1, 10, 11, 12, 13, 14, 15];

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    report: &'a ReportView,
    language: Language,
    tables: Vec<Table>,
}

/// One part of the report.
struct Table {
    name: String,
    headings: Vec<String>,
    rows: Vec<Vec<Shown>>,
    sums: Option<Vec<Shown>>,
}

/// A cell as it is printed.
struct Shown {
    text: String,
    is_number: bool,
}

/// Where its style sheet lies; another version has another address.
const STYLE: &str = concat!("/assets/report.css?v=", env!("CARGO_PKG_VERSION"));

impl Page<'_> {
    fn t(&self, key: Key) -> String {
        say(self.language, &Phrase::new(key))
    }
}

/// The whole page.
pub(super) fn html(report: &ReportView, language: Language) -> Result<String, Problem> {
    let tables = Part::ALL.into_iter();
    let tables = tables.filter_map(|part| Table::of(report, part, language));
    let page = Page {
        report,
        language,
        tables: tables.collect(),
    };
    page.render().map_err(Problem::internal)
}

impl Table {
    fn of(report: &ReportView, part: Part, language: Language) -> Option<Self> {
        let columns = match part {
            Part::Indicators => INDICATORS,
            Part::Drives => DRIVES,
            Part::Programmes | Part::Bodies => LISTS,
        };
        let rows = report.rows.iter().filter(|row| row.part == part);
        let rows: Vec<_> = rows.map(|row| shown(row, columns, language)).collect();
        let headings = columns.iter().filter_map(|column| HEADINGS.get(*column));
        let headings = headings.map(|key| say(language, &Phrase::new(*key)));
        (!rows.is_empty()).then(|| Self {
            name: part.name(language),
            headings: headings.collect(),
            rows,
            sums: Part::SUMMED
                .contains(&part)
                .then(|| sums(report, part, (columns, language))),
        })
    }
}

fn shown(row: &RowView, columns: &[usize], language: Language) -> Vec<Shown> {
    let cells = cells(row, language).into_iter().enumerate();
    let wanted = cells.filter(|(column, _)| columns.contains(column));
    wanted.map(|(_, cell)| Shown::of(cell, language)).collect()
}

/// The last line: the name of the sum, then what each column comes to.
fn sums(report: &ReportView, part: Part, (columns, language): (&[usize], Language)) -> Vec<Shown> {
    let word = Cell::Words(say(language, &Phrase::new(keys::TOTALS_SUM)));
    let others = columns.iter().skip(1).map(|column| {
        let sum = part.sum(report, *column, language);
        sum.map_or(Cell::Nothing, Cell::Number)
    });
    let line = std::iter::once(word).chain(others);
    line.map(|cell| Shown::of(cell, language)).collect()
}

impl Shown {
    fn of(cell: Cell, language: Language) -> Self {
        let is_number = matches!(cell, Cell::Number(_) | Cell::Unknown);
        let text = match cell {
            Cell::Words(words) => words,
            Cell::Number(number) => Exactness::Exact.print(number, language),
            Cell::Unknown => UNKNOWN.to_owned(),
            Cell::Nothing => String::new(),
        };
        Self { text, is_number }
    }
}
