//! Who was asked, from how far, and what they said.
use super::call::CallId;
use crate::platform::clock::Moment;
use crate::platform::db::schema::asks;
use crate::platform::id::{AnyId, PersonId};
use crate::registrations::model::RegistrationState;
use chrono::NaiveDate;
use diesel::prelude::{Identifiable, Insertable, Queryable, Selectable};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

crate::ids! {
    /// Names one donor's being asked.
    AskId,
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

/// From how far somebody was asked.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Ring {
    /// They stand by for a club.
    Reserve,
    /// They live near.
    Near,
    /// Farther, but within reach.
    Wider,
    /// Somewhere in the province.
    Province,
    /// Somewhere in the nation.
    Nation,
    /// By telephone.
    Telephone,
}

crate::text_column! {
    pub Answer {
        Yes => "yes",
        No => "no",
        Late => "late",
    }
}

crate::text_column! {
    pub Ring {
        Reserve => "reserve",
        Near => "near",
        Wider => "wider",
        Province => "province",
        Nation => "nation",
        Telephone => "telephone",
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
    /// In which wave, from 1; 0 for who was only telephoned.
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
    /// From how far.
    pub ring: Ring,
    /// How likely a yes was held to be.
    pub chance: Option<f64>,
    /// Whether the hospital may know their first name.
    pub shows_name: bool,
    /// The day from which they may be asked again, where they said one.
    pub quiet_until: Option<NaiveDate>,
    /// How often and how lately they had given, by its number.
    pub habit: Option<i16>,
}

/// Somebody who said yes, and how far they have come.
#[derive(Debug, Clone)]
pub struct Coming {
    /// Which ask.
    pub ask: AskId,
    /// Who.
    pub person: PersonId,
    /// Their full name; shown only as far as they allowed.
    pub name: String,
    /// Whether they allowed it.
    pub shows_name: bool,
    /// When they mean to come.
    pub arriving_at: Option<Moment>,
    /// How far their place has come.
    pub state: Option<RegistrationState>,
    /// When they were received.
    pub arrived_at: Option<Moment>,
}

/// How a call's asking stands, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Counts {
    /// Donors asked.
    pub asked: i64,
    /// Of them, those who come or gave.
    pub yes: i64,
    /// Those who do not.
    pub no: i64,
    /// Those who would have come when it was filled.
    pub late: i64,
    /// Those who came and could not give, or left.
    pub in_vain: i64,
    /// Of those who come, those who are there or gave.
    pub arrived: i64,
    /// Of those, those who gave.
    pub donated: i64,
    /// Waves sent.
    pub waves: i32,
}

impl Counts {
    /// Units for which nobody has said yes.
    pub fn missing(&self, units: i32) -> i64 {
        (i64::from(units) - self.yes).max(0)
    }

    /// Counts so many asks of one kind, of which the last went out in `wave`.
    #[must_use]
    pub fn and(
        mut self,
        answer: Option<Answer>,
        state: Option<RegistrationState>,
        (number, wave): (i64, i32),
    ) -> Self {
        self.asked += number;
        self.waves = self.waves.max(wave);
        match (answer, state) {
            (Some(Answer::Yes), Some(RegistrationState::Deferred | RegistrationState::Left)) => {
                self.in_vain += number;
            }
            (Some(Answer::Yes), Some(RegistrationState::Cancelled)) | (Some(Answer::No), _) => {
                self.no += number;
            }
            (Some(Answer::Yes), state) => {
                self.yes += number;
                let is_there = state.is_some_and(RegistrationState::is_attended);
                let has_given = state == Some(RegistrationState::Collected);
                self.arrived += if is_there { number } else { 0 };
                self.donated += if has_given { number } else { 0 };
            }
            (Some(Answer::Late), _) => self.late += number,
            (None, _) => {}
        }
        self
    }
}
