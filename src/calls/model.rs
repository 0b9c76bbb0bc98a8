//! The words of calls: a hospital's need, whom it asks, and what they say.
use crate::blood::{BloodGroup, Component, Widening};
use crate::drives::model::SlotId;
use crate::platform::clock::Moment;
use crate::platform::db::schema::{asks, calls};
use crate::platform::id::{AnyId, DriveId, OrganisationId, PersonId};
use diesel::prelude::{Identifiable, Insertable, Queryable, Selectable};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

crate::ids! {
    /// Names an emergency call.
    CallId,
    /// Names one donor's being asked.
    AskId,
}

/// How far a call has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallState {
    /// Posted by the hospital; nobody has looked at it.
    Submitted,
    /// A coordinator vouches for it.
    Verified,
    /// Donors are being asked.
    Asking,
    /// Enough have said yes.
    Filled,
    /// Its time is over.
    Expired,
    /// Taken back, or refused.
    Cancelled,
}

impl CallState {
    /// Whether nothing comes after it.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Expired | Self::Cancelled)
    }
}

/// What an asked donor said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// They come.
    Yes,
    /// They do not.
    No,
    /// They would have, but enough had said yes before.
    Late,
}

crate::text_column! {
    pub CallState {
        Submitted => "submitted",
        Verified => "verified",
        Asking => "asking",
        Filled => "filled",
        Expired => "expired",
        Cancelled => "cancelled",
    }
}

crate::text_column! {
    pub Answer {
        Yes => "yes",
        No => "no",
        Late => "late",
    }
}

/// A call as its row has it.
#[derive(Debug, Clone, PartialEq, Insertable, Queryable, Selectable, Identifiable)]
#[diesel(table_name = calls)]
pub struct Call {
    /// Its id.
    pub id: CallId,
    /// Who needs the blood.
    pub hospital: OrganisationId,
    /// The patient's group.
    pub blood_group: BloodGroup,
    /// What is needed.
    pub component: Component,
    /// How many units.
    pub units: i32,
    /// When the patient needs it.
    pub needed_by: Moment,
    /// When donors must have come: needed by, less the time for testing.
    pub arrive_by: Moment,
    /// The facility that draws it.
    pub give_at: OrganisationId,
    /// Whether compatible groups may be asked too.
    pub is_widening: bool,
    /// For donors; without patient data.
    pub note: Option<String>,
    /// How far it has come.
    pub state: CallState,
    /// The hidden drive in which places are held, once verified.
    pub drive: Option<DriveId>,
    /// Its one slot.
    pub slot: Option<SlotId>,
    /// Who posted it.
    pub requested_by: PersonId,
    /// When.
    pub created_at: Moment,
    /// When it last changed.
    pub changed_at: Moment,
}

impl Call {
    /// Which groups may be asked.
    pub fn widening(&self) -> Widening {
        if self.is_widening {
            Widening::Compatible
        } else {
            Widening::IdenticalOnly
        }
    }
}

/// One donor who was asked.
#[derive(Debug, Clone, PartialEq, Insertable, Queryable, Selectable, Identifiable)]
#[diesel(table_name = asks, treat_none_as_default_value = false)]
pub struct Ask {
    /// Its id; the link in the message is made of it.
    pub id: AskId,
    /// Which call.
    pub call: CallId,
    /// Who.
    pub person: PersonId,
    /// In which wave, from 1.
    pub wave: i32,
    /// Metres as the crow flies when asked.
    pub distance_m: i32,
    /// What they said.
    pub answer: Option<Answer>,
    /// When they mean to come.
    pub arriving_at: Option<Moment>,
    /// When they said it.
    pub answered_at: Option<Moment>,
    /// The place they hold.
    pub registration: Option<AnyId>,
    /// When they were asked.
    pub created_at: Moment,
}

/// How a call's asking stands, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Counts {
    /// Donors asked.
    pub asked: i64,
    /// Of them, those who come.
    pub yes: i64,
    /// Those who do not.
    pub no: i64,
    /// Those who would have come when it was filled.
    pub late: i64,
    /// Waves sent.
    pub waves: i32,
}

impl Counts {
    /// Units for which nobody has said yes.
    pub fn missing(&self, units: i32) -> i64 {
        (i64::from(units) - self.yes).max(0)
    }
}
