//! Links in messages: for one purpose, bound to one message, for a time. Opening one shows, a button acts, and one that
//! was used says so.
use super::letter::Composing;
use super::store::{self, Notice, NoticeId};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::http::link;
use crate::platform::id::AnyId;
use crate::platform::seal::Keys;
use chrono::TimeDelta;
use diesel::QueryResult;

/// What a link lets its holder do: `const STOP: Link = Link::lasting("u", "stop-reminders")`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    page: &'static str,
    purpose: &'static str,
    days: Option<i64>,
}

/// What somebody holds who opens a link.
#[derive(Debug)]
pub enum Opened {
    /// The link of this message, not used yet.
    Fresh(Notice),
    /// It was used before.
    Used(Notice),
    /// Its days are over.
    Over(Notice),
    /// None of ours, for another purpose, or of a message that is gone.
    Dead,
}

impl Opened {
    /// The message, where the link may still act: once more is harmless where the deed is the same.
    pub fn usable(self) -> Option<Notice> {
        match self {
            Self::Fresh(notice) | Self::Used(notice) => Some(notice),
            Self::Over(_) | Self::Dead => None,
        }
    }
}

impl Link {
    /// A link of `/{page}/…` that works for so many days after its message was written.
    pub const fn for_days(page: &'static str, purpose: &'static str, days: i64) -> Self {
        Self {
            page,
            purpose,
            days: Some(days),
        }
    }

    /// One that always works: nobody who wants less mail is told that they come too late.
    pub const fn lasting(page: &'static str, purpose: &'static str) -> Self {
        Self {
            page,
            purpose,
            days: None,
        }
    }

    /// The address to write into this message.
    pub fn address(self, composing: &Composing<'_>, notice: NoticeId) -> String {
        let token = link::token(composing.keys, self.purpose, notice.0);
        let site = &composing.settings.site.public_url;
        format!("{site}/{}/{token}", self.page)
    }

    /// What a token is worth now.
    pub fn open(
        self,
        conn: &mut Conn,
        keys: &Keys,
        token: &str,
        now: Moment,
    ) -> QueryResult<Opened> {
        let Some(id) = link::read(keys, self.purpose, token).map(NoticeId) else {
            return Ok(Opened::Dead);
        };
        let Some((notice, written_at)) = store::written(conn, id)? else {
            return Ok(Opened::Dead);
        };
        let end = self.days.map(|days| written_at + TimeDelta::days(days));
        if end.is_some_and(|end| end <= now) {
            return Ok(Opened::Over(notice));
        }
        Ok(if store::is_used(conn, id, self.purpose)? {
            Opened::Used(notice)
        } else {
            Opened::Fresh(notice)
        })
    }

    /// Notes that its button was pressed; false when it was before. Of two at once only one is first.
    pub fn use_up(
        self,
        conn: &mut Conn,
        notice: NoticeId,
        (id, now): (AnyId, Moment),
    ) -> QueryResult<bool> {
        store::note_use(conn, notice, self.purpose, (id, now))
    }
}
