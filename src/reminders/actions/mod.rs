//! What readers of reminders do by their links, and what coordinators do before they go out.
mod links;
mod looking;
mod preview;

pub(super) use links::{ask_later, book, has_told, near_drives, standing, tell_elsewhere};
pub(super) use looking::{results, set_pause, show_pause};
pub(super) use preview::{Looked, Looking, preview};
