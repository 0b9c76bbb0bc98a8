//! The refusals every operation may answer, named once for the OpenAPI document.
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, Required, Response, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};

/// What is wrong with one field.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemField {
    /// Which field, as in the body or query.
    pub field: String,
    /// What to do about it, in the caller's language.
    pub message: String,
}

/// One of several things a request fits.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemChoice {
    /// What to send to choose this one.
    pub id: uuid::Uuid,
    /// What it is called.
    pub name: String,
}

impl From<&(uuid::Uuid, String)> for ProblemChoice {
    fn from((id, name): &(uuid::Uuid, String)) -> Self {
        Self {
            id: *id,
            name: name.clone(),
        }
    }
}

/// A refusal, after RFC 9457.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// The page that explains this kind of problem: `/problems/{slug}`.
    pub r#type: String,
    /// The kind in a short sentence.
    pub title: String,
    /// The HTTP status again.
    pub status: u16,
    /// What happened and what to do.
    pub detail: String,
    /// The request id, to name when asking for help.
    pub instance: String,
    /// Every field that needs another look.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<ProblemField>,
    /// What to choose from, where the request fits several things.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub choices: Vec<ProblemChoice>,
}

/// Every status that is not success, for `responses(…, Problems)`.
pub struct Problems;

const REFUSALS: [(u16, &str); 12] = [
    (400, "It cannot be read."),
    (401, "Sign in first."),
    (403, "Your role does not allow this."),
    (404, "It is not there, or not yours."),
    (405, "Not this method."),
    (409, "The world says no."),
    (413, "Too large."),
    (415, "Not this media type."),
    (422, "Some fields need another look."),
    (429, "Too many; wait for Retry-After."),
    (500, "Our fault."),
    (503, "Come back after Retry-After."),
];

impl IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        REFUSALS
            .iter()
            .map(|(status, words)| (status.to_string(), RefOr::T(refusal(words))))
            .collect()
    }
}

fn refusal(words: &str) -> Response {
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name("Problem")))
        .build();
    ResponseBuilder::new()
        .description(words)
        .content("application/problem+json", content)
        .build()
}

/// Adds what our own extractors do not tell utoipa: the blanks of each path, and the key of a request that makes
/// something.
pub fn complete(document: &mut OpenApi) {
    for (path, item) in &mut document.paths.paths {
        let blanks: Vec<&str> = blanks(path).collect();
        let operations = [
            &mut item.get,
            &mut item.put,
            &mut item.post,
            &mut item.patch,
            &mut item.delete,
        ];
        for operation in operations.into_iter().flatten() {
            for name in &blanks {
                add(operation, blank(name));
            }
        }
        if let Some(operation) = item.post.as_mut().filter(|operation| makes(operation)) {
            add(operation, idempotency_key());
        }
    }
}

fn blanks(path: &str) -> impl Iterator<Item = &str> {
    path.split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

/// Whether the operation makes something for a known caller, so that sending it twice matters.
fn makes(operation: &Operation) -> bool {
    let made = ["201", "202"].map(|status| operation.responses.responses.contains_key(status));
    operation.security.is_none() && made.contains(&true)
}

fn add(operation: &mut Operation, parameter: Parameter) {
    let parameters = operation.parameters.get_or_insert_default();
    let is_there = parameters.iter().any(|other| match other {
        RefOr::T(other) => {
            other.name == parameter.name && other.parameter_in == parameter.parameter_in
        }
        RefOr::Ref(_) => false,
    });
    if !is_there {
        parameters.push(RefOr::T(parameter));
    }
}

fn blank(name: &str) -> Parameter {
    let mut kind = ObjectBuilder::new().schema_type(Type::String);
    if name == "id" || name.ends_with("_id") {
        kind = kind.format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
    }
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .schema(Some(kind.build()))
        .build()
}

fn idempotency_key() -> Parameter {
    let text = ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length(Some(1))
        .max_length(Some(100));
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .description(Some("Names this request, so that it may be sent again: once done, it is only answered again."))
        .required(Required::False)
        .schema(Some(text.build()))
        .build()
}
