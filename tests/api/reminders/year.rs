//! A simulated time, hour by hour, with two workers of which one is killed wherever it stands: who returned and wanted it
//! is told exactly once. What is right is reckoned here from gifts, deferrals, bookings and stops alone.
use crate::support::{Actor, Arranged, Ready, TestApp, Wanted};
use chrono::{Days, NaiveDate, TimeDelta, Timelike};
use chrono_tz::Asia::Ho_Chi_Minh;
use diesel::prelude::*;
use giothong::blood::{BloodGroup, Component};
use giothong::donors::model::{DeferralId, Gift, GiftSource, NewDeferral};
use giothong::eligibility::find_rules;
use giothong::people::{ConsentChange, ConsentSource, Purpose};
use giothong::platform::db::schema::jobs;
use giothong::platform::id::PersonId;
use giothong::platform::jobs::{Registry, run_due};
use giothong::platform::notices::{Kinds, send_due};
use giothong::platform::problem::Problem;
use giothong::platform::seal::Sealed;
use giothong::registrations::model::{Booking, Deed, RegistrationId, Visit, Way};
use giothong::{donors, registrations, reminders};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::json;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::pin::Pin;
use std::task::{Context, Poll};

#[actix_web::test]
async fn ten_weeks_with_a_worker_that_is_killed_tell_two_hundred_donors_once_per_return() {
    let told = play(200, 70).await;
    assert!(told > 80, "only {told} returns");
}

/// Plays so many days with so many donors; answers how many returns were told of.
pub async fn play(many: usize, days: u32) -> usize {
    let mut world = World::new(many).await;
    let mut told = 0;
    for day in 0..days {
        told += world.day(day).await;
    }
    assert!(world.kills > 10, "nobody was killed");
    told
}

/// What this test knows of a donor, kept apart from the service.
struct Known {
    person: PersonId,
    last_gift: Option<(NaiveDate, u64)>,
    deferrals: Vec<(DeferralId, NaiveDate)>,
    booking: Option<(RegistrationId, NaiveDate)>,
    wants: bool,
    /// First days that a message was queued about.
    seen: HashSet<NaiveDate>,
    last_told: Option<NaiveDate>,
}

impl Known {
    /// The first day on which nothing stands in the way.
    fn returns_on(&self) -> NaiveDate {
        let always = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap();
        let rested = self.last_gift.map(|(on, days)| on + Days::new(days));
        let until = self.deferrals.iter().map(|(_, until)| *until).max();
        rested.max(until).unwrap_or(always)
    }

    /// Whether the look of this morning queues a message, and whether that message is due.
    fn is_told(&mut self, today: NaiveDate) -> bool {
        let returns = self.returns_on();
        let is_near = returns <= today && returns > today - Days::new(7);
        if !self.wants || !is_near || !self.seen.insert(returns) {
            return false;
        }
        let is_booked = self.booking.is_some_and(|(_, on)| on >= today);
        let was_told = self.last_told.is_some_and(|told| told >= returns);
        if is_booked || was_told {
            return false;
        }
        self.last_told = Some(today);
        true
    }
}

struct World {
    app: TestApp,
    coordinator: Actor,
    organiser: giothong::platform::id::OrganisationId,
    drive: Option<(Arranged, NaiveDate)>,
    donors: Vec<Known>,
    by_mail: HashMap<String, usize>,
    chance: StdRng,
    jobs: Registry,
    kinds: Kinds,
    read: usize,
    ids: HashMap<String, BTreeSet<NaiveDate>>,
    kills: u32,
}

impl World {
    async fn new(many: usize) -> Self {
        // Each return is counted here; how many messages a week one person gets is tested elsewhere.
        let app = TestApp::with(|settings| {
            settings.notices.per_week.in_all = 100;
            settings.notices.per_week.reminder = 100;
        })
        .await;
        // Only what is looked at here runs; the clock begins at midnight.
        app.rows(|conn| {
            diesel::delete(jobs::table.filter(jobs::kind.ne("reminders.scan-returns")))
                .execute(conn)
        })
        .await;
        let (jobs, kinds) = (
            reminders::jobs(Registry::default()),
            giothong::app::notices(),
        );
        work(&app, &jobs, &kinds).await;
        app.forward(TimeDelta::hours(15));
        let organiser = app.body("province", "Cần Thơ", None).await;
        let coordinator = app.coordinator(organiser).await;
        let mut world = Self {
            jobs,
            kinds,
            chance: StdRng::seed_from_u64(20_261_126),
            donors: Vec::new(),
            by_mail: HashMap::new(),
            drive: None,
            read: 0,
            ids: HashMap::new(),
            kills: 0,
            app,
            coordinator,
            organiser,
        };
        for number in 0..many {
            world.born(number).await;
        }
        world
    }

    async fn born(&mut self, number: usize) {
        let ready = Ready::of(BloodGroup::APositive);
        let person = self
            .app
            .ready_donor(&format!("Người {number}"), ready)
            .await;
        self.by_mail
            .insert(format!("nguoi{number}@example.vn"), number);
        self.donors.push(Known {
            person,
            last_gift: None,
            deferrals: Vec::new(),
            booking: None,
            wants: true,
            seen: HashSet::new(),
            last_told: None,
        });
        let days = self.chance.random_range(20..200);
        self.give(
            number,
            self.app.app.today() - Days::new(days),
            Component::WholeBlood,
        )
        .await;
    }

    /// A day: 24 ticks, with what people do at eight in the evening. Answers how many were told.
    async fn day(&mut self, number: u32) -> usize {
        let today = self.app.app.today();
        let mut expected = BTreeSet::new();
        let mut told = BTreeSet::new();
        for hour in 0..24 {
            assert_eq!(self.app.app.now().with_timezone(&Ho_Chi_Minh).hour(), hour);
            if hour == 9 {
                let each = self.donors.iter_mut().enumerate();
                let due = each.filter_map(|(number, donor)| donor.is_told(today).then_some(number));
                expected = due.collect();
            }
            if self.tick().await {
                for number in self.new_mails() {
                    assert!((7..21).contains(&hour), "a reminder at {hour} o'clock");
                    assert!(told.insert(number), "told twice on {today}: {number}");
                }
            }
            if hour == 20 {
                self.evening(today, number).await;
            }
            self.app.forward(TimeDelta::hours(1));
        }
        let missed: Vec<_> = expected.difference(&told).collect();
        let unasked: Vec<_> = told.difference(&expected).collect();
        assert!(
            missed.is_empty() && unasked.is_empty(),
            "{today}: missed {missed:?}, told without reason {unasked:?}"
        );
        told.len()
    }

    /// Two workers at once until nothing is due; now and then one of them is killed. True when anything was done.
    async fn tick(&mut self) -> bool {
        let polls = if self.chance.random_bool(0.3) {
            let soon = self.chance.random_bool(0.5);
            self.chance.random_range(1..if soon { 6 } else { 60 })
        } else {
            u32::MAX
        };
        let (app, jobs, kinds) = (&self.app, &self.jobs, &self.kinds);
        let doomed = Killed {
            inner: Box::pin(work(app, jobs, kinds)),
            polls,
        };
        let (done, killed) = tokio::join!(work(app, jobs, kinds), doomed);
        self.kills += u32::from(killed.is_none());
        done > 0 || killed != Some(0)
    }

    /// Whose reminders left since the last look. The same message twice is one: it was killed before it was marked.
    fn new_mails(&mut self) -> Vec<usize> {
        let mails = self.app.app.mailer.sent_after(self.read);
        self.read += mails.len();
        let mut told = Vec::new();
        for mail in mails {
            let is_reminder = mail.subject.contains("hiến máu trở lại");
            let days = self.ids.entry(mail.message_id).or_default();
            let is_new = days.is_empty();
            days.insert(self.app.app.today());
            if is_reminder && is_new {
                told.push(self.by_mail[&mail.to]);
            }
        }
        told
    }

    /// Next week's drive.
    async fn plan(&mut self, on: NaiveDate) {
        let mut wanted = Wanted::by(self.organiser);
        wanted.in_days = 6;
        wanted.slots = vec![10_000];
        self.drive = Some((self.app.drive(wanted).await, on));
    }

    /// People give, are deferred, stop, come back, book and cancel; some gifts are told of late.
    async fn evening(&mut self, today: NaiveDate, day: u32) {
        self.after_the_drive(today).await;
        if day.is_multiple_of(7) {
            self.plan(today + Days::new(6)).await;
        }
        for number in 0..self.donors.len() {
            let free = self.donors[number].returns_on() <= today;
            match self.chance.random_range(0..1000) {
                0..12 if free => self.give(number, today, Component::WholeBlood).await,
                12..18 if free => self.give(number, today, Component::Platelets).await,
                18..22 => self.defer(number, today).await,
                22..26 => self.lift(number).await,
                26..29 => self.wish(number, false).await,
                29..49 => self.wish(number, true).await,
                49..56 => self.book(number, today).await,
                56..96 => self.cancel(number).await,
                96..99 => self.tell_late(number, today).await,
                _ => {}
            }
        }
    }

    async fn give(&mut self, number: usize, on: NaiveDate, component: Component) {
        let person = self.donors[number].person;
        let gift = Gift {
            id: self.app.app.id(),
            person,
            component,
            given_on: on,
            source: GiftSource::Declared,
            donation: None,
            place: None,
            created_by: None,
        };
        let (rules, now) = (find_rules("vn-2013").unwrap(), self.app.app.now());
        self.app
            .rows(move |conn| donors::record_gift(conn, rules, &gift, now))
            .await;
        let rest = if component == Component::WholeBlood {
            84
        } else {
            14
        };
        self.donors[number].last_gift = Some((on, rest));
    }

    /// Only where the order of gifts stays clear.
    async fn tell_late(&mut self, number: usize, today: NaiveDate) {
        let on = today - Days::new(10);
        let last = self.donors[number].last_gift;
        if last.is_some_and(|(last, rest)| last + Days::new(rest) <= on) {
            self.give(number, on, Component::WholeBlood).await;
        }
    }

    async fn defer(&mut self, number: usize, today: NaiveDate) {
        let id: DeferralId = self.app.app.id();
        let days = [7, 28, 180][self.chance.random_range(0..3)];
        let until = today + Days::new(days);
        let what = Sealed::new("deferrals.reason_sealed", id.0);
        let person = self.donors[number].person;
        let deferral = NewDeferral {
            id,
            person,
            reason_sealed: self.app.app.keys.seal(what, "flu", &mut self.chance),
            event_on: today,
            until: Some(until),
            drive: None,
            registration: None,
            decided_by: person,
        };
        let (rules, now) = (find_rules("vn-2013").unwrap(), self.app.app.now());
        self.app
            .rows(move |conn| donors::defer(conn, rules, &deferral, now))
            .await;
        self.donors[number].deferrals.push((id, until));
    }

    async fn lift(&mut self, number: usize) {
        let Some((id, _)) = self.donors[number].deferrals.pop() else {
            return;
        };
        let (rules, now) = (find_rules("vn-2013").unwrap(), self.app.app.now());
        self.app
            .rows(move |conn| donors::lift_deferral(conn, rules, id, now))
            .await;
    }

    async fn wish(&mut self, number: usize, wants: bool) {
        let donor = &mut self.donors[number];
        if donor.wants == wants {
            return;
        }
        donor.wants = wants;
        let change = ConsentChange {
            id: self.app.app.id(),
            person: donor.person,
            purpose: Purpose::Reminders,
            is_granted: wants,
            text_version: Purpose::text_version(),
            // What a link stopped, only one's own yes lets go on.
            source: if wants {
                ConsentSource::Themself
            } else {
                ConsentSource::Link
            },
            recorded_by: None,
            form: None,
            given_at: self.app.app.now(),
        };
        let rules = find_rules("vn-2013").unwrap();
        let kept = self
            .app
            .app
            .db
            .write(move |conn| donors::joining::set_consent(conn, rules, &change));
        kept.await.unwrap();
    }

    async fn book(&mut self, number: usize, today: NaiveDate) {
        let donor = &self.donors[number];
        let Some((drive, on)) = self.drive.clone() else {
            return;
        };
        let may = donor.returns_on() <= on && on > today;
        if donor.booking.is_some_and(|(_, on)| on >= today) || !may {
            return;
        }
        let deed = Deed::of(&self.app.app, donor.person);
        let booking = Booking {
            id: self.app.app.id(),
            drive: drive.id,
            slot: drive.slots[0],
            person: donor.person,
            mobilised_by: None,
            way: Way::Open,
        };
        let id = booking.id;
        let write = self.app.app.db.write(move |conn| {
            registrations::book(conn, &deed, &booking)?;
            Ok::<_, Problem>(())
        });
        write.await.unwrap();
        self.donors[number].booking = Some((id, on));
    }

    async fn cancel(&mut self, number: usize) {
        let donor = &mut self.donors[number];
        let Some((id, _)) = donor.booking.take() else {
            return;
        };
        let deed = Deed::of(&self.app.app, donor.person);
        let write = self.app.app.db.write(move |conn| {
            let visit = Visit::find(conn, id)?;
            registrations::cancel(conn, &deed, &visit)
        });
        write.await.unwrap();
    }

    /// Of those who booked today's drive most gave there; the others did not come.
    async fn after_the_drive(&mut self, today: NaiveDate) {
        // A sign-in does not last for a year.
        self.coordinator = self.app.signed_in(self.coordinator.id()).await;
        for number in 0..self.donors.len() {
            let donor = &self.donors[number];
            let Some((id, _)) = donor.booking.filter(|(_, on)| *on == today) else {
                continue;
            };
            let gives = donor.returns_on() <= today && self.chance.random_bool(0.7);
            self.donors[number].booking = None;
            let outcome = if gives {
                json!({"outcome": "collected", "volume_ml": 250})
            } else {
                json!({"outcome": "left"})
            };
            let path = format!("/registrations/{id}/outcome");
            self.coordinator.post(&path, outcome).await.ok();
            if gives {
                self.donors[number].last_gift = Some((today, 84));
            }
        }
    }
}

/// Does what is due until nothing is; answers how much that was.
async fn work(app: &TestApp, jobs: &Registry, kinds: &Kinds) -> usize {
    let mut sum = 0;
    loop {
        let done =
            run_due(&app.app, jobs).await.unwrap() + send_due(&app.app, kinds).await.unwrap();
        sum += done;
        if done == 0 {
            return sum;
        }
    }
}

/// Goes on for so many steps, and no further: a process that is killed wherever it stands.
struct Killed<'a> {
    inner: Pin<Box<dyn Future<Output = usize> + 'a>>,
    polls: u32,
}

impl Future for Killed<'_> {
    type Output = Option<usize>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<usize>> {
        if self.polls == 0 {
            return Poll::Ready(None);
        }
        self.polls -= 1;
        self.inner.as_mut().poll(context).map(Some)
    }
}

#[test]
fn the_first_free_day_follows_from_the_last_gift_and_the_longest_deferral() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let mut donor = Known {
        person: PersonId(uuid::Uuid::nil()),
        last_gift: Some((day("2026-05-01"), 84)),
        deferrals: Vec::new(),
        booking: None,
        wants: true,
        seen: HashSet::new(),
        last_told: None,
    };
    assert_eq!(donor.returns_on(), day("2026-07-24"));
    assert!(!donor.is_told(day("2026-07-23")));
    assert!(donor.is_told(day("2026-07-24")));
    assert!(!donor.is_told(day("2026-07-25")));
    let id = DeferralId(uuid::Uuid::nil());
    donor.deferrals.push((id, day("2026-09-01")));
    assert_eq!(donor.returns_on(), day("2026-09-01"));
}
