//! The browsers that show my messages.
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{Body, DonorCaller, Paged, Path, Problems};
use crate::platform::language::{Phrase, keys};
use crate::platform::notices::push::{self, Endpoint};
use crate::platform::notices::{Subscription, SubscriptionId, subscriptions};
use crate::platform::problem::{Kind, Problem};
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, put};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A browser that shows my messages.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SubscriptionView {
    id: SubscriptionId,
    created_at: Moment,
}

/// What a browser needs to ask its push service for an address.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PushKeyView {
    /// `applicationServerKey`, base64url.
    key: String,
}

/// Show the key with which a browser subscribes.
#[utoipa::path(tag = "messages", responses((status = 200, body = PushKeyView), Problems))]
#[get("/me/push-key")]
pub(super) async fn show_push_key(
    app: Data<App>,
    _: DonorCaller,
) -> Result<Json<PushKeyView>, Problem> {
    let key = push::public_key(&app.keys).map_err(Problem::internal)?;
    Ok(Json(PushKeyView { key }))
}

/// List the browsers that show my messages. `next` is always null.
#[utoipa::path(tag = "messages", responses((status = 200, body = Paged<SubscriptionView>), Problems))]
#[get("/me/push-subscriptions")]
pub(super) async fn list_subscriptions(
    app: Data<App>,
    caller: DonorCaller,
) -> Result<Json<Paged<SubscriptionView>>, Problem> {
    let me = caller.person();
    let found = app.db.read(move |conn| subscriptions::of(conn, me)).await?;
    let view = |one: Subscription| SubscriptionView {
        id: one.id,
        created_at: one.created_at,
    };
    Ok(Json(Paged {
        items: found.into_iter().map(view).collect(),
        next: None,
    }))
}

/// What a browser's `PushSubscription.toJSON()` says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SubscriptionRequest {
    #[schema(max_length = 1000)]
    endpoint: String,
    keys: SubscriptionKeys,
}

/// The keys of a browser.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SubscriptionKeys {
    /// base64url.
    #[schema(max_length = 100)]
    p256dh: String,
    /// base64url.
    #[schema(max_length = 30)]
    auth: String,
}

impl SubscriptionRequest {
    fn read(self, app: &App) -> Result<Endpoint, Problem> {
        let refused = |field: &str| Problem::field(field, Phrase::new(keys::FIELD_DOES_NOT_FIT));
        let endpoint = Endpoint {
            endpoint: self.endpoint,
            p256dh: self.keys.p256dh,
            auth: self.keys.auth,
        };
        let is_asked = endpoint.endpoint.len() <= 1000 && app.net.may_ask(&endpoint.endpoint);
        if !is_asked {
            return Err(refused("endpoint"));
        }
        if endpoint.is_usable() {
            Ok(endpoint)
        } else {
            Err(refused("keys"))
        }
    }
}

/// Let a browser show my messages. The id is made by the browser; the same again replaces it.
#[utoipa::path(tag = "messages", params(("id" = SubscriptionId, Path)), request_body = SubscriptionRequest, responses((status = 204), Problems))]
#[put("/me/push-subscriptions/{id}")]
pub(super) async fn put_subscription(
    app: Data<App>,
    caller: DonorCaller,
    path: Path<SubscriptionId>,
    body: Body<SubscriptionRequest>,
) -> Result<HttpResponse, Problem> {
    let endpoint = body.value.read(&app)?;
    let text = serde_json::to_string(&endpoint).map_err(Problem::internal)?;
    let new = Subscription {
        id: path.0,
        person: caller.person(),
        lookup: app.keys.lookup("push", &endpoint.endpoint),
        sealed: app
            .keys
            .seal(Endpoint::place(path.0), &text, &mut app.rng()),
        waits_until: None,
        created_at: app.now(),
    };
    let kept = app.db.write(move |conn| subscriptions::put(conn, &new));
    if !kept.await? {
        return Err((&Kind::NOT_FOUND).into());
    }
    Ok(HttpResponse::NoContent().finish())
}

/// Let a browser show my messages no more.
#[utoipa::path(tag = "messages", params(("id" = SubscriptionId, Path)), responses((status = 204), Problems))]
#[delete("/me/push-subscriptions/{id}")]
pub(super) async fn remove_subscription(
    app: Data<App>,
    caller: DonorCaller,
    path: Path<SubscriptionId>,
) -> Result<HttpResponse, Problem> {
    let (me, id) = (caller.person(), path.0);
    app.db
        .write(move |conn| subscriptions::remove(conn, me, id))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
