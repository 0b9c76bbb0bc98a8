//! Once a day: leads of clubs are told that people wait to be spoken to.
use super::actions::relay::DAYS;
use super::store;
use crate::organisations;
use crate::platform::App;
use crate::platform::db::Conn;
use crate::platform::id::OrganisationId;
use crate::platform::jobs::{Every, Job, Registry};
use crate::platform::language::{Phrase, keys, say};
use crate::platform::notices::{
    self, Composed, Composing, Kinds, Letter, NewNotice, Notice, NoticeId, NoticeKind, Purpose,
    relay,
};
use crate::platform::problem::Problem;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// People wait to be spoken to.
const RELAY: NoticeKind = NoticeKind::named("club-relay", Purpose::Club);

/// Adds what donors do by themselves.
pub fn jobs(registry: Registry) -> Registry {
    registry.every::<TellLeads>(Every::DailyAt(|settings| settings.notices.relay_hour))
}

/// Adds what donors may write.
pub fn notices(kinds: Kinds) -> Kinds {
    kinds.with(RELAY, tell_lead)
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct TellLeads {}

impl Job for TellLeads {
    const KIND: &'static str = "donors.tell-leads";

    async fn run(self, app: &App) -> anyhow::Result<()> {
        let (today, now) = (app.today(), app.now());
        let since = today - DAYS;
        let clubs = app
            .db
            .read(move |conn| relay::clubs_waiting(conn, since))
            .await?;
        for club in clubs {
            let leads = app.db.read(move |conn| store::leads(conn, club, now));
            let notices = leads.await?.into_iter().map(|lead| NewNotice {
                id: app.id::<NoticeId>(),
                kind: RELAY,
                person: lead,
                about: format!("{club}:{today}"),
                data: json!({ "club": club }),
                secret: None,
                not_before: now,
                expires_at: now + TimeDelta::hours(20),
            });
            let notices: Vec<NewNotice> = notices.collect();
            app.db
                .write(move |conn| notices::queue_all(conn, notices, now))
                .await?;
        }
        app.db
            .write(move |conn| notices::forget_old(conn, now))
            .await?;
        Ok(())
    }
}

/// How many wait, and where the list is; names are on the page, behind a sign-in.
fn tell_lead(
    conn: &mut Conn,
    composing: &Composing<'_>,
    notice: &Notice,
) -> Result<Composed, Problem> {
    let Some(club) = notice.id_of::<OrganisationId>("club") else {
        return Ok(Composed::Drop("no club"));
    };
    let today = composing.now.date_in(composing.settings.site.time_zone);
    let items = relay::list(conn, club, today - DAYS)?;
    let waiting = items.iter().filter(|item| item.done_at.is_none()).count();
    if waiting == 0 {
        return Ok(Composed::Drop("nobody waits"));
    }
    let sender = organisations::brand(conn, club)?;
    let link = format!(
        "{}/app/club/{club}/relay",
        composing.settings.site.public_url
    );
    let words = |key| {
        let phrase = Phrase::new(key)
            .with("name", composing.to.given_name.as_str())
            .with("waiting", waiting)
            .with("link", link.as_str())
            .with("sender", sender.as_str());
        say(composing.to.language, &phrase)
    };
    let subject = words(keys::MAIL_CLUB_RELAY_SUBJECT);
    let text = words(keys::MAIL_CLUB_RELAY_TEXT);
    let letter = Letter::signed(sender, subject, text, ("", link));
    Ok(Composed::Send(letter))
}
