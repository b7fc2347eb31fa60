//! Redis may lose everything at any moment: no event is lost, none takes effect twice, no mail comes twice.

use std::fs;

use provision::{Options, Redis, Storage};
use serde_json::Value;
use testkit::eventually;
use uuid::Uuid;

use crate::fixture::Fixture;

async fn flush(url: &str) {
    let client = redis::Client::open(url).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    let _: String = redis::cmd("FLUSHALL").query_async(&mut connection).await.unwrap();
}

/// One receipt for the applicant and one alert for the officials of each dossier, each once.
async fn each_is_told_once(fixture: &Fixture, filed: &[Value]) {
    for filed in filed {
        let code = filed["code"].as_str().unwrap();
        fixture.mail("an@example.vn", code).await;
        fixture.mail("tiepnhan@h44-100.example.vn", code).await;
    }
    for address in ["an@example.vn", "tiepnhan@h44-100.example.vn"] {
        let mails = fixture.mails(address).await;
        for filed in filed {
            let code = filed["code"].as_str().unwrap();
            let about = mails.iter().filter(|mail| mail.to_string().contains(code));
            assert_eq!(about.clone().count(), 1, "{code} to {address}");
            assert!(about.clone().all(|mail| mail["copies"] == 1), "{code} to {address}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_emptied_and_restarted_without_its_file_in_mid_flow_loses_and_doubles_nothing() {
    let folder = std::env::temp_dir().join(format!("motcua-redis-{}", Uuid::new_v4().simple()));
    let options = Options { port: Some(testkit::free_port()), ..Options::durable(&folder) };
    let redis = Redis::start(&options).await.unwrap();
    let url = redis.url().to_owned();
    let fixture = Fixture::open_on(url.clone()).await;
    let an = fixture.sign_in("an@example.vn").await;

    let mut filed = Vec::new();
    for round in 0..6 {
        filed.push(fixture.file_birth_registration(&an, "H44.100").await.1);
        if round % 2 == 1 {
            flush(&url).await;
        }
    }
    redis.stop().await;
    // Redis is away: filing goes on.
    filed.push(fixture.file_birth_registration(&an, "H44.100").await.1);
    let Storage::Durable(kept) = &options.storage else { unreachable!("chosen above") };
    let _ = fs::remove_dir_all(kept.join("data/appendonlydir"));
    let redis = Redis::start(&options).await.unwrap();
    assert_eq!(redis.url(), url);
    filed.push(fixture.file_birth_registration(&an, "H44.100").await.1);

    // What was published and lost without a receipt is published again after a minute.
    fixture.installation.clock.advance(chrono::TimeDelta::seconds(61));
    each_is_told_once(&fixture, &filed).await;
    eventually(|| async { (fixture.mails("an@example.vn").await.len() == filed.len()).then_some(()) }).await;
    redis.stop().await;
    let _ = fs::remove_dir_all(&folder);
}
