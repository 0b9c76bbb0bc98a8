//! What was sent to oneself, and why.
use super::queries::PageQuery;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{Body, DonorCaller, Page, Paged, Problems, Query};
use crate::platform::language::{Key, Language, Phrase, keys, say};
use crate::platform::notices::{self, Channel, Message, NoticeId, shown_code};
use crate::platform::problem::Problem;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, put};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether it left.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Fate {
    /// By the way `channel` names.
    Sent,
    /// It did not; `reason` says why.
    NotSent,
}

/// One message in short. Its full words may have held a code or a link that acts, and are kept nowhere.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MessageView {
    id: NoticeId,
    /// What kind of message: `booking-confirmed`, `call-ask` …
    kind: String,
    /// What it said or was about, in the reader's language.
    title: String,
    /// The sentence under it.
    body: Option<String>,
    /// Where it leads on this site.
    link: Option<String>,
    /// Why it was sent, in the reader's language.
    why: String,
    state: Fate,
    channel: Option<Channel>,
    /// Why it was not sent, in the reader's language.
    reason: Option<String>,
    /// In whose name.
    sender: Option<String>,
    /// By which it can be checked at `/v`: `K7M2-Q9TX`.
    code: Option<String>,
    /// When it left, or was found not to.
    sent_at: Moment,
    read_at: Option<Moment>,
}

impl MessageView {
    fn of(message: Message, language: Language) -> Self {
        let word = |key: String, otherwise| {
            let key = Key::find(&key);
            say(language, &Phrase::new(key.unwrap_or(otherwise)))
        };
        let part = |part, otherwise| word(format!("message.{}.{part}", message.kind), otherwise);
        let is_sent = message.state == "sent";
        let said = message.said().filter(|_| is_sent).unwrap_or_default();
        let reason = message.reason.as_deref().unwrap_or("undelivered");
        Self {
            title: said
                .title
                .unwrap_or_else(|| part("title", keys::MESSAGE_OTHER_TITLE)),
            body: said.body,
            link: said.link,
            why: part("why", keys::MESSAGE_OTHER_WHY),
            state: if is_sent { Fate::Sent } else { Fate::NotSent },
            channel: message.channel.filter(|_| is_sent),
            reason: (!is_sent).then(|| word(format!("refusal.{reason}"), keys::REFUSAL_NO_LONGER)),
            sender: Some(said.sender).filter(|sender| !sender.is_empty()),
            code: message.code.as_deref().filter(|_| is_sent).map(shown_code),
            id: message.id,
            kind: message.kind,
            sent_at: message.settled_at,
            read_at: message.read_at,
        }
    }
}

/// Show what was sent to me, what was not, and why, the newest first.
#[utoipa::path(tag = "accounts", params(PageQuery), responses((status = 200, body = Paged<MessageView>), Problems))]
#[get("/me/messages")]
pub(super) async fn list_messages(
    app: Data<App>,
    caller: DonorCaller,
    query: Query<PageQuery>,
) -> Result<Json<Paged<MessageView>>, Problem> {
    let page = Page::<(Moment, NoticeId)>::of(query.0.limit, query.0.after.as_deref())?;
    let (me, after, reach) = (caller.person(), page.after, page.reach());
    let sent = app
        .db
        .read(move |conn| notices::inbox(conn, me, after, reach))
        .await?;
    let page = page.cut(sent, |message| (message.settled_at, message.id));
    Ok(Json(
        page.map(|message| MessageView::of(message, caller.language)),
    ))
}

/// How many messages wait to be read.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct UnreadView {
    unread: i64,
}

/// Count the messages that wait to be read.
#[utoipa::path(tag = "accounts", responses((status = 200, body = UnreadView), Problems))]
#[get("/me/messages/unread")]
pub(super) async fn count_unread(
    app: Data<App>,
    caller: DonorCaller,
) -> Result<Json<UnreadView>, Problem> {
    let me = caller.person();
    let unread = app.db.read(move |conn| notices::unread(conn, me)).await?;
    Ok(Json(UnreadView { unread }))
}

/// Up to which message one has read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadRequest {
    /// The `sent_at` of the newest message one saw.
    until: Moment,
}

/// Mark as read what was sent until a moment.
#[utoipa::path(tag = "accounts", request_body = ReadRequest, responses((status = 204), Problems))]
#[put("/me/messages/read")]
pub(super) async fn read_messages(
    app: Data<App>,
    caller: DonorCaller,
    body: Body<ReadRequest>,
) -> Result<HttpResponse, Problem> {
    let (me, until, now) = (caller.person(), body.value.until, app.now());
    app.db
        .write(move |conn| notices::read_all(conn, me, until, now))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
