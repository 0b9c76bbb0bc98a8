//! Reading the files people bring: spreadsheets and texts, bounded, and refused by name when they are neither.
mod encoding;
mod text;
mod workbook;

use super::rules::headings::{self, Layout};
use super::rules::refusal::Refusal;
use super::rules::table::Table;
pub(super) use text::Origin;

/// Rows below the headings, at most.
pub(super) const MOST_ROWS: usize = 50_000;
/// Columns, at most: what stands further right is no list.
const MOST_COLUMNS: u16 = 200;
/// Cells that are not empty, at most.
const MOST_CELLS: usize = 1_500_000;
/// Titles and headings above the rows.
const MOST_TITLES: usize = 50;

/// Reads a file by what is in it, whatever it is called.
pub(super) fn read(bytes: &[u8]) -> Result<(Table, Layout), Refusal> {
    if bytes.starts_with(b"PK") {
        workbook::read(bytes)
    } else if is_foreign(bytes) {
        Err(Refusal::UnknownFile)
    } else {
        text::read(&encoding::decode(bytes)?, Origin::File)
    }
}

/// Reads what somebody pasted.
pub(super) fn read_pasted(pasted: &str) -> Result<(Table, Layout), Refusal> {
    text::read(pasted, Origin::Pasted)
}

/// Old or locked office files, PDF, pictures, archives: said to be unknown rather than read as garbled text.
fn is_foreign(bytes: &[u8]) -> bool {
    const HEADS: [&[u8]; 8] = [
        b"\xd0\xcf\x11\xe0",
        b"%PDF",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"\x1f\x8b",
        b"Rar!",
        b"7z\xbc\xaf",
    ];
    HEADS.iter().any(|head| bytes.starts_with(head))
}

/// The sheet with its headings and at least one row below them.
fn laid_out(table: Table) -> Result<(Table, Layout), Refusal> {
    let sheet = || table.sheet.clone().unwrap_or_default();
    let layout = headings::find(&table).ok_or_else(|| Refusal::NoHeadings { sheet: sheet() })?;
    match table.lines.len().saturating_sub(layout.at + 1) {
        0 => Err(Refusal::NoRows { sheet: sheet() }),
        rows if rows > MOST_ROWS => Err(too_many_rows(sheet())),
        _ => Ok((table, layout)),
    }
}

fn too_many_rows(sheet: String) -> Refusal {
    Refusal::TooManyRows {
        sheet,
        max: MOST_ROWS,
    }
}
