//! Lists over HTTP: taking one in, looking at its rows, deciding, applying, undoing.
mod decisions;
mod import;
mod lists;
mod queries;
mod refusals;
mod rows;
mod upload;
mod views;

use crate::platform::http::Routes;

/// Every path of this room.
pub fn routes(config: &mut Routes<'_, '_>) {
    config
        .service(import::take_in_list)
        .service(lists::list_imports)
        .service(import::show_import)
        .service(rows::list_import_rows)
        .service(decisions::decide_rows)
        .service(import::apply_import)
        .service(import::undo_import);
}
