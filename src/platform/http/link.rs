//! Links in messages: an id and a proof that we wrote it, for one purpose. No token lies in the database.
use crate::platform::App;
use crate::platform::notices::{self, Notice, NoticeId};
use crate::platform::problem::{Kind, Problem};
use crate::platform::seal::Keys;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

/// The last part of a link that lets its holder do `purpose` with `id`.
pub fn token(keys: &Keys, purpose: &str, id: Uuid) -> String {
    let proof = keys.mac(&domain(purpose), id.as_bytes());
    format!("{}.{proof}", URL_SAFE_NO_PAD.encode(id.as_bytes()))
}

/// The id of a link that we wrote for this purpose.
pub fn read(keys: &Keys, purpose: &str, token: &str) -> Option<Uuid> {
    let (id, proof) = token.split_once('.')?;
    let id = Uuid::from_slice(&URL_SAFE_NO_PAD.decode(id).ok()?).ok()?;
    keys.verify(&domain(purpose), id.as_bytes(), proof)
        .then_some(id)
}

/// The message that this link stands in; none when the link is not ours.
pub async fn notice(app: &App, purpose: &str, token: &str) -> Result<Option<Notice>, Problem> {
    let Some(id) = read(&app.keys, purpose, token) else {
        return Ok(None);
    };
    let found = app
        .db
        .read(move |conn| notices::find(conn, NoticeId(id)))
        .await;
    match found {
        Ok(notice) => Ok(Some(notice)),
        Err(gone) if gone.kind() == &Kind::NOT_FOUND => Ok(None),
        Err(problem) => Err(problem),
    }
}

fn domain(purpose: &str) -> String {
    format!("link:{purpose}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn a_link_serves_its_purpose_only_and_cannot_be_forged() {
        let keys = Keys::random(&mut rand::rngs::StdRng::seed_from_u64(1));
        let id = Uuid::from_u128(7);
        let made = token(&keys, "answer", id);
        assert_eq!(read(&keys, "answer", &made), Some(id));
        assert_eq!(read(&keys, "stop", &made), None);
        let other = token(&keys, "answer", Uuid::from_u128(8));
        let forged = format!(
            "{}.{}",
            made.split_once('.').unwrap().0,
            other.split_once('.').unwrap().1
        );
        assert_eq!(read(&keys, "answer", &forged), None);
        assert_eq!(read(&keys, "answer", "nonsense"), None);
    }
}
