//! Spreadsheets: unpacked within bounds, without macros, a cell at a time.
use super::{MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_TITLES, laid_out, too_many_rows};
use crate::imports::rules::days;
use crate::imports::rules::headings::Layout;
use crate::imports::rules::refusal::Refusal;
use crate::imports::rules::table::{Cell, Line, Table};
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// All parts together unpack to no more than this, in bytes.
const MOST_UNPACKED: u64 = 128 * 1024 * 1024;
/// A part that is held in memory whole (the shared texts, the styles), in bytes.
const MOST_HELD: u64 = 32 * 1024 * 1024;
/// Parts of a spreadsheet.
const MOST_PARTS: usize = 2_000;
/// Sheets looked at for headings.
const MOST_SHEETS: usize = 20;

pub(super) fn read(bytes: &[u8]) -> Result<(Table, Layout), Refusal> {
    inspect(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_damaged| Refusal::Broken)?;
    let mut first = None;
    for name in sheets(&book) {
        match laid_out(table(&mut book, &name)?) {
            Err(refusal @ (Refusal::NoHeadings { .. } | Refusal::NoRows { .. })) => {
                first.get_or_insert(refusal);
            }
            decided => return decided,
        }
    }
    Err(first.unwrap_or(Refusal::NoHeadings {
        sheet: String::new(),
    }))
}

fn sheets<R: Read + std::io::Seek>(book: &Xlsx<R>) -> Vec<String> {
    let listed = book.sheets_metadata().iter();
    let shown = listed.filter(|sheet| {
        sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible
    });
    shown
        .take(MOST_SHEETS)
        .map(|sheet| sheet.name.clone())
        .collect()
}

/// Unpacks every part into nothing: what the directory of the archive says of sizes is only a claim.
fn inspect(bytes: &[u8]) -> Result<(), Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_damaged| Refusal::Broken)?;
    if archive.len() > MOST_PARTS {
        return Err(Refusal::TooLarge);
    }
    let (mut left, mut is_workbook) = (MOST_UNPACKED, false);
    for index in 0..archive.len() {
        let part = archive
            .by_index(index)
            .map_err(|_damaged| Refusal::Broken)?;
        let name = part.name().map_err(|_damaged| Refusal::Broken)?;
        let name = name.to_ascii_lowercase();
        if name.ends_with("vbaproject.bin") || name.contains("macrosheets/") {
            return Err(Refusal::HasMacros);
        }
        is_workbook |= name == "xl/workbook.xml";
        let is_sheet = name.contains("worksheets/");
        let most = if is_sheet { left } else { left.min(MOST_HELD) };
        left -= unpacked(part, most)?;
    }
    if is_workbook {
        Ok(())
    } else {
        Err(Refusal::UnknownFile)
    }
}

fn unpacked(part: impl Read, most: u64) -> Result<u64, Refusal> {
    let mut bounded = part.take(most + 1);
    let size =
        std::io::copy(&mut bounded, &mut std::io::sink()).map_err(|_damaged| Refusal::Broken)?;
    if size > most {
        Err(Refusal::TooLarge)
    } else {
        Ok(size)
    }
}

fn table(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Table, Refusal> {
    let broken = |_damaged: XlsxError| Refusal::Broken;
    let mut reader = book.worksheet_cells_reader(name).map_err(broken)?;
    let mut sheet = Sheet {
        name,
        lines: Vec::new(),
        cells: 0,
    };
    while let Some(record) = reader.next_cell_with_formula_metadata().map_err(broken)? {
        let cell = match record.formula {
            Some(_) => Some(Cell::Formula),
            None => cell(record.value),
        };
        if let Some(cell) = cell {
            sheet.add(record.pos, cell)?;
        }
    }
    Ok(Table {
        sheet: Some(name.to_owned()),
        lines: sheet.lines,
    })
}

/// A sheet as it fills, never beyond what a list may hold.
struct Sheet<'a> {
    name: &'a str,
    lines: Vec<Line>,
    cells: usize,
}

impl Sheet<'_> {
    fn add(&mut self, (row, column): (u32, u32), cell: Cell) -> Result<(), Refusal> {
        let number = i32::try_from(row).unwrap_or(i32::MAX).saturating_add(1);
        let column = place(self.name, number, column)?;
        self.cells += 1;
        if self.cells > MOST_CELLS {
            return Err(Refusal::TooLarge);
        }
        if self.lines.last().is_none_or(|line| line.number != number) {
            if self.lines.len() > MOST_ROWS + MOST_TITLES {
                return Err(too_many_rows(self.name.to_owned()));
            }
            self.lines.push(Line {
                number,
                cells: Vec::new(),
                is_cut: false,
            });
        }
        if let Some(line) = self.lines.last_mut() {
            line.cells.push((column, cell));
        }
        Ok(())
    }
}

fn place(sheet: &str, row: i32, column: u32) -> Result<u16, Refusal> {
    let place = u16::try_from(column).ok();
    place
        .filter(|place| *place < MOST_COLUMNS)
        .ok_or_else(|| Refusal::TooManyColumns {
            sheet: sheet.to_owned(),
            row,
            max: MOST_COLUMNS,
        })
}

fn cell(value: DataRef<'_>) -> Option<Cell> {
    let text = |text: &str| {
        let text = text.trim();
        (!text.is_empty()).then(|| Cell::Text(text.into()))
    };
    match value {
        DataRef::Empty => None,
        DataRef::String(string) | DataRef::DateTimeIso(string) => text(&string),
        DataRef::SharedString(string) => text(string),
        DataRef::DurationIso(_) | DataRef::Error(_) => Some(Cell::Broken),
        DataRef::Bool(is_so) => text(if is_so { "1" } else { "0" }),
        DataRef::Float(number) => Some(Cell::Number(number)),
        DataRef::Int(number) => text(&number.to_string()),
        DataRef::DateTime(moment) => {
            let parts = moment.is_datetime().then(|| moment.to_ymd_hms_milli());
            let day = parts.and_then(days::of_ymd);
            Some(day.map_or(Cell::Broken, Cell::Day))
        }
    }
}
