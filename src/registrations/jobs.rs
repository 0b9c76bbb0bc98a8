//! What happens to registrations by the clock: offers run out, holds end, people do not come.
use super::actions::{self, Deed};
use super::model::{HoldId, RegistrationId};
use super::{notices, store};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::PersonId;
use crate::platform::jobs::{Every, Job, Registry};
use crate::platform::problem::Problem;
use chrono::{NaiveDate, TimeDelta};
use diesel::QueryResult;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Nobody: what a job does has no person behind it.
const NOBODY: PersonId = PersonId(Uuid::nil());

/// Passes an offered place on when its time is over.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ExpireOffer {
    /// Whose offer.
    pub registration: RegistrationId,
}

impl Job for ExpireOffer {
    const KIND: &'static str = "expire-offer";

    async fn run(self, app: &App) -> anyhow::Result<()> {
        act(app, move |conn, deed| {
            actions::expire_offer(conn, deed, self.registration)
        })
        .await
    }
}

/// Ends a hold at its time.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ReleaseHold {
    /// Which.
    pub hold: HoldId,
}

impl Job for ReleaseHold {
    const KIND: &'static str = "release-hold";

    async fn run(self, app: &App) -> anyhow::Result<()> {
        act(app, move |conn, deed| {
            actions::release(conn, deed, self.hold)
        })
        .await
    }
}

/// Looks every quarter of an hour for who did not come and for places nobody was offered.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct SweepRegistrations {}

impl Job for SweepRegistrations {
    const KIND: &'static str = "sweep-registrations";

    async fn run(self, app: &App) -> anyhow::Result<()> {
        act(app, actions::sweep).await
    }
}

/// Tells, every evening, who has a place tomorrow.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct TellOfTomorrow {}

impl Job for TellOfTomorrow {
    const KIND: &'static str = "tell-of-tomorrow";

    async fn run(self, app: &App) -> anyhow::Result<()> {
        let zone = app.settings.site.time_zone;
        let hour = app.settings.reminders.eve_hour;
        // One of an evening that was missed waits for this one.
        if Moment::at_hour(app.today(), hour, zone).is_some_and(|at| app.now() < at) {
            return Ok(());
        }
        pages(app, notices::tell_of_tomorrow).await
    }
}

/// Tells, every quarter of an hour, whose hour is near.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct TellOfSoon {}

impl Job for TellOfSoon {
    const KIND: &'static str = "tell-of-soon";

    async fn run(self, app: &App) -> anyhow::Result<()> {
        pages(app, notices::tell_of_soon).await
    }
}

type Telling =
    fn(&mut Conn, &Deed, NaiveDate, Option<RegistrationId>) -> QueryResult<Option<RegistrationId>>;

/// A page is a unit of work; one that is done again tells nobody twice.
async fn pages(app: &App, tell: Telling) -> anyhow::Result<()> {
    let (deed, today, mut after) = (Deed::of(app, NOBODY), app.today(), None);
    loop {
        let (deed, from) = (deed.clone(), after);
        after = app
            .db
            .write(move |conn| tell(conn, &deed, today, from))
            .await?;
        if after.is_none() {
            return Ok(());
        }
    }
}

/// Forgets every hour what people answered about their health, once nobody needs it any more.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct ForgetAnswers {}

impl Job for ForgetAnswers {
    const KIND: &'static str = "forget-answers";

    async fn run(self, app: &App) -> anyhow::Result<()> {
        let days = TimeDelta::days(app.settings.registrations.answers_days);
        let before = app.today() - days;
        let gone = app
            .db
            .write(move |conn| store::forget_answers(conn, before));
        let gone = gone.await?;
        tracing::info!(gone, "forgot answers about health");
        Ok(())
    }
}

async fn act(
    app: &App,
    work: impl FnOnce(&mut Conn, &Deed) -> Result<(), Problem> + Send + 'static,
) -> anyhow::Result<()> {
    let deed = Deed::of(app, NOBODY);
    Ok(app.db.write(move |conn| work(conn, &deed)).await?)
}

/// Adds the jobs of this subject.
pub fn jobs(registry: Registry) -> Registry {
    registry
        .with::<ExpireOffer>()
        .with::<ReleaseHold>()
        .every::<SweepRegistrations>(Every::Minutes(15))
        .every::<TellOfTomorrow>(Every::DailyAt(|settings| settings.reminders.eve_hour))
        .every::<TellOfSoon>(Every::Minutes(15))
        .every::<ForgetAnswers>(Every::Minutes(60))
}
