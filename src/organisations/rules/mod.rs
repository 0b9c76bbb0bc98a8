//! What kinds of body there are, what one may be called, and what may follow what.
mod body;
mod kind;
mod short;
mod succession;
mod units;

pub use kind::OrganisationKind;

pub(super) use body::{Change, day, new_organisation};
pub(super) use short::spellings;
pub(super) use succession::{Ending, Succession, SuccessionKind, check_heirs, ending, last_day};
pub(super) use units::{ListFault, UnitRow, read_units};

/// Why the tree cannot be changed like this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It has ended, or said already what became of it.
    #[error("the body has ended")]
    Ended,
    /// A body that is to follow does not exist on that day.
    #[error("a successor does not exist on that day")]
    SuccessorNotThere,
    /// It would follow itself.
    #[error("the body would be its own successor")]
    SuccessionCycle,
    /// It would stand above itself.
    #[error("the body would stand above itself")]
    TreeCycle,
    /// Somebody made the first administrator already.
    #[error("the service is set up already")]
    SetUp,
}
