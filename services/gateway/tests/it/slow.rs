//! Clients that stall cost themselves their connection and nobody anything.

use std::time::{Duration, Instant};

use futures_util::future::join;

use crate::gate::{DOSSIER, Gate};

/// As long as a stalled connection may stand.
const SOON: Duration = Duration::from_secs(15);

#[tokio::test]
async fn whoever_stalls_in_a_later_head_or_says_nothing_more_is_let_go() {
    let gate = Gate::start().await;
    let (mut half_a_head, mut nothing) = (gate.raw().await, gate.raw().await);
    for client in [&mut half_a_head, &mut nothing] {
        client.say(format!("GET {DOSSIER} HTTP/1.1\r\nhost: x\r\n\r\n")).await;
        assert_eq!(client.answer().await.status, 200);
    }
    half_a_head.say(format!("GET {DOSSIER} HTTP/1.1\r\nhost:")).await;
    let begun = Instant::now();
    join(half_a_head.closed(), nothing.closed()).await;
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
}

#[tokio::test]
async fn whoever_drips_a_later_head_is_let_go() {
    let gate = Gate::start().await;
    let mut client = gate.raw().await;
    client.say(format!("GET {DOSSIER} HTTP/1.1\r\nhost: x\r\n\r\n")).await;
    assert_eq!(client.answer().await.status, 200);
    let begun = Instant::now();
    client.say(format!("GET {DOSSIER} HTTP/1.1\r\nhost: x\r\nx-slow: ")).await;
    while client.drip().await {
        assert!(begun.elapsed() < SOON, "it is still listened to");
    }
}

#[tokio::test]
async fn whoever_takes_no_answer_is_let_go() {
    let gate = Gate::start().await;
    let mut client = gate.raw().await;
    let begun = Instant::now();
    // More answers than the buffers between us hold.
    while begun.elapsed() < SOON && client.push("GET /openapi.json HTTP/1.1\r\nhost: x\r\n\r\n").await {}
    assert!(client.is_cut_off().await, "it waits for us for ever");
    assert!(begun.elapsed() < 2 * SOON);
}
