//! Everyone, once: names, sealed contacts, consents, erasure.
mod http;
mod model;
mod rules;
mod store;

pub use http::routes;
pub use model::*;
pub use store::batch::*;
pub use store::consents::*;
pub use store::contacts::*;
pub use store::people::*;
