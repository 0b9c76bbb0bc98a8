//! Drives: planning them, reading them, finding them, counting them.
mod counting;
mod finding;
mod planning;
mod sites;

use crate::support::{Actor, TestApp};
use giothong::platform::id::OrganisationId;

/// A commune under a province with its coordinator.
pub struct Chapter {
    pub app: TestApp,
    pub body: OrganisationId,
    pub coordinator: Actor,
}

impl Chapter {
    pub async fn new() -> Self {
        let app = TestApp::new().await;
        let province = app.body("province", "Thành phố Hà Nội", None).await;
        let body = app.body("commune", "Phường Kim Liên", Some(province)).await;
        let coordinator = app.coordinator(province).await;
        Self {
            app,
            body,
            coordinator,
        }
    }

    /// Somebody with the same role elsewhere.
    pub async fn stranger_in_office(&self) -> Actor {
        let other = self.app.body("province", "Tỉnh Lào Cai", None).await;
        let role = giothong::platform::http::Role::Coordinator;
        self.app.staff("Vàng Thị Mẩy", role, other).await
    }
}
