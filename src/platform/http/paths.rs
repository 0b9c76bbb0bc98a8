//! Which methods an address has, as the description of the API says.
use super::respond::Methods;
use actix_web::http::Method;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

/// Path templates and their methods, to tell a wrong method from a wrong path.
pub struct Paths {
    all: Vec<Template>,
    /// Paths without a blank that another one fits too, and what they take.
    eclipsed: BTreeMap<String, Vec<String>>,
}

/// The words and blanks of a path, and its methods.
type Template = (Vec<String>, Vec<String>);

impl Paths {
    /// Those of the description, and pages beside it that are only read.
    pub fn of(description: &str, pages: impl Iterator<Item = &'static str>) -> Self {
        let described: Described = serde_json::from_str(description).unwrap_or_default();
        let methods = |names: Item| {
            let names = names.into_keys().filter(|name| name != "parameters");
            names.map(|name| name.to_uppercase()).collect()
        };
        let pages = pages.map(|path| (segments(path), vec!["GET".to_owned()]));
        let operations = described.paths.into_iter();
        let operations = operations.map(|(path, item)| (segments(&path), methods(item)));
        let all: Vec<Template> = operations.chain(pages).collect();
        let is_plain = |parts: &[String]| blanks(parts) == 0;
        let is_eclipsed = |path: &[String]| {
            all.iter()
                .any(|(other, _)| !is_plain(other) && fits(other, path))
        };
        let eclipsed = all
            .iter()
            .filter(|(path, _)| is_plain(path) && is_eclipsed(path))
            .map(|(path, methods)| (format!("/{}", path.join("/")), methods.clone()))
            .collect();
        Self { all, eclipsed }
    }
}

fn fits(template: &[String], asked: &[String]) -> bool {
    let mut parts = template.iter().zip(asked);
    template.len() == asked.len()
        && parts.all(|(part, given)| part.starts_with('{') || part == given)
}

fn blanks(template: &[String]) -> usize {
    template.iter().filter(|part| part.starts_with('{')).count()
}

/// What of the description is wanted: which methods a path has.
#[derive(Default, Deserialize)]
struct Described {
    paths: BTreeMap<String, Item>,
}

/// What stands under each method is read over.
type Item = BTreeMap<String, Option<IgnoredAny>>;

impl Methods for Paths {
    fn at(&self, path: &str) -> Option<String> {
        let asked = segments(path);
        // `/sign-ins/refresh` is itself, not a sign-in of that name: the template with the fewest blanks counts.
        let fitting = || {
            self.all
                .iter()
                .filter(|(template, _)| fits(template, &asked))
        };
        let fewest = fitting().map(|(template, _)| blanks(template)).min();
        let mut methods: Vec<&str> = Vec::new();
        for (_, names) in fitting().filter(|(template, _)| Some(blanks(template)) == fewest) {
            methods.extend(names.iter().map(String::as_str));
        }
        if methods.contains(&"GET") {
            methods.push("HEAD");
        }
        methods.sort_unstable();
        (!methods.is_empty()).then(|| methods.join(", "))
    }

    fn lacks(&self, path: &str, method: &Method) -> bool {
        self.eclipsed
            .get(path)
            .is_some_and(|methods| !methods.iter().any(|own| own == method.as_str()))
    }
}

fn segments(path: &str) -> Vec<String> {
    path.trim_matches('/')
        .split('/')
        .map(str::to_owned)
        .collect()
}
