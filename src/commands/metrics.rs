//! Numbers for the operator, on an address of their own that nobody outside reaches.
use crate::platform::App;
use crate::platform::{jobs, notices};
use actix_web::web::{self, Data};
use actix_web::{HttpResponse, HttpServer, dev::Server};
use anyhow::Context;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::time::Duration;

/// Seconds that requests usually take, as the edges of what is counted.
const EDGES: [f64; 12] = [
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0,
];
/// How often what was measured is gathered, so that it stays small when nobody reads it.
const GATHER: Duration = Duration::from_secs(5);

/// Begins to measure, and answers `/metrics` in the text form of Prometheus; nothing when no address is set.
pub(super) fn start(app: &Data<App>) -> anyhow::Result<Option<Server>> {
    let address = app.settings.server.metrics_address.clone();
    if address.is_empty() {
        return Ok(None);
    }
    let measured = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &EDGES)?
        .install_recorder()?;
    let shared = (app.clone(), Data::new(measured.clone()));
    let server = HttpServer::new(move || {
        let (app, measured) = shared.clone();
        actix_web::App::new()
            .app_data(app)
            .app_data(measured)
            .route("/metrics", web::get().to(show_metrics))
    });
    let server = server
        .workers(1)
        .disable_signals()
        .bind(&address)
        .with_context(|| format!("cannot listen on {address}"))?
        .run();
    gather(measured);
    Ok(Some(server))
}

#[expect(
    clippy::disallowed_methods,
    reason = "no work of the service: keeps its own numbers small"
)]
fn gather(measured: PrometheusHandle) {
    actix_web::rt::spawn(async move {
        loop {
            tokio::time::sleep(GATHER).await;
            measured.run_upkeep();
        }
    });
}

async fn show_metrics(app: Data<App>, measured: Data<PrometheusHandle>) -> HttpResponse {
    let now = app.now();
    let queues = app
        .db
        .read(move |conn| {
            Ok::<_, diesel::result::Error>((
                jobs::pending(conn, now)?,
                notices::pending(conn, now)?,
            ))
        })
        .await;
    metrics::gauge!("database_up").set(f64::from(u8::from(queues.is_ok())));
    if let Ok((jobs, notices)) = queues {
        for (queue, (due, dead)) in [("jobs", jobs), ("notices", notices)] {
            metrics::gauge!("queue_due", "queue" => queue).set(gauge(due));
            metrics::gauge!("queue_dead", "queue" => queue).set(gauge(dead));
        }
    }
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(measured.render())
}

fn gauge(count: i64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
