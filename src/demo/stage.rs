//! The invented bodies and an account for each role.
use crate::accounts::{self, NewGrant, Place, operator};
use crate::organisations::{self, NewOrganisation, OrganisationKind};
use crate::people::{self, Contact, Giver, NewPerson, Sex};
use crate::platform::App;
use crate::platform::http::Role;
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::language::Language;
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

/// Invented bodies by their part in the play.
pub(super) struct Stage {
    pub(super) communes: Vec<(OrganisationId, &'static str, (f64, f64))>,
    pub(super) clubs: Vec<OrganisationId>,
    pub(super) hospital: OrganisationId,
    pub(super) centre: OrganisationId,
    pub(super) donor: PersonId,
    pub(super) accounts: Vec<Account>,
}

/// Invented communes around a place where nobody lives.
const COMMUNES: [(&str, (f64, f64)); 4] = [
    ("Xã Suối Hồng (minh họa)", (15.62, 107.62)),
    ("Xã Đồi Sim (minh họa)", (15.66, 107.68)),
    ("Phường Bến Mới (minh họa)", (15.58, 107.70)),
    ("Xã Cầu Tre (minh họa)", (15.55, 107.60)),
];
const CLUBS: [&str; 3] = [
    "Câu lạc bộ Giọt hồng Suối Hồng (minh họa)",
    "Câu lạc bộ Thanh niên Đồi Sim (minh họa)",
    "Câu lạc bộ Máu hiếm Bến Mới (minh họa)",
];

/// Writes the bodies and the accounts.
pub(super) async fn build(app: &App) -> anyhow::Result<Stage> {
    let province = invented(
        app,
        OrganisationKind::Province,
        "Tỉnh Minh Họa (số liệu minh họa)",
        None,
        None,
    );
    let top = Some(province.id);
    let hospital = invented(
        app,
        OrganisationKind::Hospital,
        "Bệnh viện Đa khoa Minh Họa",
        top,
        Some((15.60, 107.65)),
    );
    let centre = invented(
        app,
        OrganisationKind::BloodCentre,
        "Trung tâm Máu Minh Họa",
        top,
        Some((15.61, 107.66)),
    );
    let communes: Vec<NewOrganisation> = COMMUNES
        .into_iter()
        .map(|(name, place)| invented(app, OrganisationKind::Commune, name, top, Some(place)))
        .collect();
    let clubs: Vec<NewOrganisation> = CLUBS
        .into_iter()
        .zip(&communes)
        .map(|(name, commune)| invented(app, OrganisationKind::Club, name, Some(commune.id), None))
        .collect();
    let mut stage = Stage {
        communes: communes
            .iter()
            .zip(COMMUNES)
            .map(|(row, (name, place))| (row.id, name, place))
            .collect(),
        clubs: clubs.iter().map(|club| club.id).collect(),
        hospital: hospital.id,
        centre: centre.id,
        donor: app.id(),
        accounts: Vec::new(),
    };
    let rows: Vec<NewOrganisation> = [vec![province.clone(), hospital, centre], communes, clubs]
        .into_iter()
        .flatten()
        .collect();
    let now = app.now();
    app.db
        .write(move |conn| organisations::insert(conn, &rows, now))
        .await?;
    stage.accounts = accounts(app, &stage, province.id).await?;
    Ok(stage)
}

fn invented(
    app: &App,
    kind: OrganisationKind,
    name: &str,
    parent: Option<OrganisationId>,
    place: Option<(f64, f64)>,
) -> NewOrganisation {
    let mut row = NewOrganisation::named(app.id(), kind, name, parent);
    row.place = place;
    row.is_illustrative = true;
    row
}

async fn accounts(
    app: &App,
    stage: &Stage,
    province: OrganisationId,
) -> anyhow::Result<Vec<Account>> {
    let club = stage.clubs.first().copied().unwrap_or(province);
    let cast = [
        (
            "Quản trị",
            "quantri",
            "Lê Thị Quản Trị",
            Role::Admin,
            province,
        ),
        (
            "Điều phối",
            "dieuphoi",
            "Trần Văn Điều Phối",
            Role::Coordinator,
            province,
        ),
        (
            "Trưởng câu lạc bộ",
            "caulacbo",
            "Phạm Thị Câu Lạc",
            Role::ClubLead,
            club,
        ),
        (
            "Bàn tiếp đón",
            "tiepdon",
            "Vũ Văn Tiếp Đón",
            Role::DriveStaff,
            province,
        ),
        (
            "Điều dưỡng",
            "dieuduong",
            "Hoàng Thị Điều Dưỡng",
            Role::Nurse,
            stage.centre,
        ),
        (
            "Bệnh viện",
            "benhvien",
            "Đặng Văn Trực Ban",
            Role::Hospital,
            stage.hospital,
        ),
        (
            "Kiểm tra",
            "kiemtra",
            "Bùi Thị Kiểm Tra",
            Role::Auditor,
            province,
        ),
    ];
    let mut made = Vec::new();
    for (role, mailbox, name, grant, place) in cast {
        made.push(account(app, (role, mailbox, name), app.id(), Some((grant, place))).await?);
    }
    made.push(
        account(
            app,
            ("Người hiến máu", "nguoihien", "Nguyễn Thị Hiến Máu"),
            stage.donor,
            None,
        )
        .await?,
    );
    Ok(made)
}

async fn account(
    app: &App,
    (role, mailbox, name): (&'static str, &str, &str),
    id: PersonId,
    grant: Option<(Role, OrganisationId)>,
) -> anyhow::Result<Account> {
    let email = format!("{mailbox}@giothong.example");
    let contact = Contact::parse(&email).map_err(|phrase| anyhow::anyhow!("{phrase:?}"))?;
    let lookup = contact.lookup(&app.keys);
    let hash = operator::hash_password(app, PASSWORD)
        .await
        .map_err(|problem| anyhow::anyhow!("{problem}"))?;
    let hash = hash.map_err(|phrase| anyhow::anyhow!("{phrase:?}"))?;
    let person = NewPerson {
        id,
        name: PersonName::parse(name).map_err(|phrase| anyhow::anyhow!("{phrase:?}"))?,
        birth_date: None,
        sex: Some(Sex::Female),
        language: Language::Vi,
        commune: None,
        coordinates: Coordinates::parse(15.61, 107.65).ok(),
        citizen_lookup: None,
        contacts: vec![people::contact(app, &contact, Giver::Themself)],
        created_at: app.now(),
    };
    let (now, grant_id) = (app.now(), app.id());
    app.db
        .write(move |conn| {
            people::insert(conn, &person)?;
            operator::admit(conn, id, (&lookup, &hash), now)?;
            let Some((role, place)) = grant else {
                return Ok(());
            };
            let new = NewGrant {
                id: grant_id,
                person: id,
                role,
                place: Place::Organisation(place),
                until: None,
                granted_by: None,
                at: now,
            };
            accounts::grant(conn, &new)
        })
        .await?;
    Ok(Account {
        role,
        email,
        password: PASSWORD,
    })
}
