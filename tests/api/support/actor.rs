//! Somebody who calls the service: each verb is one request in their name.
use super::{Reply, TestApp};
use actix_web::http::Method;
use actix_web::test::TestRequest;
use giothong::platform::http::token;
use giothong::platform::id::{PersonId, SignInId};
use serde_json::Value;

/// A caller. Clone to let them act twice at once.
#[derive(Clone)]
pub struct Actor {
    app: TestApp,
    token: Option<String>,
    person: Option<PersonId>,
    sign_in: Option<SignInId>,
    headers: Vec<(String, String)>,
}

impl Actor {
    pub fn stranger(app: &TestApp) -> Self {
        Self {
            app: app.clone(),
            token: None,
            person: None,
            sign_in: None,
            headers: Vec::new(),
        }
    }

    pub fn known(app: &TestApp, person: PersonId, token: String) -> Self {
        Self {
            app: app.clone(),
            token: Some(token),
            person: Some(person),
            sign_in: None,
            headers: Vec::new(),
        }
    }

    /// Somebody whose app asks for a new token whenever the old one has run out.
    pub fn signed_in(app: &TestApp, person: PersonId, sign_in: SignInId) -> Self {
        let (token, _) = token::issue(&app.app, person, sign_in, 0).unwrap();
        Self {
            sign_in: Some(sign_in),
            ..Self::known(app, person, token)
        }
    }

    fn fresh_token(&self) -> Option<String> {
        let (Some(person), Some(sign_in)) = (self.person, self.sign_in) else {
            return self.token.clone();
        };
        let (token, _) = token::issue(&self.app.app, person, sign_in, 0).unwrap();
        Some(token)
    }

    /// The same caller with another header on every request.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.headers.push((name.to_owned(), value.to_owned()));
        other
    }

    /// The same caller with an idempotency key.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.with("Idempotency-Key", key)
    }

    pub fn id(&self) -> PersonId {
        self.person.expect("a stranger has no id")
    }

    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.call(Method::GET, path, None).await
    }
    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.call(Method::POST, path, Some(body)).await
    }
    pub async fn put(&self, path: &str, body: Value) -> Reply {
        self.call(Method::PUT, path, Some(body)).await
    }
    pub async fn patch(&self, path: &str, body: Value) -> Reply {
        self.call(Method::PATCH, path, Some(body)).await
    }
    pub async fn delete(&self, path: &str) -> Reply {
        self.call(Method::DELETE, path, None).await
    }

    /// Paths are below `/api/v1` unless they begin with `//`.
    pub async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        let mut request = self.request(method, path);
        if let Some(body) = body {
            request = request.set_json(body);
        }
        self.app.send(request.to_request()).await
    }

    /// A body as it is, for what is no JSON.
    pub async fn raw(
        &self,
        method: Method,
        path: &str,
        content_type: &str,
        body: impl Into<Vec<u8>>,
    ) -> Reply {
        let request = self
            .request(method, path)
            .insert_header(("content-type", content_type));
        self.app
            .send(request.set_payload(body.into()).to_request())
            .await
    }

    fn request(&self, method: Method, path: &str) -> TestRequest {
        let uri = path
            .strip_prefix("//")
            .map_or_else(|| format!("/api/v1{path}"), |rest| format!("/{rest}"));
        let mut request = TestRequest::default()
            .method(method)
            .uri(&uri)
            .peer_addr(([127, 0, 0, 1], 4000).into());
        if let Some(token) = self.fresh_token() {
            request = request.insert_header(("authorization", format!("Bearer {token}")));
        }
        for (name, value) in &self.headers {
            request = request.insert_header((name.as_str(), value.as_str()));
        }
        request
    }
}
