//! What is asked of lists, behind the question mark.
use crate::drives::model::{ProgrammeId, Reach, SessionId, SlotId};
use crate::drives::rules::{Around, Filter, Period, Sees, is_sane};
use crate::drives::store::slots::SlotPage;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{Anyone, Page};
use crate::platform::id::{DriveId, OrganisationId};
use crate::platform::language::keys;
use crate::platform::problem::{Kind, Problem};
use crate::platform::text::Invalid;
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;

/// A question about drives: what to look for, and whatever else it may say.
macro_rules! looking_for_drives {
    ($(#[$about:meta])* $query:ident { $($more:tt)* }) => {
        $(#[$about])*
        #[derive(Debug, Deserialize, IntoParams)]
        #[serde(deny_unknown_fields)]
        #[into_params(parameter_in = Query)]
        pub(super) struct $query {
            /// Around this point, `latitude,longitude`; a list is then sorted by distance.
            near: Option<String>,
            /// Kilometres around `near`, 30 unless asked.
            #[param(maximum = 500)]
            within_km: Option<f64>,
            /// First day, today unless asked.
            from: Option<NaiveDate>,
            /// Last day, 60 days later unless asked; at most 366.
            to: Option<NaiveDate>,
            /// Only of this programme.
            programme: Option<ProgrammeId>,
            /// Only held by this body or one below it; its coordinators find drafts in the list too.
            organisation: Option<OrganisationId>,
            /// Only those whose blood this facility draws, or one below this body.
            collected_by: Option<OrganisationId>,
            /// Found in the name or a place, accents or not.
            #[param(max_length = 100)]
            q: Option<String>,
            /// Only those with places to book.
            open: Option<bool>,
            $($more)*
        }

        impl $query {
            pub(super) fn read(&self, app: &App) -> Result<Filter, Invalid> {
                let clock = (app.now(), app.settings.site.time_zone);
                Ok(Filter {
                    period: Period::read(self.from, self.to, clock)?,
                    around: Around::read(self.near.as_deref(), self.within_km)?,
                    programme: self.programme,
                    organisation: self.organisation,
                    collected_by: self.collected_by,
                    mine: None,
                    words: Filter::words(self.q.as_deref())?,
                    is_open: self.open.unwrap_or_default(),
                    sees: Sees::Public,
                })
            }
        }
    };
}

looking_for_drives! {
    /// Which drives.
    DriveQuery {
        /// Only those one's roles reach: held or drawn by one's bodies, those one works at, and those to which one's bodies
        /// brought people. Signed ones are among them.
        mine: Option<bool>,
        /// Rows on a page.
        #[param(minimum = 1, maximum = 200)]
        pub(super) limit: Option<i64>,
        /// The `next` of the page before.
        pub(super) after: Option<String>,
    }
}

looking_for_drives! {
    /// Which drives, for a calendar.
    CalendarQuery {}
}

impl DriveQuery {
    /// What this caller looks for; only who is known has drives of their own.
    pub(super) fn asked(&self, app: &App, anyone: &Anyone) -> Result<Filter, Problem> {
        let filter = self.read(app)?;
        if self.mine != Some(true) {
            return Ok(filter);
        }
        let caller = anyone.caller.as_ref().ok_or(&Kind::UNAUTHENTICATED)?;
        let grants = caller.grants().iter();
        let mine = Some(Reach {
            bodies: grants.clone().filter_map(|one| one.organisation).collect(),
            drives: grants.filter_map(|one| one.drive).collect(),
        });
        Ok(Filter { mine, ..filter })
    }
}

/// Which slots.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct SlotQuery {
    /// Only those of this session.
    pub(super) session: Option<SessionId>,
    /// Only those that begin then or later; a fixed site shows those from now on unless asked.
    pub(super) from: Option<Moment>,
    /// Rows on a page.
    #[param(minimum = 1, maximum = 200)]
    pub(super) limit: Option<i64>,
    /// The `next` of the page before.
    pub(super) after: Option<String>,
}

impl SlotQuery {
    pub(super) fn asked(
        &self,
        drive: DriveId,
        page: &Page<(Moment, SlotId)>,
    ) -> Result<SlotPage, Problem> {
        if self.from.is_some_and(|from| !is_sane(from)) {
            return Err(Problem::field("from", keys::FIELD_NOT_A_DATE.into()));
        }
        if page.after.is_some_and(|(at, _)| !is_sane(at)) {
            return Err((&Kind::STALE_CURSOR).into());
        }
        Ok(SlotPage {
            drive,
            session: self.session,
            from: self.from,
            after: page.after,
            reach: page.reach(),
        })
    }
}

/// Which programmes.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ProgrammeQuery {
    /// Only editions of this year.
    pub(super) edition: Option<i32>,
    /// Rows on a page.
    #[param(minimum = 1, maximum = 200)]
    pub(super) limit: Option<i64>,
    /// The `next` of the page before.
    pub(super) after: Option<String>,
}
