//! What the gateway refuses by itself leaves a line: who, whence, what and how often. It has no database to keep it in.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use reqwest::Method;
use serde_json::Value;

use crate::{
    gate::{DOSSIER, Gate, sent},
    issuer, upstream,
};

/// What this test's thread logs.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Lines {
    /// The lines about refusals, once `count` of them are there.
    async fn refusals(&self, count: usize) -> Vec<Value> {
        let deadline = Instant::now() + Duration::from_secs(10);
        loop {
            let all = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let lines = String::from_utf8(all).expect("text");
            let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
            let lines: Vec<_> = lines.filter(|line| line["message"] == "requests were refused").collect();
            if lines.len() >= count || Instant::now() > deadline {
                return lines;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

fn texts<'a>(line: &'a Value, names: &[&str]) -> Vec<&'a str> {
    names.iter().map(|name| line[*name].as_str().unwrap_or_default()).collect()
}

/// Listens to what is logged on this thread, until the guard is dropped: the gateway's own work runs here, its requests do not.
fn listen() -> (Lines, tracing::subscriber::DefaultGuard) {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt().json().flatten_event(true).with_writer(move || writer.clone()).finish();
    (lines, tracing::subscriber::set_default(subscriber))
}

#[tokio::test]
async fn a_forged_token_and_a_missing_one_leave_one_line_each_when_the_minute_ends_or_the_gateway() {
    let (lines, _listening) = listen();
    let gate = Gate::before(&[("--submissions-url", &upstream::echo()), ("--trusted-proxies", "127.0.0.0/8")]).await;
    let ask = async |authorization: &str| {
        let call =
            gate.call(Method::GET, "/api/v1/private?secret=canary").header("x-forwarded-for", "1.1.1.1, 203.0.113.9");
        sent(call.header("authorization", authorization)).await.status
    };
    for _ in 0..3 {
        assert_eq!(ask("Bearer canary.b.c").await, 401);
    }
    assert_eq!(ask("").await, 401);
    assert!(lines.refusals(0).await.is_empty(), "no request waits for a line");
    drop(gate);
    let mut said = lines.refusals(2).await;
    said.sort_by_key(|line| line["event"].to_string());
    let names = ["level", "service", "event", "origin", "subject", "actor"];
    let of = |event| vec!["WARN", "gateway", event, "203.0.113.9", "GET /api/v1/private", ""];
    assert_eq!(
        said.iter().map(|line| texts(line, &names)).collect::<Vec<_>>(),
        [of("request.unauthenticated"), of("token.forged")]
    );
    let times = |line: &Value| {
        serde_json::from_str::<Value>(line["detail"].as_str().unwrap_or_default()).unwrap()["times"].clone()
    };
    assert_eq!(said.iter().map(times).collect::<Vec<_>>(), [1, 3]);
    assert!(!format!("{said:?}").contains("canary"));
}

#[tokio::test]
async fn a_limit_names_whom_it_met_and_what_a_service_refuses_is_the_services_to_keep() {
    let (lines, _listening) = listen();
    let refusing = upstream::answering(403);
    let gate = Gate::before(&[("--submissions-url", &refusing), ("--requests-a-second", "1")]).await;
    let claims = issuer::claims(600);
    let authorization = format!("Bearer {}", issuer::sign(&issuer::header(), &claims));
    let mut seen = Vec::new();
    while seen.last() != Some(&429) && seen.len() < 50 {
        let call = gate.call(Method::GET, DOSSIER).header("authorization", &authorization);
        seen.push(sent(call).await.status);
    }
    assert_eq!(seen.first(), Some(&403));
    drop(gate);
    let said = lines.refusals(1).await;
    let names = ["level", "event", "origin", "subject", "actor", "capacity"];
    let expected =
        ["WARN", "request.limited", "127.0.0.1", "GET /api/v1/dossiers/{id}", claims["sub"].as_str().unwrap(), "SELF"];
    assert_eq!(said.iter().map(|line| texts(line, &names)).collect::<Vec<_>>(), [expected]);
}
