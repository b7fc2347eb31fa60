//! `procedure.published`: copies are kept, stay as they are, and are all that filing needs.

use diesel_async::SimpleAsyncConnection;
use serde_json::json;
use testkit::eventually;

use crate::fixture::{BIRTH, COPY, Fixture, HERE, version};

const FIRST: &str = include_str!("../../../catalogue/data/procedures/1.001193/1.json");
const SECOND: &str = include_str!("../../../catalogue/data/procedures/1.001193/2.json");

#[tokio::test]
async fn dossiers_are_opened_and_filed_while_there_is_no_catalogue() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, receipt) = fixture.filed(&an, COPY).await;
    assert!(receipt.text("/code").starts_with(HERE));
    assert_eq!(fixture.get(&an, &dossier).await.json["procedure"]["name"]["en"].as_str().map(str::len), Some(56));
}

#[tokio::test]
async fn new_drafts_go_by_the_last_version_and_begun_ones_by_theirs() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let begun = fixture.draft(&an, BIRTH, HERE).await;
    fixture.installation.publish("catalogue", &version(BIRTH, 3, SECOND)).await;
    fixture.installation.publish("catalogue", &version(BIRTH, 2, FIRST)).await;
    let copies = format!("procedure_versions where procedure = '{BIRTH}'");
    eventually(async || (fixture.count(&copies).await == 3).then_some(())).await;
    assert_eq!(fixture.get(&an, &begun).await.json["procedure"]["version"], 1);
    let new = fixture.draft(&an, BIRTH, HERE).await;
    assert_eq!(
        fixture.get(&an, &new).await.json["procedure"]["version"],
        3,
        "an older one that comes later is not current"
    );
    fixture.assert_sound().await;
}

#[tokio::test]
async fn an_installation_from_before_keeps_its_copies_and_their_ids() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    // As submissions published it itself: under an id that dossiers are pinned to.
    let digest = version(BIRTH, 1, FIRST).digest;
    let same = format!("procedure_versions where procedure = '{BIRTH}' and version = 1 and digest = '\\x{digest}'");
    assert_eq!(fixture.count(&same).await, 1);
    let dossier = fixture.draft(&an, BIRTH, HERE).await;
    let pinned = "dossiers d join procedure_versions v on v.id = d.procedure_version and v.version = 1";
    fixture.installation.publish("catalogue", &version(BIRTH, 1, FIRST)).await;
    fixture.installation.publish("catalogue", &version(BIRTH, 2, SECOND)).await;
    let copies = format!("procedure_versions where procedure = '{BIRTH}'");
    eventually(async || (fixture.count(&copies).await == 2).then_some(())).await;
    assert_eq!((fixture.count(&same).await, fixture.count(pinned).await), (1, 1));
    assert_eq!(fixture.get(&an, &dossier).await.json["procedure"]["version"], 1);
    assert_eq!(fixture.count("dead_letter").await, 0);
}

#[tokio::test]
async fn a_copy_is_never_overwritten() {
    let fixture = Fixture::open().await;
    let before = version(BIRTH, 1, FIRST).digest;
    fixture.installation.publish("catalogue", &version(BIRTH, 1, SECOND)).await;
    fixture.installation.publish("catalogue", &version(BIRTH, 2, SECOND)).await;
    let copies = format!("procedure_versions where procedure = '{BIRTH}'");
    eventually(async || (fixture.count(&copies).await == 2).then_some(())).await;
    let kept = format!("{copies} and version = 1 and digest = '\\x{before}'");
    assert_eq!(fixture.count(&kept).await, 1);
}

#[tokio::test]
async fn what_is_information_only_is_not_opened() {
    let fixture = Fixture::open().await;
    let text = SECOND.replacen("\"subjects\"", "\"kind\": {\"online\": \"INFORMATION\"}, \"subjects\"", 1);
    fixture.installation.publish("catalogue", &version(BIRTH, 2, &text)).await;
    let copies = format!("procedure_versions where procedure = '{BIRTH}'");
    eventually(async || (fixture.count(&copies).await == 2).then_some(())).await;
    let new = json!({"procedure": BIRTH, "agency": HERE});
    let answer = fixture.post(&fixture.an(), "/api/v1/dossiers").json(&new).send().await.expect(409);
    assert_eq!(answer.json["code"], "not-filed-online");
}

#[tokio::test]
async fn a_version_published_under_other_rules_can_still_be_filed() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let mut database = fixture.installation.database("submissions").await;
    // Nothing of today's checks would let this be published: two papers have one code.
    let doubled = "update procedure_versions set content = jsonb_set(content, '{components}',
        (content -> 'components') || (content -> 'components')) where procedure = '2.000635'";
    database.batch_execute(doubled).await.expect("a statement");
    let (_, receipt) = fixture.filed(&an, COPY).await;
    assert!(receipt.text("/code").starts_with(HERE));
}
