//! A database reached by TLS: the office's own authority vouches for it, or it is not used.

use pg::{Error, Pool, Settings};
use testkit::{Speaks, TlsDoor};

use super::server;

fn settings(url: &str, port: u16, door: &TlsDoor, mode: &str) -> Settings {
    let through = url.replace(&format!(":{port}/"), &format!(":{}/", door.port()));
    Settings { database_url: format!("{through}?sslmode={mode}"), database_connections: 1 }
}

#[tokio::test]
async fn a_database_whose_authority_the_office_named_is_reached_by_tls_and_no_other() {
    let (server, url) = server().await;
    let open = || TlsDoor::open(server.port(), Speaks::Postgres);
    let (known, strange) = (open().await, open().await);
    known.authorities().believe();
    for mode in ["verify-full", "verify-ca", "require"] {
        let settings = settings(&url, server.port(), &known, mode);
        Pool::new(&settings).expect("a pool").ready().await.unwrap_or_else(|why| panic!("{mode}: {why}"));
        pg::connect(&settings.database_url).await.expect("one connection");
        let strange = self::settings(&url, server.port(), &strange, mode).database_url;
        let why = pg::connect(&strange).await.err().expect("nobody vouches for it");
        assert!(format!("{why:#}").contains("invalid peer certificate"), "{mode}: {why:#}");
    }
}

#[tokio::test]
async fn a_database_that_has_no_tls_is_not_reached_in_clear_where_tls_is_asked_for() {
    let (server, url) = server().await;
    let settings = Settings { database_url: format!("{url}?sslmode=verify-full"), database_connections: 1 };
    let refused = Pool::new(&settings).expect("a pool").ready().await;
    assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
    drop(server);
}
