//! At the nurse's table: what was found, collected, corrected, found safe and declared.
mod collecting;
mod correcting;
mod counting;
mod declaring;
mod journey;

use crate::support::{Actor, Arranged, TestApp, Wanted};
use giothong::platform::http::Role;
use giothong::platform::id::OrganisationId;
use serde_json::{Value, json};

/// A province that holds a drive today, collected by a hospital with its nurse.
struct Table {
    app: TestApp,
    province: OrganisationId,
    hospital: OrganisationId,
    drive: Arranged,
    coordinator: Actor,
    desk: Actor,
    nurse: Actor,
}

async fn table(change: impl FnOnce(&mut Wanted)) -> Table {
    let app = TestApp::new().await;
    let province = app.body("province", "Cần Thơ", None).await;
    let hospital = app.body("hospital", "Huyết học Cần Thơ", None).await;
    let mut wanted = Wanted::by(province);
    wanted.in_days = 0;
    wanted.collected_by = Some(hospital);
    change(&mut wanted);
    let drive = app.drive(wanted).await;
    Table {
        coordinator: app.coordinator(province).await,
        desk: app.staff("Bàn Đón", Role::DriveStaff, province).await,
        nurse: app.staff("Điều Dưỡng", Role::Nurse, hospital).await,
        app,
        province,
        hospital,
        drive,
    }
}

impl Table {
    /// Somebody who just came; answers the donor and the visit.
    async fn arrived(&self, name: &str) -> (Actor, String) {
        let donor = self.app.donor(name).await;
        let body = json!({ "person": donor.id() });
        let visit = self
            .desk
            .post(&self.drive.path("/walk-ins"), body)
            .await
            .created();
        (donor, visit["id"].as_str().unwrap().to_owned())
    }

    /// The same, after a screening that found nothing wrong.
    async fn ready(&self, name: &str) -> (Actor, String) {
        let (donor, visit) = self.arrived(name).await;
        let path = format!("/registrations/{visit}/screening");
        self.nurse.post(&path, accepted(50.0)).await.created();
        (donor, visit)
    }

    /// The same, after a bag of this number; answers the donor, the visit and the donation.
    async fn given(&self, name: &str, number: &str) -> (Actor, String, String) {
        let (donor, visit) = self.ready(name).await;
        let path = format!("/registrations/{visit}/donation");
        let bag = self.nurse.post(&path, bag(number)).await.created();
        (donor, visit, bag["id"].as_str().unwrap().to_owned())
    }
}

fn accepted(weight_kg: f64) -> Value {
    json!({ "weight_kg": weight_kg, "systolic_mmhg": 118, "diastolic_mmhg": 76, "pulse_bpm": 72,
        "haemoglobin_g_l": 132, "decision": "accepted" })
}

fn bag(number: &str) -> Value {
    json!({ "unit_number": number, "component": "whole_blood", "volume_ml": 350, "blood_group": "O+",
        "certificate_serial": "GCN 000123" })
}

/// The day from which somebody may give, as they see it.
async fn may_give_on(donor: &Actor) -> String {
    let eligibility = donor.get("/me/eligibility").await.ok();
    eligibility["may_give_on"]
        .as_str()
        .unwrap_or("never")
        .to_owned()
}
