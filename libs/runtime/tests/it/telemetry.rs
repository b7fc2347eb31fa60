//! Metrics that nobody asks for.

use std::{fs, time::Duration};

use runtime::telemetry::{self, Format};

/// Memory of this process, in bytes.
fn resident() -> u64 {
    let pages = fs::read_to_string("/proc/self/statm").unwrap();
    pages.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4096
}

#[tokio::test(start_paused = true)]
async fn an_installation_that_nobody_watches_does_not_grow_with_every_request() {
    telemetry::start(Format::Lines).unwrap();
    let seconds = metrics::histogram!("test_seconds");
    let requests = async || {
        (0..500_000).for_each(|_| seconds.record(0.001));
        tokio::time::sleep(Duration::from_secs(6)).await;
    };
    requests().await;
    let before = resident();
    for _ in 0..20 {
        requests().await;
    }
    let grown = resident().saturating_sub(before);
    // Kept one by one they would take 150 MiB; the other tests of this process take some beside.
    assert!(grown < 64 << 20, "{} MiB", grown >> 20);
    assert!(telemetry::metrics().contains("test_seconds_count 10500000"));
}
