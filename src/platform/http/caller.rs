//! Who is calling. A handler that names one of these types is open to that role only; on which part of the tree
//! it holds is decided by the query.
use super::role::Role;
use super::token;
use crate::platform::App;
use crate::platform::id::{DriveId, OrganisationId, PersonId, SignInId};
use crate::platform::language::Language;
use crate::platform::problem::{Kind, Problem};
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, HeaderMap};
use actix_web::middleware::Next;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, web::Data};
use std::future::{Ready, ready};
use std::sync::Arc;

/// A role on a part of the tree, or on one drive.
#[derive(Debug, Clone, PartialEq)]
pub struct Grant {
    /// What it lets do.
    pub role: Role,
    /// The body under which it holds.
    pub organisation: Option<OrganisationId>,
    /// The drive for which it holds.
    pub drive: Option<DriveId>,
}

/// A signed-in person and what they may do at this moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Who.
    pub person: PersonId,
    /// By which sign-in.
    pub sign_in: SignInId,
    /// The sign-in's epoch: tokens of an older one are worthless.
    pub epoch: i32,
    /// Every grant that holds now.
    pub grants: Vec<Grant>,
}

/// The caller of a request: who, in which language, from where.
#[derive(Debug, Clone)]
pub struct Caller {
    standing: Arc<Standing>,
    /// The language of the answer.
    pub language: Language,
}

impl Caller {
    /// Who calls.
    pub fn person(&self) -> PersonId {
        self.standing.person
    }

    /// By which sign-in.
    pub fn sign_in(&self) -> SignInId {
        self.standing.sign_in
    }

    /// Whether any grant lets the caller act as `role`, somewhere.
    pub fn acts_as(&self, role: Role) -> bool {
        self.standing
            .grants
            .iter()
            .any(|grant| grant.role.covers(role))
    }

    /// The bodies under which the caller acts as `role`.
    pub fn bodies(&self, role: Role) -> Vec<OrganisationId> {
        self.granted(role)
            .filter_map(|grant| grant.organisation)
            .collect()
    }

    /// The single drives for which the caller acts as `role`.
    pub fn drives(&self, role: Role) -> Vec<DriveId> {
        self.granted(role).filter_map(|grant| grant.drive).collect()
    }

    /// Everything the caller was granted and still holds.
    pub fn grants(&self) -> &[Grant] {
        &self.standing.grants
    }

    fn granted(&self, role: Role) -> impl Iterator<Item = &Grant> {
        self.standing
            .grants
            .iter()
            .filter(move |grant| grant.role.covers(role))
    }
}

/// Left by `authenticate` for the extractors.
#[derive(Clone)]
struct Known(Arc<Standing>);

/// Looks up who calls before any handler reads its body, so that a stranger gets 401 and never 422.
pub async fn authenticate<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    match standing(request.request()).await {
        Ok(Some(standing)) => drop(request.extensions_mut().insert(Known(Arc::new(standing)))),
        Ok(None) => {}
        Err(problem) => {
            return Ok(request
                .into_response(HttpResponse::from_error(problem))
                .map_into_right_body());
        }
    }
    Ok(next.call(request).await?.map_into_left_body())
}

async fn standing(request: &HttpRequest) -> Result<Option<Standing>, Problem> {
    let (Some(app), Some(token)) = (request.app_data::<Data<App>>(), bearer(request.headers()))
    else {
        return Ok(None);
    };
    let Some(claims) = token::read(app, token) else {
        return Ok(None);
    };
    let (lookup, now) = (app.hooks.standing, app.now());
    let standing = app
        .db
        .read(move |conn| lookup(conn, claims.sid, now))
        .await?;
    Ok(standing.filter(|found| found.person == claims.sub && found.epoch == claims.epoch))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(AUTHORIZATION)?
        .to_str()
        .ok()?
        .strip_prefix("Bearer ")
}

/// The language a request asks for; Vietnamese when it asks for none we speak.
pub fn language(headers: &HeaderMap) -> Language {
    let asked = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    asked.map_or_else(Language::default, Language::from_accept_language)
}

fn caller(request: &HttpRequest) -> Result<Caller, Problem> {
    let known = request.extensions().get::<Known>().cloned();
    let Known(standing) = known.ok_or(&Kind::UNAUTHENTICATED)?;
    Ok(Caller {
        standing,
        language: language(request.headers()),
    })
}

fn caller_as(request: &HttpRequest, role: Role) -> Result<Caller, Problem> {
    caller_as_any(request, &[role])
}

fn caller_as_any(request: &HttpRequest, roles: &[Role]) -> Result<Caller, Problem> {
    let caller = caller(request)?;
    if roles.iter().any(|role| caller.acts_as(*role)) {
        Ok(caller)
    } else {
        Err((&Kind::FORBIDDEN).into())
    }
}

/// Open to all, signed in or not; said explicitly.
#[derive(Debug, Clone)]
pub struct Anyone {
    /// The language of the answer.
    pub language: Language,
    /// The caller, if signed in.
    pub caller: Option<Caller>,
    /// Where the request comes from, for limits.
    pub address: String,
}

impl FromRequest for Anyone {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self {
            language: language(request.headers()),
            caller: caller(request).ok(),
            address: super::limits::address(request),
        }))
    }
}

macro_rules! callers { ($($(#[$doc:meta])* $name:ident => $check:expr;)+) => { $(
    $(#[$doc])*
    #[derive(Debug, Clone)]
    pub struct $name(pub Caller);
    impl FromRequest for $name {
        type Error = Problem;
        type Future = Ready<Result<Self, Problem>>;
        fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
            let check: fn(&HttpRequest) -> Result<Caller, Problem> = $check;
            ready(check(request).map(Self))
        }
    }
    impl std::ops::Deref for $name {
        type Target = Caller;
        fn deref(&self) -> &Caller {
            &self.0
        }
    }
)+ } }

callers! {
    /// Anyone signed in: everyone may give.
    DonorCaller => caller;
    /// Keeps a club's list.
    ClubLead => |request| caller_as(request, Role::ClubLead);
    /// Desk and volunteers.
    DriveStaff => |request| caller_as(request, Role::DriveStaff);
    /// Screens and draws blood.
    Nurse => |request| caller_as(request, Role::Nurse);
    /// Posts urgent needs.
    Hospital => |request| caller_as(request, Role::Hospital);
    /// Posts urgent needs, or runs the part of the tree in which they are posted.
    CallKeeper => |request| caller_as_any(request, &[Role::Hospital, Role::Coordinator]);
    /// Keeps calls, or reads totals: looks back on how calls went.
    CallReader => |request| caller_as_any(request, &[Role::Hospital, Role::Coordinator, Role::Auditor]);
    /// Runs a part of the tree.
    Coordinator => |request| caller_as(request, Role::Coordinator);
    /// Reads totals and the access log.
    Auditor => |request| caller_as(request, Role::Auditor);
    /// Gives and takes roles.
    Admin => |request| caller_as(request, Role::Admin);
}
