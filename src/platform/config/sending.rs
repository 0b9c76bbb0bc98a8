//! The settings of what is sent to people; `config/default.toml` says what each is for.
use super::Secret;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How mails leave.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    pub transport: Transport,
    pub folder: String,
    pub from: String,
    pub host: String,
    pub port: u16,
    pub encryption: Encryption,
    pub root_certificate: String,
    pub username: String,
    pub password: Secret<String>,
    pub password_file: String,
    pub in_flight: usize,
    pub timeout_seconds: i64,
    pub per_minute: i64,
    pub per_day: i64,
    pub dkim: Dkim,
}

/// Signing mails, so that receivers see they are ours.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Dkim {
    pub selector: String,
    pub domain: String,
    pub key_file: String,
}

/// Messages on the screens of browsers.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Push {
    pub is_on: bool,
    pub contact: String,
    pub per_minute: i64,
    pub per_day: i64,
}

/// An SMS or Zalo provider.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Gateway {
    pub url: String,
    pub secret: Secret<String>,
    pub secret_file: String,
    pub most_per_message: i32,
    pub per_minute: i64,
    pub per_day: i64,
    pub cost_per_day: i64,
    pub templates: BTreeMap<String, Template>,
}

impl Gateway {
    /// Whether messages of this kind leave by it: it is there, has a template for them, and it is not too dear.
    pub fn offers(&self, kind: &str) -> bool {
        let template = self.templates.get(kind);
        let is_affordable = template.is_some_and(|one| one.price <= self.most_per_message);
        !self.url.is_empty() && is_affordable
    }
}

/// A text the provider approved, and what one message of it costs.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    pub id: String,
    pub price: i32,
}

/// Requests to other people's servers.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Outward {
    pub way: OutwardWay,
    pub allow_private: bool,
    pub timeout_seconds: u64,
    pub answer_bytes: usize,
}

/// Where requests to other servers go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum OutwardWay {
    /// Out.
    Http,
    /// Into the test that asks for them.
    Memory,
}

/// When, how often and by which way people are written to.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Notices {
    pub quiet_from: u32,
    pub quiet_to: u32,
    pub relay_hour: u32,
    pub per_week: PerWeek,
}

/// How many messages a week holds.
#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PerWeek {
    pub in_all: i64,
    pub call: i64,
    pub reminder: i64,
    pub follow_up: i64,
    pub thanks: i64,
}

/// How mails leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Transport {
    /// To a mail server.
    Smtp,
    /// Each into a file.
    Folder,
    /// Into the test that asks for them.
    Memory,
}

/// How the way to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Encryption {
    /// Not at all: loopback only.
    None,
    /// Plain first, then TLS, or no mail.
    Starttls,
    /// TLS from the first byte.
    Tls,
}
