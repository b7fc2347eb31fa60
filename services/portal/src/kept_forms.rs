//! What was typed by somebody whose session had ended, until she has signed in again: in Redis, encrypted, for half an hour.
//!
//! The seal of a form tells whose it is: that is noted when a session begins. What is kept lies under an id that follows from the
//! seal and that only the browser has (a cookie); the key follows from the id, so whoever reads Redis reads nothing. One session
//! keeps so many forms at most, so nobody fills Redis.

use actix_web::{HttpMessage, HttpRequest};
use chrono::TimeDelta;
use redis::{AsyncCommands, Script, aio::ConnectionManager};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use runtime::Random;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    cookies,
    failure::Failure,
    seal::keyed,
    sessions::{LONGEST, SessionId, within},
    unsaved::Unsaved,
};

/// How long what was typed waits for its person.
const KEPT_FOR: TimeDelta = TimeDelta::minutes(30);
/// Forms of one session that are kept at most, and bytes of each: the longest form of ours has some.
const MOST: usize = 16;
const LARGEST: usize = 32 * 1024;

/// Keeps a form under its place, unless so many others are kept there.
const KEEP: &str = "if redis.call('hexists', KEYS[1], ARGV[1]) == 0 and redis.call('hlen', KEYS[1]) >= tonumber(ARGV[3]) \
    then return 0 end redis.call('hset', KEYS[1], ARGV[1], ARGV[2]) redis.call('pexpire', KEYS[1], ARGV[4]) return 1";

/// The forms that are kept.
#[derive(Clone)]
pub(crate) struct KeptForms {
    redis: ConnectionManager,
    random: Random,
    keep: Script,
}

/// One of them, as it is encrypted.
#[derive(Serialize, Deserialize)]
struct Kept {
    person: Uuid,
    unsaved: Unsaved,
}

impl KeptForms {
    /// Kept in the Redis of sessions.
    pub fn new(redis: ConnectionManager, random: Random) -> Self {
        Self { redis, random, keep: Script::new(KEEP) }
    }

    /// Notes that forms with this seal are `person`'s.
    ///
    /// # Errors
    /// When Redis does not answer.
    pub async fn own(&self, seal: &str, person: Uuid) -> Result<(), Failure> {
        // For as long as a form of this session may still be sent or kept: whose it is must be known until then.
        let seconds = (LONGEST + KEPT_FOR).num_seconds().unsigned_abs();
        within(self.redis.clone().set_ex::<_, _, ()>(owner_key(seal), person.to_string(), seconds)).await
    }

    /// Whose forms with this seal are, if that is known.
    ///
    /// # Errors
    /// When Redis does not answer.
    pub async fn owner(&self, seal: &str) -> Result<Option<Uuid>, Failure> {
        let found = within(self.redis.clone().get::<_, Option<String>>(owner_key(seal))).await?;
        Ok(found.and_then(|text| text.parse().ok()))
    }

    /// Keeps what was typed at `path` into a form with this seal, for whose it is; gives what the browser must bring to get it back.
    /// Nothing when nobody knows whose it is, or when it is too much.
    ///
    /// # Errors
    /// When Redis does not answer.
    pub async fn keep(&self, seal: &str, path: &str, unsaved: Unsaved) -> Result<Option<SessionId>, Failure> {
        let Some(person) = self.owner(seal).await? else { return Ok(None) };
        let id = hex::encode(keyed(seal, b"motcua portal kept form"));
        let Some(encrypted) = self.encrypt(&id, path, &Kept { person, unsaved }) else { return Ok(None) };
        let mut call = self.keep.key(key(&id));
        call.arg(field(path)).arg(encrypted).arg(MOST).arg(KEPT_FOR.num_milliseconds());
        let kept: bool = within(call.invoke_async(&mut self.redis.clone())).await?;
        self.own(seal, person).await?;
        Ok(SessionId::read(&id).filter(|_| kept))
    }

    /// What `person` typed at `path`, if it is kept for the browser that brings `id`.
    async fn find(&self, id: &SessionId, path: &str, person: Uuid) -> Result<Option<Unsaved>, Failure> {
        let mut redis = self.redis.clone();
        let encrypted = within(redis.hget::<_, _, Option<Vec<u8>>>(key(id.as_str()), field(path))).await?;
        let kept = encrypted.and_then(|bytes| decrypt(id.as_str(), path, bytes));
        Ok(kept.filter(|kept| kept.person == person).map(|kept| kept.unsaved))
    }

    /// What was typed into the form of this page before: it came just now, or it was kept until `person` has signed in again.
    pub async fn typed_before(&self, request: &HttpRequest, person: Option<Uuid>) -> Option<Unsaved> {
        if let Some(now) = request.extensions().get::<Unsaved>() {
            return Some(now.clone());
        }
        let id = cookies::read(request.headers(), cookies::KEPT).and_then(SessionId::read)?;
        // A page without it is better than none.
        self.find(&id, request.path(), person?).await.ok().flatten()
    }

    /// Forgets what is kept of `path`: it was saved.
    ///
    /// # Errors
    /// When Redis does not answer.
    pub async fn forget(&self, id: &SessionId, path: &str) -> Result<(), Failure> {
        within(self.redis.clone().hdel::<_, _, ()>(key(id.as_str()), field(path))).await
    }

    /// A new nonce, then what was encrypted; nothing when it is too much.
    fn encrypt(&self, id: &str, path: &str, kept: &Kept) -> Option<Vec<u8>> {
        let mut bytes = serde_json::to_vec(kept).ok().filter(|bytes| bytes.len() <= LARGEST)?;
        let nonce: [u8; NONCE_LEN] = self.random.bytes();
        let place = Aad::from(path.as_bytes());
        cipher(id)?.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), place, &mut bytes).ok()?;
        Some([&nonce[..], &bytes].concat())
    }
}

fn decrypt(id: &str, path: &str, mut bytes: Vec<u8>) -> Option<Kept> {
    let (nonce, encrypted) = bytes.split_at_mut_checked(NONCE_LEN)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let plain = cipher(id)?.open_in_place(nonce, Aad::from(path.as_bytes()), encrypted).ok()?;
    serde_json::from_slice(plain).ok()
}

fn cipher(id: &str) -> Option<LessSafeKey> {
    let key = keyed(id, b"motcua portal kept form's key");
    UnboundKey::new(&AES_256_GCM, &key).ok().map(LessSafeKey::new)
}

/// Whoever reads Redis learns no seal,
fn owner_key(seal: &str) -> String {
    format!("portal:form-owner:{}", hex::encode(Sha256::digest(seal)))
}

/// no id
fn key(id: &str) -> String {
    format!("portal:kept-forms:{}", hex::encode(Sha256::digest(id)))
}

/// and no place.
fn field(path: &str) -> String {
    hex::encode(Sha256::digest(path))
}

#[cfg(test)]
mod tests {
    use redis::{Client, aio::ConnectionManagerConfig};

    use super::*;
    use crate::unsaved::Why;

    #[test]
    fn only_the_browsers_id_and_the_place_open_what_is_kept() {
        let client = Client::open("redis://127.0.0.1:1/").expect("an address");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let _entered = runtime.enter();
        let redis = ConnectionManager::new_lazy_with_config(client, ConnectionManagerConfig::new()).expect("lazy");
        let forms = KeptForms::new(redis, Random::seeded(7));
        let kept = |text: &str| {
            let typed = [("name", text)];
            let unsaved = Unsaved::of("/a", typed.into_iter(), Why::Ended).expect("something typed");
            Kept { person: Uuid::nil(), unsaved }
        };
        let bytes = forms.encrypt("id", "/a", &kept("Trần Thị Lan")).expect("it is short");
        assert!(!String::from_utf8_lossy(&bytes).contains("Lan"));
        assert_eq!(decrypt("id", "/a", bytes.clone()).expect("ours").unsaved, kept("Trần Thị Lan").unsaved);
        assert!(decrypt("other", "/a", bytes.clone()).is_none() && decrypt("id", "/b", bytes.clone()).is_none());
        assert!(decrypt("id", "/a", bytes[..8].to_vec()).is_none());
        assert!(forms.encrypt("id", "/a", &kept(&"x".repeat(LARGEST))).is_none());
        assert_ne!(forms.encrypt("id", "/a", &kept("Lan")), forms.encrypt("id", "/a", &kept("Lan")), "a new nonce");
    }
}
