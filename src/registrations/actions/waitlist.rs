//! The waitlist moves by itself: a place that is freed goes to who has waited longest, for a time.
use super::{Deed, apply};
use crate::drives::model::{Place, SlotId};
use crate::drives::slots;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::jobs::enqueue;
use crate::platform::problem::Problem;
use crate::registrations::jobs::ExpireOffer;
use crate::registrations::model::{Registration, RegistrationId, RegistrationState, Visit};
use crate::registrations::notices;
use crate::registrations::rules;
use crate::registrations::store::{self, Change};
use chrono::Days;

/// Passes `n` freed places of a slot on to those who wait; what nobody waits for is free again.
pub(crate) fn pass_on(conn: &mut Conn, deed: &Deed, slot: SlotId, n: i32) -> Result<(), Problem> {
    let place = slots::find(conn, slot)?;
    let mut left = n;
    if is_bookable(&place, deed.now) {
        while left > 0 && offer_to_next(conn, deed, &place)? {
            left -= 1;
        }
    }
    if left == 0 || slots::give_back(conn, slot, left)? {
        Ok(())
    } else {
        Err(Problem::internal("more places given back than taken"))
    }
}

/// Offers the places of a slot that are free to those who wait for it.
pub(crate) fn offer_free(conn: &mut Conn, deed: &Deed, slot: SlotId) -> Result<(), Problem> {
    let place = slots::find(conn, slot)?;
    if !is_bookable(&place, deed.now) {
        return Ok(());
    }
    while slots::take(conn, slot)? {
        if !offer_to_next(conn, deed, &place)? {
            slots::give_back(conn, slot, 1)?;
            break;
        }
    }
    Ok(())
}

fn is_bookable(place: &Place, now: Moment) -> bool {
    rules::may_book(&place.drive).is_ok() && rules::is_ahead(place.starts_at, now).is_ok()
}

/// False when nobody waits.
fn offer_to_next(conn: &mut Conn, deed: &Deed, place: &Place) -> Result<bool, Problem> {
    while let Some(next) = store::next_waiting(conn, place.slot)? {
        if offer(conn, deed, place, &next)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// False when the person took another way meanwhile.
fn offer(
    conn: &mut Conn,
    deed: &Deed,
    place: &Place,
    waiting: &Registration,
) -> Result<bool, Problem> {
    let until = (deed.now + deed.offer_for).min(place.starts_at);
    let offered = Change {
        state: RegistrationState::Offered,
        offered_until: Some(until),
        ..Change::of(waiting, deed.now)
    };
    if !store::change(conn, waiting, &offered)? {
        return Ok(false);
    }
    let job = ExpireOffer {
        registration: waiting.id,
    };
    enqueue(conn, &job, until, deed.stamp())?;
    notices::offer(conn, deed, waiting, until)?;
    Ok(true)
}

/// An offer nobody took: given up, and the place goes on. Nothing happens to one that was taken.
pub(crate) fn expire_offer(
    conn: &mut Conn,
    deed: &Deed,
    id: RegistrationId,
) -> Result<(), Problem> {
    let visit = Visit::find(conn, id)?;
    let registration = &visit.registration;
    let is_over = registration.state == RegistrationState::Offered
        && registration
            .offered_until
            .is_some_and(|until| until <= deed.now);
    if !is_over {
        return Ok(());
    }
    let given_up = Change {
        state: RegistrationState::Cancelled,
        offered_until: None,
        ..Change::of(registration, deed.now)
    };
    apply(conn, &visit, &given_up)?;
    leave_place(conn, deed, &visit)
}

/// What a registration that ends leaves behind: its place goes back to its hold, or on to who waits.
pub(super) fn leave_place(conn: &mut Conn, deed: &Deed, visit: &Visit) -> Result<(), Problem> {
    let registration = &visit.registration;
    let had_place = matches!(
        registration.state,
        RegistrationState::Booked | RegistrationState::Offered
    );
    let Some(slot) = registration.slot.filter(|_| had_place) else {
        return Ok(());
    };
    if let Some(hold) = registration.hold
        && store::name_in_hold(conn, hold, -1)?
    {
        return Ok(());
    }
    pass_on(conn, deed, slot, 1)
}

/// Days back in which somebody may still be marked absent; the job runs far more often.
const LOOK_BACK: Days = Days::new(3);
const MOST: i64 = 500;

/// Marks who did not come, and offers places that were freed while somebody was just joining the waitlist.
pub(crate) fn sweep(conn: &mut Conn, deed: &Deed) -> Result<(), Problem> {
    let cutoff = deed.now - deed.absent_after;
    let from = cutoff
        .date_naive()
        .checked_sub_days(LOOK_BACK)
        .unwrap_or_default();
    let absent = store::list_absent(conn, from, cutoff, MOST)?;
    store::mark_absent(conn, &absent, deed.now)?;
    let slots = store::list_slots_with_both(conn, deed.now, MOST)?;
    slots
        .into_iter()
        .try_for_each(|slot| offer_free(conn, deed, slot))
}
