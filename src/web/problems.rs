//! A page for every refusal: what it means to the person, and to whoever writes a program.
use super::page::{Frame, answer};
use crate::platform::App;
use crate::platform::http::Path;
use crate::platform::language::{Key, keys};
use crate::platform::problem::{Kind, Problem};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

const CATALOGUE: &str = include_str!("../../docs/PROBLEMS.md");

/// One heading of the catalogue.
struct Entry {
    slug: &'static str,
    paragraph: &'static str,
}

fn entries() -> impl Iterator<Item = Entry> {
    let sections = CATALOGUE.split("\n## ").skip(1);
    sections.filter_map(|section| {
        let (slug, paragraph) = section.split_once('\n')?;
        Some(Entry { slug, paragraph })
    })
}

#[derive(Template)]
#[template(path = "problems.html")]
struct ProblemList {
    frame: Frame,
    /// Slug and title.
    problems: Vec<(&'static str, String)>,
}

/// Every refusal the service knows.
pub(super) async fn list_problems(
    app: Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let frame = Frame::of(&app, &request);
    let problems = entries()
        .map(|entry| (entry.slug, words(&frame, entry.slug, "title")))
        .collect();
    let list = ProblemList { frame, problems };
    answer(&list.frame, &list)
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    frame: Frame,
    slug: &'static str,
    title: String,
    detail: String,
    /// Paragraphs for programmers; each a row of texts that are plain and code by turns.
    advice: Vec<Vec<&'static str>>,
}

/// What one refusal means.
pub(super) async fn show_problem(
    app: Data<App>,
    slug: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let entry = entries().find(|entry| entry.slug == slug.0);
    let entry = entry.ok_or(&Kind::NOT_FOUND)?;
    let frame = Frame::of(&app, &request);
    let page = ProblemPage {
        slug: entry.slug,
        title: words(&frame, entry.slug, "title"),
        detail: words(&frame, entry.slug, "detail"),
        advice: advice(entry.paragraph),
        frame,
    };
    answer(&page.frame, &page)
}

fn advice(paragraph: &'static str) -> Vec<Vec<&'static str>> {
    let paragraphs = paragraph.trim().split("\n\n");
    paragraphs.map(|text| text.split('`').collect()).collect()
}

/// The words a caller sees, with a gap where a request's own facts would stand.
fn words(frame: &Frame, slug: &str, part: &str) -> String {
    let key = Key::find(&format!("problem.{slug}.{part}"));
    let text = key.map_or_else(|| slug.to_owned(), |key| frame.t(key));
    let mut said = String::new();
    let mut rest = text.as_str();
    while let Some((before, (_, after))) = rest
        .split_once('{')
        .and_then(|(before, from)| Some((before, from.split_once('}')?)))
    {
        said.push_str(before);
        said.push('…');
        rest = after;
    }
    said + rest
}
