//! Whose blood a patient may receive, the best match first.
use super::groups::Abo;
use super::{BloodGroup, Component};

/// How far a call may go beyond the patient's own group; the hospital decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Widening {
    /// Only donors of exactly the patient's group.
    IdenticalOnly,
    /// Also donors of groups the patient's body accepts.
    Compatible,
}

/// The donor groups to ask for one patient: the identical one first, then, where the hospital allowed it, the compatible
/// ones, rare Rh− donors last. A Rh− patient never gets Rh+ cells here: that is a doctor's decision, not a widening.
///
/// Platelets float in the giver's plasma, so they widen like plasma, yet never from Rh+ to Rh−; whole blood and
/// granulocytes carry red cells and widen like them; stem cells are matched by tissue and do not widen.
pub fn donors_for(
    component: Component,
    patient: BloodGroup,
    widening: Widening,
) -> Vec<BloodGroup> {
    let mut donors = BloodGroup::ALL
        .into_iter()
        .filter(|donor| {
            *donor == patient
                || (widening == Widening::Compatible && accepts(component, patient, *donor))
        })
        .collect::<Vec<_>>();
    donors.sort_by_key(|donor| closeness(patient, *donor));
    donors
}

fn accepts(component: Component, patient: BloodGroup, donor: BloodGroup) -> bool {
    let suits_rh = !patient.is_rh_negative() || donor.is_rh_negative();
    match component {
        Component::WholeBlood | Component::RedCells | Component::Granulocytes => {
            takes_cells(patient.abo(), donor.abo()) && suits_rh
        }
        Component::Plasma => takes_plasma(patient.abo(), donor.abo()),
        Component::Platelets => takes_plasma(patient.abo(), donor.abo()) && suits_rh,
        Component::StemCells => false,
    }
}

fn takes_cells(patient: Abo, donor: Abo) -> bool {
    donor == Abo::O || donor == patient || patient == Abo::Ab
}

fn takes_plasma(patient: Abo, donor: Abo) -> bool {
    takes_cells(donor, patient)
}

/// Sorts by: the same group, then the same Rh as the patient, then the same ABO; O and AB, which suit everybody, last.
fn closeness(patient: BloodGroup, donor: BloodGroup) -> (bool, bool, bool, bool) {
    (
        donor != patient,
        donor.is_rh_negative() != patient.is_rh_negative(),
        donor.abo() != patient.abo(),
        matches!(donor.abo(), Abo::O | Abo::Ab),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: the donors O+ O- A+ A- B+ B- AB+ AB-. Rows: the patients in the same order. `x`: may be given.
    type Table = [&'static str; 8];

    const RED_CELLS: Table = [
        "x x . . . . . .", // O+
        ". x . . . . . .", // O-
        "x x x x . . . .", // A+
        ". x . x . . . .", // A-
        "x x . . x x . .", // B+
        ". x . . . x . .", // B-
        "x x x x x x x x", // AB+
        ". x . x . x . x", // AB-
    ];

    const PLASMA: Table = [
        "x x x x x x x x", // O+
        "x x x x x x x x", // O-
        ". . x x . . x x", // A+
        ". . x x . . x x", // A-
        ". . . . x x x x", // B+
        ". . . . x x x x", // B-
        ". . . . . . x x", // AB+
        ". . . . . . x x", // AB-
    ];

    const PLATELETS: Table = [
        "x x x x x x x x", // O+
        ". x . x . x . x", // O-
        ". . x x . . x x", // A+
        ". . . x . . . x", // A-
        ". . . . x x x x", // B+
        ". . . . . x . x", // B-
        ". . . . . . x x", // AB+
        ". . . . . . . x", // AB-
    ];

    const IDENTICAL: Table = [
        "x . . . . . . .",
        ". x . . . . . .",
        ". . x . . . . .",
        ". . . x . . . .",
        ". . . . x . . .",
        ". . . . . x . .",
        ". . . . . . x .",
        ". . . . . . . x",
    ];

    fn agrees(component: Component, widening: Widening, table: Table) {
        for (patient, row) in BloodGroup::ALL.into_iter().zip(table) {
            let asked = donors_for(component, patient, widening);
            for (donor, cell) in BloodGroup::ALL.into_iter().zip(row.split(' ')) {
                assert_eq!(
                    asked.contains(&donor),
                    cell == "x",
                    "{component} from {donor} to {patient}, {widening:?}"
                );
            }
        }
    }

    #[test]
    fn red_cells_go_from_o_to_all_and_never_from_rh_positive_to_rh_negative() {
        agrees(Component::RedCells, Widening::Compatible, RED_CELLS);
    }

    #[test]
    fn plasma_goes_the_other_way_and_ignores_rhd() {
        agrees(Component::Plasma, Widening::Compatible, PLASMA);
    }

    #[test]
    fn platelets_widen_like_plasma_but_spare_rh_negative_patients() {
        agrees(Component::Platelets, Widening::Compatible, PLATELETS);
    }

    #[test]
    fn whole_blood_and_granulocytes_widen_like_the_red_cells_in_them() {
        agrees(Component::WholeBlood, Widening::Compatible, RED_CELLS);
        agrees(Component::Granulocytes, Widening::Compatible, RED_CELLS);
    }

    #[test]
    fn stem_cells_are_never_widened() {
        agrees(Component::StemCells, Widening::Compatible, IDENTICAL);
    }

    #[test]
    fn without_the_hospitals_word_only_the_same_group_is_asked() {
        for component in Component::ALL {
            agrees(component, Widening::IdenticalOnly, IDENTICAL);
        }
    }

    #[test]
    fn the_identical_group_is_asked_first_whatever_is_needed() {
        for component in Component::ALL {
            for patient in BloodGroup::ALL {
                let asked = donors_for(component, patient, Widening::Compatible);
                assert_eq!(asked.first(), Some(&patient));
            }
        }
    }

    #[test]
    fn rare_donors_are_asked_last_for_a_patient_who_can_take_others() {
        let asked = donors_for(
            Component::RedCells,
            BloodGroup::AbPositive,
            Widening::Compatible,
        );
        let names = asked.iter().map(|group| group.as_str()).collect::<Vec<_>>();
        assert_eq!(names, ["AB+", "A+", "B+", "O+", "AB-", "A-", "B-", "O-"]);
    }
}
