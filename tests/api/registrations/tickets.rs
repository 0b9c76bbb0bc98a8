//! A place in the calendar of a phone.
use super::scene;

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
