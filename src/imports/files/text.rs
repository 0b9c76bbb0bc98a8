//! Rows of a text: parted by commas, semicolons or tabs, whichever makes most columns known.
use super::{MOST_COLUMNS, MOST_ROWS, MOST_TITLES, laid_out, too_many_rows};
use crate::imports::rules::headings::{self, Layout};
use crate::imports::rules::refusal::Refusal;
use crate::imports::rules::table::{Cell, Line, Table};
use csv::{ReaderBuilder, StringRecord};

/// Where a text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::imports) enum Origin {
    /// A program wrote every row whole.
    File,
    /// Somebody copied it: the last row may simply be short.
    Pasted,
}

const SEPARATORS: [u8; 3] = [b'\t', b';', b','];
/// Rows among which the headings are looked for.
const HEAD: usize = 40;

pub(super) fn read(text: &str, origin: Origin) -> Result<(Table, Layout), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::NoRows {
            sheet: String::new(),
        });
    }
    // One kind of line end, so that rows are counted as their reader counts them.
    let text = &text.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines = rows(text, separator(text)?, MOST_ROWS + MOST_TITLES + 1)?;
    mark_cut(&mut lines, text, origin)?;
    laid_out(Table { sheet: None, lines })
}

/// The separator by which most columns are known.
fn separator(text: &str) -> Result<u8, Refusal> {
    let mut best = (0, b',');
    for separator in SEPARATORS {
        let lines = rows(text, separator, HEAD)?;
        let layout = headings::find(&Table { sheet: None, lines });
        let known = layout.map_or(0, |layout| layout.fields.len());
        if known > best.0 {
            best = (known, separator);
        }
    }
    Ok(best.1)
}

fn rows(text: &str, separator: u8, most: usize) -> Result<Vec<Line>, Refusal> {
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut lines = Vec::new();
    while reader
        .read_record(&mut record)
        .map_err(|_no_text| Refusal::Broken)?
    {
        let line = line(&record)?;
        if line.cells.is_empty() {
            continue;
        }
        if lines.len() == most {
            return if most == HEAD {
                Ok(lines)
            } else {
                Err(too_many_rows(String::new()))
            };
        }
        lines.push(line);
    }
    Ok(lines)
}

fn line(record: &StringRecord) -> Result<Line, Refusal> {
    let number = record.position().map_or(1, csv::Position::line);
    let number = i32::try_from(number).unwrap_or(i32::MAX);
    if record.len() > usize::from(MOST_COLUMNS) {
        return Err(Refusal::TooManyColumns {
            sheet: String::new(),
            row: number,
            max: MOST_COLUMNS,
        });
    }
    let cells = (0_u16..).zip(record);
    let filled = cells.filter(|(_, text)| !text.trim().is_empty());
    Ok(Line {
        number,
        cells: filled
            .map(|(at, text)| (at, Cell::Text(text.trim().into())))
            .collect(),
        is_cut: false,
    })
}

/// A quote that never ends swallowed the rest; a last row without an end and with fewer cells than the headings is
/// what a broken connection leaves behind.
fn mark_cut(lines: &mut [Line], text: &str, origin: Origin) -> Result<(), Refusal> {
    let widest = lines.iter().filter_map(width).max();
    let Some(last) = lines.last_mut() else {
        return Ok(());
    };
    let has_lines =
        |(_, cell): &(u16, Cell)| matches!(cell, Cell::Text(text) if text.contains('\n'));
    let swallowed = last.cells.last().is_some_and(has_lines);
    if swallowed && !text.trim_end().ends_with('"') {
        return Err(Refusal::Broken);
    }
    let is_open = origin == Origin::File && !text.ends_with('\n');
    last.is_cut = is_open && width(last) < widest;
    Ok(())
}

fn width(line: &Line) -> Option<u16> {
    line.cells.last().map(|(at, _)| *at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let (table, layout) = read(text, Origin::File).expect("a list");
        let cells = table.lines.iter().skip(layout.at + 1);
        cells.map(|line| format!("{:?}", line.cells)).collect()
    }

    #[test]
    fn the_separator_is_the_one_that_makes_sense() {
        let lists = [
            "Họ tên,SĐT\n\"Lò, Thị Mây\",0912345678\n",
            "Họ tên;SĐT\nLò, Thị Mây;0912345678\n",
            "Họ tên\tSĐT\nLò, Thị Mây\t0912345678\n",
        ];
        for list in lists {
            assert_eq!(names(list), names(lists[0]), "{list}");
        }
    }

    #[test]
    fn a_quote_without_an_end_says_that_the_file_was_cut() {
        let cut = "Họ tên,SĐT\n\"Lò Thị Mây\",0912345678\n\"Vàng A";
        let (table, _) = read(cut, Origin::File).expect("a list");
        assert!(table.lines.last().is_some_and(|line| line.is_cut));
        let swallowing = "Họ tên,SĐT\n\"Lò Thị Mây,0912345678\nVàng A Sử,0912345679\n";
        assert_eq!(read(swallowing, Origin::File), Err(Refusal::Broken));
    }

    #[test]
    fn a_short_last_row_is_fine_where_it_was_pasted() {
        let list = "Họ tên;SĐT\nLò Thị Mây;0912345678\nVàng A Sử";
        let cut = |origin| {
            read(list, origin).map(|(table, _)| table.lines.last().map(|line| line.is_cut))
        };
        assert_eq!(cut(Origin::File), Ok(Some(true)));
        assert_eq!(cut(Origin::Pasted), Ok(Some(false)));
    }

    #[test]
    fn a_million_columns_are_refused_by_row() {
        let wide = format!("Họ tên,SĐT\nLò Thị Mây{}\n", ",x".repeat(1_000_000));
        let refused = read(&wide, Origin::File);
        assert!(
            matches!(refused, Err(Refusal::TooManyColumns { row: 2, .. })),
            "{refused:?}"
        );
    }
}
