//! Who we are, said to a push service: signed once in a while for each service, not for each message.
use crate::platform::clock::Moment;
use crate::platform::seal::Keys;
use anyhow::anyhow;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use p256::pkcs8::EncodePrivateKey;
use reqwest::header::HeaderValue;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// How long our signature holds: at most a day, says RFC 8292.
const SIGNED: i64 = 12 * 3600;
/// For how long it is used again.
const USED: i64 = 3600;
/// Browsers name their push service, so there may be any number of them.
const MOST: usize = 100;

/// Signatures for push services, each with the second it was made in.
#[derive(Default)]
pub(super) struct Proofs(Mutex<HashMap<String, (i64, HeaderValue)>>);

#[derive(Serialize)]
struct Claims<'a> {
    aud: &'a str,
    exp: i64,
    sub: &'a str,
}

impl Proofs {
    /// What the header `authorization` says to the service of this origin. Source: RFC 8292, §3.
    pub(super) fn of(
        &self,
        origin: &str,
        (keys, contact): (&Keys, &str),
        now: Moment,
    ) -> anyhow::Result<HeaderValue> {
        let second = now.timestamp();
        let mut made = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = made.get(origin);
        if let Some((_, proof)) = known.filter(|(at, _)| (*at..*at + USED).contains(&second)) {
            return Ok(proof.clone());
        }
        if made.len() >= MOST {
            made.clear();
        }
        let claims = Claims {
            aud: origin,
            exp: second + SIGNED,
            sub: contact,
        };
        let proof = sign(keys, &claims)?;
        made.insert(origin.to_owned(), (second, proof.clone()));
        Ok(proof)
    }
}

fn sign(keys: &Keys, claims: &Claims<'_>) -> anyhow::Result<HeaderValue> {
    let key = signing_key(keys)?;
    let der = key.to_pkcs8_der().map_err(|_form| anyhow!("not a key"))?;
    let key = EncodingKey::from_ec_der(der.as_bytes());
    let token = jsonwebtoken::encode(&Header::new(Algorithm::ES256), claims, &key)?;
    let proof = format!("vapid t={token}, k={}", public_key(keys)?);
    Ok(HeaderValue::from_str(&proof)?)
}

/// The key by which push services know this installation, base64url: what browsers ask for.
pub fn public_key(keys: &Keys) -> anyhow::Result<String> {
    let point = signing_key(keys)?.public_key().to_encoded_point(false);
    Ok(URL_SAFE_NO_PAD.encode(point.as_bytes()))
}

/// Follows from the keys made on first run, so it is in every backup and the same in every process.
fn signing_key(keys: &Keys) -> anyhow::Result<p256::SecretKey> {
    p256::SecretKey::from_slice(&keys.derived("vapid")).map_err(|_zero| anyhow!("not a key"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    #[test]
    fn a_service_is_told_the_same_for_an_hour_and_another_service_something_else() {
        let keys = Keys::random(&mut StdRng::seed_from_u64(7));
        let proofs = Proofs::default();
        let began = Moment::from(chrono::DateTime::UNIX_EPOCH);
        let told = |origin: &str, seconds: i64| {
            let now = began + TimeDelta::seconds(seconds);
            let by = (&keys, "mailto:giot-hong@example.vn");
            proofs.of(origin, by, now).expect("a proof")
        };
        let first = told("https://push.example", 0);
        assert_eq!(told("https://push.example", USED - 1), first);
        assert_ne!(told("https://other.example", 0), first);
        assert_ne!(told("https://push.example", USED), first);
        let put_back = told("https://push.example", 0);
        assert_eq!(put_back, first, "a clock put back is believed");
    }
}
