//! Rows of screenings, donations, their changes and declared counts.
mod declared;
mod donations;
mod screenings;

pub(crate) use declared::{DeclaredRow, put_declared};
pub use donations::Donation;
pub(crate) use donations::{
    NewDonation, change, find, find_by_unit, insert, is_unit_known, list_of, note,
};
pub(crate) use screenings::{
    NewScreening, Screening, deferrals_of, insert_screening, screening_of,
};
