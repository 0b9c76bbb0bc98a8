//! A list as rows of cells, whatever file it came from.
use chrono::NaiveDate;

/// What stands in one cell.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::imports) enum Cell {
    /// Letters and digits.
    Text(Box<str>),
    /// A number.
    Number(f64),
    /// A cell that the spreadsheet shows as a day.
    Day(NaiveDate),
    /// A formula: what it would give is not in the file for sure.
    Formula,
    /// An error of the spreadsheet, such as `#REF!`.
    Broken,
}

/// One row with what stands in it, by the column's place from 0.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::imports) struct Line {
    /// The row's number as its reader sees it, from 1.
    pub(in crate::imports) number: i32,
    /// Cells that are not empty, in the order of their columns.
    pub(in crate::imports) cells: Vec<(u16, Cell)>,
    /// The file ends in this row, before its last column.
    pub(in crate::imports) is_cut: bool,
}

impl Line {
    /// The cell in this column, if it is not empty.
    pub(in crate::imports) fn cell(&self, column: u16) -> Option<&Cell> {
        let found = self.cells.iter().find(|(at, _)| *at == column);
        found.map(|(_, cell)| cell)
    }
}

/// One sheet, or a text.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::imports) struct Table {
    /// The sheet's name; none for a text.
    pub(in crate::imports) sheet: Option<String>,
    /// Its rows that are not empty.
    pub(in crate::imports) lines: Vec<Line>,
}

/// The letters by which spreadsheets name a column: A, Z, AA.
pub(in crate::imports) fn letters(column: u16) -> String {
    let mut rest = u32::from(column);
    let mut name = Vec::new();
    loop {
        name.push(char::from_u32(u32::from(b'A') + rest % 26).unwrap_or('?'));
        match (rest / 26).checked_sub(1) {
            Some(next) => rest = next,
            None => break,
        }
    }
    name.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        let named = [0, 1, 25, 26, 51, 52, 701, 702].map(letters);
        assert_eq!(named, ["A", "B", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
