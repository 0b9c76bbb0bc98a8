//! What holds for every endpoint, file and table at once.
mod architecture;
mod assets;
mod endpoints;
mod openapi;
mod problems;
mod schema;
mod source;

pub use problems::catalogue;
