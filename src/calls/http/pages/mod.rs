//! The pages behind the links: `/a/{answer}` asks and takes an answer, `/c/{call}` tells how a call stands.
mod answer;
mod public;

pub(super) use answer::{show_answer_page, take_answer};
pub(super) use public::show_call_page;

use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::language::Language;

/// An hour and its day, as people read them.
fn until(app: &App, language: Language, moment: Moment) -> String {
    let local = moment.with_timezone(&app.settings.site.time_zone);
    format!(
        "{}, {}",
        local.format("%H:%M"),
        language.long_date(local.date_naive())
    )
}
