//! Hashing of passwords, on threads of their own that leave the machine to everything else.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{self, JoinHandle, available_parallelism},
    time::Duration,
};

use anyhow::{Context, anyhow};
use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use edge::Problem;
use runtime::Random;
use rustix::process::setpriority_process;
use thread_priority::{
    NormalThreadSchedulePolicy, ThreadPriority, ThreadSchedulePolicy, set_thread_priority_and_policy, thread_native_id,
};
use tokio::sync::oneshot;

use crate::error;

/// Who finds this many waiting before him would wait for seconds: better told to come back.
const QUEUE: usize = 32;
/// How long a hash may take of what the machine has to spare, before it is made out of turn.
const PATIENCE: Duration = Duration::from_millis(400);
/// At this niceness a hash out of turn has a tenth of a core when all are busy.
const NICENESS: i32 = 10;

/// What an unknown address is checked against, so that it takes as long as a known one. Nobody knows its password.
pub(crate) const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$TW90Y3VhTm9ib2R5c1NsdA$6q0fPzqnhBTr3Yk5pOSw2jb9mXn1lHcV7eUeR4tKd0E";

type Work = Box<dyn FnOnce(&mut Hasher) + Send>;

/// The place where passwords are hashed (argon2id, 19 MiB, two passes). Clones share the queue.
#[derive(Clone)]
pub struct Passwords {
    random: Random,
    queue: SyncSender<Work>,
}

impl Passwords {
    /// Starts a thread for each core but one, which is left to everything else that is asked meanwhile; more would only be
    /// slower, and take 19 MiB each. They end with the last clone.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn start(random: Random) -> anyhow::Result<Self> {
        let (queue, works) = sync_channel(QUEUE);
        let works = Arc::new(Mutex::new(works));
        for _ in 0..threads() {
            let works = Arc::clone(&works);
            thread::Builder::new().name("passwords".into()).spawn(move || hash_all(&works))?;
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
        self.run(move || Argon2::default().verify_password(password.as_bytes(), phc.as_str()).is_ok()).await
    }

    async fn run<T: Send + 'static>(&self, work: impl Fn() -> T + Send + Sync + 'static) -> Result<T, Problem> {
        let (tell, told) = oneshot::channel();
        let work = move |hasher: &mut Hasher| {
            // Whoever went away while waiting needs no hash.
            if !tell.is_closed() {
                let _ = tell.send(hasher.perform(&Arc::new(work)));
            }
        };
        self.queue.try_send(Box::new(work)).map_err(|_| error::SIGN_IN_BUSY)?;
        Ok(told.await.context("hashing broke off")?)
    }
}

fn threads() -> usize {
    available_parallelism().map_or(1, |cores| (cores.get() - 1).max(1))
}

fn hash_all(works: &Mutex<Receiver<Work>>) {
    // On Linux this concerns the calling thread. Where it is not allowed, hashing only is less polite.
    let _ = setpriority_process(None, NICENESS);
    let mut hasher = Hasher::default();
    let next = || works.lock().unwrap_or_else(PoisonError::into_inner).recv();
    while let Ok(work) = next() {
        work(&mut hasher);
    }
}

/// A hash costs as much as a hundred filings, so it is made of the time that nobody else wants, on a thread that whoever wakes
/// interrupts at once. A machine that is busy for long leaves it no such time: then it is made once more, out of turn.
///
/// That thread touches no lock but that of its own result: stopped while holding another, it would hold up whoever wants that.
#[derive(Default)]
struct Hasher {
    /// A thread that has found too little time, and has a hash to end that nobody waits for any more.
    starved: Option<JoinHandle<()>>,
}

impl Hasher {
    fn perform<T: Send + 'static>(&mut self, work: &Arc<impl Fn() -> T + Send + Sync + 'static>) -> T {
        if self.starved.as_ref().is_none_or(JoinHandle::is_finished) {
            let (tell, told) = sync_channel(1);
            let same_work = Arc::clone(work);
            let thread = thread::Builder::new().name("spare time".into()).spawn(move || {
                give_way();
                // Nobody listens any more when it took too long.
                let _ = tell.send(same_work());
            });
            if let Ok(made) = told.recv_timeout(PATIENCE) {
                return made;
            }
            self.starved = thread.ok();
        }
        work()
    }
}

/// From now on this thread runs only when nobody else wants its core. Where that is not possible, hashing only is less polite.
fn give_way() {
    let idle = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Idle);
    // An error here may also mean that the niceness of the thread that started this one cannot be taken off, as it need not be.
    let _ = set_thread_priority_and_policy(thread_native_id(), ThreadPriority::Min, idle);
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
    use thread_priority::thread_schedule_policy;

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

    fn is_in_spare_time() -> bool {
        thread_schedule_policy().expect("a policy") == ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Idle)
    }

    /// Until the machine, which also runs other tests, had time to spare.
    fn comes_to_be_in_spare_time(hasher: &mut Hasher) -> bool {
        (0..20).any(|_| {
            let is_spared = hasher.perform(&Arc::new(is_in_spare_time));
            let starved = hasher.starved.take();
            assert!(!is_spared || starved.is_none(), "one that was made in time is in nobody's way");
            starved.map_or(Ok(()), JoinHandle::join).expect("it ends when there is time");
            is_spared
        })
    }

    #[test]
    fn a_hash_is_made_of_spare_time_and_out_of_turn_when_there_is_none() {
        let mut hasher = Hasher::default();
        assert!(comes_to_be_in_spare_time(&mut hasher));
        let (resume, held) = sync_channel::<()>(0);
        let held = Mutex::new(held);
        let starved = move || {
            let is_starved = is_in_spare_time();
            if is_starved {
                let _ = held.lock().expect("not poisoned").recv();
            }
            is_starved
        };
        assert!(!hasher.perform(&Arc::new(starved)), "out of turn, once patience is over");
        assert!(!hasher.perform(&Arc::new(is_in_spare_time)), "no second one waits for spare time beside the first");
        drop(resume);
        hasher.starved.take().expect("it is starved").join().expect("it ended");
        assert!(comes_to_be_in_spare_time(&mut hasher));
    }

    #[tokio::test]
    async fn one_too_many_in_the_queue_is_told_to_come_back_and_those_in_it_are_served() {
        let passwords = Passwords::start(Random::system()).expect("threads");
        let (free, held) = sync_channel::<()>(0);
        let held = Arc::new(Mutex::new(held));
        // Every thread holds one work that waits; then the queue is filled.
        let hold = || {
            let held = Arc::clone(&held);
            Box::new(move |_: &mut Hasher| {
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
