//! Filings on their way to the database: while one batch is being written, the next one gathers.
//!
//! A batch forms by itself, without a timer: a filing that comes alone is written alone and at once; a hundred that come
//! together cost one statement and one wait for the disk. An agency's filings always take the same lane, so that batches do
//! not wait for each other's counters. Correctness does not rest on that: two replicas may file for one agency.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    slice,
    sync::Arc,
};

use civic::DossierCode;
use edge::{Problem, kinds};
use futures_util::future::join_all;
use runtime::on_own_thread;
use tokio::sync::{mpsc, oneshot};

use super::file_dossier::{NewFiling, file_dossiers};

/// Batches written side by side.
const LANES: usize = 4;
/// Filings that may wait in a lane. Who finds it full is told to come back.
const WAITING: usize = 512;
/// Filings a batch.
const BATCH: usize = 256;

type Outcome = Result<Option<DossierCode>, pg::Error>;

struct Waiting {
    filing: NewFiling,
    told: oneshot::Sender<Outcome>,
}

/// The way to the database for filings. Clones share the lanes; they end with the last one.
#[derive(Clone)]
pub struct FilingLanes(Arc<[mpsc::Sender<Waiting>]>);

impl FilingLanes {
    /// Opens the lanes, on a thread of their own.
    pub fn open(pool: &pg::Pool) -> Self {
        let (doors, lanes): (Vec<_>, Vec<_>) = (0..LANES).map(|_| mpsc::channel(WAITING)).unzip();
        let pool = pool.clone();
        let ended = on_own_thread("filings", move || async move {
            join_all(lanes.into_iter().map(|lane| work(&pool, lane))).await;
            Ok(())
        });
        tokio::spawn(async move {
            if let Err(why) = ended.await {
                tracing::error!(error = %why, "no dossier can be filed until this process is started again");
            }
        });
        Self(doors.into())
    }

    /// Files a dossier with those that wait; gives its code, or `None` when it was left out (see [`file_dossiers`]).
    ///
    /// # Errors
    /// 503 when too many wait, or the database does not answer.
    pub async fn file(&self, filing: NewFiling) -> Result<Option<DossierCode>, Problem> {
        let mut hasher = DefaultHasher::new();
        filing.agency().hash(&mut hasher);
        let lane = &self.0[usize::try_from(hasher.finish()).unwrap_or(0) % LANES];
        let (told, outcome) = oneshot::channel();
        lane.try_send(Waiting { filing, told }).map_err(|_| Problem::from(kinds::UNAVAILABLE).retry_after(1))?;
        Ok(outcome.await.map_err(|_| kinds::INTERNAL)??)
    }
}

async fn work(pool: &pg::Pool, mut lane: mpsc::Receiver<Waiting>) {
    let mut batch = Vec::new();
    while lane.recv_many(&mut batch, BATCH).await > 0 {
        let (filings, told): (Vec<_>, Vec<_>) = batch.drain(..).map(|waiting| (waiting.filing, waiting.told)).unzip();
        for (told, outcome) in told.into_iter().zip(file(pool, &filings).await) {
            // Who has gone away asks again with the same key.
            let _ = told.send(outcome);
        }
    }
}

/// One bad filing must fail alone: a batch that is refused is written one by one.
async fn file(pool: &pg::Pool, filings: &[NewFiling]) -> Vec<Outcome> {
    match attempt(pool, filings).await {
        Ok(codes) => codes.into_iter().map(Ok).collect(),
        Err(pg::Error::Unavailable(why)) => filings.iter().map(|_| Err(pg::Error::Unavailable(why.clone()))).collect(),
        Err(why) if filings.len() == 1 => vec![Err(why)],
        Err(_) => {
            let mut outcomes = Vec::with_capacity(filings.len());
            for filing in filings {
                let alone = attempt(pool, slice::from_ref(filing)).await;
                outcomes.push(alone.map(|codes| codes.into_iter().flatten().next()));
            }
            outcomes
        }
    }
}

async fn attempt(pool: &pg::Pool, filings: &[NewFiling]) -> Result<Vec<Option<DossierCode>>, pg::Error> {
    Ok(file_dossiers(&mut *pool.get().await?, filings).await?)
}
