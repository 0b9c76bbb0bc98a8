//! Every test that speaks to the service through HTTP, in one binary: on SQLite, or on PostgreSQL when
//! `TEST_DATABASE_URL` names a server.
#![expect(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::too_many_lines,
    reason = "tests say what must be, and fail loudly"
)]
mod accounts;
mod calls;
mod commands;
mod contract;
mod crash;
mod demo;
mod donations;
mod donors;
mod drive_page;
mod drives;
mod evaluate;
mod imports;
mod notices;
mod organisations;
mod organisations_setup;
mod people;
mod platform;
mod registrations;
mod reminders;
mod support;
mod totals;
mod waves;
mod web;
mod web_app;
