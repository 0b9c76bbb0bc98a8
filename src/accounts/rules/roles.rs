//! Who may hand on which role: nobody more than they hold.
use crate::platform::http::Role;

/// Whether somebody who holds `held` at a place may give `role` there, or take it.
pub(crate) fn may_hand_on(held: Role, role: Role) -> bool {
    match held {
        Role::Admin => true,
        Role::Coordinator => !matches!(role, Role::Admin | Role::Coordinator),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coordinator_hands_on_what_stands_below_and_an_administrator_everything() {
        for role in [
            Role::ClubLead,
            Role::DriveStaff,
            Role::Nurse,
            Role::Hospital,
            Role::Auditor,
        ] {
            assert!(may_hand_on(Role::Coordinator, role) && may_hand_on(Role::Admin, role));
            assert!(!may_hand_on(role, Role::ClubLead));
        }
        assert!(!may_hand_on(Role::Coordinator, Role::Coordinator));
        assert!(!may_hand_on(Role::Coordinator, Role::Admin));
        assert!(may_hand_on(Role::Admin, Role::Admin));
    }
}
