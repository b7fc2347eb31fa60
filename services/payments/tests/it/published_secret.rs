//! Keys that everybody knows: the sandbox's, and the empty one.

use runtime::{Life, Part};
use testkit::Installation;

use crate::{
    fees::{begin, owed},
    provider::{Notice, send},
};

const PUBLIC: [&str; 10] = [
    "--public-url",
    "https://motcua.example.vn",
    "--issuer",
    "https://motcua.example.vn",
    "--vnpay-tmn-code",
    "OWNTERM1",
    "--vnpay-pay-url",
    "https://sandbox.vnpayment.vn/paymentv2/vpcpay.html",
    "--vnpay-api-url",
    "https://sandbox.vnpayment.vn/merchant_webapi/api/transaction",
];

fn flags(further: &[&str]) -> Vec<String> {
    let shared = ["--database-url", "postgres://nobody@127.0.0.1:1/none", "--listen", "127.0.0.1:0"];
    shared.iter().chain(further).map(ToString::to_string).collect()
}

#[tokio::test]
async fn the_sandboxs_is_refused_where_others_than_the_developer_can_reach_us() {
    let public = flags(&PUBLIC);
    let service = payments::service();
    for part in [service.serve(&public, Life::system()).await, service.work(&public, Life::system()).await] {
        let why = part.err().expect("refused").to_string();
        assert!(why.contains("MOTCUA_VNPAY_HASH_SECRET") && !why.contains("TMN_CODE"), "{why}");
        assert!(!why.contains("TESTSECRET"), "{why}");
    }
}

#[tokio::test]
async fn it_serves_on_the_developers_machine_and_a_secret_of_ones_own_serves_everywhere() {
    let own = [&PUBLIC[..], &["--vnpay-hash-secret", "a secret of our own", "--acceptance", "true"]].concat();
    for further in [&["--public-url", "http://127.0.0.1:8080"][..], &own] {
        let life = Life::system();
        let running = payments::service().serve(&flags(further), life.clone()).await.expect("it starts");
        life.stop.cancel();
        running.finished.await.expect("it stops");
    }
}

#[tokio::test]
async fn what_is_signed_with_the_empty_key_settles_nothing_though_the_previous_secret_is_set_and_empty() {
    let empty = [("payments", &["--vnpay-previous-hash-secret", ""][..])];
    let installation = Installation::start_with([payments::service()], &empty).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let notice = Notice::paid(&begin(&an, &order).await);
    assert_eq!(send(&installation, &notice.signed("")).await, "97");
    assert_eq!(send(&installation, &notice.signed(" ")).await, "97");
    assert_eq!(notice.send(&installation).await, "00");
}

#[test]
fn the_empty_secret_is_refused_everywhere() {
    let why = payments::service().check(Some(Part::Serve), &flags(&["--vnpay-hash-secret", ""])).unwrap_err();
    assert!(why.to_string().contains("MOTCUA_VNPAY_HASH_SECRET is empty"), "{why}");
}
