//! Numbers that bodies and clusters declare: targets, figures with how exact they are, and what is counted.
mod actions;
mod http;
pub(super) mod numbers;
pub(super) mod rules;

pub use super::store::declared::clusters::{ClusterId, NewCluster, insert_cluster};
pub use super::store::declared::indicators::{Indicator, insert_indicator};
pub use actions::{Pen, put_figure, put_target};
pub use numbers::Exactness;
pub use rules::{NewFigure, NewTarget, Period, Refusal, Subject, TargetKind};

pub(super) use http::routes;
