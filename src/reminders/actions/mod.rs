//! What readers of reminders do by their links, and what coordinators do before they go out.
mod links;
mod looking;

pub(super) use links::{ask_later, book, offers, standing, tell_elsewhere};
pub(super) use looking::{Looked, Looking, preview, results, set_pause, show_pause};
