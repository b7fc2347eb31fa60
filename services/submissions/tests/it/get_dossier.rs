//! `GET /api/v1/dossiers/{id}`

use civic::OfficialRole;
use diesel_async::SimpleAsyncConnection;
use serde_json::{Value, json};
use testkit::eventually;
use uuid::Uuid;

use crate::fixture::{BIRTH, COPY, ELSEWHERE, Fixture, HERE};

#[tokio::test]
async fn drafts_are_their_applicants_alone_and_filed_dossiers_their_agencys_too() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let draft = fixture.draft(&an, BIRTH, HERE).await;
    let (filed, _) = fixture.filed(&an, BIRTH).await;
    let auditor = fixture.installation.official(&[(HERE, OfficialRole::Auditor)]);
    for official in [fixture.receiver(), fixture.approver(), auditor] {
        let _ = fixture.get(&official, &draft).await.expect(404);
        let _ = fixture.get(&official, &filed).await.expect(200);
    }
    for (place, role) in [(HERE, OfficialRole::Cashier), (ELSEWHERE, OfficialRole::Auditor)] {
        let _ = fixture.get(&fixture.installation.official(&[(place, role)]), &filed).await.expect(404);
    }
}

#[tokio::test]
async fn an_id_of_nothing_is_not_found() {
    let fixture = Fixture::open().await;
    let answer = fixture.get(&fixture.an(), &format!("/api/v1/dossiers/{}", Uuid::new_v4())).await.expect(404);
    assert_eq!(answer.json["code"], "dossier-not-found");
    let _ = fixture.get(&fixture.an(), "/api/v1/dossiers/1").await.expect(400);
}

#[tokio::test]
async fn what_a_filing_would_come_to_is_told_before_it_to_who_can_file() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let begun = fixture.draft(&an, COPY, HERE).await;
    assert_eq!(fixture.get(&an, &begun).await.json["on_filing"], Value::Null, "something is missing");
    let ready = fixture.ready(&an, COPY).await;
    let told = fixture.get(&an, &ready).await.json["on_filing"].clone();
    let receipt = fixture.submit(&an, &ready).await.expect(201);
    assert_eq!(told, json!({"fee_total": receipt.json["fee"]["total"], "due_at": receipt.json["due_at"]}));
    assert_eq!(fixture.get(&an, &ready).await.json["on_filing"], Value::Null, "it is filed");
    let free = fixture.ready(&an, BIRTH).await;
    assert_eq!(fixture.get(&an, &free).await.json["on_filing"]["fee_total"], Value::Null);
}

#[tokio::test]
async fn a_dossier_that_moves_while_it_is_read_is_shown_as_it_is_afterwards_in_all_its_parts() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, _) = fixture.filed(&an, COPY).await;
    let mut mover = fixture.installation.database("submissions").await;
    mover.batch_execute("begin; lock table charges in access exclusive mode").await.expect("a lock");
    let moves = async {
        // The dossier's own row is read, its charges are waited for.
        let waiting = "pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
        eventually(async || (fixture.count(waiting).await > 0).then_some(())).await;
        let moved = "update dossiers set version = version + 1, applicant_name = 'Trần Thị Bình'; commit";
        mover.batch_execute(moved).await.expect("it moves");
    };
    let (shown, ()) = tokio::join!(fixture.get(&an, &dossier), moves);
    assert_eq!(shown.expect(200).json["applicant"]["name"], "Trần Thị Bình");
}
