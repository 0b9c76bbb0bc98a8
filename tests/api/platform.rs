//! The database's promises: group commit, panics, and what a refused write leaves behind.
use crate::support::TestApp;
use diesel::prelude::*;
use giothong::platform::db::schema::marks;
use giothong::platform::problem::{Kind, Problem};

async fn mark(
    app: &TestApp,
    name: &'static str,
    then: fn() -> Result<(), Problem>,
) -> Result<(), Problem> {
    app.app
        .db
        .write(move |conn| {
            diesel::insert_into(marks::table)
                .values((marks::name.eq(name), marks::value.eq("x")))
                .execute(conn)
                .map_err(Problem::from)?;
            then()
        })
        .await
}

async fn names(app: &TestApp) -> Vec<String> {
    app.app
        .db
        .read(|conn| {
            marks::table
                .order(marks::name)
                .select(marks::name)
                .load(conn)
        })
        .await
        .unwrap()
}

#[actix_web::test]
async fn a_job_that_panics_costs_nobody_else_anything() {
    let app = TestApp::new().await;
    let panics = || mark(&app, "lost", || panic!("on purpose"));
    let outcomes = tokio::join!(
        mark(&app, "a", || Ok(())),
        panics(),
        mark(&app, "b", || Ok(()))
    );
    assert!(outcomes.0.is_ok() && outcomes.1.is_err() && outcomes.2.is_ok());
    mark(&app, "c", || Ok(())).await.unwrap();
    // Read by connections of their own: what the writer only believes to have kept would be missing here.
    assert_eq!(names(&app).await, ["a", "b", "c"]);
}

#[actix_web::test]
async fn a_refused_write_leaves_nothing_behind() {
    let app = TestApp::new().await;
    let refused = mark(&app, "refused", || Err((&Kind::FORBIDDEN).into()))
        .await
        .unwrap_err();
    assert_eq!(refused.kind().slug, "forbidden");
    assert!(names(&app).await.is_empty());
}
