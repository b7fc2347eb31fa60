//! Whose certificates are believed: the system's authorities', those of the file that the office named, and nobody else's.

use std::{fs, time::Duration};

use clap::Args;
use runtime::{Authorities, Life, Listen, Running, Service, http_client};
use testkit::{Speaks, TlsDoor};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

#[derive(Clone, Args)]
struct Config {
    #[command(flatten)]
    listen: Listen,
}

async fn serve(config: Config, _: Life) -> anyhow::Result<Running> {
    Ok(Running { address: Some(config.listen.listen), finished: Box::pin(std::future::ready(Ok(()))) })
}

/// Answers every request alike.
async fn server() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 1024]).await;
            let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").await;
        }
    });
    port
}

#[tokio::test]
async fn what_the_settings_name_is_believed_by_https() {
    let port = server().await;
    let (known, strange) = (TlsDoor::open(port, Speaks::Tls).await, TlsDoor::open(port, Speaks::Tls).await);
    let probe = Service::describe::<Config>("probe", 8099).serve(serve).build();
    let flags = ["--ca-file", known.authority_file()].map(ToOwned::to_owned);
    probe.serve(&flags, Life::system()).await.unwrap();
    let client = http_client(Duration::from_secs(5)).unwrap();
    let asked = async |door: &TlsDoor| client.get(format!("https://localhost:{}/", door.port())).send().await;
    assert_eq!(asked(&known).await.unwrap().status(), 204);
    assert!(asked(&strange).await.unwrap_err().is_connect());
}

#[test]
fn a_file_that_names_nobody_is_refused_and_told_why() {
    let file = std::env::temp_dir().join(format!("motcua-no-authority-{}", std::process::id()));
    let path = file.to_str().unwrap();
    assert!(Authorities::read(path).unwrap_err().contains("cannot be read"));
    let said = [
        ("", "no certificate"),
        ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "no certificate"),
        ("-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----\n", "not PEM"),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "that is none"),
    ];
    for (text, why) in said {
        fs::write(&file, text).unwrap();
        let refused = Authorities::read(path).unwrap_err();
        assert!(refused.contains(why), "{text}: {refused}");
    }
    fs::remove_file(&file).unwrap();
}
