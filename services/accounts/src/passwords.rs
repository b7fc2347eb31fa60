//! Hashing of passwords, on a fixed number of threads of their own.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{self, available_parallelism},
};

use anyhow::{Context, anyhow};
use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use edge::Problem;
use runtime::Random;
use rustix::process::setpriority_process;
use tokio::sync::oneshot;

use crate::{domain::password::normalised, error};

/// Jobs that may wait. Who finds this many before her would wait for seconds: better told to come back.
const QUEUE: usize = 32;
/// A hash costs as much as a hundred filings. At this niceness its thread has a tenth of a core when all are busy.
const NICENESS: i32 = 10;

/// What an unknown address is checked against, so that it takes as long as a known one. Nobody knows its password.
pub(crate) const DUMMY_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$TW90Y3VhTm9ib2R5c1NsdA$6q0fPzqnhBTr3Yk5pOSw2jb9mXn1lHcV7eUeR4tKd0E";

type Job = Box<dyn FnOnce() + Send>;

/// The pool that hashes passwords (argon2id, 19 MiB, two passes). Clones share it.
#[derive(Clone)]
pub struct Passwords {
    random: Random,
    queue: SyncSender<Job>,
}

impl Passwords {
    /// Starts a thread for each core but one, which is left to everything else that is asked meanwhile; more would only be
    /// slower, and take 19 MiB each. They end with the last clone.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn start(random: Random) -> anyhow::Result<Self> {
        let (queue, jobs) = sync_channel(QUEUE);
        let jobs = Arc::new(Mutex::new(jobs));
        for _ in 0..threads() {
            let jobs = Arc::clone(&jobs);
            thread::Builder::new().name("passwords".into()).spawn(move || run_jobs(&jobs))?;
        }
        Ok(Self { random, queue })
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
        self.run(move || is_right(&password, &phc)).await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let (tell, told) = oneshot::channel();
        let job = move || {
            // Whoever went away while waiting needs no hash.
            if !tell.is_closed() {
                let _ = tell.send(work());
            }
        };
        self.queue.try_send(Box::new(job)).map_err(|_| error::SIGN_IN_BUSY)?;
        Ok(told.await.context("hashing broke off")?)
    }
}

fn threads() -> usize {
    available_parallelism().map_or(1, |cores| (cores.get() - 1).max(1))
}

fn run_jobs(jobs: &Mutex<Receiver<Job>>) {
    // On Linux this concerns the calling thread. Where it is not allowed, hashing only is less polite.
    let _ = setpriority_process(None, NICENESS);
    let next = || jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
    while let Ok(job) = next() {
        job();
    }
}

/// Passwords are hashed in their normal form. A hash from before that was so is of the form as it was typed then.
fn is_right(password: &str, phc: &str) -> bool {
    let normal = normalised(password);
    let matches = |password: &str| Argon2::default().verify_password(password.as_bytes(), phc).is_ok();
    matches(&normal) || (normal != password && matches(password))
}

/// The PHC string of `password` in its normal form with `salt`, at the parameters that OWASP asks for at least: the crate's own.
pub(crate) fn hash(password: &str, salt: &[u8]) -> anyhow::Result<String> {
    let phc: PasswordHash = Argon2::default()
        .hash_password_with_salt(normalised(password).as_bytes(), salt)
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
        assert_eq!(parameters(&real), parameters(DUMMY_HASH));
        let (real, stand_in) =
            (PasswordHash::new(&real).expect("real"), PasswordHash::new(DUMMY_HASH).expect("stand-in"));
        assert_eq!(real.params, stand_in.params);
        assert_eq!(real.salt.map(|salt| salt.len()), stand_in.salt.map(|salt| salt.len()));
        assert_eq!(real.hash.map(|hash| hash.len()), stand_in.hash.map(|hash| hash.len()));
    }

    #[test]
    fn a_password_is_the_same_whichever_keyboard_composed_it_and_hashes_of_any_form_go_on_working() {
        let (composed, decomposed) = ("c\u{e1} kho", "ca\u{301} kho");
        let kept = hash(decomposed, &[7; 16]).expect("a hash");
        assert!(is_right(composed, &kept) && is_right(decomposed, &kept));
        let as_typed: PasswordHash =
            Argon2::default().hash_password_with_salt(decomposed.as_bytes(), &[7; 16]).expect("a hash");
        assert!(is_right(decomposed, &as_typed.to_string()));
        assert!(!is_right("ca kho", &kept));
    }

    #[tokio::test]
    async fn one_too_many_in_the_queue_is_told_to_come_back_and_those_in_it_are_served() {
        let passwords = Passwords::start(Random::system()).expect("threads");
        let (free, held) = sync_channel::<()>(0);
        let held = Arc::new(Mutex::new(held));
        // Every thread holds one job that waits; then the queue is filled.
        let hold = || {
            let held = Arc::clone(&held);
            Box::new(move || {
                let _ = held.lock().expect("not poisoned").recv();
            })
        };
        for _ in 0..threads() + QUEUE {
            while passwords.queue.try_send(hold()).is_err() {
                thread::yield_now();
            }
        }
        let refused = passwords.hash("cá kho riềng".into()).await.expect_err("no place");
        assert_eq!(refused.kind, error::SIGN_IN_BUSY);
        drop(free);
        while passwords.hash("cá kho riềng".into()).await.is_err() {
            tokio::task::yield_now().await;
        }
    }
}
