//! The keys that files are sealed with: 32 random bytes each, written as 64 hexadecimal digits.

use std::{collections::BTreeSet, convert::Infallible};

use anyhow::{Result, anyhow};
use civic::Secret;
use runtime::{Guard, Values};
use sha2::{Digest, Sha256};

/// Stands before a key when its id is made, so that the id is the hash of nothing else.
const ID_LABEL: &[u8] = b"motcua file key id";
/// Thirty of 32 random bytes are different; a key with fewer than so many was typed, not drawn.
const LEAST_DIFFERENT: usize = 16;

/// Which keys files are sealed with.
#[derive(Clone, Debug, Default, clap::Args)]
#[group(skip)]
pub struct KeySettings {
    /// Key that papers and results are encrypted with on the disk, 64 hexadecimal digits (openssl rand -hex 32); unset, they lie
    /// there as they are. Without it nobody reads them any more.
    #[arg(long, env = "MOTCUA_FILE_KEY", hide_env_values = true, value_name = "KEY", value_parser = secret,
        add = Guard::everywhere(wrong_key))]
    pub file_key: Option<Secret>,
    /// Keys of before, separated by commas: what was encrypted with them is still read.
    #[arg(long, env = "MOTCUA_PREVIOUS_FILE_KEYS", hide_env_values = true, value_name = "KEYS", value_parser = secret,
        add = Guard::everywhere(wrong_keys))]
    pub previous_file_keys: Option<Secret>,
}

impl KeySettings {
    /// The keys that are named.
    ///
    /// # Errors
    /// A sentence that names the setting, without its value.
    pub fn keys(&self) -> Result<Keys> {
        let text = |setting: &Option<Secret>| setting.as_ref().map_or(String::new(), |text| text.expose().to_owned());
        let wrong = |variable: &'static str| move |why| anyhow!("{variable} {why}.");
        let present = text(&self.file_key);
        Ok(Keys {
            present: (!present.trim().is_empty())
                .then(|| Key::read(&present))
                .transpose()
                .map_err(wrong("MOTCUA_FILE_KEY"))?,
            previous: read_all(&text(&self.previous_file_keys)).map_err(wrong("MOTCUA_PREVIOUS_FILE_KEYS"))?,
        })
    }
}

/// The key that files are sealed with, if any, and those that they were sealed with before.
#[derive(Clone, Default)]
pub struct Keys {
    pub(crate) present: Option<Key>,
    previous: Vec<Key>,
}

impl Keys {
    pub(crate) fn find(&self, id: &[u8]) -> Option<&Key> {
        self.present.iter().chain(&self.previous).find(|key| key.id == *id)
    }
}

/// One of them.
#[derive(Clone)]
pub(crate) struct Key {
    /// Tells which it is, and nothing of it.
    pub(crate) id: [u8; Self::ID],
    pub(crate) secret: [u8; 32],
}

impl Key {
    pub(crate) const ID: usize = 8;

    fn read(digits: &str) -> Result<Self, &'static str> {
        let bytes = hex::decode(digits.trim()).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        let secret = bytes.ok_or("is not 64 hexadecimal digits (openssl rand -hex 32)")?;
        if secret.iter().collect::<BTreeSet<_>>().len() < LEAST_DIFFERENT {
            return Err("is a pattern and no random key (openssl rand -hex 32)");
        }
        let hash = Sha256::new().chain_update(ID_LABEL).chain_update(secret).finalize();
        let mut id = [0; Self::ID];
        id.copy_from_slice(&hash[..Self::ID]);
        Ok(Self { id, secret })
    }
}

fn read_all(list: &str) -> Result<Vec<Key>, &'static str> {
    list.split(',').filter(|digits| !digits.trim().is_empty()).map(Key::read).collect()
}

/// Any text: what is wrong with it is said without showing it.
fn secret(text: &str) -> Result<Secret, Infallible> {
    Ok(Secret::new(text))
}

fn wrong_key(text: &str, _: &Values) -> Option<&'static str> {
    Key::read(text).err()
}

fn wrong_keys(text: &str, _: &Values) -> Option<&'static str> {
    read_all(text).err()
}
