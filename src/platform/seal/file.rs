//! The key file: made on first run, readable by its owner only, written whole or not at all.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rand::CryptoRng;
use serde::Deserialize;

use super::keys::{Keys, SealKey, Secret};

const HEADING: &str = "\
# The secret keys of this installation. Keep a copy apart from the backups of the database:
# without it nobody can read the sealed fields, and together they can be read by anyone.
";

/// Why there are no keys. Never contains a part of them.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The file could not be read or written.
    #[error("the key file {path}: {source}")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// Others may read the file, so its keys can no longer be called secret.
    #[error("the key file {path} has mode {mode:03o} and can be read by others; set it to 600")]
    Open {
        /// Which file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// The text is not a list of keys.
    #[error("the keys cannot be read: {0}")]
    Text(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeysText {
    lookup: String,
    links: String,
    jwt: String,
    seal: Vec<SealText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SealText {
    id: String,
    key: String,
}

impl Keys {
    /// Makes new keys in a new file with mode 0600; an error if the file is there already.
    pub fn create(path: &Path, random: &mut dyn CryptoRng) -> Result<Self, KeysError> {
        let keys = Self::random(random);
        keys.write(path, |draft| {
            fs::hard_link(draft, path).and_then(|()| fs::remove_file(draft))
        })?;
        Ok(keys)
    }

    /// Puts a new key for sealing in front, in the file too; what the old ones sealed still opens.
    pub fn rotate(path: &Path, random: &mut dyn CryptoRng) -> Result<Self, KeysError> {
        let keys = Self::load(path)?.rotated(random);
        keys.write(path, |draft| fs::rename(draft, path))?;
        Ok(keys)
    }

    /// Reads a key file that only its owner can read.
    pub fn load(path: &Path) -> Result<Self, KeysError> {
        let failed = |source| KeysError::File {
            path: path.to_owned(),
            source,
        };
        let mut file = File::open(path).map_err(failed)?;
        let mode = file.metadata().map_err(failed)?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(KeysError::Open {
                path: path.to_owned(),
                mode,
            });
        }
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(failed)?;
        Self::parse(&text)
    }

    /// Reads the text of a key file, for keys that come from the environment.
    pub fn parse(text: &str) -> Result<Self, KeysError> {
        let text: KeysText =
            toml::from_str(text).map_err(|error| KeysError::Text(error.message().to_owned()))?;
        let mut ids = BTreeSet::new();
        let mut seal = Vec::new();
        for SealText { id, key } in text.seal {
            let is_id = !id.is_empty()
                && id.len() <= 16
                && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
            if !is_id || !ids.insert(id.clone()) {
                return Err(KeysError::Text(
                    "each seal.id is its own, of up to 16 letters and digits".to_owned(),
                ));
            }
            seal.push(SealKey {
                id,
                secret: secret("seal.key", &key)?,
            });
        }
        let mut seal = seal.into_iter();
        Ok(Self {
            current: seal
                .next()
                .ok_or_else(|| KeysError::Text("there is no [[seal]] key".to_owned()))?,
            earlier: seal.collect(),
            lookup: secret("lookup", &text.lookup)?,
            links: secret("links", &text.links)?,
            jwt: secret("jwt", &text.jwt)?,
        })
    }

    fn text(&self) -> String {
        let [lookup, links, jwt] = [&self.lookup, &self.links, &self.jwt].map(encoded);
        let seal = self.seal_keys().map(|SealKey { id, secret }| {
            let key = encoded(secret);
            format!("\n[[seal]]\nid = \"{id}\"\nkey = \"{key}\"\n")
        });
        let seal: String = seal.collect();
        format!("{HEADING}lookup = \"{lookup}\"\nlinks = \"{links}\"\njwt = \"{jwt}\"\n{seal}")
    }

    /// Writes a draft beside the file, then lets `place` put it there, so that no half file is ever read.
    fn write(
        &self,
        path: &Path,
        place: impl FnOnce(&Path) -> io::Result<()>,
    ) -> Result<(), KeysError> {
        let draft = path.with_extension(format!("{}.draft", std::process::id()));
        let written = write_new(&draft, &self.text())
            .and_then(|()| place(&draft))
            .and_then(|()| sync_folder(path));
        written.map_err(|source| {
            let _already_failed = fs::remove_file(&draft);
            KeysError::File {
                path: path.to_owned(),
                source,
            }
        })
    }
}

fn encoded(secret: &Secret) -> String {
    STANDARD.encode(secret.0)
}

fn secret(name: &str, text: &str) -> Result<Secret, KeysError> {
    let bytes = STANDARD
        .decode(text)
        .ok()
        .and_then(|bytes| bytes.try_into().ok());
    bytes
        .map(Secret)
        .ok_or_else(|| KeysError::Text(format!("{name} is not 32 bytes in base64")))
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Without this a power cut may forget the new name although the content was kept.
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use tempfile::TempDir;

    use super::{Keys, KeysError};

    fn random(seed: u64) -> StdRng {
        StdRng::seed_from_u64(seed)
    }

    fn folder() -> TempDir {
        tempfile::tempdir().expect("a folder")
    }

    #[test]
    fn new_keys_are_in_a_file_only_its_owner_can_read() {
        let folder = folder();
        let path = folder.path().join("keys.toml");
        let keys = Keys::create(&path, &mut random(1)).expect("keys");
        assert_eq!(
            fs::metadata(&path).expect("a file").permissions().mode() & 0o777,
            0o600
        );
        assert_eq!(Keys::load(&path).expect("keys"), keys);
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn keys_that_are_there_are_never_overwritten() {
        let folder = folder();
        let path = folder.path().join("keys.toml");
        let keys = Keys::create(&path, &mut random(1)).expect("keys");
        let again = Keys::create(&path, &mut random(2)).expect_err("a refusal");
        assert!(
            matches!(&again, KeysError::File { source, .. } if source.kind() == std::io::ErrorKind::AlreadyExists)
        );
        assert_eq!(Keys::load(&path).expect("keys"), keys);
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn a_file_others_can_read_is_refused() {
        let folder = folder();
        let path = folder.path().join("keys.toml");
        Keys::create(&path, &mut random(1)).expect("keys");
        for mode in [0o640, 0o604, 0o660, 0o644] {
            fs::set_permissions(&path, Permissions::from_mode(mode)).expect("another mode");
            let refusal = Keys::load(&path).expect_err("a refusal");
            assert!(
                refusal.to_string().contains(&format!("has mode {mode:o}")),
                "{refusal}"
            );
        }
        fs::set_permissions(&path, Permissions::from_mode(0o400)).expect("another mode");
        assert!(Keys::load(&path).is_ok());
    }

    #[test]
    fn a_rotation_is_kept_in_the_file() {
        let folder = folder();
        let path = folder.path().join("keys.toml");
        let old = Keys::create(&path, &mut random(1)).expect("keys");
        let new = Keys::rotate(&path, &mut random(2)).expect("keys");
        assert_eq!(
            (new.current.id.as_str(), &new.earlier),
            ("k2", &vec![old.current])
        );
        assert_eq!(Keys::load(&path).expect("keys"), new);
        assert_eq!(
            fs::metadata(&path).expect("a file").permissions().mode() & 0o777,
            0o600
        );
    }

    #[test]
    fn a_missing_file_is_an_error_and_not_a_new_file() {
        let path = folder().path().join("keys.toml");
        assert!(matches!(Keys::load(&path), Err(KeysError::File { .. })));
        assert!(!path.exists());
    }

    #[test]
    fn broken_keys_are_refused_without_showing_them() {
        let whole = Keys::random(&mut random(1)).text();
        assert!(Keys::parse(&whole).is_ok());
        let (named, seal) = whole.split_once("\n[[seal]]").expect("a seal");
        let (_, jwt) = named.split_once("jwt = \"").expect("a key");
        let (shown, hidden) = jwt.split_at(8);
        for broken in [
            String::new(),
            whole.replace("[[seal]]", "[[seals]]"),
            whole.replace(hidden, "\"\n"),
            whole.replace("id = \"k1\"", "id = \"k.1\""),
            format!("{whole}\n[[seal]]{seal}"),
            whole.replace("jwt = ", "jwt "),
            named.to_owned(),
        ] {
            let refusal = Keys::parse(&broken).expect_err("a refusal").to_string();
            assert!(
                refusal.starts_with("the keys cannot be read") && !refusal.contains(shown),
                "{refusal}"
            );
        }
    }
}
