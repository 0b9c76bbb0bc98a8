//! What is given: whole blood, or one part of it taken by a machine.
use std::fmt;

use serde::{Deserialize, Serialize};

/// What a donor gives and a hospital asks for; on the wire and in the database in snake case.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Component {
    /// Máu toàn phần, the usual gift.
    WholeBlood,
    /// Khối hồng cầu, as a gift by apheresis.
    RedCells,
    /// Huyết tương.
    Plasma,
    /// Tiểu cầu.
    Platelets,
    /// Bạch cầu hạt.
    Granulocytes,
    /// Tế bào gốc from peripheral blood.
    StemCells,
}

impl Component {
    /// Taken by a machine that gives the rest back, so that other weights and volumes hold.
    pub fn is_apheresis(self) -> bool {
        self != Self::WholeBlood
    }
}

crate::text_column! {
    pub Component {
        WholeBlood => "whole_blood",
        RedCells => "red_cells",
        Plasma => "plasma",
        Platelets => "platelets",
        Granulocytes => "granulocytes",
        StemCells => "stem_cells",
    }
}

impl fmt::Display for Component {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_component_is_sent_and_stored_under_the_same_word() {
        for component in Component::ALL {
            let json = serde_json::to_value(component).ok();
            assert_eq!(json, Some(component.as_str().into()));
            assert_eq!(Component::parse(component.as_str()), Some(component));
        }
        assert_eq!(Component::parse("Whole blood"), None);
    }

    #[test]
    fn only_whole_blood_is_taken_without_a_machine() {
        assert!(!Component::WholeBlood.is_apheresis());
        assert!(Component::Plasma.is_apheresis());
    }
}
