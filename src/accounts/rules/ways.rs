//! The ways in: a password, a code that was sent, a ticket that was handed over.
use super::Password;
use crate::people::Contact;
use crate::platform::id::PersonId;
use crate::platform::language::{Phrase, keys};
use crate::platform::text::{Email, Invalid};

/// How somebody comes in.
#[derive(Debug)]
pub(crate) enum Way {
    /// By address and password.
    Password(Email, Password),
    /// By a code sent to a contact; whom, where the contact belongs to several.
    Code(Contact, Code, Option<PersonId>),
    /// By a one-time ticket.
    Ticket(String),
}

/// What was filled in, each as it came.
#[derive(Debug, Default)]
pub(crate) struct Given {
    pub email: Option<String>,
    pub password: Option<String>,
    pub contact: Option<String>,
    pub code: Option<String>,
    pub person: Option<PersonId>,
    pub ticket: Option<String>,
}

impl Way {
    /// Reads the way in; the field that says which one is `ticket`, `contact` or `email`, in this order.
    pub(crate) fn of(given: &Given) -> Result<Self, Invalid> {
        let mut invalid = Invalid::default();
        if let Some(ticket) = &given.ticket {
            let ticket = invalid.take("ticket", short(ticket));
            return invalid.build(|| Ok(Self::Ticket(ticket?)));
        }
        if let Some(contact) = &given.contact {
            let contact = invalid.take("contact", Contact::parse(contact));
            let code = invalid.take("code", needed(given.code.as_ref()).and_then(Code::parse));
            return invalid.build(|| Ok(Self::Code(contact?, code?, given.person)));
        }
        let email = invalid.take("email", needed(given.email.as_ref()).and_then(Email::parse));
        let password = needed(given.password.as_ref()).and_then(Password::given);
        let password = invalid.take("password", password);
        invalid.build(|| Ok(Self::Password(email?, password?)))
    }
}

/// Setting a password anew: first a code is asked for, then it comes back with the password.
#[derive(Debug)]
pub(crate) enum Reset {
    /// Send a code.
    Ask(Contact),
    /// Here it is.
    Set(Contact, Code, Password, Option<PersonId>),
}

impl Reset {
    /// Reads a reset: without code and password it asks for a code, with either it needs both.
    pub(crate) fn of(given: &Given) -> Result<Self, Invalid> {
        let mut invalid = Invalid::default();
        let contact = invalid.take(
            "contact",
            needed(given.contact.as_ref()).and_then(Contact::parse),
        );
        if given.code.is_none() && given.password.is_none() {
            return invalid.build(|| Ok(Self::Ask(contact?)));
        }
        let code = invalid.take("code", needed(given.code.as_ref()).and_then(Code::parse));
        let password = needed(given.password.as_ref()).and_then(Password::chosen);
        let password = invalid.take("password", password);
        invalid.build(|| Ok(Self::Set(contact?, code?, password?, given.person)))
    }
}

fn needed(raw: Option<&String>) -> Result<&str, Phrase> {
    raw.map(String::as_str)
        .ok_or(Phrase::new(keys::FIELD_REQUIRED))
}

/// A secret as it came; longer ones are none of ours.
fn short(raw: &str) -> Result<String, Phrase> {
    match raw.chars().count() {
        0 => Err(Phrase::new(keys::FIELD_REQUIRED)),
        1..=100 => Ok(raw.to_owned()),
        _ => Err(Phrase::new(keys::FIELD_TOO_LONG).with("max", 100)),
    }
}

/// Six digits, as they were sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Code(String);

impl Code {
    /// Reads six digits; spaces people type between them are dropped.
    pub(crate) fn parse(raw: &str) -> Result<Self, Phrase> {
        let digits: String = raw.chars().filter(|c| !c.is_whitespace()).collect();
        let is_code = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_code
            .then_some(Self(digits))
            .ok_or(Phrase::new(keys::FIELD_NOT_A_CODE))
    }

    /// A code from chance: each of the million is as likely as the others, to one part in ten million million.
    pub(crate) fn random(chance: [u8; 8]) -> Self {
        Self(format!("{:06}", u64::from_be_bytes(chance) % 1_000_000))
    }

    /// The digits.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(given: &Given) -> Vec<String> {
        Way::of(given)
            .err()
            .unwrap_or_default()
            .0
            .into_iter()
            .map(|error| error.field)
            .collect()
    }

    #[test]
    fn every_missing_half_is_named_at_once() {
        assert_eq!(fields(&Given::default()), ["email", "password"]);
        let given = Given {
            contact: Some("12".into()),
            code: Some("12345".into()),
            ..Given::default()
        };
        assert_eq!(fields(&given), ["contact", "code"]);
        assert_eq!(
            fields(&Given {
                ticket: Some(String::new()),
                ..Given::default()
            }),
            ["ticket"]
        );
    }

    #[test]
    fn a_code_is_six_digits_with_or_without_spaces() {
        assert_eq!(Code::parse(" 012 345 ").unwrap().as_str(), "012345");
        for raw in ["", "12345", "1234567", "12345a", "１２３４５６"] {
            assert!(Code::parse(raw).is_err(), "{raw}");
        }
        assert_eq!(Code::random([0; 8]).as_str(), "000000");
    }
}
