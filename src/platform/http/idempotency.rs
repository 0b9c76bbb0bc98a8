//! The same request sent twice does its work once: the answer is kept beside the effect, in its transaction.
use super::extract::Body;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::schema::idempotency_keys;
use crate::platform::db::{Conn, Json, Prepare};
use crate::platform::id::PersonId;
use crate::platform::problem::{Kind, Problem};
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::Value;
use std::future::{Ready, ready};

/// An answer that can be kept and given again.
#[derive(Debug, Clone)]
pub struct Answer {
    status: u16,
    body: Value,
}

/// 201 with what was made.
pub fn created<V: Serialize>(view: V) -> Result<Answer, Problem> {
    answer(201, view)
}

/// 202 with what will be.
pub fn accepted<V: Serialize>(view: V) -> Result<Answer, Problem> {
    answer(202, view)
}

/// 200 with what is so now.
pub fn done<V: Serialize>(view: V) -> Result<Answer, Problem> {
    answer(200, view)
}

fn answer<V: Serialize>(status: u16, view: V) -> Result<Answer, Problem> {
    Ok(Answer {
        status,
        body: serde_json::to_value(view).map_err(Problem::internal)?,
    })
}

impl From<Answer> for HttpResponse {
    fn from(answer: Answer) -> Self {
        let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
        HttpResponse::build(status).json(answer.body)
    }
}

/// The request's `Idempotency-Key`, if it has one, with the route it was sent to.
#[derive(Debug, Clone)]
pub struct Once {
    key: Option<String>,
    route: String,
    digest: Vec<u8>,
}

impl Once {
    /// The key over this body too: the same key with another body is a mistake.
    #[must_use]
    pub fn over<T>(mut self, body: &Body<T>) -> Self {
        self.digest = body.digest.to_vec();
        self
    }

    /// The same over a body that is no JSON, by the digest of its bytes.
    #[must_use]
    pub fn over_bytes(mut self, digest: &[u8]) -> Self {
        self.digest = digest.to_vec();
        self
    }
}

impl FromRequest for Once {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(once(request))
    }
}

fn once(request: &HttpRequest) -> Result<Once, Problem> {
    let key = request
        .headers()
        .get("idempotency-key")
        .map(|value| value.to_str().unwrap_or_default());
    if key.is_some_and(|key| key.is_empty() || key.len() > 100 || key.chars().any(char::is_control))
    {
        return Err((&Kind::KEY_INVALID).into());
    }
    let route = format!("{} {}", request.method(), request.path());
    Ok(Once {
        key: key.map(str::to_owned),
        route,
        digest: Vec::new(),
    })
}

#[derive(Insertable, Queryable)]
#[diesel(table_name = idempotency_keys)]
struct Kept {
    person: PersonId,
    route: String,
    key: String,
    body_hash: String,
    status: i32,
    answer: Json,
    created_at: Moment,
}

/// Runs `job` as one unit of work, or gives again what the same request was answered before.
pub async fn answer_once<E: Into<Problem>>(
    app: &App,
    person: PersonId,
    once: Once,
    job: impl FnOnce(&mut Conn) -> Result<Answer, E> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let Some(key) = once.key else {
        return Ok(app.db.write(job).await?.into());
    };
    let body_hash = app
        .keys
        .lookup("idempotency", &URL_SAFE_NO_PAD.encode(&once.digest));
    let used = Used {
        person,
        route: once.route,
        key,
        body_hash,
    };
    let (keeping, now) = (used.clone(), app.now());
    let outcome = app.db.write(move |conn| {
        let answer = job(conn).map_err(Into::into)?;
        keep(conn, &keeping.with(&answer, now)).map(|()| answer)
    });
    match outcome.await {
        Ok(answer) => Ok(answer.into()),
        // The key is looked up only now: the first time, which is nearly always, costs no question.
        Err(refused) => answer_again(app, used, refused).await,
    }
}

/// What the same request was answered before; else it stays refused.
async fn answer_again(app: &App, used: Used, refused: Problem) -> Result<HttpResponse, Problem> {
    let body_hash = used.body_hash.clone();
    let before = app.db.read(move |conn| find(conn, &used)).await?;
    match before {
        Some(kept) if kept.body_hash == body_hash => Ok(kept.again().into()),
        Some(_) => Err((&Kind::KEY_REUSED).into()),
        None => Err(refused),
    }
}

/// A key as it was used: by whom, where, over which body.
#[derive(Clone)]
struct Used {
    person: PersonId,
    route: String,
    key: String,
    body_hash: String,
}

impl Used {
    fn with(self, answer: &Answer, now: Moment) -> Kept {
        Kept {
            person: self.person,
            route: self.route,
            key: self.key,
            body_hash: self.body_hash,
            status: answer.status.into(),
            answer: Json(answer.body.clone()),
            created_at: now,
        }
    }
}

impl Kept {
    fn again(self) -> Answer {
        Answer {
            status: u16::try_from(self.status).unwrap_or(200),
            body: self.answer.0,
        }
    }
}

/// Keeps the answer; a key that is there already, or is being written by the same request's twin, undoes the work.
fn keep(conn: &mut Conn, row: &Kept) -> Result<(), Problem> {
    let kept = crate::on_each!(conn => diesel::insert_into(idempotency_keys::table).values(row).on_conflict_do_nothing().prepared().execute(conn));
    match kept {
        Ok(1) => Ok(()),
        Ok(_) => Err(Problem::from(&Kind::STILL_RUNNING).retry_after(1)),
        Err(error) => {
            let problem = Problem::from(error);
            let is_passing = problem.kind() == &Kind::UNAVAILABLE;
            Err(if is_passing {
                Problem::from(&Kind::STILL_RUNNING).retry_after(1)
            } else {
                problem
            })
        }
    }
}

fn find(conn: &mut Conn, used: &Used) -> QueryResult<Option<Kept>> {
    idempotency_keys::table
        .find((used.person, &used.route, &used.key))
        .first(conn)
        .optional()
}

/// Forgets keys older than `before`; called by the purge job.
pub fn purge(conn: &mut Conn, before: Moment) -> QueryResult<usize> {
    diesel::delete(idempotency_keys::table.filter(idempotency_keys::created_at.lt(before)))
        .execute(conn)
}

/// Forgets what this person was answered.
pub fn forget(conn: &mut Conn, person: PersonId) -> QueryResult<()> {
    diesel::delete(idempotency_keys::table.filter(idempotency_keys::person.eq(person)))
        .execute(conn)
        .map(drop)
}
