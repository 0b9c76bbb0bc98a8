//! Declared numbers as a client sends and sees them.
use super::super::super::numbers::Exactness;
use super::super::super::rules::{
    LEAST_FIGURE, NewFigure, NewTarget, Period, TargetKind, amount, slug,
};
use crate::organisations::store::declared::figures::Figure;
use crate::organisations::store::declared::targets::Target;
use crate::platform::clock::Moment;
use crate::platform::id::{AnyId, OrganisationId};
use crate::platform::language::Language;
use crate::platform::text::{Invalid, Line, Note};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A number to declare, in place of the one for the same indicator and period.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct FigureRequest {
    /// Slug of what is counted.
    #[schema(min_length = 1, max_length = 60)]
    indicator: String,
    from: NaiveDate,
    to: NaiveDate,
    #[schema(minimum = -1e15, maximum = 1e15)]
    value: f64,
    exactness: Exactness,
    /// Where it is published.
    #[schema(min_length = 1, max_length = 200)]
    source: Option<String>,
    /// How it was worded there, or what else to know.
    #[schema(min_length = 1, max_length = 1000)]
    note: Option<String>,
    /// Whether the body stands by it: only then it is the official number.
    is_signed: Option<bool>,
}

impl FigureRequest {
    pub(in super::super) fn read(self) -> Result<NewFigure, Invalid> {
        let mut invalid = Invalid::default();
        let indicator = invalid.take("indicator", slug(&self.indicator));
        let period = Period::take(&mut invalid, self.from, self.to);
        let value = invalid.take("value", amount(self.value, LEAST_FIGURE));
        let line = |text: &str| Line::parse(text, 200);
        let source = invalid.take_given("source", self.source.as_deref().map(line));
        let note = |text: &str| Note::parse(text, 1000);
        let note = invalid.take_given("note", self.note.as_deref().map(note));
        invalid.build(|| {
            Ok(NewFigure {
                indicator: indicator?,
                period: period?,
                value: value?,
                exactness: self.exactness,
                source: source?.map(Into::into),
                note: note?.map(Into::into),
                is_signed: self.is_signed.unwrap_or_default(),
            })
        })
    }
}

/// A target to set, in place of the one for the same indicator, period and kind.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct TargetRequest {
    /// Slug of what is counted.
    #[schema(min_length = 1, max_length = 60)]
    indicator: String,
    from: NaiveDate,
    to: NaiveDate,
    #[schema(minimum = 0, maximum = 1e15)]
    value: f64,
    kind: TargetKind,
    /// Which body assigned it.
    assigned_by: Option<OrganisationId>,
    /// Left out: exact.
    exactness: Option<Exactness>,
    /// Where it is published.
    #[schema(min_length = 1, max_length = 200)]
    source: Option<String>,
}

impl TargetRequest {
    pub(in super::super) fn read(self) -> Result<NewTarget, Invalid> {
        let mut invalid = Invalid::default();
        let indicator = invalid.take("indicator", slug(&self.indicator));
        let period = Period::take(&mut invalid, self.from, self.to);
        let value = invalid.take("value", amount(self.value, 0.0));
        let line = |text: &str| Line::parse(text, 200);
        let source = invalid.take_given("source", self.source.as_deref().map(line));
        invalid.build(|| {
            Ok(NewTarget {
                indicator: indicator?,
                period: period?,
                value: value?,
                kind: self.kind,
                assigned_by: self.assigned_by,
                exactness: self.exactness.unwrap_or(Exactness::Exact),
                source: source?.map(Into::into),
            })
        })
    }
}

/// A declared number.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct FigureView {
    id: AnyId,
    indicator: String,
    from: NaiveDate,
    to: NaiveDate,
    value: f64,
    exactness: Exactness,
    /// The number as a report prints it: "gần 2.900".
    text: String,
    source: Option<String>,
    note: Option<String>,
    /// Since when the body stands by it.
    signed_at: Option<Moment>,
}

impl FigureView {
    pub(in super::super) fn of(figure: Figure, language: Language) -> Self {
        Self {
            id: figure.id,
            indicator: figure.indicator,
            from: figure.from_on,
            to: figure.to_on,
            value: figure.value,
            exactness: figure.exactness,
            text: figure.exactness.print(figure.value, language),
            source: figure.source,
            note: figure.note,
            signed_at: figure.signed_at,
        }
    }
}

/// A target.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct TargetView {
    id: AnyId,
    indicator: String,
    from: NaiveDate,
    to: NaiveDate,
    value: f64,
    kind: TargetKind,
    assigned_by: Option<OrganisationId>,
    exactness: Exactness,
    source: Option<String>,
}

impl From<Target> for TargetView {
    fn from(target: Target) -> Self {
        Self {
            id: target.id,
            indicator: target.indicator,
            from: target.from_on,
            to: target.to_on,
            value: target.value,
            kind: target.kind,
            assigned_by: target.assigned_by,
            exactness: target.exactness,
            source: target.source,
        }
    }
}

/// All numbers of one body or cluster.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct Numbers<T> {
    /// By indicator and day.
    pub(in super::super) items: Vec<T>,
}
