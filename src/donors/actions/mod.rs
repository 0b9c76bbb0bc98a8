//! What happens to donors, each a unit of work.
mod batch;
mod consents;
mod facts;
mod leave;
mod members;
pub(super) mod relay;
mod reserve;
mod sign_up;
mod written_to;

pub use batch::{Newly, TakenIn, TakenOut, take_in, take_out};
pub use consents::set_consent;
pub use facts::{
    able_under, availability_under, confirm_group, defer, enrol, lift_deferral, move_gift,
    record_gift, void_gift,
};
pub(super) use facts::{declare_gift, record_of};
pub(super) use leave::leave;
pub use members::{NewMember, list_member};
pub(super) use reserve::{Standing, put_on_roster, stand_by, take_off_roster};
pub use sign_up::{SignUp, sign_up};
pub use written_to::written_to;
