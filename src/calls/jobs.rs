//! What calls do by themselves: send waves, reach the next coordinator, notice who drops out, and end in time.
use super::actions::{self, Manner};
use super::model::{Call, CallId, CallState};
use super::store::{self, Turn};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::config::Settings;
use crate::platform::db::Conn;
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::jobs::{Every, Job, Registry, enqueue};
use crate::platform::notices::rules::QuietHours;
use crate::platform::problem::Problem;
use crate::registrations::model::Deed;
use diesel::QueryResult;
use serde::{Deserialize, Serialize};

/// Adds what calls do by themselves.
pub fn jobs(registry: Registry) -> Registry {
    registry
        .with::<SendWave>()
        .with::<ReachNext>()
        .every::<EndOverdue>(Every::Minutes(5))
        .every::<SettleOpen>(Every::Minutes(1))
        .every::<LearnAnswers>(Every::DailyAt(|_| QUIET_HOUR))
}

/// The hour in which nobody minds a minute of work.
const QUIET_HOUR: u32 = 3;

/// Asks the next donors of one call, while units are missing.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SendWave {
    call: CallId,
    /// When it was to go out; the call knows which one counts.
    #[serde(default)]
    due: Option<Moment>,
}

/// Asks the coordinators above those who gave no word.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ReachNext {
    call: CallId,
    after: OrganisationId,
}

/// Ends the calls whose time is over.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct EndOverdue {}

/// Learns from the answers of calls that are filled or over how often and how soon donors say yes.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct LearnAnswers {}

/// Opens calls again that counted on somebody who dropped out by another way.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct SettleOpen {}

/// Queues the next wave of a call; one that was queued before sends nothing any more.
pub(super) fn wave_at(
    conn: &mut Conn,
    deed: &Deed,
    call: &Call,
    at: Moment,
) -> Result<Call, Problem> {
    let turn = Turn {
        next_wave_at: Some(at),
        ..Turn::of(call)
    };
    store::put_turn(conn, call.id, turn)?;
    let job = SendWave {
        call: call.id,
        due: Some(at),
    };
    enqueue(conn, &job, at, deed.stamp())?;
    Ok(Call {
        next_wave_at: Some(at),
        ..call.clone()
    })
}

/// Queues asking the coordinators above a body.
pub(super) fn reach_at(
    conn: &mut Conn,
    deed: &Deed,
    (call, after): (CallId, OrganisationId),
    at: Moment,
) -> QueryResult<()> {
    enqueue(conn, &ReachNext { call, after }, at, deed.stamp())
}

impl Manner {
    /// As the settings say.
    pub(super) fn of(app: &App) -> Self {
        Self::by(&app.settings)
    }

    /// As these settings say.
    pub(super) fn by(settings: &Settings) -> Self {
        Self {
            calls: settings.calls.clone(),
            zone: settings.site.time_zone,
            quiet: QuietHours::by(&settings.notices),
        }
    }
}

/// Who the service is when it acts by its own rules.
fn service() -> PersonId {
    PersonId(uuid::Uuid::nil())
}

async fn act(
    app: &App,
    work: impl FnOnce(&mut Conn, &Deed, &Manner) -> Result<(), Problem> + Send + 'static,
) -> anyhow::Result<()> {
    let (deed, manner) = (Deed::of(app, service()), Manner::of(app));
    let done = app.db.write(move |conn| work(conn, &deed, &manner)).await;
    done.map_err(told)
}

#[expect(clippy::needless_pass_by_value, reason = "what map_err hands over")]
fn told(problem: Problem) -> anyhow::Error {
    anyhow::anyhow!("{problem}: {}", problem.causes())
}

impl Job for SendWave {
    const KIND: &'static str = "calls.send-wave";

    async fn run(self, app: &App) -> anyhow::Result<()> {
        act(app, move |conn, deed, manner| {
            let call = store::find(conn, self.call)?;
            let is_due = self.due.is_none() || self.due == call.next_wave_at;
            if !is_due || !call.is_asking(deed.now) {
                return Ok(());
            }
            let asked = actions::send(conn, deed, &call, manner)?;
            tracing::info!(call = %call.id, asked, "a wave went out");
            Ok(())
        })
        .await
    }
}

impl Job for ReachNext {
    const KIND: &'static str = "calls.reach-next";

    async fn run(self, app: &App) -> anyhow::Result<()> {
        act(app, move |conn, deed, manner| {
            let call = store::find(conn, self.call)?;
            if call.state != CallState::Submitted {
                return Ok(());
            }
            actions::reach(conn, deed, &call, (Some(self.after), manner))
        })
        .await
    }
}

impl Job for EndOverdue {
    const KIND: &'static str = "calls.end-overdue";

    async fn run(self, app: &App) -> anyhow::Result<()> {
        act(app, |conn, deed, _| {
            let overdue = store::overdue(conn, deed.now)?;
            overdue
                .into_iter()
                .try_for_each(|call| actions::expire(conn, deed, call))
        })
        .await
    }
}

impl Job for SettleOpen {
    const KIND: &'static str = "calls.settle-open";

    async fn run(self, app: &App) -> anyhow::Result<()> {
        act(app, |conn, deed, _| actions::settle_all(conn, deed)).await
    }
}

impl Job for LearnAnswers {
    const KIND: &'static str = "calls.learn-answers";

    /// Two years of asks are gone through by a reader, so that nobody who writes waits for it.
    async fn run(self, app: &App) -> anyhow::Result<()> {
        let (now, manner) = (app.now(), Manner::of(app));
        let study = move |conn: &mut Conn| actions::study(conn, (now, &manner));
        let learnt = app.db.read(study).await;
        let (lesson, rates) = learnt.map_err(told)?;
        if rates.is_empty() {
            return Ok(());
        }
        let keep = move |conn: &mut Conn| store::put_lesson(conn, &lesson, &rates);
        app.db.write(keep).await.map_err(told)
    }
}
