//! Giọt Hồng: voluntary blood-donation drives, from the booking to the report.
pub mod accounts;
pub mod app;
pub mod blood;
pub mod commands;
pub mod donations;
pub mod donors;
pub mod drives;
pub mod eligibility;
pub mod organisations;
pub mod people;
pub mod platform;
pub mod registrations;
pub mod totals;
pub mod web;
