//! The drives of a report, one by one as far as they can be read, and the rest of them summed.
use super::super::rules::{As, Filter, Reach, Request, Scope, Sums, Tree};
use super::super::store::{self, Listed};
use crate::organisations;
use crate::platform::db::Conn;
use crate::platform::id::OrganisationId;
use crate::platform::problem::Problem;
use std::collections::HashMap;

/// Drives by day, and how many stand beyond them with what they sum to.
#[derive(Debug, Default)]
pub(super) struct Drives {
    pub(super) listed: Vec<Listed>,
    pub(super) beyond: usize,
    pub(super) sums_beyond: Sums,
}

/// The drives of the request; at most `most` of them one by one. A nation's are too many to read: whoever wants them
/// asks its parts.
pub(super) fn drives(conn: &mut Conn, request: Request, most: usize) -> Result<Drives, Problem> {
    let mut listed = match request.scope {
        Scope::Nation => return Ok(Drives::default()),
        // A cluster is its members as they are.
        Scope::Cluster(id) => store::drives(conn, &filter(request, Reach::Cluster(id), As::Then))?,
        Scope::Organisation(id) => of_body(conn, request, id)?,
    };
    let beyond = listed.split_off(listed.len().min(most));
    let mut sums_beyond = Sums::default();
    for drive in &beyond {
        sums_beyond.add(&drive.sums, 1.0);
    }
    Ok(Drives {
        listed,
        beyond: beyond.len(),
        sums_beyond,
    })
}

fn of_body(
    conn: &mut Conn,
    request: Request,
    body: OrganisationId,
) -> Result<Vec<Listed>, Problem> {
    let reach = Reach::of(body, organisations::find(conn, body)?.kind);
    if request.r#as == As::Then {
        return Ok(store::drives(conn, &filter(request, reach, As::Then))?);
    }
    let everywhere = store::drives(conn, &filter(request, reach.unbounded(), As::Now))?;
    Ok(weighed(everywhere, &store::tree(conn)?, body))
}

fn filter(request: Request, reach: Reach, r#as: As) -> Filter {
    Filter {
        reach,
        period: request.period,
        programme: request.programme,
        kind: request.kind,
        r#as,
    }
}

/// What of each drive counts for the body today; rows of one drive follow each other.
fn weighed(drives: Vec<Listed>, tree: &Tree, body: OrganisationId) -> Vec<Listed> {
    let mut shares: HashMap<OrganisationId, f64> = HashMap::new();
    let mut kept: Vec<Listed> = Vec::new();
    for drive in drives {
        let share = drive.place.map_or(0.0, |place| {
            let known = shares.entry(place);
            *known.or_insert_with(|| tree.share(place, body))
        });
        if share <= 0.0 {
            continue;
        }
        let mut sums = Sums::default();
        sums.add(&drive.sums, share);
        match kept.last_mut().filter(|last| last.id == drive.id) {
            Some(last) => {
                last.sums.add(&sums, 1.0);
                last.sums.drives = last.sums.drives.min(1.0);
            }
            None => kept.push(Listed { sums, ..drive }),
        }
    }
    kept
}
