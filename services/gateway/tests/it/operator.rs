//! What an operator sees at the admin address.

use std::net::TcpListener;

use reqwest::Method;
use runtime::telemetry;

use crate::{
    gate::{DOSSIER, Gate, TestResponse, sent},
    upstream,
};

#[tokio::test]
async fn metrics_name_the_template_and_never_the_path_and_readiness_outlives_a_service() {
    telemetry::start(telemetry::Format::Lines).expect("no other test starts telemetry");
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port");
    let admin = free.to_string();
    let gate = Gate::before(&[("--submissions-url", &upstream::echo()), ("--admin", &admin)]).await;
    assert_eq!(gate.get(DOSSIER).await.status, 200);
    assert_eq!(gate.get("/api/v1/dossiers/secret-name").await.status, 400);
    assert_eq!(sent(gate.call(Method::PATCH, DOSSIER)).await.status, 405);
    assert_eq!(gate.get("/api/v1/secret-path").await.status, 404);
    assert_eq!(gate.get("/api/v1/messages").await.status, 503);
    let ask = async |path: &str| {
        let url = format!("http://{admin}{path}");
        let client = runtime::http_client(std::time::Duration::from_secs(5)).expect("a client");
        TestResponse::read(client.get(url).send().await.expect("the admin address answers")).await
    };
    assert_eq!((ask("/livez").await.status, ask("/readyz").await.status), (200, 200));
    let metrics = ask("/metrics").await.text;
    let counted = |method: &str, route: &str, status: u16| {
        let labels = [format!("method=\"{method}\""), format!("route=\"{route}\""), format!("status=\"{status}\"")];
        let mut counts = metrics.lines().filter(|line| line.starts_with("http_server_request_duration_seconds_count"));
        counts.any(|line| labels.iter().all(|label| line.contains(label)))
    };
    for (method, route, status) in [
        ("GET", "/api/v1/dossiers/{id}", 200),
        ("GET", "/api/v1/dossiers/{id}", 400),
        ("PATCH", "/api/v1/dossiers/{id}", 405),
        ("GET", "(none)", 404),
    ] {
        assert!(counted(method, route, status), "{method} {route} {status}: {metrics}");
    }
    assert!(!metrics.contains("secret"), "{metrics}");
    // No other test asks this service, so that its state is this test's.
    assert!(metrics.contains("gateway_upstream_up{upstream=\"notifications\"} 0"), "{metrics}");
}
