//! The database's promises: group commit, panics, and what a refused write leaves behind.
use crate::support::TestApp;
use chrono::TimeDelta;
use diesel::prelude::*;
use futures_util::future::join_all;
use giothong::platform::App;
use giothong::platform::db::schema::marks;
use giothong::platform::jobs::{self, Every, Job, Registry, run_due};
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
    assert!(
        outcomes.0.is_ok() && outcomes.1.is_err() && outcomes.2.is_ok(),
        "{outcomes:?}"
    );
    assert_eq!(outcomes.1.unwrap_err().kind().slug, "internal");
    mark(&app, "c", || Ok(())).await.unwrap();
    // Read by connections of their own: what the writer only believes to have kept would be missing here.
    assert_eq!(names(&app).await, ["a", "b", "c"]);
}

#[actix_web::test]
async fn many_readers_of_whom_some_panic_are_all_answered() {
    let app = TestApp::new().await;
    mark(&app, "a", || Ok(())).await.unwrap();
    let read = |number: usize| {
        app.app.db.read(move |conn| {
            assert!(!number.is_multiple_of(3), "on purpose");
            marks::table.count().get_result::<i64>(conn)
        })
    };
    // Many more than there are connections, so that they wait behind one another.
    let answers = join_all((0..60).map(read)).await;
    for (number, answer) in answers.into_iter().enumerate() {
        match answer {
            Ok(count) => assert_eq!(count, 1),
            Err(problem) => {
                assert!(number.is_multiple_of(3), "{}", problem.causes());
                assert_eq!(problem.kind().slug, "internal");
            }
        }
    }
    assert_eq!(names(&app).await, ["a"]);
}

#[actix_web::test]
async fn a_refused_write_leaves_nothing_behind() {
    let app = TestApp::new().await;
    let refused = mark(&app, "refused", || Err((&Kind::FORBIDDEN).into()))
        .await
        .unwrap_err();
    assert_eq!(refused.kind().slug, "forbidden", "{}", refused.causes());
    assert!(names(&app).await.is_empty());
}

/// Leaves a mark each time it runs.
#[derive(Default, serde::Serialize, serde::Deserialize)]
struct Tick {}

impl Job for Tick {
    const KIND: &'static str = "test.tick";
    async fn run(self, app: &App) -> anyhow::Result<()> {
        let name = app.now().to_rfc3339();
        app.db
            .write(move |conn| {
                diesel::insert_into(marks::table)
                    .values((marks::name.eq(name), marks::value.eq("tick")))
                    .execute(conn)
            })
            .await?;
        Ok(())
    }
}

#[actix_web::test]
async fn a_repeating_job_comes_again_once_per_turn_however_many_processes_there_are() {
    let app = TestApp::new().await;
    let registry = Registry::default().every::<Tick>(Every::Minutes(10));
    for _ in 0..2 {
        jobs::seed(&app.app, &registry).await.unwrap();
    }
    let count = async || {
        let rounds = tokio::join!(run_due(&app.app, &registry), run_due(&app.app, &registry));
        assert!(rounds.0.is_ok() && rounds.1.is_ok());
        names(&app).await.len()
    };
    assert_eq!(count().await, 1);
    assert_eq!(count().await, 1);
    app.forward(TimeDelta::minutes(10));
    assert_eq!(count().await, 2);
}
