//! Rows and queries of donors, their gifts, deferrals and clubs.
pub(super) mod batch;
mod deferrals;
mod doubles;
mod due;
mod duties;
pub(super) mod export;
mod facts;
mod gifts;
mod leads;
mod leave;
mod members;
mod nearest;
mod reserve;
mod scope;
mod standby;

pub(super) use deferrals::{add_deferral, lift_deferral, open_deferrals};
pub(super) use doubles::{has_citizen_number, has_contact_and_name, has_signed_up, is_in_club};
pub use due::{claim, due};
pub(super) use duties::{duties, ready_beside};
pub use facts::facts;
pub(super) use facts::{birth_and_place, hold, put_availability, put_group, put_wishes};
pub(super) use gifts::{add_gift, change_gift, gift_of, history, list_gifts, void_gift};
pub(super) use leads::leads;
pub(super) use leave::forget;
pub(super) use members::{MemberFilter, find_member, list};
pub use members::{join, shared};
pub use nearest::nearest;
pub(super) use reserve::{
    Listed, clubs_of, is_calling, is_member, pledge_of, pledges_of, put_pledge, reserved, roster,
    withdraw, withdraw_others,
};
pub(super) use scope::{Scope, is_within, search};
pub use standby::{funnel, standing_by, suitable};
