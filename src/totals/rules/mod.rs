//! How numbers are added, what is official, and where an ended body's numbers go.
mod lines;
mod official;
mod percent;
mod request;
mod sums;
mod tree;

pub(super) use lines::{Counted, Detail, Line};
pub(super) use official::{Claim, Figure, Official, Target};
pub(super) use percent::{growth, percent};
pub(super) use request::{As, By, Filter, Reach, Request, Scope, UnitKind, months, runs};
pub(super) use sums::{Day, Keyed, Repeat, Sums, held};
pub(super) use tree::Tree;
