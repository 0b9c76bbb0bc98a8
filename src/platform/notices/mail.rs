//! How mails leave: to a server, into a folder, or into a test.
use super::dkim::Signer;
use super::frame::Framed;
use super::letter::Letter;
use super::store::NoticeId;
use crate::platform::config::{Encryption, Mail, Settings, Transport};
use anyhow::Context;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, header::ContentType};
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// A mail that left, as a test sees it.
#[derive(Debug, Clone)]
pub struct SentMail {
    /// The address it went to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// The .ics file that went with it.
    pub calendar: Option<String>,
    /// `<id@host>`: the same for every try.
    pub message_id: String,
}

/// Why a mail did not leave.
#[derive(Debug)]
pub(super) enum MailError {
    /// Another try may work.
    Passing(String),
    /// No try will.
    Lasting(String),
    /// The server knows no such address.
    Bounced(String),
}

/// A mail about to leave.
pub(super) struct Outgoing<'a> {
    pub(super) id: NoticeId,
    pub(super) address: &'a str,
    pub(super) name: &'a str,
    pub(super) letter: &'a Letter,
    pub(super) framed: &'a Framed,
}

enum Way {
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
    Folder(PathBuf),
    Memory(Mutex<Vec<SentMail>>),
}

/// Sends letters by the way the settings name.
pub struct Mailer {
    way: Way,
    from: Mailbox,
    host: String,
    patience: Duration,
    signer: Option<Signer>,
    failing: AtomicU32,
}

impl Mailer {
    /// Opens the way; no connection is made before the first mail.
    pub fn new(settings: &Settings) -> anyhow::Result<Self> {
        let mail = &settings.mail;
        let address: Address = mail.from.parse().context("mail.from is no address")?;
        let way = match mail.transport {
            Transport::Smtp => Way::Smtp(Box::new(smtp(mail)?)),
            Transport::Folder => Way::Folder(PathBuf::from(&mail.folder)),
            Transport::Memory => Way::Memory(Mutex::default()),
        };
        let host = address.domain().to_owned();
        Ok(Self {
            signer: Signer::new(&mail.dkim, &host)?,
            way,
            from: Mailbox::new(Some(settings.site.name.clone()), address),
            host,
            patience: Duration::from_secs(u64::try_from(mail.timeout_seconds)?),
            failing: AtomicU32::new(0),
        })
    }

    /// Sends one letter. Two tries of one notice carry the same Message-ID.
    pub(super) async fn send(&self, mail: &Outgoing<'_>) -> Result<(), MailError> {
        let message_id = format!("<{}@{}>", mail.id, self.host);
        let message = self
            .message(&message_id, mail)
            .map_err(|error| MailError::Lasting(format!("{error:#}")))?;
        match &self.way {
            // lettre's own limit is for the connection only; a server that falls silent later would hold us for ever.
            Way::Smtp(server) => tokio::time::timeout(self.patience, server.send(message))
                .await
                .map_err(|_elapsed| MailError::Passing("no answer in time".to_owned()))?
                .map(drop)
                .map_err(|error| classify(&error)),
            Way::Folder(folder) => write_file(folder, mail.id, &message)
                .map_err(|error| MailError::Passing(format!("{error:#}"))),
            Way::Memory(sent) => self.remember(sent, message_id, mail),
        }
    }

    fn remember(
        &self,
        sent: &Mutex<Vec<SentMail>>,
        message_id: String,
        mail: &Outgoing<'_>,
    ) -> Result<(), MailError> {
        let is_failing = self
            .failing
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(1)
            })
            .is_ok();
        if is_failing {
            return Err(MailError::Passing("refused on purpose".to_owned()));
        }
        if let Ok(mut sent) = sent.lock() {
            sent.push(SentMail {
                to: mail.address.to_owned(),
                subject: mail.letter.subject.clone(),
                text: mail.framed.text.clone(),
                html: mail.framed.html.clone(),
                calendar: mail.letter.calendar.clone(),
                message_id,
            });
        }
        Ok(())
    }

    /// What left so far but for the first `seen`, with the memory transport.
    pub fn sent_after(&self, seen: usize) -> Vec<SentMail> {
        let sent = match &self.way {
            Way::Memory(sent) => sent.lock().ok(),
            Way::Smtp(_) | Way::Folder(_) => None,
        };
        sent.map_or_else(Vec::new, |sent| sent.iter().skip(seen).cloned().collect())
    }

    /// Makes the memory transport refuse the next `times` mails.
    pub fn fail_next(&self, times: u32) {
        self.failing.store(times, Ordering::Relaxed);
    }

    /// Whether the mail server answers; true for the other ways.
    pub async fn answers(&self) -> bool {
        match &self.way {
            Way::Smtp(server) => server.test_connection().await.unwrap_or(false),
            Way::Folder(_) | Way::Memory(_) => true,
        }
    }

    fn message(&self, message_id: &str, mail: &Outgoing<'_>) -> anyhow::Result<Message> {
        let letter = mail.letter;
        let to = mail.address.parse().context("no mail address")?;
        let sender = letter.sender.clone().or(self.from.name.clone());
        let mut message = Message::builder()
            .from(Mailbox::new(sender, self.from.email.clone()))
            .to(Mailbox::new(Some(mail.name.to_owned()), to))
            .subject(&letter.subject)
            .message_id(Some(message_id.to_owned()));
        if let Some(link) = &letter.unsubscribe {
            message = message.raw_header(plain_header("List-Unsubscribe", format!("<{link}>")));
            message = message.raw_header(plain_header(
                "List-Unsubscribe-Post",
                "List-Unsubscribe=One-Click".to_owned(),
            ));
        }
        let (text, html) = (mail.framed.text.clone(), mail.framed.html.clone());
        let words = MultiPart::alternative_plain_html(text, html);
        let mut message = match &letter.calendar {
            None => message.multipart(words)?,
            Some(calendar) => {
                let kind = ContentType::parse("text/calendar; charset=utf-8; method=PUBLISH")?;
                let file = Attachment::new("giothong.ics".to_owned()).body(calendar.clone(), kind);
                message.multipart(MultiPart::mixed().multipart(words).singlepart(file))?
            }
        };
        if let Some(signer) = &self.signer {
            signer.sign(&mut message, letter.unsubscribe.is_some());
        }
        Ok(message)
    }
}

fn plain_header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

fn smtp(mail: &Mail) -> anyhow::Result<AsyncSmtpTransport<Tokio1Executor>> {
    let connections = PoolConfig::new().max_size(u32::try_from(mail.in_flight.max(1))?);
    let mut server = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&mail.host)
        .port(mail.port)
        .pool_config(connections)
        .timeout(Some(Duration::from_secs(u64::try_from(
            mail.timeout_seconds,
        )?)))
        .tls(encryption(mail)?);
    if !mail.username.is_empty() {
        server = server.credentials(Credentials::new(
            mail.username.clone(),
            mail.password.reveal().clone(),
        ));
    }
    Ok(server.build())
}

fn encryption(mail: &Mail) -> anyhow::Result<Tls> {
    let mut parameters = TlsParameters::builder(mail.host.clone());
    if !mail.root_certificate.is_empty() {
        let pem = std::fs::read(&mail.root_certificate)
            .with_context(|| format!("cannot read {}", mail.root_certificate))?;
        parameters = parameters.add_root_certificate(Certificate::from_pem(&pem)?);
    }
    Ok(match mail.encryption {
        Encryption::None => Tls::None,
        Encryption::Starttls => Tls::Required(parameters.build()?),
        Encryption::Tls => Tls::Wrapper(parameters.build()?),
    })
}

fn classify(error: &lettre::transport::smtp::Error) -> MailError {
    let code = error.status().map(|code| code.to_string());
    let is_unknown = code.is_some_and(|code| ["550", "551", "553"].contains(&code.as_str()));
    // 5.7.x is about us, not about the address. Source: RFC 3463.
    if is_unknown && !error.to_string().contains("5.7.") {
        MailError::Bounced(error.to_string())
    } else if error.is_permanent() {
        MailError::Lasting(error.to_string())
    } else {
        MailError::Passing(error.to_string())
    }
}

fn write_file(folder: &PathBuf, id: NoticeId, message: &Message) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)?;
    Ok(std::fs::write(
        folder.join(format!("{id}.eml")),
        message.formatted(),
    )?)
}
