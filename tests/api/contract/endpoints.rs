//! Who may call, what each answer carries, and how a refusal looks.
use crate::support::TestApp;
use actix_web::http::Method;
use serde_json::{Value, json};

fn document() -> Value {
    serde_json::to_value(giothong::app::openapi()).unwrap()
}

fn operations() -> Vec<(Method, String, Value)> {
    let mut operations = Vec::new();
    for (path, item) in document()["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            operations.push((
                method.to_uppercase().parse().unwrap(),
                path.clone(),
                operation.clone(),
            ));
        }
    }
    operations
}

fn is_open(operation: &Value) -> bool {
    operation["security"].as_array().is_some_and(|ways| {
        ways.iter()
            .any(|way| way.as_object().is_some_and(serde_json::Map::is_empty))
    })
}

/// A path with every blank filled by an id that names nothing.
fn filled(path: &str) -> String {
    let parts = path.split('/').map(|part| {
        if part.starts_with('{') {
            "01890000-0000-7000-8000-000000000000"
        } else {
            part
        }
    });
    format!("/{}", parts.collect::<Vec<_>>().join("/"))
}

#[actix_web::test]
async fn every_operation_is_closed_to_strangers_unless_it_says_otherwise() {
    let app = TestApp::new().await;
    let operations = operations();
    assert!(operations.len() >= 2);
    for (method, path, operation) in operations {
        let body = (method != Method::GET).then(|| json!({}));
        let reply = app
            .stranger()
            .call(method.clone(), &filled(&path), body)
            .await;
        assert_eq!(
            is_open(&operation),
            reply.status != 401,
            "{method} {path} -> {}",
            reply.text()
        );
        for status in ["400", "401", "403", "404", "409", "422", "503"] {
            assert!(
                operation["responses"][status].is_object(),
                "{method} {path} does not list {status}"
            );
        }
    }
}

#[actix_web::test]
async fn a_wrong_method_is_told_from_a_wrong_path() {
    let app = TestApp::new().await;
    let stranger = app.stranger();
    let reply = stranger.call(Method::PATCH, "//health/live", None).await;
    assert_eq!(
        (reply.status, reply.header("allow")),
        (405, Some("GET, HEAD"))
    );
    reply.refused("method-not-allowed");
    stranger.get("/no-such-thing").await.refused("not-found");
    stranger
        .call(Method::TRACE, "//health/live", None)
        .await
        .refused("method-not-allowed");
}

#[actix_web::test]
async fn head_is_answered_where_get_is_with_its_length_and_no_body() {
    let app = TestApp::new().await;
    let reply = app
        .stranger()
        .call(Method::HEAD, "//health/live", None)
        .await;
    assert_eq!(
        (
            reply.status,
            reply.bytes.len(),
            reply.header("content-length")
        ),
        (200, 0, Some("2"))
    );
}

#[actix_web::test]
async fn every_answer_carries_its_request_id_and_the_security_headers() {
    let app = TestApp::new().await;
    for path in ["//health/live", "/no-such-thing"] {
        let reply = app.stranger().get(path).await;
        for header in [
            "x-request-id",
            "content-security-policy",
            "strict-transport-security",
            "x-content-type-options",
            "referrer-policy",
        ] {
            assert!(reply.header(header).is_some(), "{path} lacks {header}");
        }
    }
}

#[actix_web::test]
async fn a_refusal_speaks_the_callers_language() {
    let app = TestApp::new().await;
    let vietnamese = app.stranger().get("/nowhere").await.refused("not-found");
    let english = app
        .stranger()
        .with("Accept-Language", "en")
        .get("/nowhere")
        .await
        .refused("not-found");
    assert_ne!(vietnamese["title"], english["title"]);
    assert!(english["detail"].as_str().unwrap().is_ascii());
}

#[actix_web::test]
async fn a_word_in_a_path_is_never_taken_for_an_id() {
    let app = TestApp::new().await;
    let nation = app.body("province", "Lào Cai", None).await;
    let admin = app.admin(nation).await;
    for caller in [app.stranger(), admin] {
        for (method, path, allow) in [
            (Method::GET, "/organisations/imports", "POST"),
            (Method::HEAD, "/organisations/imports", "POST"),
            (Method::PATCH, "/organisations/imports", "POST"),
            (Method::DELETE, "/sign-ins/refresh", "POST"),
        ] {
            let reply = caller.call(method.clone(), path, None).await;
            assert_eq!(
                (reply.status, reply.header("allow")),
                (405, Some(allow)),
                "{method} {path}"
            );
        }
    }
}
