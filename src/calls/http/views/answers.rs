//! What asked donors send and see, and what anyone sees.
use crate::blood::{BloodGroup, Component};
use crate::calls::model::{Answer, Ask, Call, CallId, CallState};
use crate::drives::model::NearDrive;
use crate::platform::clock::Moment;
use crate::platform::id::DriveId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an asked donor says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::calls::http) enum Word {
    Yes,
    No,
}

/// An answer to an ask.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::calls::http) struct AnswerRequest {
    pub(in crate::calls::http) answer: Word,
    /// With yes: when about they come, not later than `arrive_by`.
    pub(in crate::calls::http) arriving_at: Option<Moment>,
    /// With yes: whether the hospital may know their given name.
    #[serde(default)]
    pub(in crate::calls::http) show_name: bool,
    /// With no: not to be asked before this day.
    pub(in crate::calls::http) until: Option<NaiveDate>,
    /// With no: never to be asked again; takes the consent to be called back.
    #[serde(default)]
    pub(in crate::calls::http) stop_asking: bool,
}

/// A drive that somebody who came too late may go to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(in crate::calls::http) struct NextDrive {
    pub(in crate::calls::http) drive: DriveId,
    pub(in crate::calls::http) name: String,
    pub(in crate::calls::http) place: String,
    pub(in crate::calls::http) starts_at: Moment,
    /// The page to book on.
    pub(in crate::calls::http) link: String,
}

impl NextDrive {
    pub(in crate::calls::http) fn of(drive: NearDrive, public_url: &str) -> Self {
        Self {
            link: format!("{public_url}/d/{}", drive.drive),
            drive: drive.drive,
            name: drive.name,
            place: drive.place,
            starts_at: drive.starts_at,
        }
    }
}

/// An ask as the asked donor sees it.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::calls::http) struct AnswerView {
    call: CallId,
    state: CallState,
    /// The facility to come to.
    pub(in crate::calls::http) place: String,
    pub(in crate::calls::http) hospital: String,
    /// What the hospital wrote for donors.
    pub(in crate::calls::http) note: Option<String>,
    pub(in crate::calls::http) arrive_by: Moment,
    /// What was said; null before, `late` when enough others had said yes.
    pub(in crate::calls::http) answer: Option<Answer>,
    pub(in crate::calls::http) arriving_at: Option<Moment>,
    /// Whether the hospital may know their given name.
    show_name: bool,
    /// Not to be asked before this day.
    until: Option<NaiveDate>,
    /// For who said yes too late: the nearest drives that still have places.
    pub(in crate::calls::http) next_drives: Vec<NextDrive>,
}

impl AnswerView {
    pub(in crate::calls::http) fn of(ask: &Ask, call: &Call, names: (String, String)) -> Self {
        let (hospital, place) = names;
        Self {
            call: call.id,
            state: call.state,
            place,
            hospital,
            note: call.note.clone(),
            arrive_by: call.arrive_by,
            answer: ask.answer,
            arriving_at: ask.arriving_at,
            show_name: ask.shows_name,
            until: ask.quiet_until,
            next_drives: Vec::new(),
        }
    }

    /// Whether an answer can still change anything.
    pub(in crate::calls::http) fn is_open(&self, now: Moment) -> bool {
        !self.state.is_over() && now < self.arrive_by
    }
}

/// A call as anyone sees it: no hospital staff, no donors.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::calls::http) struct PublicCallView {
    pub(in crate::calls::http) id: CallId,
    /// The hospital that needs it.
    pub(in crate::calls::http) hospital: String,
    #[schema(value_type = String)]
    pub(in crate::calls::http) blood_group: BloodGroup,
    #[schema(value_type = String)]
    pub(in crate::calls::http) component: Component,
    pub(in crate::calls::http) units: i32,
    pub(in crate::calls::http) units_missing: i64,
    /// Where to give.
    pub(in crate::calls::http) place: String,
    pub(in crate::calls::http) arrive_by: Moment,
    pub(in crate::calls::http) state: CallState,
    /// Nothing is needed any more, or nobody could come in time: not to be shared.
    pub(in crate::calls::http) is_over: bool,
}
