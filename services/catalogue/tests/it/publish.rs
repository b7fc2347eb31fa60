//! Publishing: once, in order, told with all it says, and shown soon.

use civic::events::ProcedurePublished;
use runtime::Life;
use serde_json::Value;
use testkit::{Method, eventually};

use crate::fixture::{BIRTH, CERTIFIED, COPY, Fixture, GUARDIANSHIP, MARITAL_STATUS, RESIDENCE};

#[tokio::test]
async fn publishing_the_same_again_changes_nothing() {
    let fixture = Fixture::open().await;
    fixture.installation.demonstrate(&catalogue::service()).await;
    assert_eq!((fixture.count("procedures").await, fixture.count("procedure_versions").await), (6, 16));
    assert_eq!(fixture.installation.sent::<ProcedurePublished>("catalogue").await.len(), 16);
    assert!(fixture.broken().await.is_empty());
}

#[tokio::test]
async fn two_who_publish_at_once_publish_each_version_once() {
    let fixture = Fixture::open().await;
    fixture
        .run("update procedures set current_version = null; delete from procedure_versions; delete from outbox")
        .await;
    let flags = ["--database-url".to_owned(), fixture.installation.database_url("catalogue").to_owned()];
    let service = catalogue::service();
    let (one, other) =
        tokio::join!(service.demonstrate(&flags, Life::system()), service.demonstrate(&flags, Life::system()));
    one.and(other).expect("both are content");
    assert_eq!(fixture.count("procedure_versions").await, 16);
    assert_eq!(fixture.installation.sent::<ProcedurePublished>("catalogue").await.len(), 16);
}

#[tokio::test]
async fn each_version_is_told_with_all_it_says() {
    let fixture = Fixture::open().await;
    let told = fixture.installation.sent::<ProcedurePublished>("catalogue").await;
    let expected =
        [(BIRTH, 5), (RESIDENCE, 4), (GUARDIANSHIP, 1), (MARITAL_STATUS, 1), (COPY, 4), (CERTIFIED, 1)].into_iter();
    let expected = expected.flat_map(|(code, last)| (1..=last).map(move |version| (code, version)));
    let expected: Vec<_> = expected.collect();
    assert_eq!(told.iter().map(|event| (event.code.as_str(), event.version)).collect::<Vec<_>>(), expected);
    let file: Value = serde_json::from_str(include_str!("../../data/procedures/1.001193/1.json")).expect("JSON");
    assert_eq!(told[0].content, file);
    assert_eq!(told[0].published_at, fixture.installation.clock.now());
    let digest = "a3828c3dd735bdca77243b79fbcdc94bd6a6e4d357f8ed9a95277081516dd984";
    assert_eq!(told[0].digest, digest, "as it was published before there was a catalogue");
}

#[tokio::test]
async fn a_published_version_shows_within_a_second_at_every_replica() {
    let mut fixture = Fixture::open().await;
    fixture.installation.replicate(&catalogue::service(), "another").await;
    let shown = async |at: &str| {
        let path = format!("/api/v1/procedures/{BIRTH}");
        fixture.installation.nobody().call(at, Method::GET, &path).send().await.expect(200).json["version"].clone()
    };
    assert_eq!((shown("catalogue").await, shown("another").await), (5.into(), 5.into()));
    fixture
        .run(
            "insert into procedure_versions select procedure, 6, published_at, field, name_vi, name_en, levels, life_events,
                search, digest, content from procedure_versions where procedure = '1.001193' and version = 5;
            update procedures set current_version = 6 where code = '1.001193'",
        )
        .await;
    for at in ["catalogue", "another"] {
        eventually(async || (shown(at).await == 6).then_some(())).await;
    }
}
