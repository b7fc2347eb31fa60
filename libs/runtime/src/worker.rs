//! A thread of its own for background work: relays, consumers, jobs.

use std::thread;

use anyhow::{Context, Result, anyhow};
use futures_util::{FutureExt, future::BoxFuture};
use tokio::{runtime::Builder, sync::oneshot};

/// Runs a future that need not be `Send` on a thread of its own, and gives its outcome.
///
/// Work that must not be slowed by requests (and must not slow them) lives here: an HTTP worker that is busy for a second
/// stalls every future on its thread.
///
/// # Errors
/// What `work` failed with, or a sentence naming the thread when it panicked or could not start.
pub fn on_own_thread<F, W>(name: &str, work: W) -> BoxFuture<'static, Result<()>>
where
    F: Future<Output = Result<()>>,
    W: FnOnce() -> F + Send + 'static,
{
    let (done, outcome) = oneshot::channel();
    let started = thread::Builder::new().name(name.to_owned()).spawn(move || {
        let result = Builder::new_current_thread()
            .enable_all()
            .build()
            .context("the worker's event loop could not start")
            .and_then(|runtime| runtime.block_on(tokio::task::LocalSet::new().run_until(work())));
        // Nobody waits for the outcome only when the process is already going down.
        let _ = done.send(result);
    });
    let name = name.to_owned();
    async move {
        started.with_context(|| format!("the thread of {name} could not start"))?;
        outcome.await.map_err(|_| anyhow!("{name} panicked; its log says where"))?
    }
    .boxed()
}
