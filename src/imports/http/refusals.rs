//! Why a list is refused, by name.
use crate::imports::rules::refusal::Refusal;
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::{Kind, Problem};

const FILE_UNKNOWN: Kind = Kind::new("import-file-unknown", 415);
const FILE_BROKEN: Kind = Kind::new("import-file-broken", 422);
const HAS_MACROS: Kind = Kind::new("import-has-macros", 422);
const UNPACKS_TOO_LARGE: Kind = Kind::new("import-unpacks-too-large", 413);
const TOO_MANY_ROWS: Kind = Kind::new("import-too-many-rows", 422);
const TOO_MANY_COLUMNS: Kind = Kind::new("import-too-many-columns", 422);
const NO_HEADINGS: Kind = Kind::new("import-no-headings", 422);
const NO_ROWS: Kind = Kind::new("import-no-rows", 422);
const UNDECIDED: Kind = Kind::new("import-undecided", 409);
const OVER: Kind = Kind::new("import-over", 409);

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::UnknownFile => (&FILE_UNKNOWN).into(),
            Refusal::Broken => (&FILE_BROKEN).into(),
            Refusal::HasMacros => (&HAS_MACROS).into(),
            Refusal::TooLarge => (&UNPACKS_TOO_LARGE).into(),
            Refusal::TooManyRows { sheet, max } => Self::from(&TOO_MANY_ROWS)
                .with("sheet", named(sheet))
                .with("max", max),
            Refusal::TooManyColumns { sheet, row, max } => Self::from(&TOO_MANY_COLUMNS)
                .with("sheet", named(sheet))
                .with("row", row)
                .with("max", i32::from(max)),
            Refusal::NoHeadings { sheet } => Self::from(&NO_HEADINGS).with("sheet", named(sheet)),
            Refusal::NoRows { sheet } => Self::from(&NO_ROWS).with("sheet", named(sheet)),
            Refusal::Undecided { rows } => Self::from(&UNDECIDED).with("rows", rows),
            Refusal::Over(_) => (&OVER).into(),
            Refusal::NoSuchRow { row } => Self::field(
                format!("decisions.{row}"),
                Phrase::new(keys::IMPORT_NO_SUCH_ROW),
            ),
            Refusal::WrongDecision { row } => Self::field(
                format!("decisions.{row}"),
                Phrase::new(keys::IMPORT_WRONG_DECISION),
            ),
        }
    }
}

/// A text has no sheets: a dash stands for it.
fn named(sheet: String) -> String {
    if sheet.is_empty() {
        "–".to_owned()
    } else {
        sheet
    }
}
