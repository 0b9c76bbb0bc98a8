//! The pages behind a reminder's links, and what coordinators see and do.
mod pause;
mod preview;
mod queries;
mod results;
mod returning;
mod stopping;

use super::rules;
use crate::platform::App;
use crate::platform::http::{Routes, link};
use crate::platform::notices::Notice;
use crate::platform::problem::Problem;

/// The pages that links in reminders open.
pub fn pages(config: &mut Routes<'_, '_>) {
    config
        .service(returning::show_return_page)
        .service(returning::book_or_ask_later)
        .service(stopping::show_stop_page)
        .service(stopping::stop_reminders)
        .service(stopping::show_elsewhere_page)
        .service(stopping::tell_of_gift);
}

/// The endpoints of this subject.
pub fn routes(config: &mut Routes<'_, '_>) {
    config
        .service(preview::preview_reminders)
        .service(results::show_results)
        .service(pause::show_reminders)
        .service(pause::pause_reminders);
}

/// The message a link stands in, while its links live; none when it is over, or not ours.
async fn open(app: &App, purpose: &str, token: &str) -> Result<Option<Notice>, Problem> {
    let notice = link::notice(app, purpose, token).await?;
    let zone = app.settings.site.time_zone;
    let is_alive =
        |notice: &Notice| rules::is_link_alive(notice.expires_at.date_in(zone), app.today());
    Ok(notice.filter(is_alive))
}
