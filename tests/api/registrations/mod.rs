//! Places at drives: booked, waited for, kept, moved, given up, and what the desk does with them.
mod booking;
mod desk;
mod hold;
mod leaving;
mod questions;
mod refusing;
mod speed;
mod state;
mod tickets;
mod waitlist;

use crate::support::{Actor, Arranged, TestApp, Wanted};
use chrono::TimeDelta;
use giothong::platform::http::Role;
use giothong::platform::id::OrganisationId;
use serde_json::{Value, json};

/// A province that holds a drive, with its desk.
struct Scene {
    app: TestApp,
    province: OrganisationId,
    drive: Arranged,
    desk: Actor,
    coordinator: Actor,
}

async fn scene(change: impl FnOnce(&mut Wanted)) -> Scene {
    let app = TestApp::new().await;
    let province = app.body("province", "Cần Thơ", None).await;
    let mut wanted = Wanted::by(province);
    change(&mut wanted);
    let drive = app.drive(wanted).await;
    let desk = app.staff("Bàn Đón", Role::DriveStaff, province).await;
    let coordinator = app.coordinator(province).await;
    Scene {
        app,
        province,
        drive,
        desk,
        coordinator,
    }
}

impl Scene {
    fn slot(&self, position: usize) -> Value {
        json!({ "slot": self.drive.slots[position] })
    }

    /// Books the first slot for a new donor of this name; answers them and the registration's id.
    async fn booked(&self, name: &str) -> (Actor, String) {
        let donor = self.app.donor(name).await;
        let booked = donor
            .post(&self.drive.path("/registrations"), self.slot(0))
            .await
            .created();
        (donor, id_of(&booked))
    }

    /// The same when the slot is full.
    async fn waiting(&self, name: &str) -> (Actor, String) {
        self.app.forward(TimeDelta::seconds(1));
        let donor = self.app.donor(name).await;
        let waiting = donor
            .post(&self.drive.path("/registrations"), self.slot(0))
            .await
            .expect(202);
        (donor, id_of(&waiting))
    }
}

fn id_of(view: &Value) -> String {
    view["id"].as_str().unwrap().to_owned()
}

/// The state of one's only registration.
async fn state_of(donor: &Actor) -> String {
    let list = donor.get("/me/registrations").await.ok();
    list["items"][0]["state"].as_str().unwrap().to_owned()
}
