//! Is this message yours? By its code and the end of one's number or the start of one's address.
use crate::platform::App;
use crate::platform::gates::Gate;
use crate::platform::http::sheet::{Button, Field, Form as SheetForm, Sheet};
use crate::platform::http::{Anyone, Body, Form, Path, Problems, Routes};
use crate::platform::language::{Key, Language, Phrase, keys, say};
use crate::platform::notices::{self, Asked, Checked, Purpose, shown_code};
use crate::platform::problem::Problem;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The pages on which a message is checked.
pub fn pages(config: &mut Routes<'_, '_>) {
    config
        .service(show_check_page)
        .service(show_check_page_of)
        .service(check_on_page);
}

/// What one knows of oneself.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MessageCheckRequest {
    /// The last three digits of one's own number, or the first three letters of one's own mail address.
    #[schema(min_length = 3, max_length = 254)]
    part: String,
}

/// Whether a message is ours and went to who asks. A code that is not ours and a part that does not fit look the same.
#[derive(Debug, Serialize, ToSchema)]
struct CheckView {
    is_ours: bool,
    /// In whose name it was sent.
    sender: Option<String>,
    /// The day it was sent, where this site is.
    sent_on: Option<chrono::NaiveDate>,
    purpose: Option<Purpose>,
    /// The same as a sentence.
    text: String,
}

/// Asks the rows; limited by address, or codes and digits could be tried out.
async fn ask(
    app: &App,
    anyone: &Anyone,
    code: &str,
    part: &str,
) -> Result<Option<Checked>, Problem> {
    app.gates.pass(Gate::Verify, &anyone.address)?;
    let asked = Asked::new(&app.keys, code, part);
    app.db.read(move |conn| notices::check(conn, &asked)).await
}

/// The answer as a sentence.
fn answer(app: &App, found: Option<&Checked>) -> Phrase {
    let Some(found) = found else {
        return keys::CHECK_NOT_OURS.into();
    };
    let why = Key::find(&format!("message.{}.why", found.kind));
    Phrase::new(keys::CHECK_OURS)
        .with("sender", found.sender.as_str())
        .with("day", found.sent_at.date_in(app.settings.site.time_zone))
        .with("why", Phrase::new(why.unwrap_or(keys::MESSAGE_OTHER_WHY)))
}

/// Say whether a message with this code was sent to the caller.
#[utoipa::path(tag = "messages", security(()), params(("code" = String, Path)), request_body = MessageCheckRequest, responses((status = 200, body = CheckView), Problems))]
#[post("/messages/{code}/check")]
pub(super) async fn check_message(
    app: Data<App>,
    anyone: Anyone,
    path: Path<String>,
    body: Body<MessageCheckRequest>,
) -> Result<Json<CheckView>, Problem> {
    let found = ask(&app, &anyone, &path.0, &body.value.part).await?;
    let zone = app.settings.site.time_zone;
    Ok(Json(CheckView {
        text: say(anyone.language, &answer(&app, found.as_ref())),
        is_ours: found.is_some(),
        sent_on: found.as_ref().map(|found| found.sent_at.date_in(zone)),
        purpose: found.as_ref().map(|found| found.purpose),
        sender: found.map(|found| found.sender),
    }))
}

fn form(language: Language, code: &str) -> SheetForm {
    let field = |name, label: Key, value: &str| Field {
        name,
        kind: "text",
        label: say(language, &label.into()),
        value: value.to_owned(),
    };
    SheetForm {
        action: "/v".to_owned(),
        fields: vec![
            field("code", keys::CHECK_CODE, code),
            field("part", keys::CHECK_PART, ""),
        ],
        buttons: vec![Button {
            name: "act",
            value: "check".to_owned(),
            label: say(language, &keys::CHECK_BUTTON.into()),
            style: "first",
        }],
        ..SheetForm::default()
    }
}

fn page(app: &App, language: Language, code: &str) -> Result<HttpResponse, Problem> {
    Sheet::new(app, language, keys::CHECK_TITLE)
        .tell(keys::CHECK_ASK)
        .tell(keys::MAIL_FOOTER_NEVER)
        .form(form(language, code))
        .respond()
}

/// Ask for the code of a message and a part of one's contact.
#[utoipa::path(tag = "pages", security(()), responses((status = 200, body = str, content_type = "text/html"), Problems))]
#[get("/v")]
async fn show_check_page(app: Data<App>, anyone: Anyone) -> Result<HttpResponse, Problem> {
    page(&app, anyone.language, "")
}

/// The same with the code filled in.
#[utoipa::path(tag = "pages", security(()), params(("code" = String, Path)), responses((status = 200, body = str, content_type = "text/html"), Problems))]
#[get("/v/{code}")]
async fn show_check_page_of(
    app: Data<App>,
    anyone: Anyone,
    path: Path<String>,
) -> Result<HttpResponse, Problem> {
    page(&app, anyone.language, &path.0)
}

/// What the form of that page sends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CheckForm {
    code: String,
    part: String,
    #[serde(rename = "act")]
    _act: Option<String>,
}

/// Say whether the message is ours.
#[utoipa::path(request_body(content = CheckForm, content_type = "application/x-www-form-urlencoded"), tag = "pages", security(()), responses((status = 200, body = str, content_type = "text/html"), Problems))]
#[post("/v")]
async fn check_on_page(
    app: Data<App>,
    anyone: Anyone,
    form: Form<CheckForm>,
) -> Result<HttpResponse, Problem> {
    let CheckForm { code, part, .. } = form.0;
    let found = ask(&app, &anyone, &code, &part).await?;
    let title = if found.is_some() {
        keys::CHECK_OURS_TITLE
    } else {
        keys::CHECK_NOT_OURS_TITLE
    };
    let shown = Phrase::new(keys::CHECK_ASKED).with("code", shown_code(&code));
    Sheet::new(&app, anyone.language, title)
        .tell(answer(&app, found.as_ref()))
        .tell(shown)
        .tell(keys::MAIL_FOOTER_NEVER)
        .link(keys::CHECK_AGAIN, "/v")
        .respond()
}
