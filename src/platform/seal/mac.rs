//! Keyed hashes that cannot be mistaken for one another: each purpose has its own domain.

use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::keys::Secret;

/// 128 bits, the shortest proof worth having; keeps links and QR codes small.
const SHORT: usize = 16;

pub(super) fn of(key: &Secret, domain: &str, message: &[u8]) -> [u8; 32] {
    keyed(key, domain, message).finalize().into_bytes().into()
}

pub(super) fn short(key: &Secret, domain: &str, message: &[u8]) -> [u8; SHORT] {
    let mut proof = [0; SHORT];
    for (to, from) in proof.iter_mut().zip(of(key, domain, message)) {
        *to = from;
    }
    proof
}

pub(super) fn is_short(key: &Secret, domain: &str, message: &[u8], proof: &[u8]) -> bool {
    proof.len() == SHORT
        && keyed(key, domain, message)
            .verify_truncated_left(proof)
            .is_ok()
}

fn keyed(key: &Secret, domain: &str, message: &[u8]) -> Hmac<Sha256> {
    let mut block = [0; 64];
    for (to, from) in block.iter_mut().zip(key.0) {
        *to = from;
    }
    // HMAC pads a shorter key with zeros itself, so this is the key; a fixed block cannot be refused.
    let mut mac = <Hmac<Sha256> as hmac::digest::KeyInit>::new(&block.into());
    mac.update(&domain.len().to_be_bytes());
    mac.update(domain.as_bytes());
    mac.update(message);
    mac
}
