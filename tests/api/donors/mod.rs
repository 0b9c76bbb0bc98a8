//! Donors: signing up, from which day they may give again, clubs' lists, and who is near.
mod checks;
mod clubs;
mod days;
mod nearest;
mod own;
mod sign_up;
mod spoken;
mod staff;

use crate::support::{Actor, TestApp};
use diesel::prelude::*;
use giothong::platform::db::schema::people;
use giothong::platform::id::PersonId;

/// The people of this name, erased ones left out.
async fn called(app: &TestApp, name: &str) -> Vec<PersonId> {
    let name = name.to_owned();
    app.rows(move |conn| {
        people::table
            .filter(people::name.eq(name))
            .order(people::id)
            .select(people::id)
            .load(conn)
    })
    .await
}

/// The only person of this name, signed in.
async fn sign_in(app: &TestApp, name: &str) -> Actor {
    let found = called(app, name).await;
    assert_eq!(found.len(), 1, "{name}");
    app.signed_in(found[0]).await
}
