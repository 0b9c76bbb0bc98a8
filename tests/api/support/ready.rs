//! Donors who may give and agreed to everything, written straight into the tables.
use super::TestApp;
use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use giothong::blood::BloodGroup;
use giothong::donors::model::Certainty;
use giothong::platform::db::schema::{consents, donors, people};
use giothong::platform::id::{AnyId, PersonId};
use giothong::platform::text::Coordinates;

/// Where a donor lives and what is known of them.
#[derive(Debug, Clone, Copy)]
pub struct Ready {
    pub group: BloodGroup,
    pub at: (f64, f64),
    pub from: NaiveDate,
}

impl Ready {
    /// Who has long been able to give, lives in the middle of Hà Nội, and has this group.
    pub fn of(group: BloodGroup) -> Self {
        Self {
            group,
            at: (21.0285, 105.8542),
            from: NaiveDate::from_ymd_opt(2020, 1, 1).unwrap(),
        }
    }
}

impl TestApp {
    /// A claimed donor who may give and said yes to reminders and calls.
    pub async fn ready_donor(&self, name: &str, ready: Ready) -> PersonId {
        let person = self.person(name).await;
        let now = self.app.now();
        let consent_ids: Vec<AnyId> = (0..3).map(|_| self.app.id()).collect();
        let at = Coordinates::parse(ready.at.0, ready.at.1).unwrap();
        self.rows(move |conn| {
            diesel::update(people::table.find(person))
                .set((
                    people::latitude.eq(Some(at.latitude())),
                    people::longitude.eq(Some(at.longitude())),
                    people::cell.eq(Some(at.cell())),
                ))
                .execute(conn)?;
            for (id, purpose) in consent_ids.into_iter().zip(["data", "reminders", "calls"]) {
                diesel::insert_into(consents::table)
                    .values((
                        consents::id.eq(id),
                        consents::person.eq(person),
                        consents::purpose.eq(purpose),
                        consents::is_granted.eq(true),
                        consents::text_version.eq("test"),
                        consents::source.eq("self"),
                        consents::given_at.eq(now),
                    ))
                    .execute(conn)?;
            }
            diesel::insert_into(donors::table)
                .values((
                    (
                        donors::person.eq(person),
                        donors::blood_group.eq(Some(ready.group)),
                        donors::blood.eq(ready.group.index()),
                        donors::group_certainty.eq(Certainty::Confirmed),
                        donors::available_from.eq(ready.from),
                        donors::available_until.eq(None::<NaiveDate>),
                        donors::opted_in.eq(true),
                        donors::wants_reminders.eq(true),
                    ),
                    (
                        donors::cell.eq(at.cell()),
                        donors::latitude.eq(at.latitude()),
                        donors::longitude.eq(at.longitude()),
                        donors::last_asked_on.eq(ready.from - Days::new(1000)),
                        donors::gifts.eq(1),
                        donors::created_at.eq(now),
                    ),
                ))
                .execute(conn)
        })
        .await;
        person
    }
}
