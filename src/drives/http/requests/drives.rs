//! What is sent to plan a drive and to change the plan.
use super::sessions::{SessionRequest, read_sessions, too_many};
use crate::drives::http::opening::OpeningForm;
use crate::drives::model::{DriveKind, ProgrammeId};
use crate::drives::rules::{self, Change, NewDrive, Plan};
use crate::platform::App;
use crate::platform::id::OrganisationId;
use crate::platform::language::keys;
use crate::platform::text::{Invalid, Line, Noted};
use serde::{Deserialize, Deserializer};
use std::collections::HashSet;
use utoipa::ToSchema;

const MOST_PROGRAMMES: usize = 10;

/// A drive to be: with sessions, or, for a fixed site, with opening hours.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::drives::http) struct DriveRequest {
    /// The body that holds it.
    organiser: OrganisationId,
    #[schema(max_length = 200)]
    name: String,
    kind: DriveKind,
    /// The first is the one it counts under.
    #[serde(default)]
    #[schema(max_items = 10)]
    programmes: Vec<ProgrammeId>,
    /// The hospital or blood centre whose team draws the blood.
    collected_by: Option<OrganisationId>,
    #[schema(minimum = 1, maximum = 1_000_000)]
    target_units: Option<i32>,
    /// IANA name; the site's unless set.
    #[schema(example = "Asia/Ho_Chi_Minh")]
    time_zone: Option<String>,
    #[serde(default)]
    #[schema(max_items = 60)]
    sessions: Vec<SessionRequest>,
    opening: Option<OpeningForm>,
}

/// What is to change; null takes a value away, what is left out stays.
#[expect(
    clippy::option_option,
    reason = "left out, null and a value are three things"
)]
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::drives::http) struct DriveChange {
    organiser: Option<OrganisationId>,
    #[schema(max_length = 200)]
    name: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 1_000_000)]
    target_units: Option<Option<i32>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<OrganisationId>)]
    collected_by: Option<Option<OrganisationId>>,
    #[schema(max_items = 10)]
    programmes: Option<Vec<ProgrammeId>>,
    opening: Option<OpeningForm>,
}

/// Tells null from left out.
#[expect(
    clippy::option_option,
    reason = "left out, null and a value are three things"
)]
fn given<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

impl DriveRequest {
    /// The drive, or everything that is wrong with it.
    pub(in crate::drives::http) fn read(self, app: &App) -> Result<NewDrive, Invalid> {
        let mut invalid = Invalid::default();
        let name = invalid.take("name", Line::parse(&self.name, 200));
        let target_units = self.target_units.map(rules::target);
        let target_units = invalid.take_given("target_units", target_units);
        let zone = self.time_zone.as_deref().map(rules::time_zone);
        let zone = invalid.take_given("time_zone", zone);
        check_programmes(&mut invalid, &self.programmes);
        let plan = plan(&mut invalid, (self.kind, self.sessions, self.opening), app);
        invalid.build(|| {
            Ok(NewDrive {
                id: app.id(),
                organiser: self.organiser,
                collected_by: self.collected_by,
                kind: self.kind,
                name: name?,
                programmes: self.programmes,
                target_units: target_units?,
                zone: zone?.unwrap_or(app.settings.site.time_zone),
                plan: plan?,
                now: app.now(),
            })
        })
    }
}

type When = (DriveKind, Vec<SessionRequest>, Option<OpeningForm>);

fn plan(invalid: &mut Invalid, when: When, app: &App) -> Result<Plan, Noted> {
    match when {
        (DriveKind::Fixed, sessions, opening) => {
            if !sessions.is_empty() {
                invalid.refuse("sessions", keys::DRIVE_MADE_FROM_OPENING);
            }
            let Some(opening) = opening else {
                return Err(invalid.refuse("opening", keys::DRIVE_NEEDS_OPENING));
            };
            let opening = invalid.take_part("opening", opening.read())?;
            Ok(Plan::Opening(opening))
        }
        (_, _, Some(_)) => Err(invalid.refuse("opening", keys::DRIVE_ONLY_FOR_FIXED)),
        (_, sessions, None) => read_sessions(invalid, sessions, app).map(Plan::Sessions),
    }
}

fn check_programmes(invalid: &mut Invalid, programmes: &[ProgrammeId]) {
    if programmes.len() > MOST_PROGRAMMES {
        invalid.refuse("programmes", too_many(MOST_PROGRAMMES));
    }
    let mut named = HashSet::new();
    for (at, programme) in programmes.iter().enumerate() {
        if !named.insert(programme) {
            invalid.refuse(format!("programmes.{at}"), keys::DRIVE_DOUBLED);
        }
    }
}

impl DriveChange {
    /// The change, or everything that is wrong with it.
    pub(in crate::drives::http) fn read(self) -> Result<Change, Invalid> {
        let mut invalid = Invalid::default();
        let name = self.name.as_deref().map(|name| Line::parse(name, 200));
        let name = invalid.take_given("name", name);
        let target = self.target_units.flatten().map(rules::target);
        let target = invalid.take_given("target_units", target);
        check_programmes(&mut invalid, self.programmes.as_deref().unwrap_or_default());
        let opening = match self.opening {
            Some(opening) => invalid.take_part("opening", opening.read()).map(Some),
            None => Ok(None),
        };
        let is_target_given = self.target_units.is_some();
        invalid.build(|| {
            let target = target?;
            Ok(Change {
                organiser: self.organiser,
                name: name?,
                target_units: is_target_given.then_some(target),
                collected_by: self.collected_by,
                programmes: self.programmes,
                opening: opening?,
            })
        })
    }
}
