//! Where a subject names its addresses: to be described, or to be served alone. A description takes memory, and the
//! service needs none to answer requests.
use actix_web::dev::HttpServiceFactory;
use actix_web::web;
use utoipa_actix_web::OpenApiFactory;
use utoipa_actix_web::service_config::ServiceConfig;

/// Takes the addresses of a subject.
pub enum Routes<'a, 'b> {
    /// With all that the description of the API says of them.
    Described(&'a mut ServiceConfig<'b>),
    /// As they are.
    Served(&'a mut web::ServiceConfig),
}

impl Routes<'_, '_> {
    /// Adds one operation.
    pub fn service<F>(&mut self, operation: F) -> &mut Self
    where
        F: HttpServiceFactory + OpenApiFactory + 'static,
    {
        match self {
            Self::Described(config) => {
                config.service(operation);
            }
            Self::Served(config) => {
                config.service(operation);
            }
        }
        self
    }

    /// Adds all that `part` names.
    pub fn configure(&mut self, part: impl FnOnce(&mut Self)) -> &mut Self {
        part(self);
        self
    }
}
