//! Signing mails, so that a receiver sees that they come from our domain and were not changed.
use crate::platform::config::Dkim;
use anyhow::{Context, anyhow};
use lettre::Message;
use lettre::message::dkim::{
    DkimCanonicalization, DkimCanonicalizationType, DkimConfig, DkimSigningAlgorithm,
    DkimSigningKey,
};
use lettre::message::header::HeaderName;

/// What is signed of every mail, where it is there.
const ALWAYS: [&str; 6] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
];
/// And of one that can be stopped by one click. Source: RFC 8058, §4.
const STOPPABLE: [&str; 2] = ["List-Unsubscribe", "List-Unsubscribe-Post"];

/// Signs in the name of a domain.
pub(super) struct Signer {
    plain: DkimConfig,
    stoppable: DkimConfig,
}

impl Signer {
    /// With the key the settings name; none where they name no selector.
    pub(super) fn new(settings: &Dkim, sender_domain: &str) -> anyhow::Result<Option<Self>> {
        if settings.selector.is_empty() {
            return Ok(None);
        }
        let text = std::fs::read_to_string(&settings.key_file)
            .with_context(|| format!("cannot read mail.dkim.key_file {}", settings.key_file))?;
        let domain = match settings.domain.as_str() {
            "" => sender_domain,
            domain => domain,
        };
        let config = |headers: &[&'static str]| {
            let headers = headers.iter().copied();
            Ok::<_, anyhow::Error>(DkimConfig::new(
                settings.selector.clone(),
                domain.to_owned(),
                key(text.trim())?,
                headers.map(HeaderName::new_from_ascii_str).collect(),
                DkimCanonicalization {
                    header: DkimCanonicalizationType::Relaxed,
                    body: DkimCanonicalizationType::Relaxed,
                },
            ))
        };
        Ok(Some(Self {
            plain: config(&ALWAYS)?,
            stoppable: config(&[&ALWAYS[..], &STOPPABLE[..]].concat())?,
        }))
    }

    /// Signs a finished mail.
    pub(super) fn sign(&self, message: &mut Message, is_stoppable: bool) {
        message.sign(if is_stoppable {
            &self.stoppable
        } else {
            &self.plain
        });
    }
}

fn key(text: &str) -> anyhow::Result<DkimSigningKey> {
    let algorithm = if text.starts_with("-----BEGIN RSA PRIVATE KEY-----") {
        DkimSigningAlgorithm::Rsa
    } else {
        DkimSigningAlgorithm::Ed25519
    };
    DkimSigningKey::new(text, algorithm)
        .map_err(|error| anyhow!("mail.dkim.key_file holds no key: {error}"))
}
