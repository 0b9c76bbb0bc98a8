//! The words other subjects use for a donor: gifts, deferrals, what is known of the blood group, who is near.
use crate::blood::{BloodGroup, Component};
use crate::eligibility::Given;
use crate::platform::id::{AnyId, DriveId, OrganisationId, PersonId};
use crate::platform::text::Coordinates;
use chrono::NaiveDate;
use diesel::prelude::Queryable;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

crate::ids! {
    /// Names a gift as eligibility sees it.
    GiftId,
    /// Names a deferral.
    DeferralId,
}

/// The day of availability of who may never give again. Source: `migrations`, `donors.available_from`.
pub const NEVER: NaiveDate = day(9999, 12, 31);
/// Earlier than anything that happened: nothing ever stood in the way, or nobody ever asked.
pub const ALWAYS: NaiveDate = day(1900, 1, 1);
/// The square of who lives nobody knows where: in no ring around any place.
pub(super) const NOWHERE: i32 = -1;

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => NaiveDate::MIN,
    }
}

/// How sure we are of a blood group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// No group is known.
    Unknown,
    /// The donor or a lead said so.
    Declared,
    /// A test found it.
    Confirmed,
}

impl Certainty {
    /// What gives way to this: a test is not undone by somebody's word.
    pub(super) fn replaces(self) -> Vec<Self> {
        let weaker = [Self::Unknown, Self::Declared];
        let test = (self == Self::Confirmed).then_some(Self::Confirmed);
        weaker.into_iter().chain(test).collect()
    }
}

/// How we know of a gift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GiftSource {
    /// Collected at a drive of ours.
    Recorded,
    /// The donor, a lead or the desk said so.
    Declared,
    /// It stood in a file.
    Imported,
}

crate::text_column! {
    pub Certainty {
        Unknown => "unknown",
        Declared => "declared",
        Confirmed => "confirmed",
    }
}

crate::text_column! {
    pub GiftSource {
        Recorded => "recorded",
        Declared => "declared",
        Imported => "imported",
    }
}

/// One gift, here or elsewhere; it moves the day one may give again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gift {
    /// Made by `app.id()`.
    pub id: GiftId,
    /// Who gave.
    pub person: PersonId,
    /// What was given.
    pub component: Component,
    /// On which day.
    pub given_on: NaiveDate,
    /// How we know.
    pub source: GiftSource,
    /// The donation it stands for, when it was recorded here: at most one gift each.
    pub donation: Option<AnyId>,
    /// Where, as somebody remembers it.
    pub place: Option<String>,
    /// Who typed it in.
    pub created_by: Option<PersonId>,
}

/// "Not before this day", or never.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDeferral {
    /// Made by `app.id()`.
    pub id: DeferralId,
    /// Whom it binds.
    pub person: PersonId,
    /// The code of the reason, sealed: `keys.seal(Sealed::new("deferrals.reason_sealed", id.0), code, …)`.
    pub reason_sealed: String,
    /// The day of what happened: the wait counts from here.
    pub event_on: NaiveDate,
    /// The first day it no longer binds; none: it does not end.
    pub until: Option<NaiveDate>,
    /// At which drive it was decided.
    pub drive: Option<DriveId>,
    /// At which registration.
    pub registration: Option<AnyId>,
    /// By whom.
    pub decided_by: PersonId,
}

/// The days between which a donor may give, as kept in the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Availability {
    /// The first day.
    pub from: NaiveDate,
    /// The last day their age allows, where the birth date is known.
    pub until: Option<NaiveDate>,
}

/// Everything known of a person that bears on giving.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) birth_date: Option<NaiveDate>,
    pub(super) history: Vec<Given>,
    pub(super) deferrals: Vec<NewDeferral>,
}

/// What bookings, reminders and calls may know of a donor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DonorFacts {
    /// The first day on which nothing stands in the way; [`NEVER`] for who may not give again.
    pub available_from: NaiveDate,
    /// The last day of the age; none while the birth date is unknown.
    pub available_until: Option<NaiveDate>,
    /// Whose people they are when they book.
    pub main_club: Option<OrganisationId>,
    /// The blood group, where known.
    pub blood_group: Option<BloodGroup>,
    /// How sure it is.
    pub certainty: Certainty,
    /// How often they gave, everything known counted.
    pub gifts: i32,
    /// Whether they agreed to be called.
    pub opted_in: bool,
    /// Whether they agreed to be reminded.
    pub wants_reminders: bool,
    /// Where they live, where that is known.
    pub at: Option<Coordinates>,
}

impl DonorFacts {
    /// "May give" or "not yet", all that clubs and hospitals ever see.
    pub fn may_give_on(&self, day: NaiveDate) -> bool {
        self.available_from <= day && self.available_until.is_none_or(|last| day <= last)
    }
}

/// Where a donor lives: degrees north and east, and their square; nowhere is no square.
pub(super) fn home((north, east, cell): (f64, f64, i32)) -> Option<Coordinates> {
    (cell != NOWHERE).then(|| Coordinates::parse(north, east).ok())?
}

/// Somebody's word to stand by for a club.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pledge {
    pub(super) club: OrganisationId,
    pub(super) person: PersonId,
    /// How far they would go.
    pub(super) max_km: i32,
    /// Whether they may be asked at night.
    pub(super) nights: bool,
    pub(super) months: Months,
    /// When their blood was last tested beforehand.
    pub(super) tested_on: Option<NaiveDate>,
}

/// Months of the year; January is bit 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Months(pub(super) i32);

impl Months {
    pub(super) const ALL: Self = Self(4095);

    /// These months, from 1; none where there is none or one is no month.
    pub(super) fn of(months: &[u32]) -> Option<Self> {
        let bits = months.iter().try_fold(0, |bits, month| {
            (1..=12).contains(month).then(|| bits | 1 << (month - 1))
        })?;
        (bits != 0).then_some(Self(bits))
    }

    pub(super) fn has(self, month: u32) -> bool {
        (1..=12).contains(&month) && self.0 & (1 << (month - 1)) != 0
    }

    pub(super) fn list(self) -> Vec<u32> {
        (1..=12).filter(|month| self.has(*month)).collect()
    }
}

/// Somebody who stands by, with what covers are counted from.
#[derive(Debug, Clone, Queryable)]
pub(super) struct Reserved {
    pub(super) person: PersonId,
    pub(super) blood_group: Option<BloodGroup>,
    /// The first day they may give, and the last.
    pub(super) available: (NaiveDate, Option<NaiveDate>),
    pub(super) opted_in: bool,
    /// Degrees north and east, and their square.
    pub(super) at: (f64, f64, i32),
    pub(super) nights: bool,
    pub(super) months: i32,
    /// The commune they live in, and its name.
    pub(super) commune: (Option<OrganisationId>, Option<String>),
}

/// Somebody on a club's list, or found by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) person: PersonId,
    pub(super) name: String,
    pub(super) search_name: String,
    pub(super) birth_date: Option<NaiveDate>,
    pub(super) is_claimed: bool,
    pub(super) blood_group: Option<BloodGroup>,
    pub(super) certainty: Certainty,
    /// From when to when they may give; none where they do not let clubs see it.
    pub(super) available: Option<(NaiveDate, Option<NaiveDate>)>,
}

impl Member {
    /// "May give" or "not yet", never the day.
    pub(super) fn may_give_on(&self, day: NaiveDate) -> Option<bool> {
        let (from, until) = self.available?;
        Some(from <= day && until.is_none_or(|last| day <= last))
    }
}
