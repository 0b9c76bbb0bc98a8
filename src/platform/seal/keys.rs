//! Seals and opens single fields, and turns values into blind marks one can look up.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use rand::CryptoRng;
use uuid::Uuid;

use super::mac;

/// 32 random bytes; never shown.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Secret(pub(super) [u8; 32]);

impl Secret {
    pub(super) fn random(random: &mut dyn CryptoRng) -> Self {
        let mut bytes = [0; 32];
        random.fill_bytes(&mut bytes);
        Self(bytes)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// A key that seals, with the short id written before everything it sealed: `k1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SealKey {
    pub(super) id: String,
    pub(super) secret: Secret,
}

/// Which field of which row is sealed; what is moved elsewhere does not open.
#[derive(Clone, Copy, Debug)]
pub struct Sealed {
    /// Table and column, such as `people.phone`.
    pub column: &'static str,
    /// The id of the row.
    pub row: Uuid,
}

impl Sealed {
    /// This column, `table.column`, of this row.
    pub const fn new(column: &'static str, row: Uuid) -> Self {
        Self { column, row }
    }

    fn associated(self) -> Vec<u8> {
        [self.column.as_bytes(), &[0], self.row.as_bytes()].concat()
    }
}

/// Why a sealed field does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealBroken {
    /// It is not in the form `k1.…`.
    #[error("not a sealed field")]
    Form,
    /// It was sealed with a key that is not in the key file.
    #[error("sealed with a key that is not there")]
    UnknownKey,
    /// It was changed, or belongs to another row or column.
    #[error("changed, or moved from another field")]
    Changed,
}

/// All secrets of this installation. Whoever loses them loses the sealed fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    pub(super) current: SealKey,
    pub(super) earlier: Vec<SealKey>,
    pub(super) lookup: Secret,
    pub(super) links: Secret,
    pub(super) jwt: Secret,
}

impl Keys {
    /// New keys, kept nowhere: for tests and the demo.
    pub fn random(random: &mut dyn CryptoRng) -> Self {
        Self {
            current: SealKey {
                id: "k1".to_owned(),
                secret: Secret::random(random),
            },
            earlier: Vec::new(),
            lookup: Secret::random(random),
            links: Secret::random(random),
            jwt: Secret::random(random),
        }
    }

    /// The same keys with a new one to seal with; what the old ones sealed still opens.
    #[must_use]
    pub fn rotated(&self, random: &mut dyn CryptoRng) -> Self {
        let mut rotated = self.clone();
        let next = SealKey {
            id: self.next_id(),
            secret: Secret::random(random),
        };
        rotated
            .earlier
            .insert(0, std::mem::replace(&mut rotated.current, next));
        rotated
    }

    fn next_id(&self) -> String {
        let numbers = self
            .seal_keys()
            .filter_map(|key| key.id.strip_prefix('k')?.parse::<u32>().ok());
        format!("k{}", numbers.max().unwrap_or(0).saturating_add(1))
    }

    /// Those that can open, the current one first.
    pub(super) fn seal_keys(&self) -> impl Iterator<Item = &SealKey> {
        std::iter::once(&self.current).chain(&self.earlier)
    }

    /// The text to store for this field: `k1.` and base64url, 54 characters and 4 for every 3 bytes.
    pub fn seal(&self, what: Sealed, plaintext: &str, random: &mut dyn CryptoRng) -> String {
        let mut nonce = XNonce::default();
        random.fill_bytes(&mut nonce);
        let associated = what.associated();
        let payload = Payload {
            msg: plaintext.as_bytes(),
            aad: &associated,
        };
        let cipher = XChaCha20Poly1305::new(&self.current.secret.0.into());
        #[expect(
            clippy::expect_used,
            reason = "sealing refuses only what is longer than 256 GiB"
        )]
        let sealed = cipher.encrypt(&nonce, payload).expect("a short text");
        let bytes = [nonce.as_slice(), &sealed].concat();
        format!("{}.{}", self.current.id, URL_SAFE_NO_PAD.encode(bytes))
    }

    /// What was sealed in this field of this row.
    pub fn open(&self, what: Sealed, text: &str) -> Result<String, SealBroken> {
        let (id, encoded) = text.split_once('.').ok_or(SealBroken::Form)?;
        let key = self
            .seal_keys()
            .find(|key| key.id == id)
            .ok_or(SealBroken::UnknownKey)?;
        let bytes = URL_SAFE_NO_PAD
            .decode(encoded)
            .map_err(|_not_base64| SealBroken::Form)?;
        let (nonce, sealed) = bytes.split_at_checked(24).ok_or(SealBroken::Form)?;
        let associated = what.associated();
        let payload = Payload {
            msg: sealed,
            aad: &associated,
        };
        let opened = XChaCha20Poly1305::new(&key.secret.0.into())
            .decrypt(XNonce::from_slice(nonce), payload);
        String::from_utf8(opened.map_err(|_no_details| SealBroken::Changed)?)
            .map_err(|_no_text| SealBroken::Changed)
    }

    /// Whether this was sealed with an earlier key, and should be sealed again.
    pub fn needs_reseal(&self, text: &str) -> bool {
        text.split_once('.')
            .is_none_or(|(id, _)| id != self.current.id)
    }

    /// A blind mark of a value, 43 characters: equal values of one domain (`"phone"`) have equal marks.
    pub fn lookup(&self, domain: &str, value: &str) -> String {
        URL_SAFE_NO_PAD.encode(mac::of(&self.lookup, domain, value.as_bytes()))
    }

    /// Proof, 22 characters, that we wrote this message for this purpose; for tickets and links.
    pub fn mac(&self, domain: &str, message: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode(mac::short(&self.links, domain, message))
    }

    /// Whether [`Keys::mac`] gave this proof; takes the same time for every wrong one.
    pub fn verify(&self, domain: &str, message: &[u8], proof: &str) -> bool {
        let proof = URL_SAFE_NO_PAD.decode(proof).unwrap_or_default();
        mac::is_short(&self.links, domain, message, &proof)
    }

    /// 32 bytes for another trade, which follow from these keys and tell nothing of them.
    pub fn derived(&self, trade: &str) -> [u8; 32] {
        mac::of(&self.links, "derived", trade.as_bytes())
    }

    /// The secret that signs access tokens.
    pub fn jwt_secret(&self) -> &[u8] {
        &self.jwt.0
    }

    /// Names these keys without giving them away, so that a database can tell whether it has met them;
    /// stays the same through rotation.
    pub fn fingerprint(&self) -> String {
        URL_SAFE_NO_PAD.encode(mac::short(&self.lookup, "fingerprint", b""))
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use uuid::Uuid;

    use super::{Keys, SealBroken, Sealed};

    const HOA: Sealed = Sealed::new("people.phone", Uuid::from_u128(1));

    fn random(seed: u64) -> StdRng {
        StdRng::seed_from_u64(seed)
    }

    fn keys() -> Keys {
        Keys::random(&mut random(7))
    }

    #[test]
    fn what_is_sealed_opens_again() {
        for text in ["+84912345678", "", "Số 5, ngõ 12, phố Chùa Bộc"] {
            let sealed = keys().seal(HOA, text, &mut random(1));
            assert!(sealed.starts_with("k1.") && sealed.is_ascii());
            assert_eq!(keys().open(HOA, &sealed).as_deref(), Ok(text));
        }
        assert_eq!(keys().seal(HOA, "", &mut random(1)).len(), 3 + 54);
    }

    #[test]
    fn the_same_number_sealed_twice_looks_different() {
        let mut random = random(1);
        let [one, two] = [(); 2].map(|()| keys().seal(HOA, "+84912345678", &mut random));
        assert_ne!(one, two);
    }

    #[test]
    fn a_field_moved_to_another_row_or_column_does_not_open() {
        let sealed = keys().seal(HOA, "+84912345678", &mut random(1));
        for elsewhere in [
            Sealed::new("people.phone", Uuid::from_u128(2)),
            Sealed::new("people.email", HOA.row),
        ] {
            assert_eq!(keys().open(elsewhere, &sealed), Err(SealBroken::Changed));
        }
    }

    #[test]
    fn a_changed_field_does_not_open() {
        let sealed = keys().seal(HOA, "+84912345678", &mut random(1));
        for at in 3..sealed.len() {
            let mut bytes = sealed.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).expect("ASCII");
            assert!(keys().open(HOA, &changed).is_err(), "{at}");
        }
        for broken in ["", "k1", "k1.", "k1.AAAA", "k1.!", "+84912345678"] {
            assert_eq!(keys().open(HOA, broken), Err(SealBroken::Form), "{broken}");
        }
    }

    #[test]
    fn other_keys_open_nothing() {
        let sealed = keys().seal(HOA, "+84912345678", &mut random(1));
        assert_eq!(
            Keys::random(&mut random(8)).open(HOA, &sealed),
            Err(SealBroken::Changed)
        );
    }

    #[test]
    fn after_a_rotation_the_old_opens_and_the_new_is_used() {
        let old = keys();
        let sealed = old.seal(HOA, "+84912345678", &mut random(1));
        let new = old.rotated(&mut random(2)).rotated(&mut random(3));
        assert_eq!(new.open(HOA, &sealed).as_deref(), Ok("+84912345678"));
        assert!(new.needs_reseal(&sealed) && !old.needs_reseal(&sealed));
        let again = new.seal(HOA, "+84912345678", &mut random(4));
        assert!(again.starts_with("k3.") && !new.needs_reseal(&again));
        assert_eq!(old.open(HOA, &again), Err(SealBroken::UnknownKey));
        assert_eq!(new.fingerprint(), old.fingerprint());
        assert_eq!(new.lookup("phone", "1"), old.lookup("phone", "1"));
    }

    #[test]
    fn a_value_is_looked_up_within_its_domain() {
        let mark = keys().lookup("phone", "+84912345678");
        assert_eq!(
            (mark.len(), &mark),
            (43, &keys().lookup("phone", "+84912345678"))
        );
        assert_ne!(mark, keys().lookup("citizen", "+84912345678"));
        assert_ne!(
            mark,
            Keys::random(&mut random(8)).lookup("phone", "+84912345678")
        );
        assert_ne!(keys().lookup("a", "bc"), keys().lookup("ab", "c"));
    }

    #[test]
    fn a_link_is_ours_only_with_its_own_proof() {
        let proof = keys().mac("ticket", b"1");
        assert_eq!(proof.len(), 22);
        assert!(keys().verify("ticket", b"1", &proof));
        assert!(!keys().verify("ticket", b"2", &proof));
        assert!(!keys().verify("answer", b"1", &proof));
        assert!(!Keys::random(&mut random(8)).verify("ticket", b"1", &proof));
        for forged in ["", "AA", "!", proof.split_at(20).0] {
            assert!(!keys().verify("ticket", b"1", forged), "{forged}");
        }
    }

    #[test]
    fn no_secret_is_shown() {
        let shown = format!("{:?}", keys());
        assert_eq!(shown.matches("***").count(), 4);
        assert!(
            !shown.contains(
                &keys().current.secret.0[0..2]
                    .iter()
                    .map(u8::to_string)
                    .collect::<Vec<_>>()
                    .join(", ")
            )
        );
        assert_ne!(
            keys().fingerprint(),
            Keys::random(&mut random(8)).fingerprint()
        );
    }
}
