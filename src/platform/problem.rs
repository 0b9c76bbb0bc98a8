//! A refusal with a name. Words come from the message catalogue, bytes from `http::respond`.
use super::db::is_passing;
use super::language::{Arg, Key, Language, Phrase, say};
use super::text::{FieldError, Invalid};
use diesel::result::{DatabaseErrorKind, Error as DbError};
use std::error::Error;
use std::fmt;
use uuid::Uuid;

type Source = Box<dyn Error + Send + Sync>;

/// A kind of problem: its slug names the page `/problems/{slug}` and the words `problem.{slug}.title` and `.detail`.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Lower case with dashes, never changed once published.
    pub slug: &'static str,
    /// The HTTP status, decided once.
    pub status: u16,
}

impl Kind {
    /// The body, path or query cannot be read at all.
    pub const UNREADABLE: Kind = Kind::new("unreadable", 400);
    /// Nobody known is calling.
    pub const UNAUTHENTICATED: Kind = Kind::new("unauthenticated", 401);
    /// The caller's role does not allow this.
    pub const FORBIDDEN: Kind = Kind::new("forbidden", 403);
    /// It is not there, or not the caller's.
    pub const NOT_FOUND: Kind = Kind::new("not-found", 404);
    /// The path is right, the method is not; `Allow` says which are.
    pub const METHOD_NOT_ALLOWED: Kind = Kind::new("method-not-allowed", 405);
    /// It is there already.
    pub const ALREADY_EXISTS: Kind = Kind::new("already-exists", 409);
    /// The same request is being answered at this moment.
    pub const STILL_RUNNING: Kind = Kind::new("still-running", 409);
    /// More bytes than this path takes.
    pub const PAYLOAD_TOO_LARGE: Kind = Kind::new("payload-too-large", 413);
    /// Not a media type this path reads.
    pub const UNSUPPORTED_MEDIA_TYPE: Kind = Kind::new("unsupported-media-type", 415);
    /// Fields that need another look.
    pub const INVALID: Kind = Kind::new("invalid-input", 422);
    /// The key itself cannot be used.
    pub const KEY_INVALID: Kind = Kind::new("idempotency-key-invalid", 422);
    /// The cursor is of no list here: made by hand, or by another version.
    pub const STALE_CURSOR: Kind = Kind::new("stale-cursor", 422);
    /// The key was used for another request.
    pub const KEY_REUSED: Kind = Kind::new("idempotency-key-reused", 422);
    /// Too many of these from here.
    pub const TOO_MANY_REQUESTS: Kind = Kind::new("too-many-requests", 429);
    /// Our fault.
    pub const INTERNAL: Kind = Kind::new("internal", 500);
    /// The database is not there at the moment.
    pub const UNAVAILABLE: Kind = Kind::new("unavailable", 503);
    /// More work than turns.
    pub const OVERLOADED: Kind = Kind::new("overloaded", 503);

    /// Declares a kind; one line in the `http.rs` of the subject that refuses.
    pub const fn new(slug: &'static str, status: u16) -> Kind {
        Kind { slug, status }
    }

    /// The short sentence for this kind.
    pub fn title(&self, language: Language) -> String {
        self.words(language, "title", &[])
    }

    fn words(&self, language: Language, part: &str, args: &[(&'static str, Arg)]) -> String {
        let key = Key::find(&format!("problem.{}.{part}", self.slug));
        let Some(key) = key else {
            return self.slug.to_owned();
        };
        let phrase = args
            .iter()
            .cloned()
            .fold(Phrase::new(key), |phrase, (name, arg)| {
                phrase.with(name, arg)
            });
        say(language, &phrase)
    }
}

/// What a unit of work answers when it cannot do what was asked.
#[derive(Debug)]
pub struct Problem {
    kind: &'static Kind,
    args: Vec<(&'static str, Arg)>,
    fields: Vec<FieldError>,
    source: Option<Source>,
    retry_after: Option<u32>,
    choices: Vec<(Uuid, String)>,
}

impl Problem {
    /// Something that is our fault; the source is logged once and never shown.
    pub fn internal(source: impl Into<Source>) -> Self {
        Self {
            source: Some(source.into()),
            ..Self::from(&Kind::INTERNAL)
        }
    }

    /// Something outside us that is not there now.
    pub fn unavailable(source: impl Into<Source>) -> Self {
        Self {
            source: Some(source.into()),
            retry_after: Some(5),
            ..Self::from(&Kind::UNAVAILABLE)
        }
    }

    /// One field that is wrong, where the rule that found it is not a parser.
    pub fn field(field: impl Into<String>, phrase: Phrase) -> Self {
        Invalid::one(field, phrase).into()
    }

    /// Fills a blank of the words.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// Says after how many seconds another try makes sense.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Says what the caller may choose from, where the request fits several things: id and name of each.
    #[must_use]
    pub fn choices(mut self, choices: Vec<(Uuid, String)>) -> Self {
        self.choices = choices;
        self
    }

    /// Id and name of everything the request fits.
    pub fn choice(&self) -> &[(Uuid, String)] {
        &self.choices
    }

    /// Which refusal this is.
    pub fn kind(&self) -> &'static Kind {
        self.kind
    }

    /// Seconds until another try makes sense.
    pub fn retry_seconds(&self) -> Option<u32> {
        self.retry_after
    }

    /// The sentence that says what to do, in the caller's language.
    pub fn detail(&self, language: Language) -> String {
        self.kind.words(language, "detail", &self.args)
    }

    /// The sentence that says what to do, to be kept and said later: of the first wrong field, else of the kind.
    pub fn phrase(&self) -> Option<Phrase> {
        if let Some(first) = self.fields.first() {
            return Some(first.phrase.clone());
        }
        let key = Key::find(&format!("problem.{}.detail", self.kind.slug))?;
        let fill = |phrase: Phrase, (name, arg): (&'static str, Arg)| phrase.with(name, arg);
        Some(self.args.iter().cloned().fold(Phrase::new(key), fill))
    }

    /// The fields that are wrong.
    pub fn fields(&self) -> &[FieldError] {
        &self.fields
    }

    /// Every cause, outermost first, for the log.
    pub fn causes(&self) -> String {
        let mut causes = Vec::new();
        let mut next = self.source();
        while let Some(cause) = next {
            causes.push(cause.to_string());
            next = cause.source();
        }
        causes.join(": ")
    }
}

impl From<&'static Kind> for Problem {
    fn from(kind: &'static Kind) -> Self {
        Self {
            kind,
            args: Vec::new(),
            fields: Vec::new(),
            source: None,
            retry_after: None,
            choices: Vec::new(),
        }
    }
}

impl From<Invalid> for Problem {
    fn from(invalid: Invalid) -> Self {
        Self {
            fields: invalid.0,
            ..Self::from(&Kind::INVALID)
        }
    }
}

impl From<DbError> for Problem {
    fn from(error: DbError) -> Self {
        match &error {
            DbError::NotFound => (&Kind::NOT_FOUND).into(),
            DbError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Self {
                source: Some(error.into()),
                ..Self::from(&Kind::ALREADY_EXISTS)
            },
            _ if is_passing(&error) => Self::unavailable(error).retry_after(1),
            _ => Self::internal(error),
        }
    }
}

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        Self::internal(error)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.slug)
    }
}

impl Error for Problem {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
