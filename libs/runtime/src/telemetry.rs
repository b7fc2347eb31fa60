//! Logs and metrics: JSON for machines, lines for people; never a person's data.

use std::{
    env,
    io::{self, IsTerminal},
    sync::OnceLock,
    time::Duration,
};

use anyhow::{Context, Result};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

use crate::{metric_help::describe, settings::http_address, spans};

static METRICS: OnceLock<PrometheusHandle> = OnceLock::new();
/// The variable that says what is logged.
const LOG: &str = "MOTCUA_LOG";
/// The HTTP library calls it an error when a stranger sends what is no HTTP: whoever sends nonsense must not fill our disk.
const DEFAULT_FILTER: &str = "info,actix_server=warn,actix_http=off";
const SUM_UP: Duration = Duration::from_secs(5);

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A line for a person at a terminal.
    Lines,
    /// One JSON object a line, for a collector.
    Json,
}

/// What is wrong with the variables that logging and spans are told by, a sentence each: nonsense would be as if nothing was said.
pub fn wrong_variables() -> Vec<String> {
    let given = |name: &str| env::var_os(name).map(|value| value.to_string_lossy().into_owned());
    let log = given(LOG).filter(|said| EnvFilter::try_new(said).is_err());
    let log = log.map(|_| format!("{LOG} cannot be understood: write it as `warn` or `info,queue=debug`"));
    let spans = given(spans::VARIABLE).and_then(|said| http_address(&said).err());
    let spans = spans.map(|expected| format!("{} is not what it must be: {expected}", spans::VARIABLE));
    log.into_iter().chain(spans).collect()
}

/// Starts logging to standard error, collecting metrics, and telling spans when a collector is named. In a tokio runtime. `MOTCUA_LOG` filters (default `info`).
///
/// # Errors
/// When called twice in a process.
pub fn start(format: Format) -> Result<()> {
    let filter = EnvFilter::try_from_env(LOG).unwrap_or_else(|_| EnvFilter::new(DEFAULT_FILTER));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    let started = match format {
        Format::Lines => log.with_ansi(io::stderr().is_terminal()).with_target(false).compact().try_init(),
        Format::Json => log.json().flatten_event(true).try_init(),
    };
    started.map_err(|why| anyhow::anyhow!("logging could not start: {why}"))?;
    let handle = PrometheusBuilder::new()
        .set_buckets(&[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0])
        .and_then(PrometheusBuilder::install_recorder)
        .context("metrics could not start")?;
    METRICS.set(handle.clone()).map_err(|_| anyhow::anyhow!("metrics were started twice"))?;
    describe();
    tokio::spawn(sum_up(handle));
    spans::start()
}

/// Measurements are kept one by one until they are summed up: where nobody asks for the metrics, that is for us to do.
async fn sum_up(handle: PrometheusHandle) {
    loop {
        tokio::time::sleep(SUM_UP).await;
        handle.run_upkeep();
    }
}

/// The metrics so far, in the Prometheus text format; empty when [`start`] was not called.
pub fn metrics() -> String {
    METRICS.get().map_or_else(String::new, |handle| {
        handle.run_upkeep();
        handle.render()
    })
}
