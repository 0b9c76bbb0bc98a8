//! An SMS or Zalo provider: a signed request for each message, signed receipts and STOP replies back.
use super::model::Recipient;
use super::net::{Answered, Net, NetError};
use super::store::NoticeId;
use crate::platform::clock::Moment;
use crate::platform::config::Gateway;
use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use sha2::Sha256;
use std::collections::BTreeMap;

/// The header that proves who wrote a body: `t=SECONDS,v1=HEX`, HMAC-SHA256 over `SECONDS.BODY`.
pub const SIGNATURE: &str = "x-giothong-signature";
/// Seconds a signature holds, for clocks that differ.
const FRESH: i64 = 300;

/// What became of a request to the provider.
#[derive(Debug)]
pub(super) enum Handed {
    /// The provider took it.
    Taken,
    /// It asks us to wait so many seconds.
    Wait(i64),
    /// Another try may work; it carries the same reference.
    Passing(String),
    /// No try will.
    Lasting(String),
}

/// One message for the provider.
pub(super) struct Handing<'a> {
    pub(super) settings: &'a Gateway,
    pub(super) id: NoticeId,
    pub(super) kind: &'a str,
    pub(super) number: &'a str,
    pub(super) to: &'a Recipient,
    pub(super) data: BTreeMap<&'static str, String>,
    pub(super) now: Moment,
}

/// What the provider reads: its templates are approved beforehand, so only ids and what fills them are sent.
#[derive(Serialize)]
struct Request<'a> {
    template_id: &'a str,
    data: &'a BTreeMap<&'static str, String>,
    to: &'a str,
    language: &'static str,
    /// The same for every try of one message, so that a provider drops what it had.
    reference: NoticeId,
}

impl Handing<'_> {
    /// Hands it over.
    pub(super) async fn send(&self, net: &Net) -> Handed {
        let Some(template) = self.settings.templates.get(self.kind) else {
            return Handed::Lasting("no template".to_owned());
        };
        let request = Request {
            template_id: &template.id,
            data: &self.data,
            to: self.number,
            language: self.to.language.code(),
            reference: self.id,
        };
        let made = serde_json::to_vec(&request).map_err(anyhow::Error::from);
        let made = made.and_then(|body| Ok((self.headers(&body)?, body)));
        let (headers, body) = match made {
            Ok(made) => made,
            Err(error) => return Handed::Lasting(format!("{error:#}")),
        };
        match net.post(&self.settings.url, headers, body).await {
            Ok(answer) => read(&answer),
            Err(NetError::Passing(error)) => Handed::Passing(error),
            Err(NetError::Refused(error)) => Handed::Lasting(error),
        }
    }

    fn headers(&self, body: &[u8]) -> anyhow::Result<HeaderMap> {
        let proof = sign(self.settings.secret.reveal(), self.now, body);
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(
            HeaderName::from_static(SIGNATURE),
            HeaderValue::from_str(&proof)?,
        );
        Ok(headers)
    }
}

fn read(answer: &Answered) -> Handed {
    match answer.status {
        200..=299 => Handed::Taken,
        429 => Handed::Wait(answer.wait()),
        408 => Handed::Passing("the gateway said 408".to_owned()),
        status @ (300..=499) => Handed::Lasting(format!("the gateway said {status}")),
        status => Handed::Passing(format!("the gateway said {status}")),
    }
}

/// The proof that who knows the secret wrote this body at this moment.
pub fn sign(secret: &str, now: Moment, body: &[u8]) -> String {
    let seconds = now.timestamp();
    let mac = keyed(secret, seconds, body).finalize().into_bytes();
    format!("t={seconds},v1={mac:x}")
}

/// Whether a body was signed with the secret within the last minutes. Without a secret nothing is.
pub fn is_signed(secret: &str, now: Moment, body: &[u8], proof: &str) -> bool {
    let parts = proof
        .split_once(',')
        .and_then(|(time, mac)| Some((time.strip_prefix("t=")?, mac.strip_prefix("v1=")?)));
    let Some((seconds, hex)) = parts.and_then(|(time, hex)| Some((time.parse().ok()?, hex))) else {
        return false;
    };
    let is_fresh = now.timestamp().abs_diff(seconds) <= FRESH.unsigned_abs();
    let given = bytes(hex).unwrap_or_default();
    !secret.is_empty() && is_fresh && keyed(secret, seconds, body).verify_slice(&given).is_ok()
}

fn keyed(secret: &str, seconds: i64, body: &[u8]) -> Hmac<Sha256> {
    // An HMAC takes a key of any length; the other branch is never met.
    let made = <Hmac<Sha256> as KeyInit>::new_from_slice(secret.as_bytes());
    let mut mac = made.unwrap_or_else(|_never| <Hmac<Sha256> as KeyInit>::new(&[0; 64].into()));
    mac.update(seconds.to_string().as_bytes());
    mac.update(b".");
    mac.update(body);
    mac
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = hex.chars().map(|digit| digit.to_digit(16)).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    let pairs = digits.chunks_exact(2);
    pairs
        .map(|pair| u8::try_from(pair.iter().fold(0, |sum, digit| sum * 16 + digit)).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::clock::Moment;

    fn at(text: &str) -> Moment {
        text.parse::<chrono::DateTime<chrono::Utc>>()
            .unwrap()
            .into()
    }

    #[test]
    fn only_who_knows_the_secret_signs_this_body_now() {
        let now = at("2026-12-01T02:00:00Z");
        let proof = sign("sesame", now, b"{}");
        assert!(is_signed("sesame", now, b"{}", &proof));
        assert!(!is_signed("other", now, b"{}", &proof));
        assert!(!is_signed("sesame", now, b"{ }", &proof));
        assert!(!is_signed(
            "sesame",
            at("2026-12-01T02:05:01Z"),
            b"{}",
            &proof
        ));
        assert!(is_signed(
            "sesame",
            at("2026-12-01T01:55:00Z"),
            b"{}",
            &proof
        ));
        let unset = sign("", now, b"{}");
        assert!(!is_signed("", now, b"{}", &unset), "no secret, no proof");
        for forged in [
            "",
            "t=,v1=",
            "t=1,v1=00",
            "v1=00,t=1",
            proof.trim_end_matches(|digit| proof.ends_with(digit)),
        ] {
            assert!(!is_signed("sesame", now, b"{}", forged), "{forged}");
        }
    }

    /// Source: RFC 4231, test case 2, with our "1." before nothing.
    #[test]
    fn the_proof_is_a_plain_hmac_of_time_dot_body() {
        let proof = sign(
            "Jefe",
            at("1970-01-01T00:00:01Z"),
            b"what do ya want for nothing?",
        );
        assert_eq!(proof.len(), "t=1,v1=".len() + 64);
        assert!(proof.starts_with("t=1,v1="));
    }
}
