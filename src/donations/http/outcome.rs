//! One tap: gave, deferred, left.
use crate::blood::{Component, Volume};
use crate::donations::actions::{self, Collected, Outcome};
use crate::donations::store;
use crate::donors::model::DeferralId;
use crate::platform::App;
use crate::platform::http::{Body, DriveStaff, Once, Path, Problems, answer_once, done};
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::Problem;
use crate::platform::seal::Sealed;
use crate::registrations::model::{Deed, Powers, RegistrationId, RegistrationState};
use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::DonationView;

/// What came of a visit.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Tap {
    /// They gave.
    Collected,
    /// Not today.
    Deferred,
    /// They went without giving.
    Left,
}

/// What came of a visit, in one tap.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OutcomeRequest {
    /// What came of it.
    outcome: Tap,
    /// How much they gave, in millilitres; needed when they gave.
    #[schema(minimum = 50, maximum = 700)]
    volume_ml: Option<i32>,
    /// Not before this day, when deferred by the doctor.
    until: Option<NaiveDate>,
}

/// A visit after its outcome.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OutcomeView {
    /// Which visit.
    registration: RegistrationId,
    /// How far it has come.
    state: RegistrationState,
    /// The bag, if they gave.
    donation: Option<DonationView>,
}

/// The code of a deferral of which only the doctor's day is known.
const BY_DOCTOR: &str = "doctor_decision";

/// Record what came of a visit in one tap.
#[utoipa::path(tag = "donations", request_body = OutcomeRequest, params(("id" = RegistrationId, Path)),
    responses((status = 200, body = OutcomeView), Problems))]
#[post("/registrations/{id}/outcome")]
pub(crate) async fn record_outcome(
    app: Data<App>,
    caller: DriveStaff,
    path: Path<RegistrationId>,
    once: Once,
    body: Body<OutcomeRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let (deed, powers) = (Deed::of(&app, caller.person()), Powers::from(&*caller));
    let (nation, outcome) = (super::nation(&app)?, body.value.outcome(&app)?);
    answer_once(&app, caller.person(), once, move |conn| {
        let visit = powers.visit_as(conn, path.0, &powers.staff)?;
        let after = actions::record_outcome(conn, &deed, (&visit, nation), &outcome)?;
        let bag = store::list_of(conn, path.0)?.pop();
        done(OutcomeView {
            registration: path.0,
            state: after.registration.state,
            donation: bag.filter(|bag| bag.voided_at.is_none()).map(Into::into),
        })
    })
    .await
}

impl OutcomeRequest {
    /// What is to be recorded, with new ids; a volume no bag holds is refused.
    pub(crate) fn outcome(&self, app: &App) -> Result<Outcome, Problem> {
        Ok(match self.outcome {
            Tap::Left => Outcome::Left,
            Tap::Deferred => Outcome::Deferred(self.until.map(|until| {
                let id: DeferralId = app.id();
                let what = Sealed::new("deferrals.reason_sealed", id.0);
                (id, app.keys.seal(what, BY_DOCTOR, &mut app.rng()), until)
            })),
            Tap::Collected => Outcome::Collected(Box::new(Collected {
                id: app.id(),
                gift: app.id(),
                component: Component::WholeBlood,
                volume: volume(self.volume_ml)?,
                unit_number: None,
                blood_group: None,
                certificate_serial: None,
                collected_at: None,
            })),
        })
    }
}

fn volume(ml: Option<i32>) -> Result<Volume, Problem> {
    let ml = ml.ok_or_else(|| Problem::field("volume_ml", Phrase::new(keys::FIELD_REQUIRED)))?;
    Volume::parse(ml).ok_or_else(|| Problem::field("volume_ml", out_of_range()))
}

/// What to say of a volume no bag holds.
pub(super) fn out_of_range() -> Phrase {
    Phrase::new(keys::FIELD_OUT_OF_RANGE)
        .with("min", Volume::SMALLEST_ML)
        .with("max", Volume::LARGEST_ML)
}
