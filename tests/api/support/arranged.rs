//! Drives with sessions and slots a test needs before it begins, and the sums that follow from what happens there.
use super::TestApp;
use chrono::TimeDelta;
use chrono_tz::Asia::Ho_Chi_Minh;
use diesel::prelude::*;
use giothong::drives::model::{DriveKind, DriveState, SessionId, SlotId};
use giothong::platform::clock::Moment;
use giothong::platform::db::schema::{drives, sessions, slots, tallies};
use giothong::platform::id::{DriveId, OrganisationId};

/// What kind of drive a test wants; the rest is as usual.
#[derive(Clone)]
pub struct Wanted {
    pub organiser: OrganisationId,
    pub collected_by: Option<OrganisationId>,
    pub kind: DriveKind,
    pub state: DriveState,
    /// Days from today to its only session.
    pub in_days: i64,
    /// Capacities of its slots, half an hour each from 8:00 in Vietnam.
    pub slots: Vec<i32>,
    pub is_hidden: bool,
}

impl Wanted {
    pub fn by(organiser: OrganisationId) -> Self {
        Self {
            organiser,
            collected_by: None,
            kind: DriveKind::Planned,
            state: DriveState::Open,
            in_days: 7,
            slots: vec![40],
            is_hidden: false,
        }
    }
}

/// A drive as it lies in the tables.
#[derive(Clone)]
pub struct Arranged {
    pub id: DriveId,
    pub session: SessionId,
    pub slots: Vec<SlotId>,
}

impl Arranged {
    pub fn path(&self, rest: &str) -> String {
        format!("/drives/{}{rest}", self.id)
    }
}

/// The sums of a drive, over its days and kinds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    pub registered: i64,
    pub attended: i64,
    pub collected: i64,
    pub safe: i64,
    pub ml: i64,
    pub ml350plus: i64,
    pub first_time: i64,
}

impl TestApp {
    pub async fn drive(&self, wanted: Wanted) -> Arranged {
        let (id, session): (DriveId, SessionId) = (self.app.id(), self.app.id());
        let ids: Vec<SlotId> = wanted.slots.iter().map(|_| self.app.id()).collect();
        let now = self.app.now();
        let held_on = now.date_in(Ho_Chi_Minh) + TimeDelta::days(wanted.in_days);
        // 8:00 in Vietnam.
        let starts_at = Moment::from(held_on.and_hms_opt(1, 0, 0).unwrap().and_utc());
        let arranged = Arranged {
            id,
            session,
            slots: ids.clone(),
        };
        self.rows(move |conn| {
            diesel::insert_into(drives::table)
                .values((
                    drives::id.eq(id),
                    drives::organiser.eq(wanted.organiser),
                    drives::collected_by.eq(wanted.collected_by),
                    drives::kind.eq(wanted.kind),
                    drives::name.eq("Hành trình đỏ Cần Thơ"),
                    drives::search_name.eq("hanh trinh do can tho"),
                    drives::state.eq(wanted.state),
                    drives::time_zone.eq("Asia/Ho_Chi_Minh"),
                    drives::starts_on.eq(held_on),
                    drives::ends_on.eq(held_on),
                    drives::is_hidden.eq(wanted.is_hidden),
                    drives::created_at.eq(now),
                    drives::changed_at.eq(now),
                ))
                .execute(conn)?;
            diesel::insert_into(sessions::table)
                .values((
                    sessions::id.eq(session),
                    sessions::drive.eq(id),
                    sessions::place.eq("Nhà văn hóa"),
                    sessions::address.eq("1 Hòa Bình"),
                    sessions::held_on.eq(held_on),
                    sessions::starts_at.eq(starts_at),
                    sessions::ends_at.eq(starts_at + TimeDelta::hours(4)),
                ))
                .execute(conn)?;
            for (position, (slot, capacity)) in ids.iter().zip(wanted.slots).enumerate() {
                let half_hours = TimeDelta::minutes(30 * i64::try_from(position).unwrap());
                diesel::insert_into(slots::table)
                    .values((
                        slots::id.eq(*slot),
                        slots::session.eq(session),
                        slots::drive.eq(id),
                        slots::starts_at.eq(starts_at + half_hours),
                        slots::capacity.eq(capacity),
                    ))
                    .execute(conn)?;
            }
            Ok(())
        })
        .await;
        arranged
    }

    /// The sums of a drive, of one body or of all.
    pub async fn sums(&self, drive: DriveId, body: Option<OrganisationId>) -> Sums {
        type Row = (i32, i32, i32, i32, i64, i32, i32);
        let rows: Vec<Row> = self
            .rows(move |conn| {
                let mut query = tallies::table.filter(tallies::drive.eq(drive)).into_boxed();
                if let Some(body) = body {
                    query = query.filter(tallies::body.eq(body));
                }
                query
                    .select((
                        tallies::registered,
                        tallies::attended,
                        tallies::collected,
                        tallies::safe,
                        tallies::ml,
                        tallies::ml350plus,
                        tallies::first_time,
                    ))
                    .load(conn)
            })
            .await;
        rows.into_iter().fold(Sums::default(), |sums, row| Sums {
            registered: sums.registered + i64::from(row.0),
            attended: sums.attended + i64::from(row.1),
            collected: sums.collected + i64::from(row.2),
            safe: sums.safe + i64::from(row.3),
            ml: sums.ml + row.4,
            ml350plus: sums.ml350plus + i64::from(row.5),
            first_time: sums.first_time + i64::from(row.6),
        })
    }

    /// Places taken in a slot.
    pub async fn taken(&self, slot: SlotId) -> i32 {
        self.rows(move |conn| slots::table.find(slot).select(slots::taken).first(conn))
            .await
    }

    pub async fn put_state(&self, drive: DriveId, state: DriveState) {
        self.rows(move |conn| {
            diesel::update(drives::table.find(drive))
                .set(drives::state.eq(state))
                .execute(conn)
        })
        .await;
    }
}
