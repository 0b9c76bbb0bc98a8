//! The web app as browsers get it. Holds for the app as built and for what stands in for it where nobody built it.
use crate::support::{Reply, TestApp};
use actix_web::http::Method;

/// The first style sheet or script the page names, as a test path.
fn asset_of(page: &Reply) -> String {
    let text = page.text();
    let named = text
        .split('"')
        .find(|part| part.starts_with("/app/assets/"));
    format!("/{}", named.expect("the page names no asset"))
}

#[actix_web::test]
async fn every_address_of_the_app_is_the_same_page() {
    let app = TestApp::new().await;
    let stranger = app.stranger();
    let page = stranger.get("//app/").await;
    assert_eq!(page.status, 200);
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert_eq!(page.header("cache-control"), Some("no-cache"));
    for path in [
        "//app",
        "//app/drives",
        "//app/drives/1/slots",
        "//app/me?x=1",
    ] {
        let other = stranger.get(path).await;
        assert_eq!((other.status, &other.bytes), (200, &page.bytes), "{path}");
    }
    let front = stranger.get("//").await.text();
    assert!(front.contains("href=\"/app/drives\""));
}

#[actix_web::test]
async fn the_app_may_use_nothing_from_elsewhere_and_no_inline_code() {
    let app = TestApp::new().await;
    let page = app.stranger().get("//app/").await;
    let policy = page.header("content-security-policy").unwrap().to_owned();
    assert!(policy.starts_with("default-src 'self';") && !policy.contains("unsafe"));
    assert!(
        policy.contains("img-src 'self' data: blob:") && policy.contains("frame-ancestors 'none'")
    );
    let text = page.text();
    assert!(!text.contains("<style") && !text.contains(" style=\""));
    for script in text.split("<script").skip(1) {
        let (tag, inside) = script.split_once('>').unwrap();
        assert!(tag.contains(" src=\"/app/") && inside.starts_with("</script>"));
    }
}

#[actix_web::test]
async fn what_a_browser_has_already_is_not_sent_again() {
    let app = TestApp::new().await;
    for (packing, is_packed) in [("br", true), ("gzip, br;q=0", false), ("identity", false)] {
        let stranger = app.stranger().with("accept-encoding", packing);
        let first = stranger.get("//app/").await;
        let tag = first.header("etag").unwrap().to_owned();
        assert_eq!(
            first.header("content-encoding") == Some("br"),
            is_packed,
            "{packing}"
        );
        assert_eq!(tag.ends_with("-br\""), is_packed);
        assert_eq!(first.header("vary"), Some("Accept-Encoding"));
        let again = stranger.with("if-none-match", &tag).get("//app/").await;
        assert_eq!((again.status, again.bytes.len()), (304, 0));
        assert_eq!(again.header("etag"), Some(tag.as_str()));
        let changed = stranger
            .with("if-none-match", "\"other\"")
            .get("//app/")
            .await;
        assert_eq!(changed.status, 200);
    }
}

#[actix_web::test]
async fn what_is_named_after_its_content_is_kept_for_ever_and_what_is_gone_is_said_to_be() {
    let app = TestApp::new().await;
    let stranger = app.stranger();
    let asset = asset_of(&stranger.get("//app/").await);
    let reply = stranger.get(&asset).await;
    assert_eq!(reply.status, 200, "{asset}");
    assert_eq!(
        reply.header("cache-control"),
        Some("public, max-age=31536000, immutable")
    );
    let kind = reply.header("content-type").unwrap();
    assert!(["text/css; charset=utf-8", "text/javascript; charset=utf-8"].contains(&kind));
    let packed = stranger.with("accept-encoding", "br").get(&asset).await;
    assert_eq!(packed.header("content-type"), Some(kind));
    stranger
        .get("//app/assets/of-yesterday.js")
        .await
        .refused("not-found");
}

#[actix_web::test]
async fn the_app_is_only_for_reading() {
    let app = TestApp::new().await;
    for path in ["//app", "//app/drives", "//app/drives/1/slots"] {
        let reply = app.stranger().call(Method::POST, path, None).await;
        assert_eq!(reply.header("allow"), Some("GET, HEAD"), "{path}");
        reply.refused("method-not-allowed");
    }
    let (get, head) = (
        app.stranger().get("//app/").await,
        app.stranger().call(Method::HEAD, "//app/", None).await,
    );
    assert_eq!((head.status, head.bytes.len()), (200, 0));
    assert_eq!(
        head.header("content-length"),
        Some(get.bytes.len().to_string().as_str())
    );
}

#[actix_web::test]
async fn nothing_outside_the_app_is_reached_through_it() {
    let app = TestApp::new().await;
    for path in [
        "//app/../Cargo.toml",
        "//app/%2e%2e/messages.rs",
        "//app/assets/../../messages.rs",
    ] {
        let reply = app.stranger().get(path).await;
        assert!(!reply.text().contains("pub const"), "{path}");
    }
    let twin = app.stranger().get("//app/index.html.br").await;
    assert_eq!(
        twin.header("content-type"),
        Some("text/html; charset=utf-8")
    );
}
