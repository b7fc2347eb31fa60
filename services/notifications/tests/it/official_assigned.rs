//! Whom an alert reaches.

use civic::{Language, OfficialRole};

use crate::town::{AN, BINH, Town};

#[tokio::test]
async fn only_who_receives_at_the_agency_is_alerted() {
    let town = Town::start().await;
    town.assign(town.binh.id, vec![OfficialRole::Processor, OfficialRole::Approver]).await;
    town.world.publish("submissions", &town.submitted(false)).await;
    assert_eq!(town.settled(1).await, ["dossier_submitted SENT"]);
}

#[tokio::test]
async fn who_has_left_is_alerted_no_more() {
    let town = Town::start().await;
    town.assign(town.binh.id, Vec::new()).await;
    town.world.publish("submissions", &town.submitted(false)).await;
    assert_eq!(town.settled(1).await, ["dossier_submitted SENT"]);
    assert_eq!(town.mails(AN, 1).await.len(), 1);
}

#[tokio::test]
async fn an_official_with_an_account_is_alerted_in_the_language_of_the_account() {
    let town = Town::start().await;
    town.register(town.binh.id, Language::En).await;
    town.assign(town.binh.id, vec![OfficialRole::Receiver]).await;
    town.wait_for("select count(*) as count from contacts where email like 'binh%' and language = 'en'", 1).await;
    town.world.publish("submissions", &town.submitted(false)).await;
    let alert = &town.mails(BINH, 1).await[0];
    assert_eq!(alert["subject"], "Dossier H44.100-260721-0001 is waiting to be received");
}
