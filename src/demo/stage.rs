//! The invented bodies.
use super::cast::{self, Account};
use crate::organisations::{self, NewOrganisation, OrganisationKind};
use crate::platform::App;
use crate::platform::id::{OrganisationId, PersonId};

/// A name and where that is.
type Spot = (&'static str, (f64, f64));

/// Invented bodies by their part in the play.
pub(super) struct Stage {
    pub(super) communes: Vec<(OrganisationId, Spot)>,
    pub(super) clubs: Vec<OrganisationId>,
    pub(super) nation: OrganisationId,
    pub(super) province: OrganisationId,
    pub(super) hospital: OrganisationId,
    pub(super) centre: OrganisationId,
    pub(super) donor: PersonId,
    pub(super) accounts: Vec<Account>,
}

const PROVINCE: &str = "Tỉnh Minh Họa (số liệu minh họa)";
const HOSPITAL: Spot = ("Bệnh viện Đa khoa Minh Họa", (15.60, 107.65));
const CENTRE: Spot = ("Trung tâm Máu Minh Họa", (15.61, 107.66));
/// Invented communes around a place where nobody lives.
const COMMUNES: [Spot; 4] = [
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
///
/// `nation` stands apart from them, so that its totals hold nothing invented.
pub(super) async fn build(app: &App, nation: OrganisationId) -> anyhow::Result<Stage> {
    let (mut stage, rows) = bodies(app, nation);
    let now = app.now();
    app.db
        .write(move |conn| organisations::insert(conn, &rows, now))
        .await?;
    stage.accounts = cast::admit(app, &stage).await?;
    Ok(stage)
}

/// The bodies by their part, and their rows.
fn bodies(app: &App, nation: OrganisationId) -> (Stage, Vec<NewOrganisation>) {
    let province = invented(app, OrganisationKind::Province, PROVINCE, None);
    let top = Some(province.id);
    let placed = |kind, (name, place)| {
        let mut row = invented(app, kind, name, top);
        row.place = Some(place);
        row
    };
    let hospital = placed(OrganisationKind::Hospital, HOSPITAL);
    let centre = placed(OrganisationKind::BloodCentre, CENTRE);
    let communes = COMMUNES.map(|commune| placed(OrganisationKind::Commune, commune));
    let clubs: Vec<NewOrganisation> = CLUBS
        .into_iter()
        .zip(&communes)
        .map(|(name, commune)| NewOrganisation {
            place: commune.place,
            ..invented(app, OrganisationKind::Club, name, Some(commune.id))
        })
        .collect();
    let stage = Stage {
        communes: communes.iter().map(|row| row.id).zip(COMMUNES).collect(),
        clubs: clubs.iter().map(|club| club.id).collect(),
        nation,
        province: province.id,
        hospital: hospital.id,
        centre: centre.id,
        donor: app.id(),
        accounts: Vec::new(),
    };
    let rows = [province, hospital, centre].into_iter();
    (stage, rows.chain(communes).chain(clubs).collect())
}

fn invented(
    app: &App,
    kind: OrganisationKind,
    name: &str,
    parent: Option<OrganisationId>,
) -> NewOrganisation {
    let row = NewOrganisation::named(app.id(), kind, name, parent);
    NewOrganisation {
        is_illustrative: true,
        ..row
    }
}
