//! Services behind the gateway: one that says what it was asked, and one whose every byte the test says.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};

/// A service that answers with what it was asked. Gives its address.
pub fn echo() -> String {
    let server = HttpServer::new(|| {
        let limit = web::PayloadConfig::new(64 * 1024 * 1024);
        App::new().app_data(limit).default_service(web::to(answer))
    });
    let server = server.workers(1).disable_signals().bind("127.0.0.1:0").expect("a free port");
    let address = server.addrs()[0];
    tokio::spawn(server.run());
    format!("http://{address}")
}

/// A service that answers everything with this status, and what headers it was sent. Gives its address.
pub fn answering(status: u16) -> String {
    let status = actix_web::http::StatusCode::from_u16(status).expect("a status");
    let server = HttpServer::new(move || {
        App::new().default_service(web::to(move |request: HttpRequest| async move {
            HttpResponse::build(status).json(json!({"headers": headers(&request)}))
        }))
    });
    let server = server.workers(1).disable_signals().bind("127.0.0.1:0").expect("a free port");
    let address = server.addrs()[0];
    tokio::spawn(server.run());
    format!("http://{address}")
}

fn headers(request: &HttpRequest) -> BTreeMap<String, Vec<String>> {
    let mut headers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in request.headers() {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        headers.entry(name.to_string()).or_default().push(value);
    }
    headers
}

/// A service that answers everything with this status, once it was told to; with how many requests reached it. Gives its address.
pub fn waiting(status: u16) -> (String, Arc<AtomicUsize>, Arc<Semaphore>) {
    let (reached, told) = (Arc::new(AtomicUsize::new(0)), Arc::new(Semaphore::new(0)));
    let status = actix_web::http::StatusCode::from_u16(status).expect("a status");
    let (counted, go) = (Arc::clone(&reached), Arc::clone(&told));
    let server = HttpServer::new(move || {
        let (counted, go) = (Arc::clone(&counted), Arc::clone(&go));
        App::new().default_service(web::to(move || {
            let (counted, go) = (Arc::clone(&counted), Arc::clone(&go));
            async move {
                counted.fetch_add(1, Ordering::SeqCst);
                go.acquire().await.expect("it stays open").forget();
                HttpResponse::build(status).json(json!({}))
            }
        }))
    });
    let server = server.workers(1).disable_signals().bind("127.0.0.1:0").expect("a free port");
    let address = server.addrs()[0];
    tokio::spawn(server.run());
    (format!("http://{address}"), reached, told)
}

async fn answer(request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let mut answer = HttpResponse::Ok();
    answer.insert_header(("x-request-id", "the-service-says")).insert_header(("etag", "\"1\""));
    answer.append_header(("set-cookie", "a=1")).append_header(("set-cookie", "b=2"));
    answer.insert_header(("keep-alive", "timeout=5")).insert_header(("proxy-authenticate", "Basic"));
    let seen: Value = json!({"method": request.method().as_str(), "uri": request.uri().to_string(), "headers": headers(&request),
        "length": body.len(), "body": String::from_utf8_lossy(&body[..body.len().min(4096)])});
    answer.json(seen)
}

/// A service that says what the test says.
pub struct Raw(TcpListener);

impl Raw {
    /// Listens.
    pub async fn listen() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.expect("a free port"))
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://{}", self.0.local_addr().expect("an address"))
    }

    /// The next connection.
    pub async fn accept(&self) -> Connection {
        Connection { stream: self.0.accept().await.expect("a connection").0, seen: Vec::new() }
    }
}

/// A connection from the gateway.
pub struct Connection {
    stream: TcpStream,
    seen: Vec<u8>,
}

impl Connection {
    /// Reads until `text` was seen; gives everything seen up to there, and forgets it.
    pub async fn until(&mut self, text: &str) -> String {
        loop {
            if let Some(at) = self.seen.windows(text.len()).position(|window| window == text.as_bytes()) {
                let seen = self.seen.drain(..at + text.len()).collect::<Vec<_>>();
                return String::from_utf8_lossy(&seen).into_owned();
            }
            let mut buffer = [0; 4096];
            let read = self.stream.read(&mut buffer).await.unwrap_or(0);
            assert!(read > 0, "the gateway closed before {text:?}: {:?}", String::from_utf8_lossy(&self.seen));
            self.seen.extend_from_slice(&buffer[..read]);
        }
    }

    /// Reads until the gateway closes; gives what was not yet taken.
    pub async fn rest(mut self) -> String {
        // A reset is a close, too.
        let _ = self.stream.read_to_end(&mut self.seen).await;
        String::from_utf8_lossy(&self.seen).into_owned()
    }

    /// Sends `text`.
    pub async fn say(&mut self, text: &str) {
        self.stream.write_all(text.as_bytes()).await.expect("the gateway listens");
    }
}
