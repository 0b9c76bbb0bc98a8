//! What channels made of a call's asks.
use crate::platform::clock::Moment;
use crate::platform::id::PersonId;
use crate::platform::notices::Channel;
use diesel::prelude::Queryable;
use serde::Serialize;
use utoipa::ToSchema;

/// Asks that a channel did not take when it was tried, of which all stand alike by now.
#[derive(Debug, Clone, Queryable)]
pub struct Untaken {
    /// `waiting` for another try, `sent` by another channel, `dead`, or `dropped` before any took them.
    pub state: String,
    /// Which did not take them.
    pub channel: Option<Channel>,
    /// How many.
    pub asks: i64,
    /// When it first did not.
    pub first_at: Option<Moment>,
    /// When it last did not.
    pub last_at: Option<Moment>,
    /// What it said to one of them.
    pub said: Option<String>,
}

/// What became of a voice call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VoiceState {
    /// It is about to be handed to the gateway.
    Waiting,
    /// The gateway took it.
    Sent,
    /// It was not needed any more, or not allowed, when it was about to leave.
    Dropped,
    /// The gateway did not take it, or could not ring.
    Dead,
}

crate::text_column! {
    pub VoiceState {
        Waiting => "waiting",
        Sent => "sent",
        Dropped => "dropped",
        Dead => "dead",
    }
}

/// A voice call to a donor.
#[derive(Debug, Clone, Copy, Queryable)]
pub struct VoiceCall {
    /// Who is rung up.
    pub person: PersonId,
    /// When somebody asked for it.
    pub asked_at: Moment,
    /// What became of it.
    pub state: VoiceState,
}

/// Asks that wait for the end of their readers' quiet hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldBack {
    /// How many.
    pub asks: i64,
    /// When the first of them leaves.
    pub until: Option<Moment>,
}
