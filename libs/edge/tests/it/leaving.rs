//! A process that is about to stop sends its clients elsewhere before it takes nothing new.

use std::time::Duration;

use runtime::{Life, http_client};
use testkit::free_port;

use crate::probe::service;

#[tokio::test]
async fn who_is_leaving_is_not_ready_and_closes_each_connection_with_its_answer() {
    let (life, admin) = (Life::system(), format!("127.0.0.1:{}", free_port()));
    let nobody = format!("http://127.0.0.1:{}/", free_port());
    let flags =
        ["--listen", "127.0.0.1:0", "--admin", &admin, "--jwks-url", &nobody, "--database-url", "postgres://nobody/"];
    let running = service().serve(&flags.map(ToOwned::to_owned), life.clone()).await.unwrap();
    let (api, ready) =
        (format!("http://{}/api/v1/nothing", running.address.unwrap()), format!("http://{admin}/readyz"));
    let client = http_client(Duration::from_secs(5)).unwrap();
    let closes =
        async || client.get(&api).send().await.unwrap().headers().get("connection").is_some_and(|said| said == "close");
    let is_ready = async || client.get(&ready).send().await.unwrap().status() == 200;
    assert!(is_ready().await && !closes().await);
    life.leaving.cancel();
    assert!(!is_ready().await && closes().await);
    life.stop.cancel();
    running.finished.await.unwrap();
}
