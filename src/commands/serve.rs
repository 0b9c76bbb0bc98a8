//! `giothong serve`.
use super::{metrics, open};
use crate::accounts::operator;
use crate::app;
use crate::platform::App;
use crate::platform::config::Settings;
use crate::platform::jobs::Worker;
use actix_web::HttpServer;
use actix_web::dev::Server;
use actix_web::web::Data;
use anyhow::Context;
use clap::Args;
use std::future::Future;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// Serves until SIGTERM or Ctrl-C.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Only answer requests; leave the background work to other processes.
    #[arg(long)]
    no_worker: bool,
}

impl Serve {
    pub(super) async fn run(self, settings: Settings) -> anyhow::Result<()> {
        let asked_to_end = end()?;
        let app = Data::new(open::app(settings).await?);
        say_how_to_begin(&app).await?;
        let measuring = metrics::start(&app)?;
        let server = listen(&app)?;
        let (stop, stopped) = watch::channel(false);
        let worker = (!self.no_worker).then(|| start_worker(app.clone(), stopped));
        let measured = measuring.as_ref().map(Server::handle);
        if let Some(measuring) = measuring {
            in_background(async { drop(measuring.await) });
        }
        until_asked(&app, server, asked_to_end, &stop).await?;
        if let Some(worker) = worker {
            worker.await?;
        }
        if let Some(measured) = measured {
            measured.stop(true).await;
        }
        Ok(())
    }
}

/// Only who reads what the service prints may make the first administrator.
async fn say_how_to_begin(app: &App) -> anyhow::Result<()> {
    let is_new = app.db.read(operator::is_new).await.map_err(open::reason)?;
    if is_new {
        let code = operator::setup_code(&app.keys);
        super::say(&format!(
            "Nobody has a role here yet. Begin at {}",
            app.link("/app/setup")
        ))?;
        super::say(&format!("with the set-up code {code}"))?;
    }
    Ok(())
}

fn start_worker(app: Data<App>, stopped: watch::Receiver<bool>) -> tokio::task::JoinHandle<()> {
    let worker = Worker {
        app,
        jobs: app::jobs(),
        notices: app::notices(),
    };
    in_background(worker.run(stopped))
}

#[expect(
    clippy::disallowed_methods,
    reason = "parts of the process, not work that must survive it"
)]
fn in_background(part: impl Future<Output = ()> + 'static) -> tokio::task::JoinHandle<()> {
    actix_web::rt::spawn(part)
}

/// Ends when the process is asked to end.
fn end() -> anyhow::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

fn listen(app: &Data<App>) -> anyhow::Result<Server> {
    let (server, shared) = (app.settings.server.clone(), app.clone());
    let running = HttpServer::new(move || app::service(shared.clone()))
        .workers(server.workers)
        .client_request_timeout(Duration::from_secs(server.client_seconds))
        .shutdown_timeout(server.shutdown_seconds)
        .disable_signals()
        .bind(&server.address)
        .with_context(|| format!("cannot listen on {}", server.address))?
        .run();
    tracing::info!(
        address = server.address,
        database = app.db.engine(),
        "serving"
    );
    Ok(running)
}

/// Serves until asked to end; then says so to whoever asks for its health, and only after a while takes no more
/// requests and finishes those it has.
async fn until_asked(
    app: &Data<App>,
    mut server: Server,
    asked_to_end: impl Future<Output = ()>,
    stop: &watch::Sender<bool>,
) -> anyhow::Result<()> {
    tokio::select! {
        ended = &mut server => return Ok(ended?),
        () = asked_to_end => {}
    }
    app.stopping.store(true, Ordering::Relaxed);
    tracing::info!("asked to end: no longer ready");
    stop.send_replace(true);
    let handle = server.handle();
    let notice = Duration::from_secs(app.settings.server.notice_seconds);
    let ending = async {
        tokio::time::sleep(notice).await;
        handle.stop(true).await;
    };
    let ((), ended) = tokio::join!(ending, server);
    tracing::info!("every open request was answered");
    Ok(ended?)
}
