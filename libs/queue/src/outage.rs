//! A server that does not answer: said once, asked again with patience.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

const FIRST_WAIT: Duration = Duration::from_millis(50);
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// Whether one loop of a worker is held up, and for how long it waits between tries.
pub(crate) struct Outage {
    service: &'static str,
    part: &'static str,
    wait: Option<Duration>,
}

impl Outage {
    pub(crate) fn none(service: &'static str, part: &'static str) -> Self {
        Self { service, part, wait: None }
    }

    pub(crate) fn is_on(&self) -> bool {
        self.wait.is_some()
    }

    pub(crate) fn is_over(&mut self) {
        if self.wait.take().is_some() {
            tracing::info!(service = self.service, part = self.part, "works again");
        }
    }

    /// Waits longer each time; the first time of an outage is logged.
    pub(crate) async fn pause(&mut self, why: &anyhow::Error, stop: &CancellationToken) {
        if self.wait.is_none() {
            tracing::warn!(
                service = self.service,
                part = self.part,
                why = format!("{why:#}"),
                "is held up; it goes on trying"
            );
        }
        let wait = self.wait.map_or(FIRST_WAIT, |wait| (wait * 2).min(LONGEST_WAIT));
        self.wait = Some(wait);
        pause(wait, stop).await;
    }
}

/// Waits, unless the process is to stop.
pub(crate) async fn pause(time: Duration, stop: &CancellationToken) {
    // Either way the caller looks at `stop` next.
    let _ = tokio::time::timeout(time, stop.cancelled()).await;
}
