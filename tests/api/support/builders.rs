//! People and bodies a test needs before it begins, written straight into the tables.
use super::{Actor, TestApp};
use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use giothong::platform::clock::Moment;
use giothong::platform::db::Conn;
use giothong::platform::db::schema::{
    contacts, grants, organisation_ancestors, organisations, people, sign_ins,
};
use giothong::platform::fold::fold;
use giothong::platform::http::Role;
use giothong::platform::id::{AnyId, DriveId, OrganisationId, PersonId, SignInId};
use giothong::platform::problem::Problem;
use giothong::platform::seal::Sealed;
use rand::SeedableRng;

impl TestApp {
    /// Nobody known.
    pub fn stranger(&self) -> Actor {
        Actor::stranger(self)
    }

    /// A signed-in person without any role. The mail address is the folded name without spaces, `@example.vn`.
    pub async fn donor(&self, name: &str) -> Actor {
        let person = self.person(name).await;
        self.signed_in(person).await
    }

    /// A signed-in person with this role under this body.
    pub async fn staff(&self, name: &str, role: Role, body: OrganisationId) -> Actor {
        let actor = self.donor(name).await;
        self.grant(actor.id(), role, Some(body), None).await;
        actor
    }

    pub async fn coordinator(&self, body: OrganisationId) -> Actor {
        self.staff("Trần Thị Điều Phối", Role::Coordinator, body)
            .await
    }

    pub async fn admin(&self, body: OrganisationId) -> Actor {
        self.staff("Lê Quản Trị", Role::Admin, body).await
    }

    /// A grant as it lies in the table.
    pub async fn grant(
        &self,
        person: PersonId,
        role: Role,
        body: Option<OrganisationId>,
        drive: Option<DriveId>,
    ) {
        let (id, now): (AnyId, _) = (self.app.id(), self.app.now());
        self.rows(move |conn| {
            diesel::insert_into(grants::table)
                .values((
                    grants::id.eq(id),
                    grants::person.eq(person),
                    grants::role.eq(role),
                    grants::organisation.eq(body),
                    grants::drive.eq(drive),
                    grants::created_at.eq(now),
                ))
                .execute(conn)
        })
        .await;
    }

    /// A claimed person of 30 with a verified mail address.
    pub async fn person(&self, name: &str) -> PersonId {
        let (id, contact): (PersonId, AnyId) = (self.app.id(), self.app.id());
        let (name, now) = (name.to_owned(), self.app.now());
        let email = format!("{}@example.vn", fold(&name).replace(' ', ""));
        let lookup = self.app.keys.lookup("email", &email);
        let mut chance = rand::rngs::StdRng::seed_from_u64(1);
        let sealed = self.app.keys.seal(
            Sealed::new("contacts.sealed", contact.0),
            &email,
            &mut chance,
        );
        self.rows(move |conn| {
            insert_person(conn, id, &name, now)?;
            diesel::insert_into(contacts::table)
                .values((
                    contacts::id.eq(contact),
                    contacts::person.eq(id),
                    contacts::kind.eq("email"),
                    contacts::sealed.eq(sealed),
                    contacts::lookup.eq(lookup),
                    contacts::is_own.eq(true),
                    contacts::verified_at.eq(Some(now)),
                    contacts::created_at.eq(now),
                ))
                .execute(conn)
        })
        .await;
        id
    }

    /// Somebody who is signed in on one device for 200 days.
    pub async fn signed_in(&self, person: PersonId) -> Actor {
        let (id, now): (SignInId, _) = (self.app.id(), self.app.now());
        self.rows(move |conn| insert_sign_in(conn, person, id, now))
            .await;
        Actor::signed_in(self, person, id)
    }

    /// So many signed-in people without a contact, all written at once.
    pub async fn crowd(&self, many: usize) -> Vec<Actor> {
        let now = self.app.now();
        let ids: Vec<(PersonId, SignInId)> =
            std::iter::repeat_with(|| (self.app.id(), self.app.id()))
                .take(many)
                .collect();
        let people = ids.clone();
        self.rows(move |conn| {
            for (person, sign_in) in people {
                insert_person(conn, person, "Người Hiến Máu", now)?;
                insert_sign_in(conn, person, sign_in, now)?;
            }
            Ok(())
        })
        .await;
        ids.into_iter()
            .map(|(person, sign_in)| Actor::signed_in(self, person, sign_in))
            .collect()
    }

    /// A body under `parent`, valid for ever.
    pub async fn body(
        &self,
        kind: &'static str,
        name: &str,
        parent: Option<OrganisationId>,
    ) -> OrganisationId {
        let (id, name, now): (OrganisationId, _, _) =
            (self.app.id(), name.to_owned(), self.app.now());
        self.rows(move |conn| {
            diesel::insert_into(organisations::table)
                .values((
                    organisations::id.eq(id),
                    organisations::kind.eq(kind),
                    organisations::name.eq(&name),
                    organisations::search_name.eq(fold(&name)),
                    organisations::parent.eq(parent),
                    organisations::created_at.eq(now),
                ))
                .execute(conn)?;
            let above: Vec<(OrganisationId, i32)> = organisation_ancestors::table
                .filter(organisation_ancestors::descendant.eq(parent.unwrap_or(id)))
                .select((
                    organisation_ancestors::ancestor,
                    organisation_ancestors::depth,
                ))
                .load(conn)?;
            let lines = above
                .into_iter()
                .map(|(ancestor, depth)| (ancestor, depth + 1))
                .chain([(id, 0)]);
            for (ancestor, depth) in lines {
                diesel::insert_into(organisation_ancestors::table)
                    .values((
                        organisation_ancestors::descendant.eq(id),
                        organisation_ancestors::ancestor.eq(ancestor),
                        organisation_ancestors::depth.eq(depth),
                    ))
                    .execute(conn)?;
            }
            Ok(())
        })
        .await;
        id
    }

    /// Writes or reads rows directly.
    pub async fn rows<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Conn) -> QueryResult<T> + Send + 'static,
    ) -> T {
        self.app
            .db
            .write(move |conn| job(conn).map_err(Problem::from))
            .await
            .unwrap_or_else(|problem| panic!("{problem}: {}", problem.causes()))
    }
}

fn insert_person(conn: &mut Conn, id: PersonId, name: &str, now: Moment) -> QueryResult<()> {
    diesel::insert_into(people::table)
        .values((
            people::id.eq(id),
            people::name.eq(name),
            people::search_name.eq(fold(name)),
            people::birth_date.eq(NaiveDate::from_ymd_opt(1996, 1, 31)),
            people::sex.eq("female"),
            people::language.eq("vi"),
            people::claimed_at.eq(Some(now)),
            people::created_at.eq(now),
        ))
        .execute(conn)
        .map(drop)
}

fn insert_sign_in(conn: &mut Conn, person: PersonId, id: SignInId, now: Moment) -> QueryResult<()> {
    diesel::insert_into(sign_ins::table)
        .values((
            sign_ins::id.eq(id),
            sign_ins::person.eq(person),
            sign_ins::epoch.eq(0),
            sign_ins::label.eq("test"),
            sign_ins::created_at.eq(now),
            sign_ins::used_at.eq(now),
            sign_ins::idle_until.eq(now + TimeDelta::days(200)),
            sign_ins::ends_at.eq(now + TimeDelta::days(200)),
        ))
        .execute(conn)
        .map(drop)
}
