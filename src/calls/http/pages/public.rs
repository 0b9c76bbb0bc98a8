//! `/c/{call}`: how a call stands, for anyone who was sent it. Says clearly when it is over.
use super::until;
use crate::calls::http::public::{self, KEPT};
use crate::calls::http::views::PublicCallView;
use crate::calls::model::{CallId, CallState};
use crate::platform::App;
use crate::platform::http::sheet::Sheet;
use crate::platform::http::{Anyone, Path, Problems};
use crate::platform::language::{Key, Language, Phrase, keys};
use crate::platform::problem::Problem;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue, VARY};
use actix_web::web::Data;
use actix_web::{HttpResponse, get};

/// Tell anyone how a call stands, on a page; it may be kept for ten seconds.
#[utoipa::path(tag = "pages", security(()), params(("id" = CallId, Path)), responses((status = 200, body = str, content_type = "text/html"), Problems))]
#[get("/c/{id}")]
pub(in crate::calls::http) async fn show_call_page(
    app: Data<App>,
    anyone: Anyone,
    id: Path<CallId>,
) -> Result<HttpResponse, Problem> {
    let view = public::look(&app, id.0).await?;
    let mut answer = sheet(&app, anyone.language, &view).respond()?;
    let headers = answer.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(KEPT));
    headers.insert(VARY, HeaderValue::from_static("Accept-Language"));
    Ok(answer)
}

/// The heading, what it says, and the picture of previews.
fn shown(view: &PublicCallView) -> (Key, Key, &'static str) {
    match view.state {
        CallState::Filled => (
            keys::CALL_PUBLIC_TITLE_FILLED,
            keys::CALL_PUBLIC_FILLED,
            "/assets/call-filled.png",
        ),
        _ if view.is_over => (
            keys::CALL_PUBLIC_TITLE_OVER,
            keys::CALL_PUBLIC_OVER,
            "/assets/call-over.png",
        ),
        _ => (
            keys::CALL_PUBLIC_TITLE,
            keys::CALL_PUBLIC_ASKING,
            "/assets/call-open.png",
        ),
    }
}

fn sheet(app: &App, language: Language, view: &PublicCallView) -> Sheet {
    let (title, words, picture) = shown(view);
    let filled = |key| {
        Phrase::new(key)
            .with("group", view.blood_group.as_str())
            .with("units", language.number(view.units_missing))
            .with("place", view.place.as_str())
            .with("until", until(app, language, view.arrive_by))
    };
    let sheet = Sheet::new(app, language, filled(title))
        .picture(app.link(picture))
        .tell(filled(words));
    let sheet = if view.is_over {
        sheet
    } else {
        sheet
            .fact(keys::CALL_PUBLIC_GROUP, view.blood_group.as_str())
            .fact(
                keys::CALL_PUBLIC_MISSING,
                language.number(view.units_missing),
            )
    };
    // Mostly they give where the patient lies: then it is said once.
    let sheet = if view.place == view.hospital {
        sheet
    } else {
        sheet.fact(keys::CALL_PUBLIC_HOSPITAL, view.hospital.clone())
    };
    sheet
        .fact(keys::CALL_PAGE_PLACE, view.place.clone())
        .fact(keys::CALL_PAGE_UNTIL, until(app, language, view.arrive_by))
        .tell(keys::CALL_PAGE_TRUST)
}
