//! What the event of a new agency does.

use civic::{
    LocalText,
    events::{AgencyContact, AgencyOpened},
};
use testkit::eventually;

use crate::fixture::{BIRTH, Fixture, HERE};

#[tokio::test]
async fn an_agency_that_is_told_of_again_has_its_new_name() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.draft(&an, BIRTH, HERE).await;
    let name = LocalText::new("Phường Việt Trì mới", "New Việt Trì ward");
    let opened =
        AgencyOpened { agency: HERE.parse().expect("a code"), name, parent: None, contact: AgencyContact::default() };
    fixture.installation.publish("accounts", &opened).await;
    eventually(async || {
        let answer = fixture.get(&an, &dossier).await;
        (answer.json["agency"]["name"]["vi"] == "Phường Việt Trì mới").then_some(())
    })
    .await;
}
