//! The sandbox's secret, which everybody knows.

use runtime::Life;

fn flags(further: &[&str]) -> Vec<String> {
    let shared = ["--database-url", "postgres://nobody@127.0.0.1:1/none", "--listen", "127.0.0.1:0"];
    shared.iter().chain(further).map(ToString::to_string).collect()
}

#[tokio::test]
async fn it_is_refused_where_others_than_the_developer_can_reach_us() {
    let public = flags(&["--public-url", "https://motcua.example.vn"]);
    let service = payments::service();
    for part in [service.serve(&public, Life::system()).await, service.work(&public, Life::system()).await] {
        let why = part.err().expect("refused").to_string();
        assert!(why.contains("MOTCUA_VNPAY_HASH_SECRET"), "{why}");
        assert!(!why.contains("TESTSECRET"), "{why}");
    }
}

#[tokio::test]
async fn it_serves_on_the_developers_machine_and_a_secret_of_ones_own_serves_everywhere() {
    let own = ["--public-url", "https://motcua.example.vn", "--vnpay-hash-secret", "a secret of our own"];
    for further in [&["--public-url", "http://127.0.0.1:8080"][..], &own] {
        let life = Life::system();
        let running = payments::service().serve(&flags(further), life.clone()).await.expect("it starts");
        life.stop.cancel();
        running.finished.await.expect("it stops");
    }
}
