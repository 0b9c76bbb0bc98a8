//! Passwords, hashed slowly on purpose: off the threads that answer, a few at a time.
use super::rules::Password;
use crate::platform::App;
use crate::platform::config::Accounts;
use crate::platform::problem::Problem;
use actix_web::web;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};

/// What checking a password said.
#[derive(Debug)]
pub(super) struct Checked {
    /// Whether it was right.
    pub(super) is_right: bool,
    /// The hash at today's cost, where the kept one is weaker.
    pub(super) stronger: Option<String>,
}

/// Hashes a new password: argon2id in PHC form.
pub(super) async fn hash(app: &App, password: Password) -> Result<String, Problem> {
    let (argon, salt) = (argon(&app.settings.accounts)?, app.chance.bytes());
    in_turn(app, move || digest(&argon, &password, salt)).await
}

/// Compares with the kept hash; without one it takes as long and is wrong.
pub(super) async fn check(
    app: &App,
    password: Password,
    kept: Option<String>,
) -> Result<Checked, Problem> {
    let (argon, salt) = (argon(&app.settings.accounts)?, app.chance.bytes());
    in_turn(app, move || match kept {
        Some(kept) => compare(&argon, &password, &kept, salt),
        None => digest(&argon, &password, salt).map(|_none| Checked {
            is_right: false,
            stronger: None,
        }),
    })
    .await
}

async fn in_turn<T: Send + 'static>(
    app: &App,
    job: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let turn = app.gates.turn_to_hash().await?;
    let done = web::block(job).await.map_err(Problem::internal)?;
    drop(turn);
    done
}

fn argon(settings: &Accounts) -> Result<Argon2<'static>, Problem> {
    let cost = Params::new(settings.argon_memory_kib, settings.argon_rounds, 1, None);
    let cost = cost.map_err(|error| Problem::internal(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, cost))
}

fn digest(argon: &Argon2<'_>, password: &Password, salt: [u8; 16]) -> Result<String, Problem> {
    let salt =
        SaltString::encode_b64(&salt).map_err(|error| Problem::internal(error.to_string()))?;
    let hash = argon.hash_password(password.bytes(), &salt);
    hash.map(|hash| hash.to_string())
        .map_err(|error| Problem::internal(error.to_string()))
}

fn compare(
    argon: &Argon2<'_>,
    password: &Password,
    kept: &str,
    salt: [u8; 16],
) -> Result<Checked, Problem> {
    let hash = PasswordHash::new(kept).map_err(|error| Problem::internal(error.to_string()))?;
    let is_right = argon.verify_password(password.bytes(), &hash).is_ok();
    let is_weaker = Params::try_from(&hash).is_ok_and(|cost| {
        cost.m_cost() < argon.params().m_cost() || cost.t_cost() < argon.params().t_cost()
    });
    let stronger = (is_right && is_weaker)
        .then(|| digest(argon, password, salt))
        .transpose()?;
    Ok(Checked { is_right, stronger })
}
