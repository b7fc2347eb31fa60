//! What a handler may reach.

use std::sync::Arc;

use anyhow::Result;
use diesel_async::AsyncPgConnection;
use documents::Printer;
use edge::Problem;
use files::Files;
use procedure::PinnedProcedure;
use queue::Outbox;
use runtime::Life;
use tokio::sync::Semaphore;
use url::Url;
use uuid::Uuid;

use crate::{
    calendars::Calendars,
    config::{AlertSettings, Config},
    filings::FilingQueue,
    pinned::Pinned,
};

/// What a handler may reach.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub pool: pg::Pool,
    /// The clock and randomness.
    pub life: Life,
    /// What others are told.
    pub outbox: Outbox,
    /// The way to the database for filings.
    pub filings: FilingQueue,
    /// The working calendars of agencies.
    pub calendars: Calendars,
    /// Documents and results.
    pub files: Files,
    /// Days that a draft is kept which nobody touches.
    pub draft_days: u16,
    /// Working days in which papers that are asked for are waited for.
    pub supplement_days: u16,
    /// Working days in which another agency answers that is asked for its opinion.
    pub consultation_days: u16,
    /// When somebody is alerted to a deadline.
    pub alerts: AlertSettings,
    /// What makes documents.
    pub printer: Printer,
    /// The address by which people reach the pages.
    pub public_url: Url,
    /// The turn to make a spreadsheet.
    pub exports: Arc<Semaphore>,
    procedures: Pinned,
}

impl App {
    /// Everything that `config` names, opened.
    ///
    /// # Errors
    /// When a setting cannot be used.
    pub fn new(config: &Config, life: Life) -> Result<Self> {
        let (filings, left) = FilingQueue::open(&config.backend.database)?;
        let pool = pg::Pool::new(&left)?;
        Ok(Self {
            filings,
            calendars: Calendars::watch(&pool, &life),
            pool,
            outbox: Outbox::new("submissions", life.clone()),
            files: Files::open(&config.documents_dir, config.document_limit)?
                .at_least(config.least_upload_rate)
                .scanned_by(config.clamd.clone())
                .sealed_by(config.file_keys.keys()?),
            draft_days: config.draft_days,
            supplement_days: config.supplement_days,
            consultation_days: config.consultation_days,
            alerts: config.alerts,
            printer: Printer::start()?,
            public_url: config.backend.listen.public_url.clone(),
            exports: Arc::new(Semaphore::new(1)),
            procedures: Pinned::default(),
            life,
        })
    }

    /// The version of a procedure that a dossier is pinned to, with a connection only when it is not known yet.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn pinned(&self, id: Uuid) -> Result<Arc<PinnedProcedure>, Problem> {
        match self.procedures.known(id).await {
            Some(pinned) => Ok(pinned),
            None => self.procedure(&mut *self.pool.get().await?, id).await,
        }
    }

    /// As [`App::pinned`], for whoever holds a connection: one who waited for a second could wait for himself.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn procedure(&self, conn: &mut AsyncPgConnection, id: Uuid) -> Result<Arc<PinnedProcedure>, Problem> {
        self.procedures.read(conn, id).await
    }
}
