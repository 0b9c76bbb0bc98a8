//! What the invented bodies are to reach this year.
use super::present::Play;
use super::visitor::Visitor;
use crate::platform::id::OrganisationId;
use chrono::Datelike;
use serde_json::json;

/// Units that the province assigns to its communes, in their order.
const COMMUNES: [u32; 4] = [90, 60, 50, 40];
/// What was assigned to the province, and what it wants beyond that.
const PROVINCE: [(&str, u32); 2] = [("assigned", 180), ("self_set", 200)];
/// What a club wants by itself.
const CLUB: u32 = 40;

/// Sets targets of units for the year: assigned and self-set ones, of invented bodies only.
pub(super) async fn targets(play: &Play<'_>, coordinator: &Visitor) -> anyhow::Result<()> {
    let stage = play.stage;
    let year = play.app.today().year();
    let set = async |body: OrganisationId,
                     kind: &str,
                     (value, by): (u32, Option<OrganisationId>)| {
        let target = json!({
            "indicator": "units", "from": format!("{year}-01-01"), "to": format!("{year}-12-31"), "value": value,
            "kind": kind, "assigned_by": by, "source": "Số liệu minh họa",
        });
        let path = format!("/organisations/{body}/targets");
        coordinator.put(&path, target).await.map(drop)
    };
    for (kind, value) in PROVINCE {
        set(stage.province, kind, (value, None)).await?;
    }
    for ((commune, _), value) in stage.communes.iter().zip(COMMUNES) {
        set(*commune, "assigned", (value, Some(stage.province))).await?;
    }
    for club in &stage.clubs {
        set(*club, "self_set", (CLUB, None)).await?;
    }
    Ok(())
}
