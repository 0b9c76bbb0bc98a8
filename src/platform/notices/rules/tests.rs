use super::*;
use chrono::NaiveDate;

fn at(day: u32, hour: u32, minute: u32) -> NaiveDateTime {
    let day = NaiveDate::from_ymd_opt(2026, 12, day).unwrap();
    day.and_hms_opt(hour, minute, 0).unwrap()
}

/// Somebody who agreed, may give, and is awake.
fn fine(purpose: Purpose) -> Contact {
    Contact {
        purpose,
        entry: Entry::Own,
        consent: Word::Yes,
        stop: Stop::None,
        able: Able::Yes,
        reserve: Reserve::Outside,
        local: at(1, 9, 0),
        quiet: QuietHours { from: 21, to: 7 },
        week: Week {
            sent: 0,
            sent_in_all: 0,
            most: 2,
            most_in_all: 5,
        },
    }
}

#[test]
fn who_agreed_and_is_awake_is_written_to_for_every_purpose() {
    for purpose in Purpose::ALL {
        assert_eq!(may_contact(&fine(purpose)), Ok(()), "{purpose:?}");
    }
}

#[test]
fn who_was_only_listed_is_never_written_to_unless_they_signed() {
    for purpose in Purpose::ALL {
        let listed = Contact {
            entry: Entry::Listed,
            ..fine(purpose)
        };
        assert_eq!(may_contact(&listed), Err(Refusal::Listed), "{purpose:?}");
        let signed = Contact {
            entry: Entry::Signed,
            ..fine(purpose)
        };
        assert_eq!(may_contact(&signed), Ok(()), "{purpose:?}");
    }
}

#[test]
fn stop_holds_for_all_but_a_code_asked_for_now() {
    for purpose in Purpose::ALL {
        let stopped = Contact {
            stop: Stop::Asked,
            ..fine(purpose)
        };
        let expected = if purpose == Purpose::Code {
            Ok(())
        } else {
            Err(Refusal::Stopped)
        };
        assert_eq!(may_contact(&stopped), expected, "{purpose:?}");
    }
}

#[test]
fn without_a_yes_to_the_purpose_nothing_leaves() {
    let silent = Contact {
        consent: Word::No,
        ..fine(Purpose::Reminder)
    };
    assert_eq!(may_contact(&silent), Err(Refusal::NoConsent));
    let needing: Vec<_> = Purpose::ALL
        .into_iter()
        .filter(|purpose| purpose.consent().is_some())
        .collect();
    assert_eq!(
        needing,
        [Purpose::Call, Purpose::Reminder, Purpose::FollowUp]
    );
}

#[test]
fn who_may_not_give_is_neither_called_nor_reminded() {
    for (purpose, expected) in [
        (Purpose::Call, Err(Refusal::Deferred)),
        (Purpose::Reminder, Err(Refusal::Deferred)),
        (Purpose::Thanks, Ok(())),
        (Purpose::FollowUp, Ok(())),
        (Purpose::Booking, Ok(())),
    ] {
        let deferred = Contact {
            able: Able::NotYet,
            ..fine(purpose)
        };
        assert_eq!(may_contact(&deferred), expected, "{purpose:?}");
    }
}

#[test]
fn a_reserve_below_its_cover_is_called_but_not_reminded() {
    let kept = |purpose| Contact {
        reserve: Reserve::BelowCover,
        ..fine(purpose)
    };
    assert_eq!(
        may_contact(&kept(Purpose::Reminder)),
        Err(Refusal::KeptInReserve)
    );
    assert_eq!(may_contact(&kept(Purpose::Call)), Ok(()));
}

#[test]
fn a_week_holds_so_many_of_a_purpose_and_so_many_in_all() {
    let after = |purpose, sent, sent_in_all| {
        let fine = fine(purpose);
        may_contact(&Contact {
            week: Week {
                sent,
                sent_in_all,
                ..fine.week
            },
            ..fine
        })
    };
    assert_eq!(after(Purpose::Call, 1, 4), Ok(()));
    assert_eq!(after(Purpose::Call, 2, 2), Err(Refusal::WeeklyCap));
    assert_eq!(after(Purpose::Reminder, 0, 5), Err(Refusal::WeeklyCap));
    for awaited in [Purpose::Code, Purpose::Booking, Purpose::CallNews] {
        assert_eq!(after(awaited, 9, 9), Ok(()), "{awaited:?}");
    }
}

#[test]
fn at_night_only_what_is_waited_for_leaves() {
    for purpose in Purpose::ALL {
        let night = Contact {
            local: at(31, 23, 30),
            ..fine(purpose)
        };
        let morning = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
        let expected = if purpose.is_awaited() {
            Ok(())
        } else {
            Err(Refusal::Quiet(morning.and_hms_opt(7, 0, 0).unwrap()))
        };
        assert_eq!(may_contact(&night), expected, "{purpose:?}");
    }
}

#[test]
fn a_call_rings_at_night_for_who_stands_by_and_said_so() {
    let night = |purpose, reserve| {
        may_contact(&Contact {
            local: at(1, 2, 0),
            reserve,
            ..fine(purpose)
        })
    };
    let until_seven = Err(Refusal::Quiet(at(1, 7, 0)));
    assert_eq!(night(Purpose::Call, Reserve::Nights), Ok(()));
    assert_eq!(night(Purpose::CallNews, Reserve::Nights), Ok(()));
    assert_eq!(night(Purpose::Call, Reserve::Day), until_seven);
    assert_eq!(night(Purpose::Call, Reserve::Outside), until_seven);
    assert_eq!(night(Purpose::Reminder, Reserve::Nights), until_seven);
}

#[test]
fn a_lasting_refusal_is_said_before_the_night() {
    let both = Contact {
        local: at(1, 2, 0),
        consent: Word::No,
        ..fine(Purpose::Reminder)
    };
    assert_eq!(may_contact(&both), Err(Refusal::NoConsent));
}

#[test]
fn quiet_hours_begin_and_end_on_the_hour_and_may_not_cross_midnight() {
    let night = QuietHours { from: 21, to: 7 };
    assert_eq!(night.ends(at(1, 20, 59)), None);
    assert_eq!(night.ends(at(1, 21, 0)), Some(at(2, 7, 0)));
    assert_eq!(night.ends(at(2, 6, 59)), Some(at(2, 7, 0)));
    assert_eq!(night.ends(at(2, 7, 0)), None);
    let noon = QuietHours { from: 12, to: 14 };
    assert_eq!(noon.ends(at(1, 13, 0)), Some(at(1, 14, 0)));
    assert_eq!(noon.ends(at(1, 14, 0)), None);
    assert_eq!(QuietHours { from: 9, to: 9 }.ends(at(1, 9, 0)), None);
}

#[test]
fn every_refusal_has_its_words() {
    use crate::platform::language::Key;
    for refusal in [
        Refusal::Gone,
        Refusal::Listed,
        Refusal::NoConsent,
        Refusal::Stopped,
        Refusal::Deferred,
        Refusal::KeptInReserve,
        Refusal::WeeklyCap,
        Refusal::Quiet(at(1, 7, 0)),
    ] {
        let key = format!("refusal.{}", refusal.slug());
        assert!(Key::find(&key).is_some(), "{key}");
    }
}
