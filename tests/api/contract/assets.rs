//! Everything a page names is there, and comes from this service alone.
use super::source::read;
use crate::support::TestApp;
use std::collections::BTreeSet;

const PAGES: [&str; 4] = ["//", "//problems", "//problems/not-found", "//docs/"];

/// Every address in a page's attributes.
fn named(page: &str) -> BTreeSet<String> {
    let ways = [" href=\"", " src=\"", " action=\""];
    let found = ways.iter().flat_map(|way| {
        page.split(way)
            .skip(1)
            .filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
    });
    found.filter(|address| !address.starts_with('#')).collect()
}

/// The address as a test path: from the root, or beside the page.
fn from(page: &str, address: &str) -> String {
    match address.strip_prefix('/') {
        Some(rest) => format!("//{rest}"),
        None => format!("{page}{}", address.trim_start_matches("./")),
    }
}

#[actix_web::test]
async fn everything_a_page_names_is_there() {
    let app = TestApp::new().await;
    for page in PAGES {
        let text = app.stranger().get(page).await.text();
        let named = named(&text);
        assert!(named.len() > 3, "{page} names {named:?}");
        for address in named {
            assert!(
                !address.contains("://") && !address.starts_with("//"),
                "{page} names another host: {address}"
            );
            let reply = app.stranger().get(&from(page, &address)).await;
            assert!(
                reply.status == 200,
                "{page} names {address}: {}",
                reply.status
            );
        }
    }
}

#[test]
fn style_sheets_name_no_other_host_and_nothing_missing() {
    let style = read("src/web/pages/site.css");
    assert!(!style.contains("://") && !style.contains("@import") && !style.contains("url("));
}

#[actix_web::test]
async fn our_own_pages_run_without_any_script() {
    let app = TestApp::new().await;
    for page in PAGES.iter().filter(|page| **page != "//docs/") {
        let reply = app.stranger().get(page).await;
        let policy = reply.header("content-security-policy").unwrap().to_owned();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("script-src"));
        assert!(!policy.contains("unsafe"), "{page}: {policy}");
        let text = reply.text();
        for forbidden in ["<script", " style=\"", " onclick=", "javascript:"] {
            assert!(!text.contains(forbidden), "{page} has {forbidden}");
        }
    }
}
