//! A hospital's urgent need, from its posting to its end.
use crate::blood::{BloodGroup, Component, Widening};
use crate::drives::model::SlotId;
use crate::platform::clock::Moment;
use crate::platform::db::schema::calls;
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use diesel::prelude::{Identifiable, Insertable, Queryable, Selectable};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

crate::ids! {
    /// Names an emergency call.
    CallId,
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

/// Which way a call goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallPath {
    /// In waves, near before far.
    Ordinary,
    /// Few can give: stock first, everyone suitable at once, and a telephone list beside it.
    Rare,
}

/// How wide a call asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Within reach of the place of giving.
    Reach,
    /// Everyone suitable of the province.
    Province,
    /// Everyone suitable of the nation, on a coordinator's word.
    Nation,
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
    pub CallPath {
        Ordinary => "ordinary",
        Rare => "rare",
    }
}

crate::text_column! {
    pub Scope {
        Reach => "reach",
        Province => "province",
        Nation => "nation",
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
    /// Which way it goes.
    pub path: CallPath,
    /// How wide it asks.
    pub scope: Scope,
    /// Since when a coordinator has held its asking up.
    pub paused_at: Option<Moment>,
    /// When the next wave is due.
    pub next_wave_at: Option<Moment>,
    /// The listed number on which whoever posted it is called back.
    pub call_back: Option<String>,
    /// When they were.
    pub called_back_at: Option<Moment>,
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

    /// Whether donors are being asked at this moment.
    pub fn is_asking(&self, now: Moment) -> bool {
        self.state == CallState::Asking && self.paused_at.is_none() && now < self.arrive_by
    }
}
