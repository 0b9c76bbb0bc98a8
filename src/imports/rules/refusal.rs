//! Why a list cannot be taken in, or not so.
use crate::imports::model::ImportState;

/// Why not.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(in crate::imports) enum Refusal {
    #[error("neither a spreadsheet nor a text")]
    UnknownFile,
    #[error("the file cannot be read to its end")]
    Broken,
    #[error("the file carries macros")]
    HasMacros,
    #[error("the file unpacks to more than it may")]
    TooLarge,
    #[error("more rows than an import takes")]
    TooManyRows { sheet: String, max: usize },
    #[error("more columns than an import takes")]
    TooManyColumns { sheet: String, row: i32, max: u16 },
    #[error("no row names the columns")]
    NoHeadings { sheet: String },
    #[error("nothing stands below the headings")]
    NoRows { sheet: String },
    #[error("some rows wait for a decision")]
    Undecided { rows: usize },
    #[error("the import cannot be changed any more")]
    Over(ImportState),
    #[error("the row is not in this import")]
    NoSuchRow { row: i32 },
    #[error("this cannot be decided of the row")]
    WrongDecision { row: i32 },
}
