//! Which ways are open to a message: what its reader has, what the settings offer, what they asked for.
use super::letter::Letter;
use super::model::{Channel, NoticeKind, Reach};
use super::rules::{Routing, Way, is_for_a_lead, route, share};
use super::store::{Room, Subscription, subscriptions};
use crate::platform::config::Settings;
use crate::platform::db::Conn;
use crate::platform::id::PersonId;
use diesel::QueryResult;

/// The ways of one message, the best first, and what each needs.
pub(super) struct Ways {
    pub(super) route: Vec<Way>,
    pub(super) browsers: Vec<Subscription>,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
}

/// What finding them needs.
pub(super) struct Finding<'a> {
    pub(super) settings: &'a Settings,
    pub(super) kind: NoticeKind,
    pub(super) person: PersonId,
    pub(super) reach: &'a Reach,
    pub(super) letter: &'a Letter,
}

/// Finds the ways; none where only the inbox is left.
pub(super) fn ways(conn: &mut Conn, finding: &Finding<'_>) -> QueryResult<Ways> {
    let (reach, settings) = (finding.reach, finding.settings);
    let value = |way: &super::model::Address| way.value.clone();
    let mut ways = Ways {
        route: Vec::new(),
        browsers: Vec::new(),
        email: reach.email.as_ref().map(value),
        phone: reach.phone.as_ref().map(value),
    };
    if let Some(to) = &finding.letter.to {
        let is_mail = to.contains('@');
        ways.email = is_mail.then(|| to.clone());
        ways.phone = (!is_mail).then(|| to.clone());
    } else if settings.push.is_on {
        ways.browsers = subscriptions::of(conn, finding.person)?;
    }
    let open = open(finding, &ways);
    ways.route = route(&Routing {
        purpose: finding.kind.purpose,
        open: &open,
        wished: reach.wished,
        most: settings.gateway.most_per_message,
    });
    Ok(ways)
}

fn open(finding: &Finding<'_>, ways: &Ways) -> Vec<Way> {
    let gateway = &finding.settings.gateway;
    let template = gateway.templates.get(finding.kind.name);
    let template = template.filter(|_| !gateway.url.is_empty() && ways.phone.is_some());
    let is_relayed = finding.reach.club.is_some()
        && is_for_a_lead(finding.kind.purpose)
        && finding.letter.to.is_none();
    let found = [
        (!ways.browsers.is_empty()).then_some((Channel::Push, 0)),
        ways.email.is_some().then_some((Channel::Mail, 0)),
        template.map(|template| (Channel::Gateway, template.price)),
        is_relayed.then_some((Channel::Relay, 0)),
    ];
    let may_go = |channel| finding.kind.only.is_none_or(|only| only == channel);
    let found = found.into_iter().flatten();
    found
        .filter(|(channel, _)| may_go(*channel))
        .map(|(channel, price)| Way { channel, price })
        .collect()
}

/// How much of a way is open to this urgency.
pub(super) fn room(settings: &Settings, channel: Channel, urgency: i16) -> Room {
    let part = |most: i64| match most {
        0 => 0,
        most => (most * share(urgency) / 100).max(1),
    };
    let (per_minute, per_day, cost_per_day) = match channel {
        Channel::Mail => (settings.mail.per_minute, settings.mail.per_day, 0),
        Channel::Push => (settings.push.per_minute, settings.push.per_day, 0),
        Channel::Gateway => {
            let gateway = &settings.gateway;
            (gateway.per_minute, gateway.per_day, gateway.cost_per_day)
        }
        Channel::Inbox | Channel::Relay => (0, 0, 0),
    };
    Room {
        per_minute: part(per_minute),
        per_day: part(per_day),
        cost_per_day: part(cost_per_day),
    }
}
