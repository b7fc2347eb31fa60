//! When a process is told to stop.

use tokio::signal::unix::{SignalKind, signal};

/// Resolves at Ctrl-C, SIGTERM or SIGHUP (a closed terminal) that comes after this call; so it is called once, before anything
/// is begun.
pub fn told_to_stop() -> impl Future<Output = ()> {
    let mut signals = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()]
        .map(|kind| signal(kind).expect("a signal handler can be installed"));
    async move {
        let [interrupt, terminate, hangup] = &mut signals;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use nix::{
        sys::signal::{Signal, kill},
        unistd::Pid,
    };

    use super::*;

    #[tokio::test]
    async fn to_be_told_to_stop_is_heard_though_nobody_listens_at_that_moment() {
        let told = told_to_stop();
        kill(Pid::this(), Signal::SIGHUP).unwrap();
        tokio::time::timeout(Duration::from_secs(10), told).await.unwrap();
    }
}
