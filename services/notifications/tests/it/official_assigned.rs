//! Whom an alert reaches.

use civic::{Language, OfficialRole};

use crate::fixture::{AN, BINH, Fixture};

#[tokio::test]
async fn only_who_receives_at_the_agency_is_alerted() {
    let fixture = Fixture::start().await;
    fixture.assign(fixture.binh.id, vec![OfficialRole::Processor, OfficialRole::Approver]).await;
    fixture.installation.publish("submissions", &fixture.submitted(false)).await;
    assert_eq!(fixture.settled(1).await, ["dossier_submitted SENT"]);
}

#[tokio::test]
async fn who_has_left_is_alerted_no_more() {
    let fixture = Fixture::start().await;
    fixture.assign(fixture.binh.id, Vec::new()).await;
    fixture.installation.publish("submissions", &fixture.submitted(false)).await;
    assert_eq!(fixture.settled(1).await, ["dossier_submitted SENT"]);
    assert_eq!(fixture.mails(AN, 1).await.len(), 1);
}

#[tokio::test]
async fn an_official_with_an_account_is_alerted_in_the_language_of_the_account() {
    let fixture = Fixture::start().await;
    fixture.register(fixture.binh.id, Language::En).await;
    fixture.assign(fixture.binh.id, vec![OfficialRole::Receiver]).await;
    fixture.wait_for("select count(*) as count from contacts where email like 'binh%' and language = 'en'", 1).await;
    fixture.installation.publish("submissions", &fixture.submitted(false)).await;
    let alert = &fixture.mails(BINH, 1).await[0];
    assert_eq!(alert["subject"], "Dossier H44.100-260721-0001 is waiting to be received");
}
