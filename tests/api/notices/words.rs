//! Every kind of message has its words in both languages, and no words ask for what must not be said.
use giothong::platform::language::{Key, Language, Phrase, say};
use giothong::platform::notices::Purpose;
use std::collections::BTreeSet;

#[test]
fn every_kind_says_in_both_languages_what_it_is_and_why() {
    let mut missing = Vec::new();
    for kind in giothong::app::notices().all() {
        for part in ["title", "why"] {
            let name = format!("message.{}.{part}", kind.name);
            match Key::find(&name) {
                None => missing.push(name),
                Some(key) => {
                    let both = Language::ALL.map(|language| say(language, &Phrase::new(key)));
                    assert_ne!(both[0], both[1], "{name}");
                    assert!(!both[0].contains('{'), "{name} has nothing to fill it");
                }
            }
        }
    }
    assert_eq!(missing, [""; 0]);
}

#[test]
fn codes_leave_before_calls_before_bookings_before_reminders() {
    let of = |purpose| {
        let kinds = giothong::app::notices();
        let found: BTreeSet<i16> = kinds
            .all()
            .filter(|kind| kind.purpose == purpose)
            .map(|kind| kind.purpose.urgency())
            .collect();
        assert_eq!(found.len(), 1, "{purpose:?}");
        found.into_iter().next().unwrap()
    };
    let order = [
        Purpose::Code,
        Purpose::Call,
        Purpose::Booking,
        Purpose::Reminder,
    ]
    .map(of);
    assert!(order.is_sorted_by(|a, b| a < b), "{order:?}");
}

/// Sentences that go out as messages, in the language of this file.
fn sentences(language: &str) -> Vec<(String, String)> {
    let path = format!("config/messages/{language}.json");
    let all: serde_json::Value =
        serde_json::from_str(&crate::contract::read_source(&path)).unwrap();
    let mut found = Vec::new();
    for section in ["mail", "reminder", "call", "relay"] {
        collect(section, &all[section], &mut found);
    }
    found
}

fn collect(path: &str, value: &serde_json::Value, found: &mut Vec<(String, String)>) {
    match value {
        serde_json::Value::String(text) => found.push((path.to_owned(), text.clone())),
        serde_json::Value::Object(fields) => {
            for (name, inner) in fields {
                collect(&format!("{path}.{name}"), inner, found);
            }
        }
        _ => {}
    }
}

#[test]
fn no_message_has_a_place_for_group_volume_result_day_of_giving_or_full_name() {
    let never = [
        "{group}",
        "{blood}",
        "{volume}",
        "{ml}",
        "{result}",
        "{full_name}",
        "{given_on}",
        "{last_gift}",
        "{birth_date}",
        "{phone}",
        "{email}",
    ];
    for language in ["vi", "en"] {
        let all = sentences(language);
        assert!(all.len() > 30, "the messages were not found");
        // What stands on the public page of a call is no message.
        let pages = ["call.page", "call.public"];
        let is_message = |key: &str| !pages.iter().any(|page| key.starts_with(page));
        for (key, text) in all.iter().filter(|(key, _)| is_message(key)) {
            for place in never {
                assert!(!text.contains(place), "{language} {key} says {place}");
            }
        }
    }
}
