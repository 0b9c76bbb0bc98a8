//! Blood groups, components, bags and the numbers on them, and which blood goes to whom.
mod bags;
mod compatibility;
mod components;
mod groups;
mod spellings;
mod units;

pub use bags::Volume;
pub use compatibility::{Widening, donors_for};
pub use components::Component;
pub use groups::BloodGroup;
pub use units::{UnitNumber, UnitNumberRefusal};
