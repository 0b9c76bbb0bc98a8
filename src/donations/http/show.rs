//! A visit as its person, the desk and the nurse see it.
use super::DonationView;
use super::screening::ScreeningRequest;
use crate::donations::model::{Decision, ScreeningId};
use crate::donations::store::{self, Screening};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::http::{DonorCaller, Path, Problems};
use crate::platform::problem::Problem;
use crate::platform::seal::{Keys, Sealed};
use crate::registrations::model::{Powers, RegistrationId, RegistrationView};
use actix_web::get;
use actix_web::web::{Data, Json};
use serde::Serialize;
use utoipa::ToSchema;

/// What a nurse found, opened.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundView {
    /// Which screening.
    id: ScreeningId,
    /// What was decided.
    decision: Decision,
    /// When.
    screened_at: Moment,
    /// What was measured, and the reasons.
    found: ScreeningRequest,
}

/// A visit with what came of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VisitView {
    /// The registration.
    registration: RegistrationView,
    /// Its bags, voided ones too; only staff see what the tests said.
    donations: Vec<DonationView>,
    /// What the nurse found; only nurses of the drive see it.
    screening: Option<FoundView>,
}

/// Show a registration with what came of it.
#[utoipa::path(tag = "registrations", params(("id" = RegistrationId, Path)), responses((status = 200, body = VisitView), Problems))]
#[get("/registrations/{id}")]
pub(crate) async fn show_registration(
    app: Data<App>,
    caller: DonorCaller,
    path: Path<RegistrationId>,
) -> Result<Json<VisitView>, Problem> {
    let (powers, keys) = (Powers::from(&*caller), app.keys.clone());
    let shown = app.db.read(move |conn| show(conn, &powers, &keys, path.0));
    Ok(Json(shown.await?))
}

fn show(
    conn: &mut Conn,
    powers: &Powers,
    keys: &Keys,
    id: RegistrationId,
) -> Result<VisitView, Problem> {
    let visit = powers.visit(conn, id)?;
    let is_staff = powers.visit_as(conn, id, &powers.staff).is_ok();
    let is_nurse = powers.visit_as(conn, id, &powers.nurse).is_ok();
    let found = match store::screening_of(conn, id)? {
        Some(screening) if is_nurse => Some(FoundView {
            id: screening.id,
            decision: screening.decision,
            screened_at: screening.screened_at,
            found: open(keys, &screening)?,
        }),
        _ => None,
    };
    let bags = store::list_of(conn, id)?.into_iter();
    let donations = bags.map(|mut bag| {
        bag.result = bag.result.filter(|_| is_staff);
        DonationView::from(bag)
    });
    Ok(VisitView {
        registration: visit.registration.into(),
        donations: donations.collect(),
        screening: found,
    })
}

/// What was found, from its sealed text.
pub(super) fn open(keys: &Keys, screening: &Screening) -> Result<ScreeningRequest, Problem> {
    let what = Sealed::new("screenings.findings_sealed", screening.id.0);
    let text = keys
        .open(what, &screening.findings_sealed)
        .map_err(Problem::internal)?;
    serde_json::from_str(&text).map_err(Problem::internal)
}
