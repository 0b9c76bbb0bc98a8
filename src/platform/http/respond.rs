//! The outermost layer: names each request, turns refusals into words, sets what every answer carries.
use super::caller::language;
use super::openapi::{ProblemBody, ProblemChoice, ProblemField};
use crate::platform::App;
use crate::platform::language::{Language, say};
use crate::platform::problem::{Kind, Problem};
use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{HttpMessage, HttpResponse, HttpResponseBuilder, ResponseError};
use std::time::Instant;
use uuid::Uuid;

/// The id under which this request stands in the log and in its answer.
#[derive(Debug, Clone, Copy)]
pub struct RequestId(pub Uuid);

/// Which methods a path has, from the OpenAPI document, so that a wrong method is told from a wrong path.
pub trait Methods {
    /// The methods at `path`, `GET, POST`; none when there is no such path.
    fn at(&self, path: &str) -> Option<String>;
    /// Whether `path` stands in the document as it is and has no such method. Another path, with a blank where this one
    /// has a word, would take the word for an id.
    fn lacks(&self, path: &str, method: &Method) -> bool;
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.kind().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
    /// Only the status: `respond` finds the problem in the response and writes its words.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

/// Wraps the whole service.
pub async fn respond<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, actix_web::Error> {
    let started = Instant::now();
    let id = RequestId(
        request
            .app_data::<Data<App>>()
            .map_or_else(Uuid::nil, |app| app.id::<Uuid>()),
    );
    request.extensions_mut().insert(id);
    let is_head = request.method() == Method::HEAD;
    if is_head {
        // HEAD is answered wherever GET is; the body is dropped below, its length kept.
        request.head_mut().method = Method::GET;
    }
    let language = language(request.headers());
    let mut answer = answer(request, next).await?;
    if answer.status().as_u16() >= 400 && !is_written(&answer) {
        answer = refuse(answer, id, language);
    }
    decorate(&mut answer, id);
    record(&answer, started, id);
    Ok(if is_head {
        without_body(answer)
    } else {
        answer
    })
}

async fn answer<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, actix_web::Error> {
    if lacks_method(&request) {
        let none = HttpResponse::new(StatusCode::METHOD_NOT_ALLOWED);
        return Ok(request.into_response(none).map_into_right_body());
    }
    Ok(next.call(request).await?.map_into_left_body())
}

fn lacks_method(request: &ServiceRequest) -> bool {
    request
        .app_data::<Data<dyn Methods>>()
        .is_some_and(|methods| methods.lacks(request.path(), request.method()))
}

/// A handler may write a refusal of its own (a page for people); it says so by its content type.
fn is_written<B>(answer: &ServiceResponse<B>) -> bool {
    answer.headers().contains_key(header::CONTENT_TYPE) && answer.response().error().is_none()
}

fn refuse<B: MessageBody + 'static>(
    answer: ServiceResponse<EitherBody<B>>,
    id: RequestId,
    language: Language,
) -> ServiceResponse<EitherBody<B>> {
    let (request, response) = answer.into_parts();
    let general = Problem::from(kind_of(response.status()));
    let named = response.error().and_then(|error| error.as_error());
    let problem: &Problem = named.unwrap_or(&general);
    let mut refused = HttpResponse::build(problem.status_code());
    let allowed = request
        .app_data::<Data<dyn Methods>>()
        .and_then(|methods| methods.at(request.path()));
    let is_of_the_router = response.error().is_none()
        && [&Kind::NOT_FOUND, &Kind::METHOD_NOT_ALLOWED].contains(&problem.kind());
    let refused = match allowed.filter(|_| is_of_the_router) {
        Some(methods) => {
            let problem = Problem::from(&Kind::METHOD_NOT_ALLOWED);
            refused
                .status(StatusCode::METHOD_NOT_ALLOWED)
                .insert_header((header::ALLOW, methods));
            write(&mut refused, &problem, id, language)
        }
        None => write(&mut refused, problem, id, language),
    };
    log(problem, id);
    ServiceResponse::new(request, refused).map_into_right_body()
}

fn write(
    response: &mut HttpResponseBuilder,
    problem: &Problem,
    id: RequestId,
    language: Language,
) -> HttpResponse {
    if let Some(seconds) = problem.retry_seconds() {
        response.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    if problem.kind() == &Kind::UNAUTHENTICATED {
        response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
    }
    let fields = problem.fields().iter();
    let body = ProblemBody {
        r#type: format!("/problems/{}", problem.kind().slug),
        title: problem.kind().title(language),
        status: problem.kind().status,
        detail: problem.detail(language),
        instance: format!("urn:uuid:{}", id.0),
        errors: fields
            .map(|wrong| ProblemField {
                field: wrong.field.clone(),
                message: say(language, &wrong.phrase),
            })
            .collect(),
        choices: problem.choice().iter().map(ProblemChoice::from).collect(),
    };
    response
        .insert_header((header::CONTENT_LANGUAGE, language.code()))
        .insert_header((header::VARY, "Accept-Language"));
    let text = serde_json::to_string(&body).unwrap_or_default();
    response.content_type("application/problem+json").body(text)
}

/// What a refusal of the HTTP library means in our words.
fn kind_of(status: StatusCode) -> &'static Kind {
    match status.as_u16() {
        404 => &Kind::NOT_FOUND,
        405 => &Kind::METHOD_NOT_ALLOWED,
        413 => &Kind::PAYLOAD_TOO_LARGE,
        415 => &Kind::UNSUPPORTED_MEDIA_TYPE,
        429 => &Kind::TOO_MANY_REQUESTS,
        400..=499 => &Kind::UNREADABLE,
        503 => &Kind::UNAVAILABLE,
        _ => &Kind::INTERNAL,
    }
}

fn log(problem: &Problem, id: RequestId) {
    let slug = problem.kind().slug;
    match problem.kind().status {
        500 => tracing::error!(request = %id.0, slug, causes = problem.causes(), "our fault"),
        503 => tracing::warn!(request = %id.0, slug, causes = problem.causes(), "refused for now"),
        _ => tracing::debug!(request = %id.0, slug, "refused"),
    }
}

const ALWAYS: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        header::STRICT_TRANSPORT_SECURITY,
        "max-age=31536000; includeSubDomains",
    ),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "geolocation=(self), camera=(self), microphone=()",
    ),
];
const CSP: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

fn decorate<B>(answer: &mut ServiceResponse<B>, id: RequestId) {
    let headers = answer.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(CSP),
        );
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Ok(value) = HeaderValue::from_str(&id.0.to_string()) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
}

fn record<B>(answer: &ServiceResponse<B>, started: Instant, id: RequestId) {
    let route = answer
        .request()
        .match_pattern()
        .unwrap_or_else(|| "none".to_owned());
    let method = answer.request().method().to_string();
    let status = answer.status().as_u16();
    let took = started.elapsed();
    metrics::histogram!("http_request_seconds", "route" => route.clone(), "method" => method.clone()).record(took);
    metrics::counter!("http_requests_total", "route" => route.clone(), "method" => method.clone(), "status" => status.to_string()).increment(1);
    tracing::info!(request = %id.0, method, route, status, micros = took.as_micros(), "answered");
}

fn without_body<B: MessageBody + 'static>(
    answer: ServiceResponse<EitherBody<B>>,
) -> ServiceResponse<EitherBody<B>> {
    use actix_web::body::{BodySize, None as NoBody};
    let length = match answer.response().body().size() {
        BodySize::Sized(length) => Some(length),
        BodySize::None | BodySize::Stream => None,
    };
    let mut answer = answer
        .map_body(|_, _| BoxBody::new(NoBody::new()))
        .map_into_right_body();
    if let Some(length) = length {
        answer
            .headers_mut()
            .insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    answer
}
