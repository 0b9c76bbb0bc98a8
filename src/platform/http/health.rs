//! Whether the process lives, and whether it can do its work.
use super::openapi::Problems;
use crate::platform::App;
use crate::platform::notices;
use crate::platform::problem::{Kind, Problem};
use crate::platform::{http::Anyone, jobs};
use actix_web::get;
use actix_web::web::{Data, Json};
use serde::Serialize;
use utoipa::ToSchema;

/// What an operator wants to know at a glance.
#[derive(Debug, Serialize, ToSchema)]
pub struct HealthView {
    /// `ok` when it can serve.
    pub status: &'static str,
    /// `postgresql` or `sqlite`.
    pub database: &'static str,
    /// Jobs that used up their tries and wait for a person.
    pub dead_jobs: i64,
    /// Notices that could not be delivered.
    pub dead_notices: i64,
}

/// Say that the process lives; asks nothing of anybody.
#[utoipa::path(tag = "operation", security(()), responses((status = 200, body = str, content_type = "text/plain"), Problems))]
#[get("/health/live")]
pub(crate) async fn show_liveness(_: Anyone) -> &'static str {
    "ok"
}

/// Say whether the database answers and how much waits for a person.
#[utoipa::path(tag = "operation", security(()), responses((status = 200, body = HealthView), Problems))]
#[get("/health/ready")]
pub(crate) async fn show_readiness(app: Data<App>, _: Anyone) -> Result<Json<HealthView>, Problem> {
    if app.is_stopping() {
        return Err(Problem::from(&Kind::UNAVAILABLE).retry_after(5));
    }
    let now = app.now();
    let counts = app.db.read(move |conn| {
        Ok::<_, Problem>((jobs::pending(conn, now)?.1, notices::pending(conn, now)?.1))
    });
    let (dead_jobs, dead_notices) = counts.await?;
    Ok(Json(HealthView {
        status: "ok",
        database: app.db.engine(),
        dead_jobs,
        dead_notices,
    }))
}
