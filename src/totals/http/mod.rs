//! What may be asked about totals over HTTP.
mod drive;
mod page;
mod print;
mod query;
mod report;
mod totals;
mod views;
mod workbook;

use crate::platform::http::Routes;

/// The subject's routes.
pub fn routes(config: &mut Routes<'_, '_>) {
    config
        .service(totals::show_totals)
        .service(report::show_report)
        .service(drive::show_drive_totals);
}
