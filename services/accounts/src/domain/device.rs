//! What a browser or app holds that signed in before, so that no stranger's failures slow it down.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use sha2::{Digest, Sha256};

/// A device that did not sign in for so long is unknown again.
pub const REMEMBERED: TimeDelta = TimeDelta::days(365);
/// Devices of one account that are remembered; the one that was away longest makes room.
pub const MOST: i64 = 10;
const BYTES: usize = 32;

/// A device, by what it holds.
#[derive(Clone, PartialEq, Eq)]
pub struct Device([u8; BYTES]);

impl Device {
    /// The device that these random bytes are given to.
    pub fn new(random: [u8; BYTES]) -> Self {
        Self(random)
    }

    /// Reads what a device shows; `None` for anything that we never gave out.
    pub fn read(text: &str) -> Option<Self> {
        BASE64_URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    /// The text that the device holds.
    pub fn text(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What is stored of it: a copy of the table makes nothing known.
    pub fn digest(&self) -> Vec<u8> {
        Sha256::digest(self.0).to_vec()
    }
}
