//! `giothong serve`.
use super::open;
use crate::app;
use crate::platform::App;
use crate::platform::config::Settings;
use crate::platform::jobs::Worker;
use actix_web::HttpServer;
use actix_web::web::Data;
use clap::Args;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::watch;

/// Serves until SIGTERM or Ctrl-C.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Only answer requests; leave the background work to other processes.
    #[arg(long)]
    no_worker: bool,
}

impl Serve {
    pub(super) fn run(self, settings: Settings) -> anyhow::Result<()> {
        actix_web::rt::System::new().block_on(self.serve(settings))
    }

    async fn serve(self, settings: Settings) -> anyhow::Result<()> {
        let app = Data::new(open::app(settings)?);
        let pending = app.db.pending()?;
        anyhow::ensure!(
            pending == 0,
            "the tables are {pending} steps behind; run `giothong migrate`"
        );
        let (stop, stopped) = watch::channel(false);
        let worker = (!self.no_worker).then(|| start_worker(app.clone(), stopped));
        listen(app.clone()).await?;
        stop.send_replace(true);
        if let Some(worker) = worker {
            worker.await?;
        }
        Ok(())
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the worker that does the jobs"
)]
fn start_worker(app: Data<App>, stopped: watch::Receiver<bool>) -> tokio::task::JoinHandle<()> {
    let worker = Worker {
        app,
        jobs: app::jobs(),
        notices: app::notices(),
    };
    actix_web::rt::spawn(worker.run(stopped))
}

async fn listen(app: Data<App>) -> anyhow::Result<()> {
    let server = app.settings.server.clone();
    let shared = app.clone();
    let running = HttpServer::new(move || app::service(shared.clone()))
        .workers(server.workers)
        .client_request_timeout(Duration::from_secs(server.client_seconds))
        .shutdown_timeout(server.shutdown_seconds)
        .bind(&server.address)?
        .run();
    tracing::info!(
        address = server.address,
        database = app.db.engine(),
        "serving"
    );
    running.await?;
    app.stopping.store(true, Ordering::Relaxed);
    Ok(())
}
