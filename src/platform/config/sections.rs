//! The settings, a struct a section; `config/default.toml` says what each is for.
use super::{Calls, Gateway, Mail, Notices, Outward, Push, RhNegative, Secret};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// All settings.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub environment: Environment,
    pub site: Site,
    pub clock: Watch,
    pub server: Server,
    pub database: Database,
    pub keys: KeyPlace,
    pub log: Log,
    pub limits: Limits,
    pub accounts: Accounts,
    pub mail: Mail,
    pub notices: Notices,
    pub push: Push,
    pub gateway: Gateway,
    pub outward: Outward,
    pub jobs: Jobs,
    pub eligibility: Eligibility,
    pub registrations: Registrations,
    pub reminders: Reminders,
    pub calls: Calls,
}

/// How this installation calls itself.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    pub name: String,
    pub public_url: String,
    pub time_zone: chrono_tz::Tz,
}

/// Which time it is taken to be.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Watch {
    pub ahead_seconds: i64,
}

/// Where and how it listens.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    pub address: String,
    pub metrics_address: String,
    pub workers: usize,
    pub trusted_proxies: Vec<IpAddr>,
    pub notice_seconds: u64,
    pub shutdown_seconds: u64,
    pub client_seconds: u64,
}

/// Which database, and how hard it is used.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    pub url: String,
    pub connections: u32,
    pub readers: u32,
    pub patience_seconds: u64,
    pub queue: usize,
}

/// Where the keys are.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct KeyPlace {
    pub file: String,
    pub content: Secret<String>,
}

/// What is logged.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub filter: String,
    pub format: LogFormat,
}

/// How much one caller may ask for.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    pub body_bytes: usize,
    pub import_bytes: usize,
    pub sign_ins_per_minute: u32,
    pub passwords_per_minute: u32,
    pub bookings_per_minute: u32,
    pub checks_per_minute: u32,
    pub verifications_per_minute: u32,
    pub report_drives: usize,
}

/// Sign-ins and passwords.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Accounts {
    pub access_minutes: i64,
    pub idle_days: i64,
    pub absolute_days: i64,
    pub code_minutes: i64,
    pub code_tries: i32,
    pub codes_per_hour: i64,
    pub ticket_hours: i64,
    pub argon_memory_kib: u32,
    pub argon_rounds: u32,
    pub argon_at_once: usize,
    pub argon_waiting: usize,
    pub reveals_per_day: i64,
    pub spoken_minutes: i64,
}

/// How work in the background is taken up.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Jobs {
    pub idle_seconds: i64,
    pub batch: i64,
    pub lease_seconds: i64,
    pub tries: i32,
}

/// Which rules say who may give.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Eligibility {
    pub rule_set: String,
}

/// Waitlist and absence.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Registrations {
    pub offer_minutes: i64,
    pub no_show_minutes: i64,
    pub answers_days: i64,
}

/// When people are told that they may give again.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Reminders {
    pub hour: u32,
    pub look_back_days: i64,
    pub within_km: f64,
    pub rh_negative: RhNegative,
    pub follow_up_days: Vec<i64>,
    pub eve_hour: u32,
    pub soon_minutes: i64,
    pub evening_hour: u32,
    pub care_hour: u32,
    pub reaction_phone: String,
}

/// What kind of installation this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// On a desk.
    Development,
    /// Under test.
    Test,
    /// For real people.
    Production,
}

/// Who reads the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// People.
    Text,
    /// Machines.
    Json,
}
