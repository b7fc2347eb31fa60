//! `GET /api/v1/dossiers/{id}`

use civic::OfficialRole;
use uuid::Uuid;

use crate::house::{BIRTH, ELSEWHERE, HERE, House};

#[tokio::test]
async fn drafts_are_their_applicants_alone_and_filed_dossiers_their_agencys_too() {
    let house = House::open().await;
    let an = house.an();
    let draft = house.draft(&an, BIRTH, HERE).await;
    let (filed, _) = house.filed(&an, BIRTH).await;
    let auditor = house.world.official(&[(HERE, OfficialRole::Auditor)]);
    for official in [house.receiver(), house.approver(), auditor] {
        let _ = house.get(&official, &draft).await.expect(404);
        let _ = house.get(&official, &filed).await.expect(200);
    }
    for (place, role) in [(HERE, OfficialRole::Cashier), (ELSEWHERE, OfficialRole::Auditor)] {
        let _ = house.get(&house.world.official(&[(place, role)]), &filed).await.expect(404);
    }
}

#[tokio::test]
async fn an_id_of_nothing_is_not_found() {
    let house = House::open().await;
    let answer = house.get(&house.an(), &format!("/api/v1/dossiers/{}", Uuid::new_v4())).await.expect(404);
    assert_eq!(answer.json["code"], "dossier-not-found");
    let _ = house.get(&house.an(), "/api/v1/dossiers/1").await.expect(400);
}
