//! Rows of calls, their history, and who was asked.
mod asks;
mod calls;
mod history;
mod lessons;
mod reasons;
mod reviews;
mod staff;
mod ticks;

pub(super) use asks::{
    answer, coming, coming_asks, counts, find_ask, find_ask_of, given_up, hold_ask, insert_asks,
    open_asks_of, said, waiting,
};
pub(super) use calls::{
    Turn, find, find_public, insert, list, open_drive, overdue, put_turn, short_of_donors, widen,
};
pub(super) use history::{log, move_to, steps};
pub(super) use lessons::{
    Lesson, PastAsk, Rate, asks_of, ended_asks, gifts_of, lesson, put_lesson, silent,
};
pub(super) use reasons::{Peace, Why, reasons};
pub(super) use reviews::{Ended, SentAsk, asked_for, ended, steps_of};
pub(super) use staff::{coordinators, held_back, taken, untaken, voice_calls};
pub(super) use ticks::{insert_tick, ticks};
