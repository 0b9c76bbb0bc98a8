//! Donors: from which day they may give again, and who is near.
mod days;
mod nearest;
