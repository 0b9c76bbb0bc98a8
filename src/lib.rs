//! Giọt Hồng: voluntary blood-donation drives, from the booking to the report.
pub mod blood;
pub mod eligibility;
pub mod platform;
