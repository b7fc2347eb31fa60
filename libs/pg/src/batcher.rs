//! Statements that many tasks want at once, made one.

use std::{
    mem,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tokio::{
    select,
    sync::{Mutex as Turn, oneshot},
};

use crate::Error;

type Outcome<V> = Result<V, Error>;
type Waiting<K, V> = (K, oneshot::Sender<Outcome<V>>);

/// What many tasks want of the database, in batches that form by themselves, without a timer: who comes alone is served alone and
/// at once; while one batch is under way the next one gathers.
pub struct Batcher<K, V> {
    waiting: Mutex<Vec<Waiting<K, V>>>,
    turn: Turn<()>,
}

impl<K, V> Default for Batcher<K, V> {
    fn default() -> Self {
        Self { waiting: Mutex::default(), turn: Turn::default() }
    }
}

impl<K, V> Batcher<K, V> {
    /// The value for `key`, asked for with the keys of those who wait. `work` gives a value for each of the keys it is given, in
    /// their order; it must be the same for all who ask. When it fails for several it is done for each alone, so that one of
    /// them cannot spoil the others.
    ///
    /// # Errors
    /// What `work` failed with.
    pub async fn load(&self, key: K, work: impl AsyncFn(&[K]) -> Result<Vec<V>, Error>) -> Result<V, Error> {
        let (answer, mut answered) = oneshot::channel();
        self.waiting().push((key, answer));
        select! {
            biased;
            Ok(outcome) = &mut answered => return outcome,
            _turn = self.turn.lock() => {
                let (keys, answers): (Vec<K>, Vec<_>) = mem::take(&mut *self.waiting()).into_iter().unzip();
                for (answer, outcome) in answers.into_iter().zip(each(&keys, &work).await) {
                    // Who has gone away does not want it any more.
                    let _ = answer.send(outcome);
                }
            }
        }
        answered.try_recv().unwrap_or_else(|_| Err(Error::Unavailable("who asked for all was broken off".into())))
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<Waiting<K, V>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn each<K, V>(keys: &[K], work: &impl AsyncFn(&[K]) -> Result<Vec<V>, Error>) -> Vec<Outcome<V>> {
    match work(keys).await {
        Ok(values) => values.into_iter().map(Ok).collect(),
        Err(why) if why.is_passing() => keys.iter().map(|_| Err(Error::Unavailable(why.to_string()))).collect(),
        Err(why) if keys.len() == 1 => vec![Err(why)],
        Err(_) => {
            let mut outcomes = Vec::with_capacity(keys.len());
            for key in keys.chunks(1) {
                let alone = work(key).await.map(|values| values.into_iter().next());
                outcomes.push(alone.and_then(|value| value.ok_or(Error::NotFound)));
            }
            outcomes
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use futures_util::{FutureExt, future::join_all};
    use tokio::sync::Semaphore;

    use super::*;

    #[tokio::test]
    async fn who_comes_while_one_is_served_is_served_with_the_others_who_do() {
        let (batcher, gate, batches) = (Batcher::default(), Semaphore::new(0), AtomicUsize::new(0));
        let double = async |keys: &[usize]| {
            batches.fetch_add(1, Ordering::Relaxed);
            gate.acquire().await.expect("it is never closed").forget();
            Ok(keys.iter().map(|key| key * 2).collect())
        };
        let mut asked = Box::pin(join_all((0..10).map(|key| batcher.load(key, &double))));
        assert!(asked.as_mut().now_or_never().is_none());
        gate.add_permits(2);
        let answers: Vec<_> = asked.await.into_iter().map(|answer| answer.expect("an answer")).collect();
        assert_eq!(answers, (0..10).map(|key| key * 2).collect::<Vec<_>>());
        assert!(batches.into_inner() <= 2);
    }

    #[tokio::test]
    async fn one_that_fails_does_not_spoil_the_others() {
        let batcher = Batcher::default();
        let refuse_three = async |keys: &[i32]| match keys.contains(&3) {
            true => Err(Error::Conflict("three".into())),
            false => Ok(keys.to_vec()),
        };
        let answers = join_all((0..6).map(|key| batcher.load(key, &refuse_three))).await;
        for (key, answer) in (0..).zip(answers) {
            assert_eq!(answer.is_err(), key == 3, "{key}");
        }
    }

    #[tokio::test]
    async fn who_is_broken_off_leaves_nobody_waiting() {
        let (batcher, gate) = (Batcher::default(), Semaphore::new(0));
        let wait = async |keys: &[i32]| {
            gate.acquire().await.expect("it is never closed").forget();
            Ok(keys.to_vec())
        };
        let mut first = Box::pin(batcher.load(1, &wait));
        assert!(first.as_mut().now_or_never().is_none());
        let mut second = Box::pin(batcher.load(2, &wait));
        assert!(second.as_mut().now_or_never().is_none());
        drop(first);
        gate.add_permits(1);
        assert_eq!(second.await.expect("an answer"), 2);
    }
}
