//! Messages and jobs that used up their tries, for the administrator: without a word about whom they concern.
use super::queries::QueueQuery;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{Admin, Page, Paged, Path, Problems, Query};
use crate::platform::jobs::{self, DeadJob, JobId};
use crate::platform::notices::{self, Channel, DeadNotice, NoticeChange, NoticeId};
use crate::platform::problem::{Kind, Problem};
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use serde::Serialize;
use utoipa::ToSchema;

/// A message that could not be delivered; to whom is not said.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DeadNoticeView {
    id: NoticeId,
    /// What kind of message.
    kind: String,
    /// What the last try said, addresses left out.
    error: Option<String>,
    created_at: Moment,
}

impl From<DeadNotice> for DeadNoticeView {
    fn from(notice: DeadNotice) -> Self {
        Self {
            id: notice.id,
            kind: notice.kind,
            error: notice.last_error.as_deref().map(without_addresses),
            created_at: notice.created_at,
        }
    }
}

/// A job that could not be done.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DeadJobView {
    id: JobId,
    /// What kind of job.
    kind: String,
    /// What the last try said, addresses left out.
    error: Option<String>,
    created_at: Moment,
}

impl From<DeadJob> for DeadJobView {
    fn from(job: DeadJob) -> Self {
        Self {
            id: job.id,
            kind: job.kind,
            error: job.last_error.as_deref().map(without_addresses),
            created_at: job.created_at,
        }
    }
}

/// A mail server repeats the address it refuses; telephone gateways the number.
fn without_addresses(error: &str) -> String {
    let is_address =
        |word: &&str| word.contains('@') || word.chars().filter(char::is_ascii_digit).count() >= 8;
    let words = error.split(' ');
    let words = words.map(|word| if is_address(&word) { "…" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

/// List messages that could not be delivered, the oldest first.
#[utoipa::path(tag = "operation", params(QueueQuery), responses((status = 200, body = Paged<DeadNoticeView>), Problems))]
#[get("/notices")]
pub(super) async fn list_dead_notices(
    app: Data<App>,
    _: Admin,
    query: Query<QueueQuery>,
) -> Result<Json<Paged<DeadNoticeView>>, Problem> {
    let page = Page::<NoticeId>::of(query.0.limit, query.0.after.as_deref())?;
    let (after, reach) = (page.after, page.reach());
    let dead = app
        .db
        .read(move |conn| notices::dead(conn, after, reach))
        .await?;
    let page = page.cut(dead, |notice| notice.id);
    Ok(Json(page.map(DeadNoticeView::from)))
}

/// Try once more to deliver a message.
#[utoipa::path(tag = "operation", params(("id" = NoticeId, Path)), responses((status = 204), Problems))]
#[post("/notices/{id}/retry")]
pub(super) async fn retry_notice(
    app: Data<App>,
    _: Admin,
    path: Path<NoticeId>,
) -> Result<HttpResponse, Problem> {
    let (id, now) = (path.0, app.now());
    let revived = app.db.write(move |conn| notices::retry(conn, id, now));
    revived_or_absent(revived.await?)
}

/// One state a message was in.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NoticeChangeView {
    /// `sending`, `sent`, `delivered`, `failed`, `later`, `refused`, `dropped`, `dead` or `used`.
    state: String,
    channel: Option<Channel>,
    /// What the other side said, addresses left out, or why.
    detail: Option<String>,
    at: Moment,
}

/// Show what happened to a message, the oldest first. `next` is always null.
#[utoipa::path(tag = "operation", params(("id" = NoticeId, Path)), responses((status = 200, body = Paged<NoticeChangeView>), Problems))]
#[get("/notices/{id}/changes")]
pub(super) async fn list_notice_changes(
    app: Data<App>,
    _: Admin,
    path: Path<NoticeId>,
) -> Result<Json<Paged<NoticeChangeView>>, Problem> {
    let id = path.0;
    let changes = app.db.read(move |conn| {
        notices::find(conn, id)?;
        notices::history(conn, id)
    });
    let view = |change: NoticeChange| NoticeChangeView {
        detail: change.detail.as_deref().map(without_addresses),
        state: change.state,
        channel: change.channel,
        at: change.changed_at,
    };
    Ok(Json(Paged {
        items: changes.await?.into_iter().map(view).collect(),
        next: None,
    }))
}

/// List jobs that could not be done, the oldest first.
#[utoipa::path(tag = "operation", params(QueueQuery), responses((status = 200, body = Paged<DeadJobView>), Problems))]
#[get("/jobs")]
pub(super) async fn list_dead_jobs(
    app: Data<App>,
    _: Admin,
    query: Query<QueueQuery>,
) -> Result<Json<Paged<DeadJobView>>, Problem> {
    let page = Page::<JobId>::of(query.0.limit, query.0.after.as_deref())?;
    let (after, reach) = (page.after, page.reach());
    let dead = app
        .db
        .read(move |conn| jobs::dead(conn, after, reach))
        .await?;
    let page = page.cut(dead, |job| job.id);
    Ok(Json(page.map(DeadJobView::from)))
}

/// Try once more to do a job.
#[utoipa::path(tag = "operation", params(("id" = JobId, Path)), responses((status = 204), Problems))]
#[post("/jobs/{id}/retry")]
pub(super) async fn retry_job(
    app: Data<App>,
    _: Admin,
    path: Path<JobId>,
) -> Result<HttpResponse, Problem> {
    let (id, now) = (path.0, app.now());
    let revived = app.db.write(move |conn| jobs::retry(conn, id, now));
    revived_or_absent(revived.await?)
}

fn revived_or_absent(is_revived: bool) -> Result<HttpResponse, Problem> {
    if is_revived {
        Ok(HttpResponse::NoContent().finish())
    } else {
        Err((&Kind::NOT_FOUND).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_shown_without_the_address_it_names() {
        assert_eq!(
            without_addresses("550 5.1.1 <hoa@example.vn>: no such user"),
            "550 5.1.1 … no such user"
        );
        assert_eq!(
            without_addresses("number +84912345678 is off"),
            "number … is off"
        );
    }
}
