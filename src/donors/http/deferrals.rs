//! Deferring somebody: a nurse or coordinator says why and since when, the rules say until when.
use super::{rules as national, scope, within};
use crate::donors::model::{ALWAYS, DeferralId, NEVER, NewDeferral};
use crate::donors::rules::{Stated, deferral_end};
use crate::donors::{actions, store};
use crate::platform::App;
use crate::platform::http::Routes;
use crate::platform::http::{Body, DonorCaller, Once, Path, Problems, Role, answer_once, created};
use crate::platform::id::{DriveId, PersonId};
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::Problem;
use crate::platform::seal::Sealed;
use crate::platform::text::Invalid;
use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The paths of this file.
pub(super) fn routes(config: &mut Routes<'_, '_>) {
    config.service(defer_person);
}

/// Why, since when, and until when where a doctor says so.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DeferralRequest {
    /// A code of the rule set, such as `tattoo`; kept sealed.
    #[schema(min_length = 1, max_length = 50)]
    code: String,
    /// The day it happened, not the day of the visit.
    event_on: NaiveDate,
    /// The first day one may give again; never earlier than the rules say.
    until: Option<NaiveDate>,
    /// Not any more.
    #[serde(default)]
    permanent: bool,
    /// At which drive.
    drive: Option<DriveId>,
}

/// What follows.
#[derive(Debug, Serialize, ToSchema)]
struct DeferralView {
    id: DeferralId,
    /// The first day it no longer binds; null: not any more.
    until: Option<NaiveDate>,
    /// Whether the person may give today.
    may_give: bool,
}

/// Defer somebody of my drives or clubs.
#[utoipa::path(tag = "donors", params(("id" = PersonId, Path)), request_body = DeferralRequest, responses((status = 201, body = DeferralView), Problems))]
#[post("/people/{id}/deferrals")]
async fn defer_person(
    app: Data<App>,
    caller: DonorCaller,
    path: Path<PersonId>,
    once: Once,
    body: Body<DeferralRequest>,
) -> Result<HttpResponse, Problem> {
    let scope = scope(&caller, &[Role::Nurse, Role::Coordinator])?;
    let (once, rules) = (once.over(&body), national(&app)?);
    let deferral = body.value.read(&app, path.0, caller.person())?;
    let (now, today) = (app.now(), app.today());
    answer_once(&app, caller.person(), once, move |conn| {
        within(conn, &scope, deferral.person)?;
        actions::defer(conn, rules, &deferral, now)?;
        let facts = store::facts(conn, deferral.person)?;
        created(DeferralView {
            id: deferral.id,
            until: deferral.until,
            may_give: facts.is_some_and(|facts| facts.may_give_on(today)),
        })
    })
    .await
}

impl DeferralRequest {
    fn read(
        self,
        app: &App,
        person: PersonId,
        decided_by: PersonId,
    ) -> Result<NewDeferral, Problem> {
        let mut invalid = Invalid::default();
        usual(&mut invalid, "event_on", self.event_on, app.today());
        if let Some(until) = self.until {
            usual(&mut invalid, "until", until, NEVER);
        }
        let event = (self.code.as_str(), self.event_on);
        let end = deferral_end(event, self.stated(), national(app)?);
        let until = end.map_err(|(field, phrase)| invalid.refuse(field, phrase));
        let id: DeferralId = app.id();
        let what = Sealed::new("deferrals.reason_sealed", id.0);
        Ok(invalid.build(|| {
            Ok(NewDeferral {
                id,
                person,
                reason_sealed: app.keys.seal(what, &self.code, &mut app.rng()),
                event_on: self.event_on,
                until: until?,
                drive: self.drive,
                registration: None,
                decided_by,
            })
        })?)
    }

    fn stated(&self) -> Stated {
        match (self.permanent, self.until) {
            (true, _) => Stated::Never,
            (false, Some(day)) => Stated::Until(day),
            (false, None) => Stated::Nothing,
        }
    }
}

fn usual(invalid: &mut Invalid, field: &str, day: NaiveDate, last: NaiveDate) {
    if day < ALWAYS || last < day {
        let phrase = Phrase::new(keys::FIELD_OUT_OF_RANGE);
        invalid.refuse(field, phrase.with("min", ALWAYS).with("max", last));
    }
}
