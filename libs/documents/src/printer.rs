//! Making PDFs costs milliseconds to seconds of a core: it is done on a thread of its own, one document after the other.

use std::sync::Arc;

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};
use rustix::process::setpriority_process;
use tokio::sync::{Semaphore, oneshot};

use crate::{
    Form,
    render::{Broken, render},
};

/// Documents that may wait. Who finds this many before her would wait for seconds: better told to come back.
const QUEUE: usize = 16;
/// Bytes of all that is said in a document. An office's largest form has some thousand.
const LONGEST: usize = 4 * 1024 * 1024;
/// A document is worth less than whoever waits for a page: at this niceness its thread has a tenth of a core when all are busy.
const NICENESS: i32 = 10;

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// Too many wait already.
    #[error("too many documents wait to be made")]
    Busy,
    /// It says more than one document may.
    #[error("the document says more than it may")]
    TooLong,
    /// A fault of ours.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// The thread broke off.
    #[error("making a document broke off")]
    BrokeOff,
}

/// Makes PDFs. Clones share the thread, which ends with the last of them.
#[derive(Clone)]
pub struct Printer {
    // Of one thread: typst divides a document among the threads of the pool it runs in, and here no document waits for a piece of
    // another.
    pool: Arc<ThreadPool>,
    places: Arc<Semaphore>,
}

impl Printer {
    /// Starts its thread.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start() -> Result<Self, ThreadPoolBuildError> {
        // On Linux this concerns the calling thread. Where it is not allowed, printing only is less polite.
        let polite = |_| {
            let _ = setpriority_process(None, NICENESS);
        };
        let pool = ThreadPoolBuilder::new().num_threads(1).thread_name(|_| "printer".into()).start_handler(polite);
        // Whoever waits for a document that panics is told that it broke off; without this the process would end.
        let pool = pool.panic_handler(drop).build()?;
        Ok(Self { pool: Arc::new(pool), places: Arc::new(Semaphore::new(QUEUE)) })
    }

    /// One PDF of `forms`, each on pages of its own, in this order.
    ///
    /// # Errors
    /// When too many wait, when it would be too long, or by a fault of ours.
    pub async fn print(&self, forms: Vec<Form>) -> Result<Vec<u8>, PrintError> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| PrintError::Busy)?;
        let length = serde_json::to_vec(&forms).map_err(Broken::from)?.len();
        if length > LONGEST {
            return Err(PrintError::TooLong);
        }
        let (tell, told) = oneshot::channel();
        self.pool.spawn(move || {
            let _place = place;
            // Whoever went away while waiting needs no document.
            if !tell.is_closed() {
                let _ = tell.send(render(&forms));
            }
        });
        Ok(told.await.map_err(|_| PrintError::BrokeOff)??)
    }
}
