//! Requests to other people's servers: only to public addresses, pinned to what was looked up, without redirects, and
//! never more than a little of the answer.
use super::proof::Proofs;
use super::public::is_public;
use crate::platform::config::{Outward, OutwardWay};
use anyhow::Context;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A request that left, as a test sees it.
#[derive(Debug, Clone)]
pub struct Posted {
    /// Where it went.
    pub url: String,
    /// Its headers, by name in lower case.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: Vec<u8>,
}

/// What the other server said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answered {
    /// The HTTP status.
    pub status: u16,
    /// Seconds it asks us to wait.
    pub retry_after: Option<i64>,
}

impl Answered {
    /// Seconds to wait after it said 429: a minute where it names no time, a day at most.
    pub(super) fn wait(&self) -> i64 {
        self.retry_after.unwrap_or(60).clamp(1, 86_400)
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum NetError {
    /// Another try may work.
    Passing(String),
    /// We do not ask such an address.
    Refused(String),
}

enum Way {
    Http(Client),
    Memory(Mutex<Memory>),
}

#[derive(Default)]
struct Memory {
    posted: Vec<Posted>,
    answers: VecDeque<Answered>,
}

/// Sends requests out.
pub struct Net {
    way: Way,
    proofs: Proofs,
    allows_private: bool,
    most_bytes: usize,
}

impl Net {
    /// Opens the way the settings name; no connection is made before the first request.
    pub fn new(settings: &Outward) -> anyhow::Result<Self> {
        let allows_private = settings.allow_private;
        Ok(Self {
            way: match settings.way {
                OutwardWay::Http => Way::Http(client(settings)?),
                OutwardWay::Memory => Way::Memory(Mutex::default()),
            },
            proofs: Proofs::default(),
            allows_private,
            most_bytes: settings.answer_bytes,
        })
    }

    /// Posts a body.
    pub(super) async fn post(
        &self,
        url: &str,
        headers: HeaderMap,
        body: Vec<u8>,
    ) -> Result<Answered, NetError> {
        let url = self.checked(url)?;
        match &self.way {
            Way::Http(client) => {
                let request = client.post(url).headers(headers).body(body);
                let answer = request.send().await.map_err(|error| why(&error))?;
                self.read(answer).await
            }
            Way::Memory(memory) => Ok(remember(memory, &url, &headers, body)),
        }
    }

    /// Who we are to push services.
    pub(super) fn proofs(&self) -> &Proofs {
        &self.proofs
    }

    /// Whether we would ask this address.
    pub fn may_ask(&self, url: &str) -> bool {
        self.checked(url).is_ok()
    }

    /// An address we ask: https, or plain where private ones are allowed; no bare private number.
    pub(super) fn checked(&self, url: &str) -> Result<Url, NetError> {
        let refused = |words: &str| NetError::Refused(words.to_owned());
        let url = Url::parse(url).map_err(|_unread| refused("no address"))?;
        let is_plain = url.scheme() == "http" && self.allows_private;
        if url.scheme() != "https" && !is_plain {
            return Err(refused("not https"));
        }
        let host = url.host_str().unwrap_or_default();
        let number = host.trim_start_matches('[').trim_end_matches(']');
        match number.parse::<IpAddr>() {
            Ok(ip) if !self.allows_private && !is_public(ip) => Err(refused("a private address")),
            _ => Ok(url),
        }
    }

    async fn read(&self, mut answer: reqwest::Response) -> Result<Answered, NetError> {
        let status = answer.status().as_u16();
        let wait = answer.headers().get(RETRY_AFTER);
        let retry_after = wait.and_then(|wait| wait.to_str().ok()?.parse().ok());
        // What it wrote is read to its end, so that the connection serves again, unless it is long.
        let mut room = self.most_bytes;
        while let Some(chunk) = answer.chunk().await.map_err(|error| why(&error))? {
            let Some(left) = room.checked_sub(chunk.len()) else {
                break;
            };
            room = left;
        }
        Ok(Answered {
            status,
            retry_after,
        })
    }

    /// What left so far, with the way into memory.
    pub fn posted(&self) -> Vec<Posted> {
        match &self.way {
            Way::Memory(memory) => memory
                .lock()
                .map(|memory| memory.posted.clone())
                .unwrap_or_default(),
            Way::Http(_) => Vec::new(),
        }
    }

    /// Makes the way into memory answer so, once; after that 201 again.
    pub fn answer_next(&self, status: u16, retry_after: Option<i64>) {
        if let Way::Memory(memory) = &self.way
            && let Ok(mut memory) = memory.lock()
        {
            memory.answers.push_back(Answered {
                status,
                retry_after,
            });
        }
    }
}

fn remember(memory: &Mutex<Memory>, url: &Url, headers: &HeaderMap, body: Vec<u8>) -> Answered {
    let usual = Answered {
        status: 201,
        retry_after: None,
    };
    let Ok(mut memory) = memory.lock() else {
        return usual;
    };
    let text = |value: &reqwest::header::HeaderValue| value.to_str().unwrap_or_default().to_owned();
    let headers = headers.iter();
    memory.posted.push(Posted {
        url: url.to_string(),
        headers: headers
            .map(|(name, value)| (name.to_string(), text(value)))
            .collect(),
        body,
    });
    memory.answers.pop_front().unwrap_or(usual)
}

fn client(settings: &Outward) -> anyhow::Result<Client> {
    // The same cryptography as for mails; the first of the process stays.
    drop(rustls::crypto::ring::default_provider().install_default());
    let finder = Finder {
        allows_private: settings.allow_private,
    };
    Client::builder()
        .redirect(Policy::none())
        .timeout(Duration::from_secs(settings.timeout_seconds))
        .dns_resolver(Arc::new(finder))
        .no_proxy()
        .user_agent("giothong")
        .build()
        .context("cannot prepare requests to other servers")
}

/// Looks names up and gives out public addresses only: the connection is made to exactly these.
struct Finder {
    allows_private: bool,
}

impl Resolve for Finder {
    fn resolve(&self, name: Name) -> Resolving {
        let allows_private = self.allows_private;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let found: Vec<SocketAddr> = found
                .filter(|address| allows_private || is_public(address.ip()))
                .collect();
            if found.is_empty() {
                return Err("no public address".into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Without the address itself, which may be a secret of its own.
fn why(error: &reqwest::Error) -> NetError {
    let words = if error.is_timeout() {
        "no answer in time"
    } else if error.is_connect() {
        "no connection"
    } else {
        "the connection broke"
    };
    NetError::Passing(words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_private_or_plain_address_is_asked_unless_the_settings_say_so() {
        let net = |allow_private| {
            Net::new(&Outward {
                way: OutwardWay::Memory,
                allow_private,
                timeout_seconds: 5,
                answer_bytes: 100,
            })
            .unwrap()
        };
        for refused in [
            "http://sms.vn/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://10.0.0.1:444/",
            "ftp://sms.vn/",
            "sms",
        ] {
            assert!(net(false).checked(refused).is_err(), "{refused}");
        }
        assert!(net(false).checked("https://sms.vn/send").is_ok());
        assert!(net(true).checked("http://127.0.0.1:9000/").is_ok());
        assert!(net(true).checked("file:///etc/passwd").is_err());
    }
}
