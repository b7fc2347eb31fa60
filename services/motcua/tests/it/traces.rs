//! One filing is one trace, from the gateway to the mail, as a collector is told it.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::Stdio,
    sync::{Arc, Mutex},
    thread,
};

use serde_json::Value;
use testkit::eventually;

use crate::{
    backup::Citizen,
    up::{Folder, Up, command, port},
};

/// A span as it was told, with the service that told it.
#[derive(Clone)]
struct Exported {
    service: String,
    span: Value,
}

impl Exported {
    fn is(&self, name: &str, value: &str) -> bool {
        self.span[name] == value
    }
}

/// Takes spans over HTTP, as a collector does.
#[derive(Clone, Default)]
struct Collector(Arc<Mutex<Vec<Exported>>>);

impl Collector {
    /// Gives its address too.
    fn start() -> (Self, String) {
        let (collector, listener) = (Self::default(), TcpListener::bind("127.0.0.1:0").unwrap());
        let address = format!("http://{}", listener.local_addr().unwrap());
        let taking = collector.clone();
        thread::spawn(move || {
            for client in listener.incoming() {
                taking.take(client.unwrap());
            }
        });
        (collector, address)
    }

    fn take(&self, client: TcpStream) {
        let mut client = BufReader::new(client);
        let (mut line, mut length, mut path) = (String::new(), 0, String::new());
        while client.read_line(&mut line).is_ok_and(|read| read > 0) {
            if let Some(told) = line.to_lowercase().strip_prefix("content-length:") {
                length = told.trim().parse().unwrap();
            }
            if line.starts_with("POST ") {
                path = line.clone();
            }
            if line.trim().is_empty() {
                let mut body = vec![0; length];
                client.read_exact(&mut body).unwrap();
                assert!(path.starts_with("POST /v1/traces "), "{path}");
                self.note(&serde_json::from_slice(&body).unwrap());
                client
                    .get_mut()
                    .write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}")
                    .unwrap();
                return;
            }
            line.clear();
        }
    }

    fn note(&self, told: &Value) {
        for resource in told["resourceSpans"].as_array().unwrap() {
            let service = resource.pointer("/resource/attributes/0/value/stringValue").unwrap().as_str().unwrap();
            let spans = resource.pointer("/scopeSpans/0/spans").unwrap().as_array().unwrap();
            let spans = spans.iter().map(|span| Exported { service: service.to_owned(), span: span.clone() });
            self.0.lock().unwrap().extend(spans);
        }
    }

    fn told(&self) -> Vec<Exported> {
        self.0.lock().unwrap().clone()
    }
}

#[tokio::test]
async fn a_filing_is_one_trace_from_the_gateway_to_the_mail() {
    let ((collector, address), folder, port) = (Collector::start(), Folder::new(), port());
    let _up =
        Up::started(command(port, &folder.0).stderr(Stdio::inherit()).env("OTEL_EXPORTER_OTLP_ENDPOINT", address));
    Citizen::at(port).await.file().await;
    let trace = eventually(|| async {
        let told = collector.told();
        let filing = told
            .iter()
            .find(|told| told.service == "gateway" && told.is("name", "POST /api/v1/dossiers/{id}/submission"))?;
        let id = filing.span["traceId"].as_str()?;
        let trace: Vec<_> = told.iter().filter(|told| told.is("traceId", id)).cloned().collect();
        trace.iter().any(|told| told.is("name", "send_message")).then_some(trace)
    })
    .await;
    let services: BTreeSet<_> = trace.iter().map(|told| told.service.as_str()).collect();
    assert!(services.is_superset(&["gateway", "submissions", "notifications"].into()), "{services:?}");
    let ids: BTreeSet<_> = trace.iter().map(|told| told.span["spanId"].as_str().unwrap()).collect();
    let roots: Vec<_> =
        trace.iter().filter(|told| !ids.contains(told.span["parentSpanId"].as_str().unwrap())).collect();
    assert!(roots.len() == 1 && roots[0].service == "gateway", "each other span continues one that is there");
}
