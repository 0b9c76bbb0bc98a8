//! What is declared, as a client sends and sees it.
mod clusters;
mod numbers;

pub(super) use clusters::{
    ClusterRequest, ClusterView, ClustersQuery, IndicatorRequest, IndicatorView, MemberView,
};
pub(super) use numbers::{FigureRequest, FigureView, Numbers, TargetRequest, TargetView};
