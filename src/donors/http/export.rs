//! Everything kept of me, in one file.
use super::gifts::GiftView;
use super::people::KnownContactView;
use crate::blood::BloodGroup;
use crate::donors::export::{
    Answered, Ask, Club, Consent, Deferred, Donation, Look, Message, Screening, Standby, Visit,
};
use crate::donors::model::{DonorFacts, NewDeferral};
use crate::donors::store;
use crate::people::{self, ConsentChange, PersonCard, Sex};
use crate::platform::App;
use crate::platform::db::Conn;
use crate::platform::http::Routes;
use crate::platform::http::{DonorCaller, Problems};
use crate::platform::id::PersonId;
use crate::platform::problem::Problem;
use crate::platform::seal::{Keys, Sealed};
use crate::platform::text::Coordinates;
use actix_web::get;
use actix_web::web::{Data, Json};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// The paths of this file.
pub(super) fn routes(config: &mut Routes<'_, '_>) {
    config.service(export_me);
}

/// Everything that is kept of a person, opened for them.
#[derive(Debug, Serialize, ToSchema)]
struct ExportView {
    person: PersonView,
    contacts: Vec<KnownContactView>,
    consents: Vec<Consent>,
    donations_known: Vec<GiftView>,
    deferrals: Vec<Deferred>,
    clubs: Vec<Club>,
    stands_by: Vec<Standby>,
    registrations: Vec<Visit>,
    donations: Vec<Donation>,
    screenings: Vec<Screening>,
    questionnaires: Vec<Answered>,
    calls: Vec<Ask>,
    looks: Vec<Look>,
    messages: Vec<Message>,
}

/// What is kept in clear.
#[derive(Debug, Serialize, ToSchema)]
struct PersonView {
    id: PersonId,
    name: String,
    birth_date: Option<NaiveDate>,
    sex: Option<Sex>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    blood_group: Option<BloodGroup>,
    may_give_from: Option<NaiveDate>,
}

impl PersonView {
    fn of(card: PersonCard, facts: Option<DonorFacts>) -> Self {
        Self {
            id: card.id,
            name: card.name,
            birth_date: card.birth_date,
            sex: card.sex,
            latitude: card.coordinates.map(Coordinates::latitude),
            longitude: card.coordinates.map(Coordinates::longitude),
            blood_group: facts.and_then(|facts| facts.blood_group),
            may_give_from: facts.map(|facts| facts.available_from),
        }
    }
}

/// Take along everything that is kept of me, sealed fields opened.
#[utoipa::path(tag = "donors", responses((status = 200, body = ExportView), Problems))]
#[get("/me/export")]
async fn export_me(app: Data<App>, caller: DonorCaller) -> Result<Json<ExportView>, Problem> {
    let (person, keys) = (caller.person(), app.keys.clone());
    let export = app.db.read(move |conn| gather(conn, &keys, person));
    Ok(Json(export.await?))
}

fn gather(conn: &mut Conn, keys: &Keys, person: PersonId) -> Result<ExportView, Problem> {
    let facts = store::facts(conn, person)?;
    let contacts = people::contacts::list(conn, keys, person)?;
    let known = store::list_gifts(conn, person, (None, i64::MAX))?;
    let deferrals = store::open_deferrals(conn, person)?;
    let screenings = store::export::screenings(conn, person)?;
    let answered = store::export::questionnaires(conn, person)?;
    Ok(ExportView {
        person: PersonView::of(people::find(conn, person)?, facts),
        contacts: contacts.into_iter().map(KnownContactView::from).collect(),
        consents: people::consents::list(conn, person)?
            .into_iter()
            .map(Consent::from)
            .collect(),
        donations_known: known.into_iter().map(GiftView::from).collect(),
        deferrals: deferrals.iter().map(|one| opened(keys, one)).collect(),
        clubs: store::export::clubs(conn, person)?,
        stands_by: store::export::pledges(conn, person)?,
        registrations: store::export::visits(conn, person)?,
        donations: store::export::donations(conn, person)?,
        screenings: screenings
            .into_iter()
            .map(|one| examined(keys, one))
            .collect(),
        questionnaires: answered.into_iter().map(|one| said(keys, one)).collect(),
        calls: store::export::asks(conn, person)?,
        looks: store::export::looks(conn, person)?,
        messages: store::export::messages(conn, person)?,
    })
}

impl From<ConsentChange> for Consent {
    fn from(change: ConsentChange) -> Self {
        Self {
            purpose: change.purpose.as_str().to_owned(),
            granted: change.is_granted,
            text_version: change.text_version,
            source: change.source.as_str().to_owned(),
            form: change.form,
            given_at: change.given_at,
        }
    }
}

fn opened(keys: &Keys, deferral: &NewDeferral) -> Deferred {
    let what = Sealed::new("deferrals.reason_sealed", deferral.id.0);
    Deferred {
        reason: keys.open(what, &deferral.reason_sealed).ok(),
        event_on: deferral.event_on,
        until: deferral.until,
    }
}

fn examined(keys: &Keys, screening: Screening) -> Screening {
    let what = Sealed::new("screenings.findings_sealed", screening.id.0);
    Screening {
        findings: keys.open(what, &screening.findings).unwrap_or_default(),
        ..screening
    }
}

fn said(keys: &Keys, answered: Answered) -> Answered {
    let what = Sealed::new("questionnaires.answers_sealed", answered.registration.0);
    Answered {
        answers: keys.open(what, &answered.answers).unwrap_or_default(),
        ..answered
    }
}
