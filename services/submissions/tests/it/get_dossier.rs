//! `GET /api/v1/dossiers/{id}`

use civic::OfficialRole;
use uuid::Uuid;

use crate::fixture::{BIRTH, ELSEWHERE, Fixture, HERE};

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
