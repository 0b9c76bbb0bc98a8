//! What asked donors say, by the link they were sent; no sign-in.
use super::views::{AnswerRequest, AnswerView, Word};
use crate::calls::actions::{self, Said};
use crate::calls::letters::ANSWER;
use crate::calls::model::{Ask, AskId, Call};
use crate::calls::rules::Refusal;
use crate::calls::store;
use crate::organisations;
use crate::platform::App;
use crate::platform::db::Conn;
use crate::platform::http::{Anyone, Body, Path, Problems, link};
use crate::platform::id::PersonId;
use crate::platform::problem::Problem;
use crate::registrations::model::Deed;
use actix_web::web::{Data, Json};
use actix_web::{get, post, put};

impl From<AnswerRequest> for Said {
    fn from(request: AnswerRequest) -> Self {
        match request.answer {
            Word::Yes => Self::Yes(request.arriving_at),
            Word::No => Self::No,
        }
    }
}

/// Which ask a link is for.
fn ask_of(app: &App, token: &str) -> Result<AskId, Problem> {
    let id = link::read(&app.keys, ANSWER, token).map(AskId);
    id.ok_or_else(|| Refusal::DeadLink.into())
}

fn view(conn: &mut Conn, ask: &Ask, call: &Call) -> Result<AnswerView, Problem> {
    let hospital = organisations::find(conn, call.hospital)?.name;
    let place = organisations::find(conn, call.give_at)?.name;
    Ok(AnswerView::of(ask, call, hospital, place))
}

/// What the asked donor sees; opening a link never answers.
pub(super) async fn look(app: &App, token: &str) -> Result<AnswerView, Problem> {
    let id = ask_of(app, token)?;
    let seen = app.db.read(move |conn| {
        let ask = store::find_ask(conn, id)?;
        let call = store::find(conn, ask.call)?;
        view(conn, &ask, &call)
    });
    seen.await
}

/// Takes what the asked donor says.
pub(super) async fn take(app: &App, token: &str, said: Said) -> Result<AnswerView, Problem> {
    let id = ask_of(app, token)?;
    // Whose answer it is stands in the ask; nobody else acts here.
    let deed = Deed::of(app, PersonId(uuid::Uuid::nil()));
    let answered = app.db.write(move |conn| {
        let (ask, call) = actions::answer(conn, &deed, id, said)?;
        view(conn, &ask, &call)
    });
    answered.await
}

/// Show an ask. Opening it never answers.
#[utoipa::path(tag = "calls", security(()), params(("token" = String, Path)), responses((status = 200, body = AnswerView), Problems))]
#[get("/answers/{token}")]
pub(super) async fn show_answer(
    app: Data<App>,
    _: Anyone,
    token: Path<String>,
) -> Result<Json<AnswerView>, Problem> {
    look(&app, &token.0).await.map(Json)
}

/// Answer an ask.
#[utoipa::path(request_body = AnswerRequest, tag = "calls", security(()), params(("token" = String, Path)), responses((status = 200, body = AnswerView), Problems))]
#[post("/answers/{token}")]
pub(super) async fn give_answer(
    app: Data<App>,
    _: Anyone,
    token: Path<String>,
    body: Body<AnswerRequest>,
) -> Result<Json<AnswerView>, Problem> {
    take(&app, &token.0, body.value.into()).await.map(Json)
}

/// Change an answer.
#[utoipa::path(request_body = AnswerRequest, tag = "calls", security(()), params(("token" = String, Path)), responses((status = 200, body = AnswerView), Problems))]
#[put("/answers/{token}")]
pub(super) async fn change_answer(
    app: Data<App>,
    _: Anyone,
    token: Path<String>,
    body: Body<AnswerRequest>,
) -> Result<Json<AnswerView>, Problem> {
    take(&app, &token.0, body.value.into()).await.map(Json)
}
