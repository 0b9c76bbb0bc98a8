//! The beginning: the first administrator and the chapter, made once in the browser.
use super::actions::nation;
use super::rules::{OrganisationKind, Refusal};
use super::store::{self, NewOrganisation};
use crate::accounts::{GrantId, NewGrant, Place, operator};
use crate::people::{self, NewPerson};
use crate::platform::db::Conn;
use crate::platform::http::Role;
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::marks;
use crate::platform::problem::{Kind, Problem};
use crate::platform::seal::Keys;
use crate::platform::text::Email;

/// Everything the first administrator said, made ready before the database is asked.
pub(super) struct Setup {
    pub(super) person: NewPerson,
    pub(super) email: Email,
    /// The blind mark of the mail address.
    pub(super) lookup: String,
    pub(super) password_hash: String,
    pub(super) chapter: NewOrganisation,
    /// Names the nation's body where it has to be made.
    pub(super) nation: OrganisationId,
    pub(super) grant: GrantId,
}

impl Setup {
    /// Makes both, or refuses when somebody was first; answers the chapter and the administrator.
    pub(super) fn write(
        &self,
        conn: &mut Conn,
        keys: &Keys,
    ) -> Result<(OrganisationId, PersonId), Problem> {
        let now = self.person.created_at;
        // Both questions: of two browsers at once on PostgreSQL neither sees the other's grant yet.
        let is_first = marks::put_first(conn, marks::SETUP, &self.grant.to_string())?;
        if !is_first || !operator::is_new(conn)? {
            return Err(Refusal::SetUp.into());
        }
        let (top, chapter) = self.bodies(conn)?;
        let person = self.administrator(conn, keys)?;
        let grant = NewGrant {
            id: self.grant,
            person,
            role: Role::Admin,
            place: Place::Organisation(top),
            until: None,
            granted_by: None,
            at: now,
        };
        operator::add(conn, &grant, &self.lookup, &self.password_hash)?;
        Ok((chapter, person))
    }

    /// The body above all, and the chapter under it; they are one where the chapter is the nation's.
    fn bodies(&self, conn: &mut Conn) -> Result<(OrganisationId, OrganisationId), Problem> {
        let now = self.person.created_at;
        let mut chapter = self.chapter.clone();
        if chapter.kind == OrganisationKind::National {
            let there = store::nation(conn)?;
            if there.is_none() {
                store::insert(conn, std::slice::from_ref(&chapter), now)?;
            }
            let top = there.unwrap_or(chapter.id);
            return Ok((top, top));
        }
        let top = nation(conn, self.nation, now)?;
        chapter.parent = Some(top);
        let id = chapter.id;
        store::insert(conn, &[chapter], now)?;
        Ok((top, id))
    }

    fn administrator(&self, conn: &mut Conn, keys: &Keys) -> Result<PersonId, Problem> {
        match operator::find(conn, keys, &self.email)?.as_slice() {
            [] => {
                people::insert(conn, &self.person)?;
                Ok(self.person.id)
            }
            [known] => Ok(*known),
            _ => Err((&Kind::ALREADY_EXISTS).into()),
        }
    }
}
