//! Every kind of message is written in both languages and for every way, to somebody of whom everything is known; then it
//! is looked at. A kind that is not written here fails the test.
use super::channels::Browser;
use super::{contact, relay, without_contacts};
use crate::support::{Actor, TestApp, drive_plan};
use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use giothong::drives::model::{DriveState, SlotId};
use giothong::platform::config::{RhNegative, Secret, Settings, Template};
use giothong::platform::db::schema::{
    calls, donations, donors, notices, people, registrations, relay_items, slots,
};
use giothong::platform::http::Role;
use giothong::platform::id::{AnyId, DriveId, OrganisationId, PersonId};
use giothong::platform::language::{Key, Language, Phrase, say};
use giothong::platform::notices::{
    Channel, NewNotice, NoticeId, NoticeKind, Purpose, SentMail, queue, send_due,
};
use giothong::platform::seal::Sealed;
use serde_json::{Value, json};
use uuid::Uuid;

const WAYS: [Channel; 4] = [
    Channel::Mail,
    Channel::Push,
    Channel::Gateway,
    Channel::Relay,
];

/// What no message says of who gave 350 ml of O+ on 30 January 2026.
const NEVER: [&str; 17] = [
    "O+",
    "O Rh",
    "nhóm máu",
    "blood group",
    "350",
    " ml",
    "mililít",
    "30/01",
    "2026-01-30",
    "30 January",
    "âm tính",
    "dương tính",
    "negative",
    "positive",
    "viêm gan",
    "hepatitis",
    "HIV",
];

/// A reader of each language and way, in a club; and what messages speak of.
struct World {
    app: TestApp,
    club: OrganisationId,
    lead: Actor,
    cancelled: DriveId,
    call: Uuid,
    readers: Vec<Reader>,
}

#[derive(Clone)]
struct Reader {
    person: PersonId,
    language: Language,
    way: Channel,
    full_name: String,
    registration: Uuid,
    donation: Uuid,
    slot: SlotId,
    begins: i64,
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, 7).unwrap()
}

fn open_all(settings: &mut Settings) {
    settings.reminders.rh_negative = RhNegative::Remind;
    "1900 0000".clone_into(&mut settings.reminders.reaction_phone);
    let week = &mut settings.notices.per_week;
    for most in [
        &mut week.in_all,
        &mut week.call,
        &mut week.reminder,
        &mut week.follow_up,
        &mut week.thanks,
    ] {
        *most = 1000;
    }
    settings.mail.per_minute = 0;
    settings.mail.per_day = 0;
    settings.gateway.per_minute = 0;
    settings.gateway.per_day = 0;
    settings.gateway.cost_per_day = 0;
    "https://sms.example.vn/send".clone_into(&mut settings.gateway.url);
    settings.gateway.secret = Secret::new("sesame".to_owned());
    for kind in giothong::app::notices().all() {
        let template = Template {
            id: kind.name.to_owned(),
            price: 100,
        };
        let templates = &mut settings.gateway.templates;
        templates.insert(kind.name.to_owned(), template);
    }
}

async fn world() -> World {
    let app = TestApp::with(open_all).await;
    let province = app.body("province", "Hội Chữ thập đỏ Hà Nội", None).await;
    let club = app
        .body("club", "Câu lạc bộ Giọt hồng", Some(province))
        .await;
    let hospital = app
        .body("hospital", "Bệnh viện Minh Họa", Some(province))
        .await;
    let lead = app.staff("Đỗ Văn Nhóm", Role::ClubLead, club).await;
    let coordinator = app.coordinator(province).await;
    let (drive, hours) = app.open_drive(&coordinator, drive_plan(province)).await;
    let (cancelled, _) = app.open_drive(&coordinator, drive_plan(province)).await;
    app.set_state(cancelled, DriveState::Cancelled).await;
    let mut world = World {
        call: post_call(&app, hospital).await,
        app,
        club,
        lead,
        cancelled,
        readers: Vec::new(),
    };
    for language in Language::ALL {
        for way in WAYS {
            let reader = world.reader(language, way, (drive, &hours[0])).await;
            world.readers.push(reader);
        }
    }
    // The eve of the drive, nine in the morning; what was told so far is another test's.
    world.app.forward(TimeDelta::days(6));
    let written = |conn: &mut _| diesel::delete(notices::table).execute(conn);
    world.app.rows(written).await;
    world
}

async fn post_call(app: &TestApp, hospital: OrganisationId) -> Uuid {
    let (id, by, now): (AnyId, AnyId, _) = (app.app.id(), app.app.id(), app.app.now());
    let soon = now + TimeDelta::days(7);
    app.rows(move |conn| {
        diesel::insert_into(calls::table)
            .values((
                (
                    calls::id.eq(id),
                    calls::hospital.eq(hospital),
                    calls::blood_group.eq("O+"),
                    calls::component.eq("red_cells"),
                    calls::units.eq(4),
                    calls::needed_by.eq(soon),
                    calls::arrive_by.eq(soon),
                    calls::give_at.eq(hospital),
                ),
                (
                    calls::is_widening.eq(false),
                    calls::state.eq("asking"),
                    calls::requested_by.eq(by),
                    calls::created_at.eq(now),
                    calls::changed_at.eq(now),
                ),
            ))
            .execute(conn)
    })
    .await;
    id.0
}

impl World {
    /// Who booked, gave 350 ml of O+ in January, and may give again on the day.
    async fn reader(
        &self,
        language: Language,
        way: Channel,
        (drive, slot): (DriveId, &str),
    ) -> Reader {
        let app = &self.app;
        let given = match (language, way) {
            (Language::Vi, Channel::Mail) => "Thư",
            (Language::Vi, Channel::Push) => "Đẩy",
            (Language::Vi, Channel::Gateway) => "Số",
            (Language::Vi, _) => "Lời",
            (Language::En, Channel::Mail) => "Letter",
            (Language::En, Channel::Push) => "Screen",
            (Language::En, Channel::Gateway) => "Number",
            (Language::En, _) => "Word",
        };
        let full_name = format!("Nguyễn Thị {given}");
        let person = relay::member(app, self.club, &full_name).await;
        app.rows(move |conn| {
            diesel::update(people::table.find(person))
                .set(people::language.eq(language.code()))
                .execute(conn)?;
            diesel::update(donors::table.find(person))
                .set(donors::available_from.eq(day()))
                .execute(conn)
        })
        .await;
        let actor = app.signed_in(person).await;
        if way != Channel::Mail {
            without_contacts(app, person).await;
        }
        if way == Channel::Gateway {
            contact(app, person, "phone", &phone(language)).await;
        }
        if way == Channel::Push {
            browser(language).subscribe(&actor).await;
        }
        let path = format!("/drives/{drive}/registrations");
        let booked = actor.post(&path, json!({ "slot": slot })).await.created();
        let registration: Uuid = booked["id"].as_str().unwrap().parse().unwrap();
        let slot = SlotId(slot.parse().unwrap());
        let begins = app.rows(move |conn| {
            let begins = slots::table.find(slot).select(slots::starts_at);
            begins.first::<giothong::platform::clock::Moment>(conn)
        });
        Reader {
            begins: begins.await.timestamp(),
            donation: self.gave(person, AnyId(registration), drive).await,
            person,
            language,
            way,
            full_name,
            registration,
            slot,
        }
    }

    async fn gave(&self, person: PersonId, registration: AnyId, drive: DriveId) -> Uuid {
        let (id, club): (AnyId, _) = (self.app.app.id(), self.club);
        let now = self.app.app.now();
        self.app
            .rows(move |conn| {
                diesel::insert_into(donations::table)
                    .values((
                        (
                            donations::id.eq(id),
                            donations::registration.eq(registration),
                            donations::drive.eq(drive),
                            donations::person.eq(person),
                            donations::organiser.eq(club),
                            donations::mobilised_by.eq(club),
                            donations::held_on.eq(NaiveDate::from_ymd_opt(2026, 1, 30).unwrap()),
                            donations::kind.eq("planned"),
                        ),
                        (
                            donations::component.eq("whole_blood"),
                            donations::volume_ml.eq(350),
                            donations::bag_ml.eq(Some(350)),
                            donations::blood_group.eq(Some("O+")),
                            donations::is_complete.eq(true),
                            donations::is_first_time.eq(false),
                            donations::result.eq(Some("safe")),
                        ),
                        (
                            donations::collected_at.eq(now),
                            donations::recorded_by.eq(person),
                            donations::created_at.eq(now),
                        ),
                    ))
                    .execute(conn)
            })
            .await;
        id.0
    }

    /// Makes what this kind says true for a reader.
    async fn arrange(&self, kind: NoticeKind, reader: &Reader) {
        let registration = AnyId(reader.registration);
        let until = self.app.app.now() + TimeDelta::hours(2);
        let (state, offered) = match kind.name {
            "place-offered" => ("offered", Some(until)),
            name if name.starts_with("eligibility") => ("cancelled", None),
            _ => ("booked", None),
        };
        let (call, asks) = (AnyId(self.call), call_state(kind));
        self.app
            .rows(move |conn| {
                diesel::update(registrations::table.filter(registrations::id.eq(registration)))
                    .set((
                        registrations::state.eq(state),
                        registrations::offered_until.eq(offered),
                    ))
                    .execute(conn)?;
                diesel::update(calls::table.filter(calls::id.eq(call)))
                    .set(calls::state.eq(asks))
                    .execute(conn)
            })
            .await;
    }

    /// What a notice of this kind is about, its data, and what lies sealed beside it.
    fn about(&self, kind: NoticeKind, reader: &Reader) -> (String, Value, Option<Value>) {
        let place = json!({ "slot": reader.slot, "begins": reader.begins.to_string() });
        let sealed = json!({ "to": sealed_to(reader), "code": "123456" });
        match kind.name {
            "booking-confirmed" | "booking-moved" | "booking-soon" | "booking-tomorrow"
            | "session-changed" => (reader.registration.to_string(), place, None),
            "place-offered" => (reader.registration.to_string(), json!({}), None),
            "drive-cancelled" => (self.cancelled.to_string(), json!({}), None),
            "gift-thanks" | "gift-care" | "gift-on-its-way" => {
                (reader.donation.to_string(), json!({}), None)
            }
            "call-ask" | "call-voice" | "call-filled" | "call-cancelled" | "call-over"
            | "call-to-verify" => {
                let data = json!({ "call": self.call, "ask": Uuid::from_u128(9) });
                (self.call.to_string(), data, None)
            }
            "eligibility-returned" | "eligibility-later" => (day().to_string(), json!({}), None),
            "eligibility-follow-up" => (format!("{}+14", day()), json!({}), None),
            "club-relay" => ("today".to_owned(), json!({ "club": self.club }), None),
            "contact-revealed" => ("a look".to_owned(), json!({}), None),
            "contact-changed" | "sign-in-code" | "password-code" => {
                ("a code".to_owned(), json!({}), Some(sealed))
            }
            other => panic!("{other} is not written in this test: say what it is about"),
        }
    }

    /// Writes one notice and lets it leave; answers in whose name.
    async fn send(&self, kind: NoticeKind, reader: &Reader) -> String {
        self.arrange(kind, reader).await;
        let (about, data, secret) = self.about(kind, reader);
        let (id, now): (NoticeId, _) = (self.app.app.id(), self.app.app.now());
        let keys = &self.app.app.keys;
        let place = Sealed::new("notices.secret", id.0);
        let seal = |secret: Value| keys.seal(place, &secret.to_string(), &mut self.app.app.rng());
        let notice = NewNotice {
            id,
            kind,
            person: reader.person,
            about,
            data,
            secret: secret.map(seal),
            not_before: now,
            expires_at: now + TimeDelta::days(2),
        };
        let is_new = self.app.rows(move |conn| queue(conn, notice, now)).await;
        assert!(is_new, "{}", kind.name);
        let kinds = giothong::app::notices();
        while send_due(&self.app.app, &kinds).await.unwrap() > 0 {}
        let fate: (String, Option<Channel>, Option<String>) = self
            .app
            .rows(move |conn| {
                let columns = (notices::state, notices::channel, notices::last_error);
                notices::table.find(id).select(columns).first(conn)
            })
            .await;
        let wanted = Some(expected(kind, reader.way));
        assert_eq!(
            fate,
            ("sent".to_owned(), wanted, None),
            "{} to {}",
            kind.name,
            reader.full_name
        );
        self.in_whose_name(id).await
    }

    async fn in_whose_name(&self, id: NoticeId) -> String {
        let said: giothong::platform::db::Json = self
            .app
            .rows(move |conn| {
                let said = notices::said.assume_not_null();
                notices::table.find(id).select(said).first(conn)
            })
            .await;
        let giothong::platform::db::Json(said) = said;
        assert!(
            !said.to_string().contains("/a/") && !said.to_string().contains("/r/"),
            "no link that acts for others is kept: {said}"
        );
        said["sender"].as_str().unwrap().to_owned()
    }

    /// What the lead is given to paste for this reader.
    async fn relayed(&self, reader: &Reader) -> String {
        let path = format!("/organisations/{}/relay", self.club);
        let list = self.lead.get(&path).await.ok();
        let people = list["people"].as_array().unwrap();
        let theirs = people
            .iter()
            .find(|one| one["name"] == reader.full_name.as_str());
        theirs.unwrap()["text"].as_str().unwrap().to_owned()
    }
}

/// In whose name a kind is written.
fn sender(kind: NoticeKind) -> &'static str {
    match kind.purpose {
        Purpose::Booking | Purpose::Thanks | Purpose::FollowUp => "Hội Chữ thập đỏ Hà Nội",
        Purpose::Reminder | Purpose::Club => "Câu lạc bộ Giọt hồng",
        _ if kind.name.starts_with("call-") => "Bệnh viện Minh Họa",
        Purpose::Call | Purpose::CallNews => panic!("{} is no call", kind.name),
        Purpose::Account | Purpose::Code => "Giọt Hồng",
    }
}

fn phone(language: Language) -> String {
    match language {
        Language::Vi => "+84912345678".to_owned(),
        Language::En => "+84912345679".to_owned(),
    }
}

fn browser(language: Language) -> Browser {
    Browser::new(match language {
        Language::Vi => 1,
        Language::En => 2,
    })
}

/// Codes go where they were asked for.
fn sealed_to(reader: &Reader) -> String {
    match reader.way {
        Channel::Gateway => phone(reader.language),
        _ => "somewhere@example.vn".to_owned(),
    }
}

fn call_state(kind: NoticeKind) -> &'static str {
    match kind.name {
        "call-filled" => "filled",
        "call-cancelled" => "cancelled",
        "call-over" => "expired",
        "call-to-verify" => "submitted",
        _ => "asking",
    }
}

/// By which way a kind leaves: codes where they were asked for, and a lead passes on only what is for a lead.
fn expected(kind: NoticeKind, way: Channel) -> Channel {
    let is_sealed = kind.purpose == Purpose::Code || kind.name == "contact-changed";
    let is_for_a_lead = matches!(
        kind.purpose,
        Purpose::Call | Purpose::CallNews | Purpose::Booking | Purpose::Reminder
    );
    match way {
        Channel::Gateway => Channel::Gateway,
        _ if is_sealed => Channel::Mail,
        Channel::Relay if !is_for_a_lead => Channel::Inbox,
        way => way,
    }
}

/// What must not be said in these words; addresses hold ids in which anything may stand.
fn look(what: &str, words: &str, full_name: &str) {
    let words: Vec<&str> = words
        .split_inclusive(char::is_whitespace)
        .filter(|word| !word.contains("://"))
        .collect();
    let words = words.concat();
    for never in NEVER.into_iter().chain([full_name]) {
        assert!(!words.contains(never), "{what} says {never:?}: {words}");
    }
    assert!(!words.contains('{'), "{what} has a hole: {words}");
}

fn never_asks(language: Language) -> String {
    let key = Key::find("mail.footer.never").unwrap();
    say(language, &Phrase::new(key))
}

fn is_code(code: &str) -> bool {
    let mut parts = code.split('-');
    let is_part = |part: Option<&str>| part.is_some_and(|part| part.len() == 4);
    is_part(parts.next()) && is_part(parts.next()) && parts.next().is_none()
}

fn look_at_mail(kind: NoticeKind, mail: &SentMail, reader: &Reader) {
    let (words, foot) = mail.text.rsplit_once("\n-- \n").unwrap();
    let never = never_asks(reader.language);
    assert!(foot.contains(&never) && mail.html.contains(&never));
    let code = foot.split_whitespace().find_map(|word| {
        let word = word.trim_matches('.');
        is_code(word).then_some(word)
    });
    assert!(mail.html.contains(code.expect("a code")), "{foot}");
    for part in [&mail.subject, words, &mail.html] {
        look(kind.name, part, &reader.full_name);
    }
}

/// A small screen and a provider's template: the sentence, a code, and little else.
fn look_at_short(kind: NoticeKind, said: &Value, code: &str, reader: &Reader) {
    assert_eq!(said["never"], never_asks(reader.language), "{}", kind.name);
    assert!(
        is_code(said[code].as_str().unwrap()),
        "{}: {said}",
        kind.name
    );
    let fields = said.as_object().unwrap().iter();
    for (name, value) in fields.filter(|(name, _)| *name != "never" && *name != "link") {
        let words = value.as_str().unwrap();
        look(&format!("{} {name}", kind.name), words, &reader.full_name);
        assert!(
            words.chars().count() <= 120,
            "{} {name}: {words}",
            kind.name
        );
    }
    let acts = ["/a/", "/r/", "/k/"].map(|page| {
        let link = said["link"].as_str();
        link.is_some_and(|link| link.contains(page))
    });
    let has_answer = ["call-ask", "call-voice"].contains(&kind.name)
        || kind.purpose == Purpose::Reminder
        || (kind.purpose == Purpose::Booking
            && !["place-offered", "drive-cancelled"].contains(&kind.name));
    assert_eq!(acts.contains(&true), has_answer, "{}: {said}", kind.name);
}

#[actix_web::test]
async fn no_kind_says_group_day_volume_or_result_in_any_language_by_any_way() {
    let world = world().await;
    let mut kinds: Vec<NoticeKind> = giothong::app::notices().all().collect();
    // A second reminder follows a first; whom a lead is to tell is known before the lead is told.
    kinds.sort_by_key(|kind| {
        (
            kind.name == "club-relay",
            kind.name != "eligibility-returned",
        )
    });
    assert!(kinds.len() > 20, "the kinds were not found");
    for kind in kinds {
        let reached = |reader: &&Reader| kind.only.is_none_or(|only| only == reader.way);
        for reader in world.readers.iter().filter(reached) {
            let mails = world.app.mails().len();
            let name = world.send(kind, reader).await;
            assert_eq!(name, sender(kind), "{}", kind.name);
            match expected(kind, reader.way) {
                Channel::Mail => {
                    let mails = world.app.mails().split_off(mails);
                    let [mail] = mails.as_slice() else {
                        panic!("one mail, not {mails:?}")
                    };
                    look_at_mail(kind, mail, reader);
                }
                Channel::Push => {
                    let posted = world.app.app.net.posted().pop().unwrap();
                    let said = browser(reader.language).open(&posted.body);
                    look_at_short(kind, &said, "code", reader);
                }
                Channel::Gateway => {
                    let posted = world.app.app.net.posted().pop().unwrap();
                    let said: Value = serde_json::from_slice(&posted.body).unwrap();
                    assert_eq!(said["language"], reader.language.code());
                    look_at_short(kind, &said["data"], "check", reader);
                }
                Channel::Relay => {
                    let text = world.relayed(reader).await;
                    look(kind.name, &text, &reader.full_name);
                    assert!(text.contains("bên Câu lạc bộ Giọt hồng"), "{text}");
                }
                Channel::Inbox => {}
            }
        }
    }
    let told: i64 = world
        .app
        .rows(|conn| relay_items::table.count().get_result(conn))
        .await;
    assert_eq!(told, 2, "once a day for each whom nothing else reaches");
}
