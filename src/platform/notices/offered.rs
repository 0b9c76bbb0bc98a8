//! Which ways this site sends by, and which of them reach somebody: what they can wish for.
use super::judge::Judge;
use super::model::{Channel, Purpose, Reach};
use super::store::subscriptions;
use crate::platform::App;
use crate::platform::db::Conn;
use crate::platform::id::PersonId;
use diesel::QueryResult;

/// A way beside the inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfferedWay {
    /// Which.
    pub channel: Channel,
    /// Whether it reaches this person now.
    pub is_open: bool,
}

/// Asks for one person after another which ways reach them.
pub struct Offer {
    judge: Judge,
    has_push: bool,
    has_gateway: bool,
}

impl Offer {
    /// As the settings of `app` say.
    pub fn of(app: &App) -> Self {
        let gateway = &app.settings.gateway;
        Self {
            judge: Judge::of(app),
            has_push: app.settings.push.is_on,
            has_gateway: gateway.templates.keys().any(|kind| gateway.offers(kind)),
        }
    }

    /// The ways this site sends by, in the order they are tried.
    pub fn to(&self, conn: &mut Conn, person: PersonId) -> QueryResult<Vec<OfferedWay>> {
        let reach = self.judge.ask(conn, person, Purpose::Booking)?.reach;
        let has = |way: fn(&Reach) -> bool| reach.as_ref().is_some_and(way);
        let has_browser = !subscriptions::of(conn, person)?.is_empty();
        let ways = [
            self.has_push.then_some((Channel::Push, has_browser)),
            Some((Channel::Mail, has(|reach| reach.email.is_some()))),
            self.has_gateway
                .then_some((Channel::Gateway, has(|reach| reach.phone.is_some()))),
            Some((Channel::Relay, has(|reach| reach.club.is_some()))),
        ];
        let ways = ways.into_iter().flatten();
        let way = |(channel, is_open)| OfferedWay { channel, is_open };
        Ok(ways.map(way).collect())
    }
}
