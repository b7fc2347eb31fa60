//! Filings on their way to the database: while one batch is being written, the next one gathers.
//!
//! A batch forms by itself, without a timer: a filing that comes alone is written alone and at once; a hundred that come
//! together cost one statement and one wait for the disk. One batch at a time is enough: while it is written, the next ones are
//! judged, and whoever wants more cores at work starts more replicas. Correctness does not rest on it: two replicas may file for
//! one agency.

use std::{slice, sync::Arc};

use anyhow::Result;
use civic::{DossierCode, Party};
use edge::{Check, Problem, kinds};
use pg::Batcher;
use runtime::{failpoint, on_own_thread};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};
use uuid::Uuid;

use crate::store::{
    dossiers::{self, WithComponents},
    file_dossier::{NewFiling, file_dossiers},
};

/// Filings that may be under way, being judged or waiting for a batch. Whoever comes then is told at once to come back: judging
/// what cannot be written would only take the database from those that can.
const UNDER_WAY: usize = 512;
/// Filings a batch.
const BATCH: usize = 256;

type Outcome = Result<Option<DossierCode>, pg::Error>;

struct Waiting {
    filing: NewFiling,
    told: oneshot::Sender<Outcome>,
}

/// The way to the database for filings. Clones share it; it ends with the last one.
#[derive(Clone)]
pub struct FilingQueue {
    door: mpsc::Sender<Waiting>,
    permits: Arc<Semaphore>,
    drafts: Arc<Batcher<(Uuid, Party), Option<WithComponents>>>,
}

/// The right to have one filing under way; ends when it is dropped.
pub type Permit = OwnedSemaphorePermit;

impl FilingQueue {
    /// Opens the queue, on a thread and with a connection of its own: a batch never waits behind those who only read. Gives
    /// also what is left of the connections for everybody else.
    ///
    /// # Errors
    /// When the drivers' thread cannot start.
    pub fn open(settings: &pg::Settings) -> Result<(Self, pg::Settings)> {
        let with = |connections| pg::Settings { database_connections: connections, ..settings.clone() };
        let (pool, left) = (pg::Pool::new(&with(1))?, with(settings.database_connections.saturating_sub(1).max(1)));
        let (door, waiting) = mpsc::channel(UNDER_WAY);
        let ended = on_own_thread("filings", move || async move {
            work(&pool, waiting).await;
            Ok(())
        });
        tokio::spawn(async move {
            if let Err(why) = ended.await {
                tracing::error!(error = %why, "no dossier can be filed until this process is started again");
            }
        });
        Ok((Self { door, permits: Arc::new(Semaphore::new(UNDER_WAY)), drafts: Arc::default() }, left))
    }

    /// Whether filings are written at all, for the readiness of the process.
    pub fn check(&self) -> Check {
        let door = self.door.clone();
        Check::new("filings", move || {
            let written = if door.is_closed() { Err("no dossier can be filed any more".to_owned()) } else { Ok(()) };
            std::future::ready(written)
        })
    }

    /// Takes a permit to be among the filings under way, before anything is asked of the database.
    ///
    /// # Errors
    /// 503 when there is none.
    pub fn enter(&self) -> Result<Permit, Problem> {
        let permit = Arc::clone(&self.permits).try_acquire_owned();
        permit.map_err(|_| Problem::from(kinds::UNAVAILABLE).retry_after(1))
    }

    /// The draft `id` of `party` with what its documents are for, read together with those that are to be filed at the same
    /// moment.
    ///
    /// # Errors
    /// 503 when the database does not answer.
    pub async fn draft(&self, pool: &pg::Pool, id: Uuid, party: Party) -> Result<Option<WithComponents>, Problem> {
        let find =
            async |wanted: &[(Uuid, Party)]| Ok(dossiers::find_with_components(&mut *pool.get().await?, wanted).await?);
        Ok(self.drafts.load((id, party), find).await?)
    }

    /// Files a dossier with those that wait, by right of its permit; gives its code, or `None` when it was left out (see
    /// [`file_dossiers`]).
    ///
    /// # Errors
    /// 503 when the database does not answer.
    pub async fn file(&self, filing: NewFiling, _: &Permit) -> Result<Option<DossierCode>, Problem> {
        let (told, outcome) = oneshot::channel();
        let waiting = Waiting { filing, told };
        self.door.try_send(waiting).map_err(|_| Problem::from(kinds::UNAVAILABLE).retry_after(1))?;
        Ok(outcome.await.map_err(|_| kinds::INTERNAL)??)
    }
}

async fn work(pool: &pg::Pool, mut waiting: mpsc::Receiver<Waiting>) {
    let mut batch = Vec::new();
    while waiting.recv_many(&mut batch, BATCH).await > 0 {
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
