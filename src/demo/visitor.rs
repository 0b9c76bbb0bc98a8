//! Somebody who uses the service as any client would: the demonstration acts through the same doors.
use crate::app::service;
use crate::platform::App;
use actix_web::dev::Service;
use actix_web::http::Method;
use actix_web::test::{TestRequest, init_service, read_body};
use actix_web::web::Data;
use anyhow::Context;
use futures_util::future::LocalBoxFuture;
use serde_json::{Value, json};
use std::rc::Rc;

type Call = dyn Fn(TestRequest) -> LocalBoxFuture<'static, anyhow::Result<Value>>;

/// A caller of the service in this process.
#[derive(Clone)]
pub(super) struct Visitor {
    call: Rc<Call>,
    token: String,
}

/// The service in this process, before anybody has signed in.
pub(super) async fn stranger(app: &Data<App>) -> Visitor {
    let service = Rc::new(init_service(service(app.clone())).await);
    let call: Rc<Call> = Rc::new(move |request| {
        let service = service.clone();
        Box::pin(async move {
            let answer = service.call(request.to_request()).await;
            let answer = answer.map_err(|error| anyhow::anyhow!("the service broke: {error}"))?;
            let status = answer.status();
            let bytes = read_body(answer).await;
            let body: Value = serde_json::from_slice(&bytes).unwrap_or_default();
            anyhow::ensure!(status.is_success(), "{status}: {body}");
            Ok(body)
        })
    });
    Visitor {
        call,
        token: String::new(),
    }
}

impl Visitor {
    /// The same service, called by who has this account.
    pub(super) async fn sign_in(&self, email: &str, password: &str) -> anyhow::Result<Self> {
        let answer = self
            .post("/sign-ins", json!({ "email": email, "password": password }))
            .await?;
        let token = answer
            .get("access_token")
            .and_then(Value::as_str)
            .context("no token")?;
        Ok(Self {
            call: self.call.clone(),
            token: token.to_owned(),
        })
    }

    pub(super) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.send(Method::GET, path, None).await
    }

    pub(super) async fn post(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        self.send(Method::POST, path, Some(body)).await
    }

    pub(super) async fn put(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        self.send(Method::PUT, path, Some(body)).await
    }

    pub(super) async fn patch(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        self.send(Method::PATCH, path, Some(body)).await
    }

    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> anyhow::Result<Value> {
        let what = format!("{method} {path}");
        let mut request = TestRequest::default()
            .method(method)
            .uri(&format!("/api/v1{path}"));
        if !self.token.is_empty() {
            request = request.insert_header(("authorization", format!("Bearer {}", self.token)));
        }
        if let Some(body) = body {
            request = request.set_json(body);
        }
        (self.call)(request).await.context(what)
    }
}

/// A text of an answer: an id, a state.
pub(super) fn text(answer: &Value, field: &str) -> anyhow::Result<String> {
    let found = answer.get(field).and_then(Value::as_str).map(str::to_owned);
    found.with_context(|| format!("no {field} in {answer}"))
}

/// The items of a list.
pub(super) fn items(answer: &Value) -> Vec<Value> {
    let found = answer.get("items").and_then(Value::as_array);
    found.cloned().unwrap_or_default()
}
