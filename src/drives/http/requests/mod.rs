//! What is sent to plan drives.
mod drives;
mod sessions;

pub(super) use drives::{DriveChange, DriveRequest};
pub(super) use sessions::{SessionRequest, SlotChange, SlotsRequest, line, point};
