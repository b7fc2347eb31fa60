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

use anyhow::Result;
use civic::DossierCode;
use edge::{Problem, kinds};
use futures_util::future::join_all;
use runtime::{failpoint, on_own_thread};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

use super::file_dossier::{NewFiling, file_dossiers};

/// Batches written side by side: while one waits for the disk another is at work. More would only make each smaller.
static LANESX: std::sync::LazyLock<usize> =
    std::sync::LazyLock::new(|| std::env::var("LANES").map_or(2, |v| v.parse().unwrap()));
/// Filings that may be under way, being judged or waiting in a lane. Whoever comes then is told at once to come back: judging
/// what cannot be written would only take the database from those that can.
const UNDER_WAY: usize = 512;
/// Filings a batch.
const BATCH: usize = 256;

type Outcome = Result<Option<DossierCode>, pg::Error>;

struct Waiting {
    filing: NewFiling,
    told: oneshot::Sender<Outcome>,
}

/// The way to the database for filings. Clones share the lanes; they end with the last one.
#[derive(Clone)]
pub struct FilingLanes {
    doors: Arc<[mpsc::Sender<Waiting>]>,
    places: Arc<Semaphore>,
}

/// The right to have one filing under way; ends when it is dropped.
pub type Place = OwnedSemaphorePermit;

impl FilingLanes {
    /// Opens the lanes, on a thread of their own, with a connection for each: a batch never waits behind those who only read.
    /// Gives also what is left of the connections for everybody else.
    ///
    /// # Errors
    /// When the drivers' thread cannot start.
    pub fn open(settings: &pg::Settings) -> Result<(Self, pg::Settings)> {
        let with = |connections| pg::Settings { database_connections: connections, ..settings.clone() };
        let (pool, left) =
            (pg::Pool::new(&with(*LANESX))?, with(settings.database_connections.saturating_sub(*LANESX).max(1)));
        let (doors, lanes): (Vec<_>, Vec<_>) = (0..*LANESX).map(|_| mpsc::channel(UNDER_WAY)).unzip();
        let ended = on_own_thread("filings", move || async move {
            join_all(lanes.into_iter().map(|lane| work(&pool, lane))).await;
            Ok(())
        });
        tokio::spawn(async move {
            if let Err(why) = ended.await {
                tracing::error!(error = %why, "no dossier can be filed until this process is started again");
            }
        });
        Ok((Self { doors: doors.into(), places: Arc::new(Semaphore::new(UNDER_WAY)) }, left))
    }

    /// Takes a place among the filings under way, before anything is asked of the database.
    ///
    /// # Errors
    /// 503 when there is none.
    pub fn enter(&self) -> Result<Place, Problem> {
        let place = Arc::clone(&self.places).try_acquire_owned();
        place.map_err(|_| Problem::from(kinds::UNAVAILABLE).retry_after(1))
    }

    /// Files a dossier with those that wait, by right of its place; gives its code, or `None` when it was left out (see
    /// [`file_dossiers`]).
    ///
    /// # Errors
    /// 503 when the database does not answer.
    pub async fn file(&self, filing: NewFiling, _: &Place) -> Result<Option<DossierCode>, Problem> {
        let mut hasher = DefaultHasher::new();
        filing.agency().hash(&mut hasher);
        let lane = &self.doors[usize::try_from(hasher.finish()).unwrap_or(0) % *LANESX];
        let (told, outcome) = oneshot::channel();
        lane.try_send(Waiting { filing, told }).map_err(|_| Problem::from(kinds::UNAVAILABLE).retry_after(1))?;
        Ok(outcome.await.map_err(|_| kinds::INTERNAL)??)
    }
}

async fn work(pool: &pg::Pool, mut lane: mpsc::Receiver<Waiting>) {
    let mut batch = Vec::new();
    while lane.recv_many(&mut batch, BATCH).await > 0 {
        let (filings, told): (Vec<_>, Vec<_>) = batch.drain(..).map(|waiting| (waiting.filing, waiting.told)).unzip();
        let outcomes = file(pool, &filings).await;
        failpoint("submissions: filed, not answered");
        for (told, outcome) in told.into_iter().zip(outcomes) {
            // Who has gone away asks again with the same key.
            let _ = told.send(outcome);
        }
    }
}

/// One bad filing must fail alone: a batch that is refused is written one by one.
async fn file(pool: &pg::Pool, filings: &[NewFiling]) -> Vec<Outcome> {
    match attempt(pool, filings).await {
        Ok(codes) => codes.into_iter().map(Ok).collect(),
        Err(why) if why.is_passing() => filings.iter().map(|_| Err(pg::Error::Unavailable(why.to_string()))).collect(),
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
