//! What is sent to plan drives.
mod drives;
mod moving;
mod sessions;

pub(super) use drives::{DriveChange, DriveRequest};
pub use moving::SessionChangeRequest;
pub(super) use sessions::{SessionRequest, SlotChange, SlotsRequest, line, point};
