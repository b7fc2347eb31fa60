//! Hashing of passwords, off the threads that serve requests and never more at a time than there are cores.

use std::{sync::Arc, thread::available_parallelism};

use anyhow::{Context, anyhow};
use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use edge::Problem;
use runtime::Random;
use tokio::sync::Semaphore;

use crate::error;

/// Who finds this many waiting before him would wait for seconds: better told to come back.
const QUEUE: usize = 32;

/// What an unknown address is checked against, so that it takes as long as a known one. Nobody knows its password.
pub(crate) const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$TW90Y3VhTm9ib2R5c1NsdA$6q0fPzqnhBTr3Yk5pOSw2jb9mXn1lHcV7eUeR4tKd0E";

/// The place where passwords are hashed (argon2id, 19 MiB, two passes). Clones share the queue.
#[derive(Clone)]
pub struct Passwords {
    random: Random,
    /// One for each core: more would only be slower, and take 19 MiB each.
    hashing: Arc<Semaphore>,
    /// Those that hash and those that wait.
    admitted: Arc<Semaphore>,
}

impl Passwords {
    pub fn new(random: Random) -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        Self { random, hashing: Arc::new(Semaphore::new(cores)), admitted: Arc::new(Semaphore::new(cores + QUEUE)) }
    }

    /// The PHC string of a password.
    ///
    /// # Errors
    /// 503 when too many wait already.
    pub async fn hash(&self, password: String) -> Result<String, Problem> {
        let salt = self.random.bytes::<16>();
        self.run(move || hash(&password, &salt)).await?.map_err(Problem::from)
    }

    /// Whether the password is that of the PHC string.
    ///
    /// # Errors
    /// As [`Passwords::hash`].
    pub async fn verify(&self, password: String, phc: String) -> Result<bool, Problem> {
        self.run(move || Argon2::default().verify_password(password.as_bytes(), phc.as_str()).is_ok()).await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let admitted = Arc::clone(&self.admitted).try_acquire_owned().map_err(|_| error::SIGN_IN_BUSY)?;
        let hashing = Arc::clone(&self.hashing).acquire_owned().await.context("the hashing queue is closed")?;
        let done = tokio::task::spawn_blocking(move || {
            let outcome = work();
            // Held until here even when the client has gone: the core is busy all the same.
            drop((hashing, admitted));
            outcome
        });
        done.await.map_err(|why| anyhow::Error::from(why).into())
    }
}

/// The PHC string of `password` with `salt`, at the parameters OWASP asks for at least, which are the crate's own.
pub(crate) fn hash(password: &str, salt: &[u8]) -> anyhow::Result<String> {
    let phc: PasswordHash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), salt)
        .map_err(|why| anyhow!("a password could not be hashed: {why}"))?;
    Ok(phc.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stand_in_for_unknown_people_costs_what_a_real_hash_costs() {
        let parameters = |phc: &str| phc.rsplitn(3, '$').last().map(ToOwned::to_owned);
        let real = hash("cá kho riềng", &[7; 16]).expect("a hash");
        assert_eq!(parameters(&real), parameters(NOBODYS));
        let (real, stand_in) = (PasswordHash::new(&real).expect("real"), PasswordHash::new(NOBODYS).expect("stand-in"));
        assert_eq!(real.params, stand_in.params);
        assert_eq!(real.salt.map(|salt| salt.len()), stand_in.salt.map(|salt| salt.len()));
        assert_eq!(real.hash.map(|hash| hash.len()), stand_in.hash.map(|hash| hash.len()));
    }

    #[tokio::test]
    async fn one_too_many_in_the_queue_is_told_to_come_back() {
        let passwords = Passwords::new(Random::system());
        let all = passwords.admitted.available_permits();
        let _taken = passwords.admitted.try_acquire_many(u32::try_from(all).expect("few")).expect("all places");
        let refused = passwords.hash("cá kho riềng".into()).await.expect_err("no place");
        assert_eq!(refused.kind, error::SIGN_IN_BUSY);
    }
}
