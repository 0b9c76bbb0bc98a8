//! What holds for every endpoint, file and table at once.
mod architecture;
mod assets;
mod endpoints;
mod licences;
mod openapi;
mod problems;
mod requests;
mod schema;
mod source;

pub use problems::catalogue;
pub use source::read as read_source;
