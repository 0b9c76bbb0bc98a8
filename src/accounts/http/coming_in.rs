//! Coming in, and staying in.
use super::CHOOSE_PERSON;
use super::client::{Client, set_cookie};
use crate::accounts::actions::codes::{self, Attempt, Redeemed};
use crate::accounts::actions::coming_in::{self, Exchange, Exchanged, Proven};
use crate::accounts::hashing;
use crate::accounts::model::{CodePurpose, Session};
use crate::accounts::rules::{Code, Given, Password, Refusal, Way};
use crate::people::Contact;
use crate::platform::App;
use crate::platform::gates::Gate;
use crate::platform::http::{Anyone, Body, Problems, token};
use crate::platform::id::{PersonId, SignInId};
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::Problem;
use crate::platform::text::Email;
use actix_web::http::header::SET_COOKIE;
use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One of three ways in: `{email, password}`, `{contact, code, person?}` or `{ticket}`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SignInRequest {
    /// A verified mail address.
    email: Option<String>,
    /// Its password.
    #[schema(max_length = 128)]
    password: Option<String>,
    /// Where a code was sent: a mail address or telephone number.
    contact: Option<String>,
    /// The six digits that were sent; with a password it is not looked at until second factors exist.
    code: Option<String>,
    /// Whose, where the contact belongs to several people.
    person: Option<PersonId>,
    /// What a one-time QR says.
    #[schema(max_length = 100)]
    ticket: Option<String>,
}

/// A signed-in client's tokens.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TokenView {
    /// To be sent as `Authorization: Bearer …`.
    access_token: String,
    /// Always `Bearer`.
    token_type: &'static str,
    /// Seconds the access token lives.
    expires_in: i64,
    /// To be exchanged once for the next pair; absent when it went into a cookie.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
}

/// Sign in by password, by a code that was sent, or by a one-time ticket.
///
/// With the header `X-Session: cookie` the refresh token comes as a cookie that scripts cannot read.
#[utoipa::path(tag = "accounts", security(()), request_body = SignInRequest, responses((status = 201, body = TokenView), Problems))]
#[post("/sign-ins")]
pub(super) async fn sign_in(
    app: Data<App>,
    who: Anyone,
    client: Client,
    body: Body<SignInRequest>,
) -> Result<HttpResponse, Problem> {
    client.check_origin()?;
    app.gates.pass(Gate::SignIn, &who.address)?;
    let way = Way::of(&body.value.into())?;
    let session = Session::new(&app, client.label.clone());
    let person = come_in(&app, way, &who.address, session.clone()).await?;
    let secret = session.refresh.secret;
    answer(&app, &client, (person, session.id, 0), secret)
}

async fn come_in(
    app: &App,
    way: Way,
    address: &str,
    session: Session,
) -> Result<PersonId, Problem> {
    match way {
        Way::Password(email, password) => {
            by_password(app, (email, password), address, session).await
        }
        Way::Code(contact, code, person) => by_code(app, (contact, code), person, session).await,
        Way::Ticket(ticket) => by_ticket(app, &ticket, session).await,
    }
}

async fn by_password(
    app: &App,
    (email, password): (Email, Password),
    address: &str,
    session: Session,
) -> Result<PersonId, Problem> {
    let lookup = Contact::Email(email).lookup(&app.keys);
    app.gates
        .pass(Gate::Password, &format!("{lookup} {address}"))?;
    app.gates.pass(Gate::Account, &lookup)?;
    let account = app
        .db
        .read(move |conn| coming_in::find_account(conn, &lookup))
        .await?;
    let kept = account.as_ref().map(|(_, hash)| hash.clone());
    let checked = hashing::check(app, password, kept).await?;
    let Some((person, hash)) = account.filter(|_| checked.is_right) else {
        return Err(Refusal::WrongCredentials.into());
    };
    let proven = Proven {
        person,
        hash,
        stronger: checked.stronger,
    };
    app.db
        .write(move |conn| coming_in::with_password(conn, &proven, &session))
        .await?;
    Ok(person)
}

async fn by_code(
    app: &App,
    (contact, code): (Contact, Code),
    person: Option<PersonId>,
    session: Session,
) -> Result<PersonId, Problem> {
    let mut attempt = Attempt::new(app, &contact, code, CodePurpose::SignIn);
    attempt.person = person;
    let keys = app.keys.clone();
    let redeemed = app
        .db
        .write(move |conn| codes::come_in(conn, &keys, &attempt, &session));
    whose(redeemed.await?)
}

/// Whom a code was for, or why it is for nobody.
pub(super) fn whose(redeemed: Redeemed) -> Result<PersonId, Problem> {
    match redeemed {
        Redeemed::For(person) => Ok(person),
        Redeemed::Several(people) => {
            let choices = people.into_iter().map(|(id, name)| (id.0, name));
            Err(Problem::from(&CHOOSE_PERSON).choices(choices.collect()))
        }
        Redeemed::Wrong => Err(Refusal::WrongCode.into()),
    }
}

async fn by_ticket(app: &App, ticket: &str, session: Session) -> Result<PersonId, Problem> {
    let hash = app.keys.lookup("ticket", ticket);
    app.db
        .write(move |conn| coming_in::with_ticket(conn, &hash, &session))
        .await
}

fn answer(
    app: &App,
    client: &Client,
    (person, id, epoch): (PersonId, SignInId, i32),
    refresh: String,
) -> Result<HttpResponse, Problem> {
    let (access_token, expires_in) = token::issue(app, person, id, epoch)?;
    let mut response = HttpResponse::Created();
    if client.wants_cookie {
        let seconds = app.settings.accounts.idle_days * 86_400;
        response.insert_header((SET_COOKIE, set_cookie(Some(&refresh), seconds)));
    }
    Ok(response.json(TokenView {
        access_token,
        token_type: "Bearer",
        expires_in,
        refresh_token: (!client.wants_cookie).then_some(refresh),
    }))
}

/// A refresh token, unless it comes as a cookie.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RefreshRequest {
    /// The newest refresh token of the sign-in.
    #[schema(max_length = 100)]
    refresh_token: Option<String>,
}

/// Exchange a refresh token for new tokens; each is good for one exchange.
///
/// A token that was exchanged before ends the sign-in, since somebody must have a copy.
#[utoipa::path(tag = "accounts", security(()), request_body = RefreshRequest, responses((status = 201, body = TokenView), Problems))]
#[post("/sign-ins/refresh")]
pub(super) async fn refresh_sign_in(
    app: Data<App>,
    who: Anyone,
    client: Client,
    body: Body<RefreshRequest>,
) -> Result<HttpResponse, Problem> {
    client.check_origin()?;
    app.gates.pass(Gate::SignIn, &who.address)?;
    let brought = body.value.refresh_token.or(client.brought());
    let required = || Problem::field("refresh_token", Phrase::new(keys::FIELD_REQUIRED));
    let asked = Exchange::new(&app, brought.ok_or_else(required)?);
    let secret = asked.new.secret.clone();
    let exchanged = app.db.write(move |conn| coming_in::exchange(conn, &asked));
    answer(&app, &client, exchanged_for(&exchanged.await?)?, secret)
}

fn exchanged_for(exchanged: &Exchanged) -> Result<(PersonId, SignInId, i32), Refusal> {
    match *exchanged {
        Exchanged::For(person, id, epoch) => Ok((person, id, epoch)),
        Exchanged::JustNow => Err(Refusal::JustRefreshed),
        Exchanged::Copied(id) => {
            tracing::warn!(sign_in = %id, "a spent refresh token came again; the sign-in was ended");
            Err(Refusal::SessionOver)
        }
        Exchanged::Unknown => Err(Refusal::SessionOver),
    }
}

impl From<SignInRequest> for Given {
    fn from(request: SignInRequest) -> Self {
        Self {
            email: request.email,
            password: request.password,
            contact: request.contact,
            code: request.code,
            person: request.person,
            ticket: request.ticket,
        }
    }
}
