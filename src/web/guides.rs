//! The guides, one for each kind of user, as pages.
use super::page::{Frame, answer};
use crate::platform::App;
use crate::platform::http::Path;
use crate::platform::language::keys;
use crate::platform::problem::{Kind, Problem};
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::{Data, ServiceConfig, get, resource};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

include!(concat!(env!("OUT_DIR"), "/guides.rs"));

/// The addresses of guides and their pictures.
pub(super) const PATHS: [&str; 3] = ["/guide", "/guide/{kind}", "/guide/{folder}/{picture}"];

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/guide").route(get().to(list_guides)))
        .service(resource("/guide/{name:.*}").route(get().to(show_guide)));
}

#[derive(Template)]
#[template(path = "guides.html")]
struct GuideList {
    frame: Frame,
    /// Kind and title.
    guides: Vec<(&'static str, String)>,
}

/// Every guide there is.
async fn list_guides(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let guides = TEXTS.iter().map(|(kind, text)| (*kind, title(text)));
    let list = GuideList {
        frame: Frame::of(&app, &request),
        guides: guides.collect(),
    };
    answer(&list.frame, &list)
}

#[derive(Template)]
#[template(path = "guide.html")]
struct Guide {
    frame: Frame,
    title: String,
    /// Our own text as HTML.
    content: String,
}

/// A guide, or a picture in one. Guides are in Vietnamese.
async fn show_guide(
    app: Data<App>,
    name: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if let Some((name, picture)) = PICTURES.iter().find(|(other, _)| *other == name.0) {
        return Ok(shown(name, picture));
    }
    let guide = TEXTS.iter().find(|(kind, _)| *kind == name.0);
    let (_, text) = guide.ok_or(&Kind::NOT_FOUND)?;
    let guide = Guide {
        frame: Frame::of(&app, &request),
        title: title(text),
        content: rendered(text),
    };
    answer(&guide.frame, &guide)
}

fn shown(name: &str, picture: &'static [u8]) -> HttpResponse {
    let kind = match name.rsplit('.').next().unwrap_or_default() {
        "svg" => "image/svg+xml",
        "jpg" => "image/jpeg",
        "webp" => "image/webp",
        _ => "image/png",
    };
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, kind))
        .insert_header((CACHE_CONTROL, "public, max-age=86400"))
        .body(picture)
}

fn parser(text: &'static str) -> Parser<'static> {
    Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
}

/// The words of the first heading.
fn title(text: &'static str) -> String {
    let heading = parser(text)
        .skip_while(|event| {
            !matches!(
                event,
                Event::Start(Tag::Heading {
                    level: HeadingLevel::H1,
                    ..
                })
            )
        })
        .take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
    let words = heading.filter_map(|event| match event {
        Event::Text(words) | Event::Code(words) => Some(words.into_string()),
        _ => None,
    });
    words.collect()
}

fn rendered(text: &'static str) -> String {
    let mut content = String::new();
    html::push_html(&mut content, parser(text).map(here));
    content
}

/// A link from guide to guide leads to its page, and pictures lie beside the guide.
fn here(event: Event<'static>) -> Event<'static> {
    match event {
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Link {
            link_type,
            dest_url: page_of(&dest_url).map_or(dest_url, Into::into),
            title,
            id,
        }),
        Event::Start(Tag::Image {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Image {
            link_type,
            dest_url: format!("/guide/{}", dest_url.trim_start_matches("./")).into(),
            title,
            id,
        }),
        other => other,
    }
}

fn page_of(address: &str) -> Option<String> {
    let file = address
        .trim_start_matches("./")
        .strip_prefix("huong-dan-")?;
    let (kind, rest) = file.split_once(".md")?;
    Some(format!("/guide/{kind}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "# Đặt chỗ\n\nXem [bài khác](huong-dan-nguoi-hien-mau.md#b).\n\n![Màn hình](anh/dat.png)\n";

    #[test]
    fn a_guide_is_called_by_its_first_heading_and_names_pages_of_this_site() {
        assert_eq!(title(TEXT), "Đặt chỗ");
        let page = rendered(TEXT);
        assert!(page.contains("<h1>Đặt chỗ</h1>"), "{page}");
        assert!(page.contains("href=\"/guide/nguoi-hien-mau#b\""), "{page}");
        assert!(page.contains("src=\"/guide/anh/dat.png\""), "{page}");
    }
}
