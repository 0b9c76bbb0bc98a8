//! What people open: the web app, and pages that need no script: what this is, what a refusal means, how programs talk
//! to it.
mod assets;
mod embedded;
mod front;
mod guides;
mod page;
mod problems;
mod reference;
mod store;

pub use reference::{DESCRIPTION, describe};

use actix_web::web::{ServiceConfig, get, resource};

const PATHS: [&str; 8] = [
    "/",
    "/problems",
    "/problems/{slug}",
    "/docs",
    "/docs/",
    "/docs/{file}",
    "/assets/{file}",
    "/robots.txt",
];

/// The paths of all pages, to tell a wrong method from a wrong path.
pub fn paths() -> impl Iterator<Item = &'static str> {
    PATHS
        .into_iter()
        .chain(embedded::PATHS)
        .chain(guides::PATHS)
}

/// Every page, outside `/api/v1`.
pub fn routes(config: &mut ServiceConfig) {
    embedded::routes(config);
    guides::routes(config);
    config
        .app_data(front::recent())
        .service(resource("/").route(get().to(front::show_front)))
        .service(resource("/problems").route(get().to(problems::list_problems)))
        .service(resource("/problems/{slug}").route(get().to(problems::show_problem)))
        .service(resource("/assets/{file}").route(get().to(assets::show_asset)))
        .service(resource("/favicon.ico").route(get().to(assets::show_icon)))
        .service(resource("/robots.txt").route(get().to(assets::show_robots)))
        .service(resource("/docs").route(get().to(reference::to_reference)))
        .service(resource("/docs/{file:.*}").route(get().to(reference::show_reference)));
}
