//! Collects everything wrong with what somebody filled in, so that they are told all of it at once.

use std::fmt;

use crate::platform::language::Phrase;

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldError {
    /// The field as the caller named it, with dots and positions where nested: `sessions.0.place`.
    pub field: String,
    /// What to tell the caller.
    pub phrase: Phrase,
}

/// Everything wrong with a request; becomes a 422 that lists each field.
///
/// ```
/// # use giothong::platform::text::{Email, Invalid, PersonName};
/// # struct Friend { name: PersonName, email: Option<Email> }
/// fn new_friend(name: &str, email: Option<&str>) -> Result<Friend, Invalid> {
///     let mut invalid = Invalid::default();
///     let name = invalid.take("name", PersonName::parse(name));
///     let email = invalid.take_given("email", email.map(Email::parse));
///     invalid.build(|| Ok(Friend { name: name?, email: email? }))
/// }
/// let fields: Vec<_> = new_friend("", Some("x")).err().into_iter().flat_map(|i| i.0).map(|e| e.field).collect();
/// assert_eq!(fields, ["name", "email"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Invalid(pub Vec<FieldError>);

/// Stands for a value whose error an [`Invalid`] has already noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noted(());

impl Invalid {
    /// One wrong field, where nothing else can be wrong.
    pub fn one(field: impl Into<String>, phrase: impl Into<Phrase>) -> Self {
        let mut invalid = Self::default();
        invalid.refuse(field, phrase);
        invalid
    }

    /// Notes an error that is not about reading one value, such as two fields that do not go together.
    pub fn refuse(&mut self, field: impl Into<String>, phrase: impl Into<Phrase>) -> Noted {
        self.0.push(FieldError {
            field: field.into(),
            phrase: phrase.into(),
        });
        Noted(())
    }

    /// The value if it could be read; otherwise notes why not.
    pub fn take<T>(
        &mut self,
        field: impl Into<String>,
        read: Result<T, Phrase>,
    ) -> Result<T, Noted> {
        read.map_err(|phrase| self.refuse(field, phrase))
    }

    /// The same for a field that may be left out.
    pub fn take_given<T>(
        &mut self,
        field: impl Into<String>,
        read: Option<Result<T, Phrase>>,
    ) -> Result<Option<T>, Noted> {
        read.map(|read| self.take(field, read)).transpose()
    }

    /// The same for a part that collected its own errors; their fields get this one in front.
    pub fn take_part<T>(
        &mut self,
        field: impl fmt::Display,
        read: Result<T, Self>,
    ) -> Result<T, Noted> {
        read.map_err(|part| {
            for error in part.0 {
                self.refuse(format!("{field}.{}", error.field), error.phrase);
            }
            Noted(())
        })
    }

    /// The same for what named its own fields already.
    pub fn take_whole<T>(&mut self, read: Result<T, Self>) -> Result<T, Noted> {
        read.map_err(|part| {
            self.0.extend(part.0);
            Noted(())
        })
    }

    /// Passes only when nothing was noted.
    pub fn check(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }

    /// What was asked for, made of the values taken, or everything that was noted.
    pub fn build<T>(self, make: impl FnOnce() -> Result<T, Noted>) -> Result<T, Self> {
        match make() {
            Ok(whole) if self.0.is_empty() => Ok(whole),
            _ => Err(self),
        }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid input")?;
        for error in &self.0 {
            write!(f, "; {}: {}", error.field, error.phrase.key().name())?;
        }
        Ok(())
    }
}

impl std::error::Error for Invalid {}

#[cfg(test)]
mod tests {
    use super::super::{Line, PersonName};
    use super::Invalid;
    use crate::platform::language::keys;

    fn fields(invalid: &Invalid) -> Vec<&str> {
        invalid.0.iter().map(|error| error.field.as_str()).collect()
    }

    #[test]
    fn a_form_without_faults_is_built() {
        let mut invalid = Invalid::default();
        let name = invalid.take("name", PersonName::parse("Trần Thị Hoa"));
        let place = invalid.take_given("place", None::<&str>.map(|raw| Line::parse(raw, 50)));
        let built = invalid.build(|| Ok((name?, place?))).expect("no fault");
        assert_eq!((built.0.as_str(), built.1), ("Trần Thị Hoa", None));
    }

    #[test]
    fn every_fault_is_told_at_once_in_the_order_of_the_fields() {
        let mut invalid = Invalid::default();
        let name = invalid.take("name", PersonName::parse(" "));
        let place = invalid.take_given("place", Some(Line::parse("ab\ncd", 50)));
        invalid.refuse("ends_at", keys::FIELD_WRONG_ORDER);
        let invalid = invalid.build(|| Ok((name?, place?))).expect_err("faults");
        assert_eq!(fields(&invalid), ["name", "place", "ends_at"]);
        assert_eq!(
            invalid.to_string(),
            "invalid input; name: field.required; place: field.not-one-line; ends_at: field.wrong-order"
        );
    }

    #[test]
    fn a_fault_between_fields_refuses_readable_values_too() {
        let mut invalid = Invalid::default();
        let name = invalid.take("name", PersonName::parse("Hoa"));
        invalid.refuse("on", keys::FIELD_WRONG_ORDER);
        assert!(invalid.clone().check().is_err());
        assert!(invalid.build(|| name).is_err());
    }

    #[test]
    fn the_faults_of_a_part_say_where_it_stands() {
        let mut invalid = Invalid::default();
        let part: Result<(), _> = Err(Invalid::one("capacity", keys::FIELD_NOT_A_NUMBER));
        let taken = invalid.take_part("sessions.1", part);
        let invalid = invalid.build(|| taken).expect_err("a fault");
        assert_eq!(fields(&invalid), ["sessions.1.capacity"]);
    }
}
