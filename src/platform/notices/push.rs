//! Web push: a short message, sealed for one browser, handed to the push service that knows it.
use super::letter::Short;
use super::net::{Answered, Net, NetError};
use super::proof::Proofs;
pub use super::proof::public_key;
use super::store::Subscription;
use crate::platform::clock::Moment;
use crate::platform::seal::{Keys, Sealed};
use anyhow::{Context, anyhow};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Url;
use reqwest::header::{
    AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue,
};
use serde::{Deserialize, Serialize};
use web_push_native::Auth;

/// What a browser gives us when it agrees to show messages.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Endpoint {
    /// The address of the push service for this browser alone.
    pub endpoint: String,
    /// Its public key, base64url.
    pub p256dh: String,
    /// Its secret, base64url.
    pub auth: String,
}

impl Endpoint {
    /// The column it is sealed in.
    const COLUMN: &'static str = "push_subscriptions.sealed";

    /// Where it is sealed: in the row of this id.
    pub fn place(id: super::store::SubscriptionId) -> Sealed {
        Sealed::new(Self::COLUMN, id.0)
    }

    /// Whether its keys are keys, so that something can be sealed for it.
    pub fn is_usable(&self) -> bool {
        self.keys().is_ok()
    }

    fn keys(&self) -> anyhow::Result<(p256::PublicKey, Auth)> {
        let public = URL_SAFE_NO_PAD.decode(self.p256dh.trim_end_matches('='))?;
        let secret = URL_SAFE_NO_PAD.decode(self.auth.trim_end_matches('='))?;
        anyhow::ensure!(secret.len() == 16, "the secret has 16 bytes");
        let public = p256::PublicKey::from_sec1_bytes(&public).context("no key")?;
        Ok((public, Auth::clone_from_slice(&secret)))
    }
}

/// What became of a push.
#[derive(Debug)]
pub(super) enum Pushed {
    /// The service took it.
    Taken,
    /// The browser is gone.
    Gone,
    /// The service asks us to wait so many seconds.
    Wait(i64),
    /// Another try may work.
    Passing(String),
    /// No try will.
    Lasting(String),
}

/// What one push is made of.
pub(super) struct Push<'a> {
    pub(super) keys: &'a Keys,
    /// Whom a push service may ask about us: an address of ours.
    pub(super) contact: &'a str,
    pub(super) short: &'a Short,
    pub(super) code: &'a str,
    /// What we never ask, in its reader's language.
    pub(super) never: &'a str,
    pub(super) is_urgent: bool,
    pub(super) now: Moment,
    pub(super) expires_at: Moment,
}

/// What the browser unseals and shows.
#[derive(Serialize)]
struct Shown<'a> {
    title: &'a str,
    body: &'a str,
    link: Option<&'a str>,
    code: String,
    never: &'a str,
}

/// The longest a push service keeps something: four weeks.
const LONGEST: i64 = 28 * 86_400;

impl Push<'_> {
    /// Seals and sends it to one browser.
    pub(super) async fn send(&self, net: &Net, to: &Subscription) -> Pushed {
        let made = self.request(net.proofs(), to);
        let (endpoint, headers, body) = match made {
            Ok(made) => made,
            Err(error) => return Pushed::Lasting(format!("{error:#}")),
        };
        match net.post(&endpoint, headers, body).await {
            Ok(answer) => read(&answer),
            Err(NetError::Passing(error)) => Pushed::Passing(error),
            Err(NetError::Refused(error)) => Pushed::Lasting(error),
        }
    }

    fn request(
        &self,
        proofs: &Proofs,
        to: &Subscription,
    ) -> anyhow::Result<(String, HeaderMap, Vec<u8>)> {
        let opened = self.keys.open(Endpoint::place(to.id), &to.sealed)?;
        let endpoint: Endpoint = serde_json::from_str(&opened)?;
        let (public, secret) = endpoint.keys()?;
        let shown = Shown {
            title: &self.short.title,
            body: &self.short.body,
            link: self.short.link.as_deref(),
            code: super::frame::shown(self.code),
            never: self.never,
        };
        let body = web_push_native::encrypt(serde_json::to_vec(&shown)?, &public, &secret)
            .map_err(|error| anyhow!("{error}"))?;
        let headers = self.headers(proofs, &endpoint.endpoint)?;
        Ok((endpoint.endpoint, headers, body))
    }

    /// Source: RFC 8030, §5.
    fn headers(&self, proofs: &Proofs, endpoint: &str) -> anyhow::Result<HeaderMap> {
        let left = (self.expires_at - self.now).num_seconds();
        let origin = Url::parse(endpoint)?.origin().ascii_serialization();
        let proof = proofs.of(&origin, (self.keys, self.contact), self.now)?;
        let urgency = if self.is_urgent { "high" } else { "normal" };
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, proof);
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("aes128gcm"));
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/octet-stream"),
        );
        headers.insert(
            HeaderName::from_static("ttl"),
            left.clamp(0, LONGEST).into(),
        );
        headers.insert(
            HeaderName::from_static("urgency"),
            HeaderValue::from_static(urgency),
        );
        Ok(headers)
    }
}

fn read(answer: &Answered) -> Pushed {
    match answer.status {
        200..=299 => Pushed::Taken,
        404 | 410 => Pushed::Gone,
        429 => Pushed::Wait(answer.wait()),
        status @ (400..=499) => Pushed::Lasting(format!("the push service said {status}")),
        status => Pushed::Passing(format!("the push service said {status}")),
    }
}
