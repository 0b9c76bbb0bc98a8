//! What is sent to people: a row in the transaction of its cause, checked against the facts and the contact rules again
//! before it leaves, by whichever way reaches its reader.
mod attempt;
mod check;
mod deliver;
mod dkim;
mod frame;
pub mod gateway;
mod judge;
mod kind;
mod letter;
mod mail;
mod model;
mod net;
mod offered;
mod proof;
mod public;
pub mod push;
pub mod rules;
mod sending;
mod store;
mod ways;
mod worker;

use super::clock::Moment;
use super::db::Conn;
use super::id::PersonId;
pub use check::{Asked, Checked, check};
use diesel::QueryResult;
pub use frame::shown as shown_code;
pub use judge::{Judge, Judged};
pub use letter::{Compose, Composed, Composing, Kinds, Letter, Short};
pub use mail::{Mailer, SentMail};
pub use model::{
    Address, Channel, Entry, NewNotice, NoticeKind, Purpose, Reach, Recipient, Reserve,
};
pub use net::{Net, Posted};
pub use offered::{Offer, OfferedWay};
pub use store::{
    DeadNotice, Message, Notice, NoticeChange, NoticeId, Said, Subscription, SubscriptionId,
    Wishes, dead, find, find_state, forget_old, history, inbox, pending, read_all, receipts, relay,
    retry, stops, subscriptions, unread, wishes,
};
pub use worker::send_due;

/// Forgets what says who somebody was: what was written to them, their browsers, their wishes. What they stopped stays.
pub fn forget(conn: &mut Conn, person: PersonId) -> QueryResult<()> {
    store::forget(conn, person)
}

/// Writes a notice into the caller's transaction; false when the same thing was said or queued before.
pub fn queue(conn: &mut Conn, notice: NewNotice, now: Moment) -> QueryResult<bool> {
    store::insert_one(conn, &store::Row::of(notice, now))
}

/// Writes many notices in one statement, those that were said or queued before left out; answers how many were new.
pub fn queue_all(conn: &mut Conn, notices: Vec<NewNotice>, now: Moment) -> QueryResult<usize> {
    let rows: Vec<store::Row> = notices
        .into_iter()
        .map(|notice| store::Row::of(notice, now))
        .collect();
    store::insert(conn, &rows)
}
