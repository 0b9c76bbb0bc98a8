//! Questions to what others recorded and declared; nothing is written here.
mod bodies;
mod declared;
mod donated;
mod drive;
mod recorded;
mod settled;

pub(super) use bodies::{names, programme_names, scope_body, tree};
pub(super) use declared::{Indicator, figures, indicators, targets};
pub(super) use donated::by_label;
pub(super) use drive::{
    DeclaredCount, DriveRow, Held, Listed, counted, declared, drive, drives, groups,
};
pub(super) use recorded::{keyed, repeats};
pub(super) use settled::days;
