//! A place in the calendar of a phone.
use super::scene;
use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty};
use chrono::{DateTime, FixedOffset, TimeZone};

#[actix_web::test]
async fn a_place_goes_into_the_calendar_under_an_id_that_stays() {
    let scene = scene(|wanted| wanted.slots = vec![5, 5]).await;
    let (donor, id) = scene.booked("Lê Văn An").await;
    let path = format!("/registrations/{id}/ticket.ics");
    let entry = donor.get(&path).await;
    assert_eq!(
        entry.header("content-type"),
        Some("text/calendar; charset=utf-8")
    );
    let text = entry.text();
    assert!(text.contains(&format!("UID:{id}@giothong")), "{text}");
    assert!(
        text.contains("DTSTART:20260508T010000Z") && !text.contains("An"),
        "{text}"
    );
    donor
        .patch(&format!("/registrations/{id}"), scene.slot(1))
        .await
        .ok();
    let moved = donor.get(&path).await.text();
    assert!(moved.contains(&format!("UID:{id}@giothong")));
    assert!(moved.contains("DTSTART:20260508T013000Z"));
    donor
        .delete(&format!("/registrations/{id}"))
        .await
        .expect(204);
    assert!(donor.get(&path).await.text().contains("STATUS:CANCELLED"));
    let (other, _) = scene.booked("Trần Thị Bình").await;
    other.get(&path).await.refused("not-found");
}

/// One event as another library reads it.
struct Entry {
    uid: String,
    begins: DateTime<FixedOffset>,
    ends: DateTime<FixedOffset>,
    place: String,
    status: Option<String>,
}

/// Reads a calendar with a parser that is not the one that wrote it.
fn read(text: &str) -> Entry {
    let calendar = ICalendar::parse(text).unwrap_or_else(|odd| panic!("{odd:?} in {text}"));
    let mut events = calendar
        .components
        .iter()
        .filter(|one| one.component_type == ICalendarComponentType::VEvent);
    let event = events.next().unwrap();
    assert!(events.next().is_none(), "one event: {text}");
    let value = |name| {
        let entry = event.property(&name)?;
        assert!(entry.params.is_empty(), "no zone but the moment's own");
        entry.values.first()
    };
    let moment = |name| {
        let moment = value(name).unwrap().as_partial_date_time().unwrap();
        let moment = moment.to_date_time().unwrap();
        let zone = moment.offset.expect("a moment in a named zone");
        zone.from_local_datetime(&moment.date_time).unwrap()
    };
    let words = |name| Some(value(name)?.as_text()?.to_owned());
    assert!(value(ICalendarProperty::Dtstamp).is_some(), "{text}");
    Entry {
        uid: event.uid().unwrap().to_owned(),
        begins: moment(ICalendarProperty::Dtstart),
        ends: moment(ICalendarProperty::Dtend),
        place: words(ICalendarProperty::Location).unwrap(),
        status: words(ICalendarProperty::Status),
    }
}

#[actix_web::test]
async fn another_program_reads_the_hour_the_place_and_an_id_that_stays() {
    let scene = scene(|wanted| wanted.slots = vec![5, 5]).await;
    let (donor, id) = scene.booked("Lê Văn An").await;
    scene.app.run_jobs().await;
    let mailed = scene.app.mails_to("levanan@example.vn").remove(0);
    let mailed = read(mailed.calendar.as_deref().unwrap());
    let local = |moment: &DateTime<FixedOffset>| {
        let local = moment.with_timezone(&chrono_tz::Asia::Ho_Chi_Minh);
        local.format("%Y-%m-%d %H:%M").to_string()
    };
    assert_eq!(local(&mailed.begins), "2026-05-08 08:00");
    assert_eq!(local(&mailed.ends), "2026-05-08 12:00");
    assert_eq!(mailed.place, "Nhà văn hóa, 1 Hòa Bình");
    assert_eq!(
        (mailed.uid.as_str(), mailed.status),
        (&*format!("{id}@giothong"), None)
    );
    let path = format!("/registrations/{id}");
    donor.patch(&path, scene.slot(1)).await.ok();
    scene.app.run_jobs().await;
    let moved = scene.app.mails_to("levanan@example.vn").pop().unwrap();
    let moved = read(moved.calendar.as_deref().unwrap());
    assert_eq!(local(&moved.begins), "2026-05-08 08:30");
    assert_eq!(moved.uid, mailed.uid, "the same entry moves");
    donor.delete(&path).await.expect(204);
    let gone = donor.get(&format!("{path}/ticket.ics")).await.text();
    let gone = read(&gone);
    assert_eq!(gone.status.as_deref(), Some("CANCELLED"));
    assert_eq!(gone.uid, mailed.uid);
}
