//! What was done with a call, by whom and when.
use super::call::{CallId, CallState};
use crate::platform::clock::Moment;
use crate::platform::db::schema::{call_changes, call_ticks};
use crate::platform::id::{AnyId, PersonId};
use diesel::prelude::{Insertable, Queryable, Selectable};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What was done with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallAct {
    /// It came into another state.
    Moved,
    /// Coordinators of a body were asked to vouch for it; the note names the body, the amount says how many.
    Told,
    /// Whoever posted it was called back on the listed number.
    CalledBack,
    /// The blood centre was asked for its stock; the amount says how many units it had.
    StockChecked,
    /// A coordinator asked more donors; the amount says how many.
    AskedMore,
    /// A coordinator widened it; the note names the scope, the amount says how many were asked.
    Widened,
    /// Its asking was held up.
    Paused,
    /// Its asking went on.
    Resumed,
    /// The gateway was to ring up a donor of the telephone list.
    VoiceCalled,
}

/// What came of telephoning a donor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TickOutcome {
    /// They come.
    Comes,
    /// They do not.
    Declines,
    /// Nobody answered.
    NoAnswer,
}

crate::text_column! {
    pub CallAct {
        Moved => "moved",
        Told => "told",
        CalledBack => "called_back",
        StockChecked => "stock_checked",
        AskedMore => "asked_more",
        Widened => "widened",
        Paused => "paused",
        Resumed => "resumed",
        VoiceCalled => "voice_called",
    }
}

crate::text_column! {
    pub TickOutcome {
        Comes => "comes",
        Declines => "declines",
        NoAnswer => "no_answer",
    }
}

/// One step of a call's history.
#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = call_changes)]
pub struct Step {
    /// Its id.
    pub id: AnyId,
    /// Of which call.
    pub call: CallId,
    /// Into which state, or in which.
    pub state: CallState,
    /// Why, in somebody's words.
    pub note: Option<String>,
    /// By whom; none when the service did it by itself.
    pub changed_by: Option<PersonId>,
    /// When.
    pub changed_at: Moment,
    /// What was done.
    pub act: CallAct,
    /// How many.
    pub amount: Option<i32>,
}

/// One telephone call to a donor.
#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = call_ticks)]
pub struct Tick {
    /// Its id.
    pub id: AnyId,
    /// For which call.
    pub call: CallId,
    /// To whom.
    pub person: PersonId,
    /// What came of it.
    pub outcome: TickOutcome,
    /// In somebody's words.
    pub note: Option<String>,
    /// Who telephoned.
    pub ticked_by: PersonId,
    /// When.
    pub ticked_at: Moment,
}
