//! Which ways a message may take to its reader, the best first.
use crate::platform::notices::model::{Channel, Purpose};

/// A way that is open to somebody, and what one message costs on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// Which.
    pub channel: Channel,
    /// In dong.
    pub price: i32,
}

/// What decides the order of the ways.
#[derive(Debug, Clone)]
pub struct Routing<'a> {
    /// Why it is sent.
    pub purpose: Purpose,
    /// Every way that is open.
    pub open: &'a [Way],
    /// What they asked for.
    pub wished: Option<Channel>,
    /// The most one message may cost.
    pub most: i32,
}

/// What rings first for a call; else what costs nothing first. A lead is asked to speak where nothing else reaches.
const FOR_CALLS: [Channel; 4] = [
    Channel::Push,
    Channel::Gateway,
    Channel::Mail,
    Channel::Relay,
];
const ELSE: [Channel; 4] = [
    Channel::Push,
    Channel::Mail,
    Channel::Gateway,
    Channel::Relay,
];

/// The ways to try, one after another; the inbox holds the message whatever becomes of them.
pub fn route(routing: &Routing<'_>) -> Vec<Way> {
    if routing.wished == Some(Channel::Inbox) && !routing.purpose.is_urgent() {
        return Vec::new();
    }
    let order = if routing.purpose == Purpose::Call {
        FOR_CALLS
    } else {
        ELSE
    };
    let wished = routing.wished.filter(|wished| *wished != Channel::Inbox);
    let rest = order.into_iter().filter(|next| Some(*next) != wished);
    let affordable = |channel: Channel| {
        let ways = routing.open.iter().copied();
        let mut ways = ways.filter(|way| way.channel == channel);
        ways.find(|way| way.price <= routing.most)
    };
    wished
        .into_iter()
        .chain(rest)
        .filter_map(affordable)
        .collect()
}

/// Whether a club's lead may be asked to say it: never a secret, nor what tells that somebody gave or how they are.
pub const fn is_for_a_lead(purpose: Purpose) -> bool {
    matches!(
        purpose,
        Purpose::Call | Purpose::CallNews | Purpose::Booking | Purpose::Reminder
    )
}

/// How much of what a way may carry is open to this urgency, in hundredths: codes are never crowded out by reminders.
pub const fn share(urgency: i16) -> i64 {
    match urgency {
        0 => 100,
        1 => 95,
        2 => 85,
        _ => 70,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUSH: Way = way(Channel::Push, 0);
    const MAIL: Way = way(Channel::Mail, 0);
    const SMS: Way = way(Channel::Gateway, 800);
    const RELAY: Way = way(Channel::Relay, 0);

    const fn way(channel: Channel, price: i32) -> Way {
        Way { channel, price }
    }

    fn order(purpose: Purpose, open: &[Way], wished: Option<Channel>) -> Vec<Channel> {
        let routing = Routing {
            purpose,
            open,
            wished,
            most: 1000,
        };
        route(&routing).iter().map(|way| way.channel).collect()
    }

    #[test]
    fn what_costs_nothing_comes_first_but_a_call_rings() {
        use Channel::{Gateway, Mail, Push, Relay};
        let open = [RELAY, SMS, MAIL, PUSH];
        assert_eq!(
            order(Purpose::Reminder, &open, None),
            [Push, Mail, Gateway, Relay]
        );
        assert_eq!(
            order(Purpose::Call, &open, None),
            [Push, Gateway, Mail, Relay]
        );
        assert_eq!(order(Purpose::Reminder, &[RELAY], None), [Relay]);
        assert!(order(Purpose::Reminder, &[], None).is_empty());
    }

    #[test]
    fn what_somebody_wishes_comes_before_all_where_it_is_open() {
        use Channel::{Gateway, Inbox, Mail, Push};
        assert_eq!(
            order(Purpose::Reminder, &[PUSH, MAIL, SMS], Some(Gateway)),
            [Gateway, Push, Mail]
        );
        assert_eq!(order(Purpose::Reminder, &[MAIL], Some(Push)), [Mail]);
        assert!(order(Purpose::Reminder, &[PUSH, MAIL], Some(Inbox)).is_empty());
        assert_eq!(order(Purpose::Call, &[MAIL], Some(Inbox)), [Mail]);
    }

    #[test]
    fn what_is_too_dear_is_no_way() {
        let dear = [way(Channel::Gateway, 1001), MAIL];
        assert_eq!(
            order(Purpose::Call, &dear, Some(Channel::Gateway)),
            [Channel::Mail]
        );
    }

    #[test]
    fn the_urgent_may_use_more_of_a_way() {
        let shares: Vec<i64> = (0..5).map(share).collect();
        assert_eq!(shares, [100, 95, 85, 70, 70]);
    }
}
