//! What is declared, as a client sends and sees it.
mod clusters;
mod numbers;

pub(super) use clusters::{
    ClusterMemberView, ClusterRequest, ClusterView, ClustersQuery, IndicatorRequest, IndicatorView,
};
pub(super) use numbers::{FigureRequest, FigureView, Numbers, TargetRequest, TargetView};
