//! An account for each role, to sign in with.
use super::stage::Stage;
use crate::accounts::{self, NewGrant, Place, operator};
use crate::people::{self, Contact, Giver, NewPerson, Sex};
use crate::platform::App;
use crate::platform::http::Role;
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::language::{Language, Phrase};
use crate::platform::text::{Coordinates, PersonName};

/// What everybody in the demonstration signs in with; it is no secret, since production refuses the demonstration.
const PASSWORD: &str = "giot-hong-minh-hoa";

/// Somebody to sign in as.
#[derive(Debug, Clone)]
pub struct Account {
    /// What they may do, in Vietnamese.
    pub role: &'static str,
    /// Their mail address.
    pub email: String,
    /// Their password.
    pub password: &'static str,
}

/// Whom a part is for: what they may do, their mailbox, their name.
type Part = (&'static str, &'static str, &'static str);

const DONOR: Part = ("Người hiến máu", "nguoihien", "Nguyễn Thị Hiến Máu");
/// Where a role is held.
#[derive(Clone, Copy)]
enum Seat {
    Nation,
    Province,
    Club,
    Centre,
    Hospital,
}

const STAFF: [(Part, Role, &[Seat]); 8] = [
    (
        ("Quản trị", "quantri", "Lê Thị Quản Trị"),
        Role::Admin,
        &[Seat::Province, Seat::Nation],
    ),
    (
        ("Điều phối", "dieuphoi", "Trần Văn Điều Phối"),
        Role::Coordinator,
        &[Seat::Province],
    ),
    (
        ("Trưởng câu lạc bộ", "caulacbo", "Phạm Thị Câu Lạc"),
        Role::ClubLead,
        &[Seat::Club],
    ),
    (
        ("Bàn tiếp đón", "tiepdon", "Vũ Văn Tiếp Đón"),
        Role::DriveStaff,
        &[Seat::Province],
    ),
    (
        ("Điều dưỡng", "dieuduong", "Hoàng Thị Điều Dưỡng"),
        Role::Nurse,
        &[Seat::Centre],
    ),
    (
        ("Bệnh viện", "benhvien", "Đặng Văn Trực Ban"),
        Role::Hospital,
        &[Seat::Hospital],
    ),
    (
        ("Kiểm tra", "kiemtra", "Bùi Thị Kiểm Tra"),
        Role::Auditor,
        &[Seat::Province],
    ),
    (
        ("Điều phối toàn quốc", "trunguong", "Ngô Thị Trung Ương"),
        Role::Coordinator,
        &[Seat::Nation],
    ),
];

/// Writes everybody with their roles and their password.
pub(super) async fn admit(app: &App, stage: &Stage) -> anyhow::Result<Vec<Account>> {
    let mut made = Vec::new();
    for (part, role, seats) in STAFF {
        let person = app.id();
        let grants = seats
            .iter()
            .map(|seat| grant(app, person, (role, stage.seat(*seat))))
            .collect();
        made.push(account(app, part, person, grants).await?);
    }
    made.push(account(app, DONOR, stage.donor, Vec::new()).await?);
    Ok(made)
}

impl Stage {
    fn seat(&self, seat: Seat) -> OrganisationId {
        match seat {
            Seat::Nation => self.nation,
            Seat::Province => self.province,
            Seat::Club => self.clubs.first().copied().unwrap_or(self.province),
            Seat::Centre => self.centre,
            Seat::Hospital => self.hospital,
        }
    }
}

fn grant(app: &App, person: PersonId, (role, place): (Role, OrganisationId)) -> NewGrant {
    NewGrant {
        id: app.id(),
        person,
        role,
        place: Place::Organisation(place),
        until: None,
        granted_by: None,
        at: app.now(),
    }
}

async fn account(
    app: &App,
    (role, mailbox, name): Part,
    id: PersonId,
    grants: Vec<NewGrant>,
) -> anyhow::Result<Account> {
    let email = format!("{mailbox}@giothong.example");
    let contact = Contact::parse(&email).map_err(wrong)?;
    let lookup = contact.lookup(&app.keys);
    let hash = operator::hash_password(app, PASSWORD)
        .await
        .map_err(|problem| anyhow::anyhow!("{problem}"))?
        .map_err(wrong)?;
    let person = person(app, id, name, &contact)?;
    let now = app.now();
    app.db
        .write(move |conn| {
            people::insert(conn, &person)?;
            operator::admit(conn, id, (&lookup, &hash), now)?;
            grants
                .iter()
                .try_for_each(|grant| accounts::grant(conn, grant))
        })
        .await?;
    Ok(Account {
        role,
        email,
        password: PASSWORD,
    })
}

fn person(app: &App, id: PersonId, name: &str, contact: &Contact) -> anyhow::Result<NewPerson> {
    Ok(NewPerson {
        id,
        name: PersonName::parse(name).map_err(wrong)?,
        birth_date: None,
        sex: Some(Sex::Female),
        language: Language::Vi,
        commune: None,
        coordinates: Coordinates::parse(15.61, 107.65).ok(),
        citizen_lookup: None,
        contacts: vec![people::contact(app, contact, Giver::Themself)],
        created_at: app.now(),
    })
}

/// A demonstration whose own words are refused is a fault of the program.
#[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
pub(super) fn wrong(phrase: Phrase) -> anyhow::Error {
    anyhow::anyhow!("{phrase:?}")
}
