//! Access tokens: short-lived, one algorithm, checked against our own clock.
use crate::platform::App;
use crate::platform::id::{PersonId, SignInId};
use crate::platform::problem::Problem;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};

const ISSUER: &str = "giothong";
/// Said in the header too, so that no other kind of signed text passes for an access token.
const KIND: &str = "at+jwt";
const KEY_ID: &str = "1";

/// What an access token says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    iss: String,
    aud: String,
    /// The person.
    pub sub: PersonId,
    /// The sign-in it was made for.
    pub sid: SignInId,
    /// The sign-in's epoch; a later one makes this token worthless.
    pub epoch: i32,
    iat: i64,
    exp: i64,
}

/// Signs a token for this sign-in; answers it with the seconds it lives.
pub fn issue(
    app: &App,
    person: PersonId,
    sign_in: SignInId,
    epoch: i32,
) -> Result<(String, i64), Problem> {
    let life = app.settings.accounts.access_minutes * 60;
    let now = app.now().timestamp();
    let claims = Claims {
        iss: ISSUER.to_owned(),
        aud: app.settings.site.public_url.clone(),
        sub: person,
        sid: sign_in,
        epoch,
        iat: now,
        exp: now + life,
    };
    let mut header = Header::new(Algorithm::HS256);
    header.typ = Some(KIND.to_owned());
    header.kid = Some(KEY_ID.to_owned());
    let token = encode(
        &header,
        &claims,
        &EncodingKey::from_secret(app.keys.jwt_secret()),
    )
    .map_err(Problem::internal)?;
    Ok((token, life))
}

/// What a token says, if it is ours, of this kind, for this site and not over.
pub fn read(app: &App, token: &str) -> Option<Claims> {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[&app.settings.site.public_url]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    // The clock is ours, so that tests can move it.
    validation.validate_exp = false;
    let token = decode::<Claims>(
        token,
        &DecodingKey::from_secret(app.keys.jwt_secret()),
        &validation,
    )
    .ok()?;
    let is_ours =
        token.header.typ.as_deref() == Some(KIND) && token.header.kid.as_deref() == Some(KEY_ID);
    let now = app.now().timestamp();
    (is_ours && now < token.claims.exp && token.claims.iat <= now + 60).then_some(token.claims)
}
