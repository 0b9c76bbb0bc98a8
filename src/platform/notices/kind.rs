//! A kind of message: its name, why it may be sent, and by which way at all.
use super::model::{Channel, Purpose};

/// A kind of message, declared once by its subject: `const ASK: NoticeKind = NoticeKind::named("call-ask", Purpose::Call)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NoticeKind {
    /// As rows, settings and `message.{name}.title` name it.
    pub name: &'static str,
    /// Why it may be sent.
    pub purpose: Purpose,
    /// The one way it may go by, where it makes sense by no other.
    pub only: Option<Channel>,
}

impl NoticeKind {
    /// A kind of this name.
    pub const fn named(name: &'static str, purpose: Purpose) -> Self {
        Self {
            name,
            purpose,
            only: None,
        }
    }

    /// The same, by this way or not at all.
    #[must_use]
    pub const fn only_by(self, channel: Channel) -> Self {
        Self {
            only: Some(channel),
            ..self
        }
    }
}
