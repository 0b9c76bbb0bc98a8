//! Who is reminded: decided once when the message is queued, and again when it leaves.
use super::model::Reason;
use chrono::{Days, Months, NaiveDate};

/// What is known of a donor when their message is about to leave.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case {
    /// The day the message speaks of.
    pub due_on: NaiveDate,
    /// The day on which they may give again, as it stands now.
    pub available_from: NaiveDate,
    /// The last day of the age.
    pub available_until: Option<NaiveDate>,
    /// Today where they live.
    pub today: NaiveDate,
    /// What they said about reminders.
    pub wish: Wish,
    /// Whether a place waits for them somewhere.
    pub booking: Booking,
    /// What happens to their blood group.
    pub group: Group,
    /// Whether their body lets reminders go out.
    pub club: Club,
    /// Whether they were told since the day this message speaks of.
    pub told: Told,
}

/// Whether a body lets reminders go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Club {
    /// As always.
    Running,
    /// Not for now.
    Paused,
}

impl Club {
    /// Whether it is paused.
    pub(super) const fn of(is_so: bool) -> Self {
        if is_so { Self::Paused } else { Self::Running }
    }
}

/// Whether somebody was told of a return already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// Not since that day.
    NotYet,
    /// By another message: the day was corrected since.
    Before,
}

impl Told {
    /// Whether they were.
    pub(super) const fn of(is_so: bool) -> Self {
        if is_so { Self::Before } else { Self::NotYet }
    }
}

/// What somebody said about reminders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// Yes.
    Wanted,
    /// No, or nothing.
    Unwanted,
}

impl Wish {
    /// What a yes or no says.
    pub(super) const fn of(is_so: bool) -> Self {
        if is_so { Self::Wanted } else { Self::Unwanted }
    }
}

/// Whether a place waits for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Booking {
    /// Somewhere, from today on.
    Live,
    /// Nowhere.
    None,
}

impl Booking {
    /// Whether there is one.
    pub(super) const fn of(is_so: bool) -> Self {
        if is_so { Self::Live } else { Self::None }
    }
}

/// What happens to a blood group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    /// Reminded like everyone's.
    Reminded,
    /// Kept for emergencies: rare, and their body says so.
    Kept,
}

/// Why a message is not sent, if it is not.
pub(super) fn may_remind(case: &Case) -> Result<(), Reason> {
    let refusals = [
        (case.wish == Wish::Unwanted, Reason::NoConsent),
        (case.available_from != case.due_on, Reason::DayMoved),
        (case.available_from > case.today, Reason::NotYet),
        (
            case.available_until.is_some_and(|last| last < case.today),
            Reason::OverAge,
        ),
        (case.booking == Booking::Live, Reason::Booked),
        (case.group == Group::Kept, Reason::KeptInReserve),
        (case.club == Club::Paused, Reason::Paused),
        (case.told == Told::Before, Reason::Told),
    ];
    refusals
        .into_iter()
        .find(|(holds, _)| *holds)
        .map_or(Ok(()), |(_, reason)| Err(reason))
}

/// Why a second message is not sent, by what became of the first and of one they asked for.
pub(super) fn may_follow(first: Option<&str>, later: Option<&str>) -> Result<(), Reason> {
    match (first, later) {
        (Some("sent"), None) => Ok(()),
        (Some("sent"), Some(_)) => Err(Reason::AskedForLater),
        _ => Err(Reason::FirstNotSent),
    }
}

/// The day to ask again for who is not ready today: the same day of the next month, or its last.
pub(super) fn in_a_month(today: NaiveDate) -> NaiveDate {
    today.checked_add_months(Months::new(1)).unwrap_or(today)
}

/// How many days the pages behind a reminder's links live.
const LINK_DAYS: u64 = 60;

/// Whether the links of a message that was worth sending until `expires_on` still work.
pub(super) fn is_link_alive(expires_on: NaiveDate, today: NaiveDate) -> bool {
    expires_on + Days::new(LINK_DAYS) >= today
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, day).unwrap()
    }

    fn ready() -> Case {
        Case {
            due_on: day(24),
            available_from: day(24),
            available_until: None,
            today: day(24),
            wish: Wish::Wanted,
            booking: Booking::None,
            group: Group::Reminded,
            club: Club::Running,
            told: Told::NotYet,
        }
    }

    #[test]
    fn who_may_give_from_today_and_wants_it_is_reminded() {
        assert_eq!(may_remind(&ready()), Ok(()));
        assert_eq!(
            may_remind(&Case {
                today: day(28),
                ..ready()
            }),
            Ok(())
        );
    }

    #[test]
    fn each_fact_alone_stops_the_message() {
        type Change = fn(&mut Case);
        let cases: [(Change, Reason); 8] = [
            (|case| case.wish = Wish::Unwanted, Reason::NoConsent),
            (|case| case.available_from = day(25), Reason::DayMoved),
            (|case| case.today = day(23), Reason::NotYet),
            (|case| case.available_until = Some(day(23)), Reason::OverAge),
            (|case| case.booking = Booking::Live, Reason::Booked),
            (|case| case.group = Group::Kept, Reason::KeptInReserve),
            (|case| case.club = Club::Paused, Reason::Paused),
            (|case| case.told = Told::Before, Reason::Told),
        ];
        for (change, reason) in cases {
            let mut case = ready();
            change(&mut case);
            assert_eq!(may_remind(&case), Err(reason));
        }
    }

    #[test]
    fn a_second_message_follows_a_first_that_left() {
        assert_eq!(may_follow(Some("sent"), None), Ok(()));
        let later = may_follow(Some("sent"), Some("waiting"));
        assert_eq!(later, Err(Reason::AskedForLater));
        for fate in [None, Some("waiting"), Some("dropped"), Some("dead")] {
            assert_eq!(may_follow(fate, None), Err(Reason::FirstNotSent));
        }
    }

    #[test]
    fn a_month_later_is_the_same_day_or_the_last() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (today, later) in [
            ("2026-05-01", "2026-06-01"),
            ("2027-01-31", "2027-02-28"),
            ("2028-01-31", "2028-02-29"),
            ("2026-12-31", "2027-01-31"),
        ] {
            assert_eq!(in_a_month(date(today)), date(later));
        }
    }

    #[test]
    fn a_link_lives_sixty_days_longer_than_its_message() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert!(is_link_alive(date("2026-05-08"), date("2026-07-07")));
        assert!(!is_link_alive(date("2026-05-08"), date("2026-07-08")));
    }
}
