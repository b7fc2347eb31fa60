//! Spans, told to a collector by OTLP (HTTP, JSON) when `OTEL_EXPORTER_OTLP_ENDPOINT` names one. What is not taken is given up:
//! nobody waits for a collector.

use std::{
    env,
    sync::OnceLock,
    time::{Duration, SystemTime},
};

use anyhow::{Context, Result};
use metrics::counter;
use reqwest::Client;
use serde_json::{Value, json};
use tokio::{sync::mpsc, time::timeout};

use crate::{Trace, http_client, machine_time};

pub(crate) const VARIABLE: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";
/// Spans that wait to be told.
const ROOM: usize = 8192;
const TOGETHER: usize = 512;
/// A span waits for others at most this long.
const GATHER: Duration = Duration::from_secs(1);

static TOLD: OnceLock<mpsc::Sender<Span>> = OnceLock::new();

/// What a span is about, in OTLP's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Answering a request.
    Answering = 2,
    /// Handling an event or a job.
    Handling = 5,
}

/// A piece of work that has ended.
struct Span {
    trace: Trace,
    service: &'static str,
    name: String,
    doing: Doing,
    began: SystemTime,
    ended: SystemTime,
    failed: bool,
}

/// Notes that the work of `trace` has ended now. Costs next to nothing when no collector is named. `name` must say nothing of a
/// person: a route, a type of event, a kind of job.
pub fn ended(
    trace: &Trace,
    service: &'static str,
    doing: Doing,
    began: SystemTime,
    failed: bool,
    name: impl FnOnce() -> String,
) {
    let Some(told) = TOLD.get().filter(|_| trace.is_sampled()) else { return };
    let span = Span { trace: trace.clone(), service, name: name(), doing, began, ended: machine_time(), failed };
    if told.try_send(span).is_err() {
        counter!("motcua_spans_dropped_total").increment(1);
    }
}

/// Begins to tell spans, when a collector is named.
///
/// # Errors
/// When HTTP cannot start.
pub(crate) fn start() -> Result<()> {
    let Ok(collector) = env::var(VARIABLE) else { return Ok(()) };
    let url = format!("{}/v1/traces", collector.trim_end_matches('/'));
    let client = http_client(Duration::from_secs(10)).context("spans could not start")?;
    let (told, spans) = mpsc::channel(ROOM);
    // Started once a process: who starts telemetry twice is told so there.
    if TOLD.set(told).is_ok() {
        tokio::spawn(tell(spans, client, url));
    }
    Ok(())
}

async fn tell(mut spans: mpsc::Receiver<Span>, client: Client, url: String) {
    while let Some(first) = spans.recv().await {
        let mut batch = vec![first];
        let gather = async { while batch.len() < TOGETHER && spans.recv_many(&mut batch, TOGETHER).await > 0 {} };
        // Whatever came until then is told.
        let _ = timeout(GATHER, gather).await;
        let answer =
            client.post(&url).header("content-type", "application/json").body(said(&batch).to_string()).send().await;
        if let Err(why) = answer.and_then(reqwest::Response::error_for_status) {
            counter!("motcua_spans_dropped_total").increment(batch.len() as u64);
            tracing::debug!(%why, "the collector took no spans");
        }
    }
}

fn said(spans: &[Span]) -> Value {
    let of_one = |spans: &[Span]| {
        let service = json!({"key": "service.name", "value": {"stringValue": spans[0].service}});
        let spans: Vec<_> = spans.iter().map(one).collect();
        json!({"resource": {"attributes": [service]}, "scopeSpans": [{"scope": {"name": "motcua"}, "spans": spans}]})
    };
    let resources: Vec<_> = spans.chunk_by(|one, next| one.service == next.service).map(of_one).collect();
    json!({"resourceSpans": resources})
}

fn one(span: &Span) -> Value {
    let nanos =
        |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos().to_string();
    json!({
        "traceId": span.trace.id(),
        "spanId": span.trace.span_id(),
        "parentSpanId": span.trace.parent_id().unwrap_or_default(),
        "name": span.name,
        "links": span.trace.link().map(|(trace_id, span_id)| json!({"traceId": trace_id, "spanId": span_id})).into_iter().collect::<Vec<_>>(),
        "kind": span.doing as u8,
        "startTimeUnixNano": nanos(span.began),
        "endTimeUnixNano": nanos(span.ended),
        "status": {"code": if span.failed { 2 } else { 0 }},
    })
}
