//! What the SMS or Zalo provider tells us afterwards: delivered or not, and that somebody answered STOP.
use crate::people::Contact;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::http::{Anyone, Problems, extract};
use crate::platform::id::AnyId;
use crate::platform::notices::receipts::{self, Receipt};
use crate::platform::notices::{NoticeId, gateway, stops};
use crate::platform::problem::{Kind, Problem};
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse, post};
use serde::Deserialize;
use utoipa::ToSchema;

const UNSIGNED: Kind = Kind::new("receipt-unsigned", 403);

/// What became of messages, and who wants no more.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReceiptsRequest {
    #[serde(default)]
    #[schema(max_items = 500)]
    receipts: Vec<ReceiptRequest>,
    /// Numbers whose owners answered STOP.
    #[serde(default)]
    #[schema(max_items = 500)]
    stops: Vec<String>,
}

/// What became of one message.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReceiptRequest {
    /// As we sent it along.
    reference: NoticeId,
    status: Status,
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Status {
    /// On the telephone.
    Delivered,
    /// It never will be.
    Failed,
}

impl From<Status> for Receipt {
    fn from(status: Status) -> Self {
        match status {
            Status::Delivered => Self::Delivered,
            Status::Failed => Self::Failed,
        }
    }
}

/// Take receipts and STOP replies, signed as our own requests are: `X-Giothong-Signature`. Again changes nothing.
#[utoipa::path(tag = "messages", security(()), request_body = ReceiptsRequest, responses((status = 204), Problems))]
#[post("/gateway/receipts")]
pub(super) async fn take_receipts(
    app: Data<App>,
    _: Anyone,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let body = extract::collect(payload.into_inner(), app.settings.limits.body_bytes).await?;
    let taken = Taken::read(&app, &request, &body)?;
    app.db.write(move |conn| taken.keep(conn)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Everything of one request, read.
struct Taken {
    receipts: Vec<(AnyId, ReceiptRequest)>,
    stops: Vec<String>,
    now: Moment,
}

impl Taken {
    fn read(app: &App, request: &HttpRequest, body: &[u8]) -> Result<Self, Problem> {
        let proof = request.headers().get(gateway::SIGNATURE);
        let proof = proof.and_then(|proof| proof.to_str().ok());
        let secret = app.settings.gateway.secret.reveal();
        if !gateway::is_signed(secret, app.now(), body, proof.unwrap_or_default()) {
            return Err((&UNSIGNED).into());
        }
        let read: ReceiptsRequest = extract::parse(body)?;
        let numbers = read.stops.iter();
        let numbers = numbers.filter_map(|number| Contact::parse(number).ok());
        let receipts = read.receipts.into_iter();
        Ok(Self {
            receipts: receipts.map(|receipt| (app.id(), receipt)).collect(),
            stops: numbers.map(|number| number.lookup(&app.keys)).collect(),
            now: app.now(),
        })
    }

    fn keep(self, conn: &mut Conn) -> Result<(), Problem> {
        for (id, receipt) in &self.receipts {
            let ids = (*id, receipt.reference);
            receipts::keep(conn, ids, receipt.status.into(), self.now)?;
        }
        let why = stops::StopReason::Asked;
        Ok(stops::put(conn, &self.stops, None, why, self.now)?)
    }
}
