//! What was wrong with a bag.
use super::DonationView;
use super::donation::{component_choice, read_component, read_group, read_unit};
use super::outcome::out_of_range;
use crate::blood::Volume;
use crate::donations::actions::{self, Correction};
use crate::donations::model::DonationId;
use crate::donations::store;
use crate::platform::App;
use crate::platform::http::{Body, Nurse, Once, Path, Problems, answer_once, created};
use crate::platform::id::OrganisationId;
use crate::platform::language::keys;
use crate::platform::problem::Problem;
use crate::platform::text::{Invalid, Line, Note};
use crate::registrations::model::{Deed, Powers};
use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use serde::Deserialize;
use utoipa::ToSchema;

/// What to change in a donation, and why. What is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CorrectionRequest {
    /// Why, for whoever reads the history.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
    /// It never was: the wrong bag or the wrong person. Then nothing else is changed.
    #[serde(default)]
    void: bool,
    /// What was given.
    component: Option<String>,
    /// In millilitres.
    #[schema(minimum = 50, maximum = 700)]
    volume_ml: Option<i32>,
    /// The number on the bag.
    #[schema(max_length = 40)]
    unit_number: Option<String>,
    /// The group found on it.
    blood_group: Option<String>,
    /// The number of the facility's paper certificate.
    #[schema(max_length = 50)]
    certificate_serial: Option<String>,
    /// The body it counts for.
    mobilised_by: Option<OrganisationId>,
}

/// Correct or void a donation; what stood before is kept.
#[utoipa::path(tag = "donations", request_body = CorrectionRequest, params(("id" = DonationId, Path)),
    responses((status = 201, body = DonationView), Problems))]
#[post("/donations/{id}/corrections")]
pub(crate) async fn correct_donation(
    app: Data<App>,
    caller: Nurse,
    path: Path<DonationId>,
    once: Once,
    body: Body<CorrectionRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let (deed, powers) = (Deed::of(&app, caller.person()), Powers::from(&*caller));
    let (nation, correction) = (super::nation(&app)?, body.value.correction()?);
    answer_once(&app, caller.person(), once, move |conn| {
        let before = store::find(conn, path.0)?;
        let visit = powers.visit_as(conn, before.registration, &powers.nurse)?;
        let what = (&before, &correction);
        let after = actions::correct(conn, &deed, (&visit, nation), what)?;
        created(DonationView::from(after))
    })
    .await
}

impl CorrectionRequest {
    fn correction(self) -> Result<Correction, Problem> {
        let mut invalid = Invalid::default();
        let reason = invalid.take("reason", Note::parse(&self.reason, 500));
        let unit_number = read_unit(self.unit_number.as_deref(), &mut invalid)?;
        let component = self.component.as_deref();
        let component = component.map(|raw| read_component(raw).ok_or_else(component_choice));
        let component = invalid.take_given("component", component);
        let volume = self
            .volume_ml
            .map(|ml| Volume::parse(ml).ok_or_else(out_of_range));
        let volume = invalid.take_given("volume_ml", volume);
        let blood_group = read_group(self.blood_group.as_deref(), &mut invalid);
        let serial = self.certificate_serial.as_deref();
        let serial =
            invalid.take_given("certificate_serial", serial.map(|raw| Line::parse(raw, 50)));
        if self.void == self.changes_something() {
            invalid.refuse("void", keys::DONATION_VOID_OR_CORRECT);
        }
        let correction = invalid.build(|| {
            Ok(Correction {
                reason: reason?.into(),
                is_void: self.void,
                component: component?,
                volume: volume?,
                unit_number,
                blood_group,
                certificate_serial: serial?.map(String::from),
                mobilised_by: self.mobilised_by,
            })
        });
        Ok(correction?)
    }

    fn changes_something(&self) -> bool {
        self.component.is_some()
            || self.volume_ml.is_some()
            || self.unit_number.is_some()
            || self.blood_group.is_some()
            || self.certificate_serial.is_some()
            || self.mobilised_by.is_some()
    }
}
