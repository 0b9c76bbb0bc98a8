//! The committed description of the API is the one the service has.
use super::source::{read, root};

fn current() -> String {
    let mut text = giothong::app::openapi().to_pretty_json().unwrap();
    text.push('\n');
    text
}

/// With GENERATE set (`make generate`) this writes the file anew.
#[test]
fn the_committed_document_is_current() {
    #[expect(clippy::disallowed_methods, reason = "tests have no settings file")]
    let is_to_be_written = std::env::var("GENERATE").is_ok();
    if is_to_be_written {
        std::fs::write(root().join("docs/openapi.json"), current()).unwrap();
    }
    assert!(
        read("docs/openapi.json") == current(),
        "docs/openapi.json is not current; run `make generate` and look at the difference"
    );
}
