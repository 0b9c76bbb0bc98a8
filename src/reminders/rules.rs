//! Who is reminded: decided once when the message is queued, and again when it leaves.
use chrono::NaiveDate;

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
}

/// What somebody said about reminders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// Yes.
    Wanted,
    /// No, or nothing.
    Unwanted,
}

/// Whether a place waits for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Booking {
    /// Somewhere, from today on.
    Live,
    /// Nowhere.
    None,
}

/// What happens to a blood group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    /// Reminded like everyone's.
    Reminded,
    /// Kept for emergencies: rare, and their body says so.
    Kept,
}

/// Why a message is not sent; the text stays in its row.
pub(super) fn may_remind(case: &Case) -> Result<(), &'static str> {
    let refusals = [
        (case.wish == Wish::Unwanted, "no consent"),
        (case.available_from != case.due_on, "the day moved"),
        (case.available_from > case.today, "not yet"),
        (
            case.available_until.is_some_and(|last| last < case.today),
            "over the age",
        ),
        (case.booking == Booking::Live, "booked already"),
        (case.group == Group::Kept, "kept in reserve"),
    ];
    refusals
        .into_iter()
        .find(|(holds, _)| *holds)
        .map_or(Ok(()), |(_, reason)| Err(reason))
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
        let cases: [(Change, &str); 6] = [
            (|case| case.wish = Wish::Unwanted, "no consent"),
            (|case| case.available_from = day(25), "the day moved"),
            (|case| case.today = day(23), "not yet"),
            (|case| case.available_until = Some(day(23)), "over the age"),
            (|case| case.booking = Booking::Live, "booked already"),
            (|case| case.group = Group::Kept, "kept in reserve"),
        ];
        for (change, reason) in cases {
            let mut case = ready();
            change(&mut case);
            assert_eq!(may_remind(&case), Err(reason));
        }
    }
}
