//! The first-run page: whether it is needed, and what it sends.
use super::super::rules::OrganisationKind;
use super::super::setup::Setup;
use super::super::store::NewOrganisation;
use crate::accounts::operator;
use crate::people::{self, Contact, Giver, NewPerson};
use crate::platform::App;
use crate::platform::gates::Gate;
use crate::platform::http::{Anyone, Body, Problems};
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::language::{Language, Phrase, keys};
use crate::platform::problem::Problem;
use crate::platform::text::{Email, Invalid, Line, PersonName};
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether somebody has to begin.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SetupView {
    /// Nobody was ever given a role here.
    needed: bool,
}

/// Say whether the first administrator is still to be made.
#[utoipa::path(tag = "organisations", security(()), responses((status = 200, body = SetupView), Problems))]
#[get("/setup")]
pub(super) async fn show_setup(app: Data<App>, _: Anyone) -> Result<Json<SetupView>, Problem> {
    let needed = app.db.read(operator::is_new).await?;
    Ok(Json(SetupView { needed }))
}

/// The chapter or club this installation is for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChapterRequest {
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    kind: OrganisationKind,
    /// The official code of its province or commune: the list of units then adds below it.
    #[schema(min_length = 1, max_length = 20)]
    code: Option<String>,
}

/// What the first administrator says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SetupRequest {
    /// What `giothong serve` printed when it began.
    #[schema(max_length = 40)]
    setup_code: String,
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    email: String,
    #[schema(min_length = 8, max_length = 128)]
    password: String,
    chapter: ChapterRequest,
}

/// What was made.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SetUpView {
    /// The chapter.
    organisation: OrganisationId,
    /// The administrator, who signs in with address and password from now on.
    person: PersonId,
}

/// Make the first administrator and the chapter; works once.
#[utoipa::path(tag = "organisations", security(()), request_body = SetupRequest, responses((status = 201, body = SetUpView), Problems))]
#[post("/setup")]
pub(super) async fn set_up(
    app: Data<App>,
    caller: Anyone,
    body: Body<SetupRequest>,
) -> Result<HttpResponse, Problem> {
    app.gates.pass(Gate::SignIn, &caller.address)?;
    let setup = body.value.read(&app, caller.language).await?;
    let keys = app.keys.clone();
    let write = app.db.write(move |conn| setup.write(conn, &keys));
    let (organisation, person) = write.await?;
    Ok(HttpResponse::Created().json(SetUpView {
        organisation,
        person,
    }))
}

impl SetupRequest {
    async fn read(self, app: &App, language: Language) -> Result<Setup, Problem> {
        if !operator::is_setup_code(&app.keys, &self.setup_code) {
            let phrase = Phrase::new(keys::ORGANISATIONS_WRONG_SETUP_CODE);
            return Err(Problem::field("setup_code", phrase));
        }
        let mut invalid = Invalid::default();
        let name = invalid.take("name", PersonName::parse(&self.name));
        let email = invalid.take("email", Email::parse(&self.email));
        let hash = operator::hash_password(app, &self.password).await?;
        let hash = invalid.take("password", hash);
        let chapter = invalid.take_part("chapter", self.chapter.read(app));
        let setup = invalid.build(|| {
            let email = email?;
            let contact = Contact::Email(email.clone());
            Ok(Setup {
                lookup: contact.lookup(&app.keys),
                person: administrator(app, name?, &contact, language),
                email,
                password_hash: hash?,
                chapter: chapter?,
                nation: app.id(),
                grant: app.id(),
            })
        });
        Ok(setup?)
    }
}

impl ChapterRequest {
    fn read(self, app: &App) -> Result<NewOrganisation, Invalid> {
        let mut invalid = Invalid::default();
        let name = invalid.take("name", Line::parse(&self.name, 200));
        let code = self.code.map(|code| Line::parse(&code, 20));
        let code = invalid.take_given("code", code);
        invalid.build(|| {
            Ok(NewOrganisation {
                code: code?.map(String::from),
                ..NewOrganisation::named(app.id(), self.kind, name?, None)
            })
        })
    }
}

fn administrator(app: &App, name: PersonName, contact: &Contact, language: Language) -> NewPerson {
    NewPerson {
        id: app.id(),
        name,
        birth_date: None,
        sex: None,
        language,
        commune: None,
        coordinates: None,
        citizen_lookup: None,
        contacts: vec![people::contact(app, contact, Giver::Themself)],
        created_at: app.now(),
    }
}
