//! Which channels fail for a call: what they did not take, beside what they took since.
use super::channels::Untaken;
use crate::platform::clock::Moment;
use crate::platform::notices::Channel;
use std::collections::BTreeMap;

/// So many digits may be somebody's number.
const FEW_DIGITS: usize = 5;

/// A channel that fails for a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failing {
    /// Which.
    pub channel: Channel,
    /// Asks that wait for another try.
    pub waiting: i64,
    /// Asks that never got through.
    pub dead: i64,
    /// Asks that went by another channel instead.
    pub rerouted: i64,
    /// Since when.
    pub since: Option<Moment>,
    /// When it last failed.
    pub last_at: Option<Moment>,
    /// What it said, without addresses and numbers.
    pub error: Option<String>,
}

/// The channels that fail. One that asks wait for, or got lost by, does; one whose asks all went another way does until it
/// takes one again, so that a single browser that is gone blames no channel for long.
pub fn failing(untaken: &[Untaken], taken: &[(Channel, Moment)]) -> Vec<Failing> {
    let mut found: BTreeMap<Channel, Failing> = BTreeMap::new();
    for part in untaken {
        let Some(channel) = part.channel else {
            continue;
        };
        let one = found.entry(channel).or_insert_with(|| nothing(channel));
        match part.state.as_str() {
            "waiting" => one.waiting += part.asks,
            "sent" => one.rerouted += part.asks,
            _ => one.dead += part.asks,
        }
        one.since = one.since.into_iter().chain(part.first_at).min();
        one.last_at = one.last_at.max(part.last_at);
        let said = part.said.as_deref().map(without_addresses);
        one.error = one.error.take().or(said);
    }
    let works_again = |one: &Failing| {
        let took = taken.iter().filter(|(channel, _)| *channel == one.channel);
        took.map(|(_, at)| *at).max() >= one.last_at
    };
    let is_failing = |one: &Failing| one.waiting + one.dead > 0 || !works_again(one);
    found.into_values().filter(is_failing).collect()
}

fn nothing(channel: Channel) -> Failing {
    Failing {
        channel,
        waiting: 0,
        dead: 0,
        rerouted: 0,
        since: None,
        last_at: None,
        error: None,
    }
}

/// Servers repeat the address they were given; who looks at a call must not read it here.
fn without_addresses(said: &str) -> String {
    let is_private = |word: &str| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        word.contains('@') || digits > FEW_DIGITS
    };
    let words = said.split_whitespace();
    let words: Vec<&str> = words
        .map(|word| if is_private(word) { "…" } else { word })
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, TimeDelta};

    fn at(minute: i64) -> Moment {
        Moment::from(DateTime::UNIX_EPOCH + TimeDelta::minutes(minute))
    }

    fn untaken(state: &str, channel: Channel, minute: i64) -> Untaken {
        Untaken {
            state: state.to_owned(),
            channel: Some(channel),
            asks: 2,
            first_at: Some(at(minute)),
            last_at: Some(at(minute + 1)),
            said: Some("no".to_owned()),
        }
    }

    #[test]
    fn each_channel_is_named_with_what_became_of_its_asks() {
        let parts = [
            untaken("waiting", Channel::Mail, 3),
            untaken("dead", Channel::Mail, 1),
            untaken("dropped", Channel::Mail, 2),
            untaken("sent", Channel::Gateway, 4),
        ];
        let found = failing(&parts, &[(Channel::Mail, at(9)), (Channel::Push, at(9))]);
        let numbers = found
            .iter()
            .map(|one| (one.channel, one.waiting, one.dead, one.rerouted));
        assert_eq!(
            numbers.collect::<Vec<_>>(),
            [(Channel::Mail, 2, 4, 0), (Channel::Gateway, 0, 0, 2)]
        );
        let mail = found.first().unwrap();
        assert_eq!((mail.since, mail.last_at), (Some(at(1)), Some(at(4))));
    }

    #[test]
    fn a_channel_whose_asks_went_another_way_works_once_it_takes_one_again() {
        let parts = [untaken("sent", Channel::Push, 4)];
        assert_eq!(failing(&parts, &[(Channel::Push, at(4))]).len(), 1);
        assert!(failing(&parts, &[(Channel::Push, at(5))]).is_empty());
        assert!(failing(&[], &[(Channel::Push, at(5))]).is_empty());
    }

    #[test]
    fn what_a_server_says_names_nobody() {
        let said = "permanent error (550): 5.1.1 <hoa@example.vn>: unknown, call 0912345678";
        assert_eq!(
            without_addresses(said),
            "permanent error (550): 5.1.1 … unknown, call …"
        );
    }
}
