//! How drives look to a client.
mod cards;
mod drives;
mod sessions;

pub(super) use cards::CardView;
pub(super) use drives::{BodyView, DriveView, collector, places_left};
pub(super) use sessions::{NewSessionView, SessionView, SlotView, SlotsView};
