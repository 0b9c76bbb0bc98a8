//! What was sent to oneself, and why.
use super::queries::PageQuery;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{DonorCaller, Page, Paged, Problems, Query};
use crate::platform::language::{Key, Language, Phrase, keys, say};
use crate::platform::notices::{self, NoticeId, SentNotice};
use crate::platform::problem::Problem;
use actix_web::get;
use actix_web::web::{Data, Json};
use serde::Serialize;
use utoipa::ToSchema;

/// One message, without its words: they may have held a code or a link that acts.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MessageView {
    id: NoticeId,
    /// What kind of message: `booking-confirmed`, `call-ask` …
    kind: String,
    /// What it was about, in the reader's language.
    title: String,
    /// Why it was sent, in the reader's language.
    why: String,
    sent_at: Moment,
}

impl MessageView {
    fn of(notice: SentNotice, language: Language) -> Self {
        let word = |part, otherwise| {
            let key = Key::find(&format!("message.{}.{part}", notice.kind));
            say(language, &Phrase::new(key.unwrap_or(otherwise)))
        };
        Self {
            title: word("title", keys::MESSAGE_OTHER_TITLE),
            why: word("why", keys::MESSAGE_OTHER_WHY),
            id: notice.id,
            kind: notice.kind,
            sent_at: notice.sent_at,
        }
    }
}

/// Show what was sent to me and why, the newest first.
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
        .read(move |conn| notices::sent_to(conn, me, after, reach))
        .await?;
    let page = page.cut(sent, |notice| (notice.sent_at, notice.id));
    Ok(Json(
        page.map(|notice| MessageView::of(notice, caller.language)),
    ))
}
