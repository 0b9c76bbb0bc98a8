//! What somebody agreed to, said by themself or signed on paper.
use super::{rules, scope, within};
use crate::accounts::{self, Access, Act};
use crate::donors::actions;
use crate::people::{self, ConsentChange, ConsentSource, Purpose};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::Routes;
use crate::platform::http::{Body, DonorCaller, Path, Problems, Role};
use crate::platform::id::PersonId;
use crate::platform::language::{Language, Phrase, say};
use crate::platform::problem::Problem;
use crate::platform::text::{Invalid, Line};
use actix_web::web::{Data, Json};
use actix_web::{get, put};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The paths of this file.
pub(super) fn routes(config: &mut Routes<'_, '_>) {
    config
        .service(list_consents)
        .service(set_own_consent)
        .service(record_paper_consent);
}

/// Yes or no.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ConsentRequest {
    granted: bool,
}

/// Yes or no, as somebody signed it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PaperRequest {
    granted: bool,
    /// Which form, and where it is kept.
    #[schema(min_length = 1, max_length = 200)]
    form: String,
}

/// What is asked, and what was last answered.
#[derive(Debug, Serialize, ToSchema)]
struct ConsentView {
    purpose: Purpose,
    /// The question in the reader's language.
    question: String,
    granted: bool,
    /// When it was last answered; null: never.
    since: Option<Moment>,
    source: Option<ConsentSource>,
    /// Which paper, where it was signed on one.
    form: Option<String>,
}

/// Every purpose with its last answer.
#[derive(Debug, Serialize, ToSchema)]
struct ConsentsView {
    items: Vec<ConsentView>,
}

fn view(purpose: Purpose, newest: Option<&ConsentChange>, language: Language) -> ConsentView {
    ConsentView {
        purpose,
        question: say(language, &Phrase::new(purpose.question())),
        granted: newest.is_some_and(|change| change.is_granted),
        since: newest.map(|change| change.given_at),
        source: newest.map(|change| change.source),
        form: newest.and_then(|change| change.form.clone()),
    }
}

/// What I agreed to.
#[utoipa::path(tag = "donors", responses((status = 200, body = ConsentsView), Problems))]
#[get("/me/consents")]
async fn list_consents(app: Data<App>, caller: DonorCaller) -> Result<Json<ConsentsView>, Problem> {
    let person = caller.person();
    let changes = app
        .db
        .read(move |conn| people::consents::list(conn, person))
        .await?;
    let newest = |purpose| changes.iter().rfind(|change| change.purpose == purpose);
    let items = Purpose::ALL
        .into_iter()
        .map(|purpose| view(purpose, newest(purpose), caller.language));
    Ok(Json(ConsentsView {
        items: items.collect(),
    }))
}

/// Agree, or take it back.
#[utoipa::path(tag = "donors", params(("purpose" = Purpose, Path)), request_body = ConsentRequest, responses((status = 200, body = ConsentView), Problems))]
#[put("/me/consents/{purpose}")]
async fn set_own_consent(
    app: Data<App>,
    caller: DonorCaller,
    path: Path<Purpose>,
    body: Body<ConsentRequest>,
) -> Result<Json<ConsentView>, Problem> {
    let change = change(&app, (caller.person(), path.0), body.value.granted);
    let (rules, kept) = (rules(&app)?, change.clone());
    app.db
        .write(move |conn| actions::set_consent(conn, rules, &kept))
        .await?;
    Ok(Json(view(path.0, Some(&change), caller.language)))
}

/// Record what somebody of my clubs or drives signed on paper.
#[utoipa::path(tag = "donors", request_body = PaperRequest, responses((status = 200, body = ConsentView), Problems))]
#[put("/people/{id}/consents/{purpose}")]
async fn record_paper_consent(
    app: Data<App>,
    caller: DonorCaller,
    path: Path<(PersonId, Purpose)>,
    body: Body<PaperRequest>,
) -> Result<Json<ConsentView>, Problem> {
    let scope = scope(&caller, &[Role::ClubLead, Role::DriveStaff])?;
    let (rules, purpose) = (rules(&app)?, path.0.1);
    let change = signed(&app, path.0, caller.person(), &body.value)?;
    let (kept, access) = (change.clone(), access(&app, &change));
    app.db
        .write(move |conn| {
            within(conn, &scope, kept.person)?;
            accounts::record_access(conn, &access)?;
            actions::set_consent(conn, rules, &kept)
        })
        .await?;
    Ok(Json(view(purpose, Some(&change), caller.language)))
}

fn change(app: &App, (person, purpose): (PersonId, Purpose), is_granted: bool) -> ConsentChange {
    ConsentChange {
        id: app.id(),
        person,
        purpose,
        is_granted,
        text_version: Purpose::text_version(),
        source: ConsentSource::Themself,
        recorded_by: None,
        form: None,
        given_at: app.now(),
    }
}

fn signed(
    app: &App,
    whose: (PersonId, Purpose),
    by: PersonId,
    request: &PaperRequest,
) -> Result<ConsentChange, Invalid> {
    let mut invalid = Invalid::default();
    let form = invalid.take("form", Line::parse(&request.form, 200));
    invalid.build(|| {
        Ok(ConsentChange {
            source: ConsentSource::Paper,
            recorded_by: Some(by),
            form: Some(form?.into()),
            ..change(app, whose, request.granted)
        })
    })
}

fn access(app: &App, change: &ConsentChange) -> Access {
    Access {
        id: app.id(),
        actor: change.recorded_by.unwrap_or(change.person),
        person: change.person,
        act: Act::ConsentRecorded,
        reason: change.form.clone(),
        at: change.given_at,
    }
}
