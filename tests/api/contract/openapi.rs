//! The committed description of the API is the one the service has.
use super::source::{File, files, read, root};
use std::collections::BTreeMap;

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

/// The name under which each type of a file is described.
fn schemas(file: &File) -> Vec<String> {
    let derives = file.text.split("#[derive(").skip(1);
    let described = derives.filter_map(|after| {
        let (derived, rest) = after.split_once(")]")?;
        let named = rest.find("struct ").into_iter().chain(rest.find("enum "));
        let (attributes, item) = rest.split_at(named.min()?);
        let own = item.split_once(' ')?.1;
        let own = own.split(|letter: char| !letter.is_alphanumeric()).next()?;
        let said = attributes.split_once("schema(as = ");
        let name = said.map_or(own, |(_, name)| name.split(')').next().unwrap());
        (derived.contains("ToSchema") && !name.is_empty()).then(|| name.to_owned())
    });
    described.collect()
}

/// Of two types with one name only one would be described, for both.
#[test]
fn no_two_types_are_described_under_one_name() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in files() {
        for name in schemas(&file) {
            places.entry(name).or_default().push(file.path.clone());
        }
    }
    assert!(places.len() > 150, "the types were not found");
    places.retain(|_, files| files.len() > 1);
    assert_eq!(places, BTreeMap::new());
}

/// Our own extractors tell utoipa nothing of themselves.
#[test]
fn every_handler_describes_the_body_and_the_query_it_reads() {
    let mut faults = Vec::new();
    let mut seen = 0;
    for file in files() {
        for handler in file.text.split("#[utoipa::path(").skip(1) {
            let (attributes, rest) = handler.split_once("async fn ").unwrap();
            let signature = rest.split("-> Result<").next().unwrap();
            let name = signature.split('(').next().unwrap();
            seen += 1;
            let reads_body = ["Body<", "Form<", "Upload"].map(|way| signature.contains(way));
            if reads_body.contains(&true) && !attributes.contains("request_body") {
                faults.push(format!("{}: the body of {name}", file.path));
            }
            if let Some((_, query)) = signature.split_once("Query<") {
                let query = query.split('>').next().unwrap();
                if !attributes.contains(query) {
                    faults.push(format!("{}: the query of {name}", file.path));
                }
            }
        }
    }
    assert!(seen > 100, "the handlers were not found");
    assert_eq!(faults, [""; 0]);
}
