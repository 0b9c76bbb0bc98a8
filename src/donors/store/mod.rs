//! Rows and queries of donors, their gifts, deferrals and clubs.
mod due;
mod facts;
mod gifts;
mod nearest;

pub use due::{due, mark_asked};
pub use facts::facts;
pub(super) use facts::{history, known, put_availability, put_group};
pub(super) use gifts::{
    add_deferral, add_gift, change_gift, gift_of, lift_deferral, open_deferrals, void_gift,
};
pub use nearest::nearest;
