//! How mails leave: to a server, into a folder, or into a test.
use super::{Letter, NoticeId, Recipient};
use crate::platform::config::{Encryption, Mail, Settings, Transport};
use anyhow::Context;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart, header::ContentType};
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
    /// The .ics file that went with it.
    pub calendar: Option<String>,
    /// `<id@host>`: the same for every try.
    pub message_id: String,
}

/// Why a mail did not leave.
#[derive(Debug)]
pub enum MailError {
    /// Another try may work.
    Passing(String),
    /// No try will.
    Lasting(String),
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
            way,
            from: Mailbox::new(Some(settings.site.name.clone()), address),
            host,
            failing: AtomicU32::new(0),
        })
    }

    /// Sends one letter. Two tries of one notice carry the same Message-ID.
    pub async fn send(
        &self,
        id: NoticeId,
        to: &Recipient,
        letter: &Letter,
    ) -> Result<(), MailError> {
        let message_id = format!("<{id}@{}>", self.host);
        let message = self
            .message(&message_id, to, letter)
            .map_err(|error| MailError::Lasting(format!("{error:#}")))?;
        match &self.way {
            Way::Smtp(server) => server
                .send(message)
                .await
                .map(drop)
                .map_err(|error| classify(&error)),
            Way::Folder(folder) => write_file(folder, id, &message)
                .map_err(|error| MailError::Passing(format!("{error:#}"))),
            Way::Memory(sent) => self.remember(sent, message_id, to, letter),
        }
    }

    fn remember(
        &self,
        sent: &Mutex<Vec<SentMail>>,
        message_id: String,
        to: &Recipient,
        letter: &Letter,
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
                to: to.email.clone(),
                subject: letter.subject.clone(),
                text: letter.text.clone(),
                calendar: letter.calendar.clone(),
                message_id,
            });
        }
        Ok(())
    }

    /// What left so far, with the memory transport.
    pub fn sent(&self) -> Vec<SentMail> {
        match &self.way {
            Way::Memory(sent) => sent.lock().map(|sent| sent.clone()).unwrap_or_default(),
            Way::Smtp(_) | Way::Folder(_) => Vec::new(),
        }
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

    fn message(
        &self,
        message_id: &str,
        to: &Recipient,
        letter: &Letter,
    ) -> anyhow::Result<Message> {
        let to = Mailbox::new(
            Some(to.given_name.clone()),
            to.email.parse().context("no mail address")?,
        );
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(&letter.subject)
            .message_id(Some(message_id.to_owned()));
        if let Some(link) = &letter.unsubscribe {
            message = message.raw_header(plain_header("List-Unsubscribe", format!("<{link}>")));
            message = message.raw_header(plain_header(
                "List-Unsubscribe-Post",
                "List-Unsubscribe=One-Click".to_owned(),
            ));
        }
        let text = SinglePart::plain(letter.text.clone());
        Ok(match &letter.calendar {
            None => message.singlepart(text)?,
            Some(calendar) => {
                let kind = ContentType::parse("text/calendar; charset=utf-8; method=PUBLISH")?;
                let file = Attachment::new("giothong.ics".to_owned()).body(calendar.clone(), kind);
                message.multipart(MultiPart::mixed().singlepart(text).singlepart(file))?
            }
        })
    }
}

fn plain_header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

fn smtp(mail: &Mail) -> anyhow::Result<AsyncSmtpTransport<Tokio1Executor>> {
    let mut server = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&mail.host)
        .port(mail.port)
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
    if error.is_permanent() {
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
