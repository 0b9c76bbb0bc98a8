//! Codes that are sent, passwords set anew with them, and contacts that change.
use super::coming_in::whose;
use crate::accounts::actions::codes::{self, Attempt, Sending};
use crate::accounts::actions::contacts::{self, Replacement};
use crate::accounts::hashing;
use crate::accounts::model::CodePurpose;
use crate::accounts::rules::{Given, Reset};
use crate::people::{Contact, ContactKind};
use crate::platform::App;
use crate::platform::gates::Gate;
use crate::platform::http::{Anyone, Body, DonorCaller, Path, Problems};
use crate::platform::id::PersonId;
use crate::platform::problem::Problem;
use crate::platform::text::{Email, Invalid, Phone};
use actix_web::web::Data;
use actix_web::{HttpResponse, post, put};
use serde::Deserialize;
use utoipa::ToSchema;

/// Where a code is to go.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CodeRequest {
    /// A mail address or telephone number.
    contact: String,
}

/// Send a six-digit code to a contact, if it is known.
///
/// The answer is the same for a contact we do not know, and takes as long. Telephones need a gateway for text messages.
#[utoipa::path(tag = "accounts", security(()), request_body = CodeRequest, responses((status = 202), Problems))]
#[post("/sign-in-codes")]
pub(super) async fn send_code(
    app: Data<App>,
    who: Anyone,
    body: Body<CodeRequest>,
) -> Result<HttpResponse, Problem> {
    app.gates.pass(Gate::SignIn, &who.address)?;
    let contact = Contact::parse(&body.value.contact);
    let contact = contact.map_err(|phrase| Invalid::one("contact", phrase))?;
    send(&app, &contact, CodePurpose::SignIn).await
}

async fn send(app: &App, contact: &Contact, purpose: CodePurpose) -> Result<HttpResponse, Problem> {
    let sending = Sending::new(app, contact, purpose);
    app.db.write(move |conn| codes::send(conn, sending)).await?;
    Ok(HttpResponse::Accepted().finish())
}

/// First `{contact}` alone, which sends a code; then `{contact, code, password, person?}`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ResetRequest {
    /// A mail address or telephone number.
    contact: Option<String>,
    /// The six digits that were sent.
    code: Option<String>,
    /// The new password.
    #[schema(min_length = 8, max_length = 128)]
    password: Option<String>,
    /// Whose, where the contact belongs to several people.
    person: Option<PersonId>,
}

/// Set a password anew: ask for a code (202), then bring it back with the password (204).
///
/// The code is good once. Every sign-in of the person ends.
#[utoipa::path(tag = "accounts", security(()), request_body = ResetRequest, responses((status = 202), (status = 204), Problems))]
#[post("/password-resets")]
pub(super) async fn reset_password(
    app: Data<App>,
    who: Anyone,
    body: Body<ResetRequest>,
) -> Result<HttpResponse, Problem> {
    app.gates.pass(Gate::SignIn, &who.address)?;
    let (contact, code, password, person) = match Reset::of(&body.value.into())? {
        Reset::Ask(contact) => return send(&app, &contact, CodePurpose::Password).await,
        Reset::Set(contact, code, password, person) => (contact, code, password, person),
    };
    let hash = hashing::hash(&app, password).await?;
    let mut attempt = Attempt::new(&app, &contact, code, CodePurpose::Password);
    attempt.person = person;
    let keys = app.keys.clone();
    let redeemed = app
        .db
        .write(move |conn| codes::set_password(conn, &keys, &attempt, &hash));
    whose(redeemed.await?)?;
    Ok(HttpResponse::NoContent().finish())
}

/// A new address or number.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactRequest {
    /// The mail address or telephone number.
    value: String,
}

/// Change one's mail address or telephone number (`email`, `phone`); needs a sign-in of the last 15 minutes.
///
/// The new one counts as verified once a code sent to it came back. Whoever reads the old address is told.
#[utoipa::path(tag = "accounts", params(("kind" = ContactKind, Path)), request_body = ContactRequest, responses((status = 204), Problems))]
#[put("/me/contacts/{kind}")]
pub(super) async fn change_contact(
    app: Data<App>,
    caller: DonorCaller,
    kind: Path<ContactKind>,
    body: Body<ContactRequest>,
) -> Result<HttpResponse, Problem> {
    let contact = match kind.0 {
        ContactKind::Email => Email::parse(&body.value.value).map(Contact::Email),
        ContactKind::Phone => Phone::parse(&body.value.value).map(Contact::Phone),
    };
    let contact = contact.map_err(|phrase| Invalid::one("value", phrase))?;
    let replacement = Replacement::new(&app, &caller, &contact);
    let keys = app.keys.clone();
    app.db
        .write(move |conn| contacts::replace(conn, &keys, replacement))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

impl From<ResetRequest> for Given {
    fn from(request: ResetRequest) -> Self {
        Self {
            contact: request.contact,
            code: request.code,
            password: request.password,
            person: request.person,
            ..Self::default()
        }
    }
}
