//! Whoever pays, as accounts tells of her.

use civic::{
    Language, LocalText,
    events::{AccountRegistered, AgencyContact, AgencyOpened, OrganisationRegistered},
};
use testkit::{Installation, TestCaller, eventually};
use uuid::Uuid;

use crate::database::count;

pub const PHONE: &str = "0912 345 678";

/// Tells of a person with a phone, and waits until payments knows her.
pub async fn known(installation: &Installation, who: &TestCaller, name: &str) {
    let person = AccountRegistered {
        account_id: who.id,
        name: name.parse().unwrap(),
        email: "an@example.vn".parse().unwrap(),
        phone: Some(PHONE.parse().unwrap()),
        language: Language::Vi,
    };
    installation.publish("accounts", &person).await;
    until_known(installation, who.id, name).await;
}

async fn until_known(installation: &Installation, id: Uuid, name: &str) {
    let known = format!("payers where id = '{id}' and name = '{name}'");
    eventually(|| async { (count(installation, &known).await == 1).then_some(()) }).await;
}

#[tokio::test]
async fn people_organisations_and_agencies_are_known_by_their_newest_names() {
    let installation = Installation::start([payments::service()]).await;
    let (an, firm) = (installation.citizen("Nguyễn Văn An"), installation.client());
    known(&installation, &an, "Nguyễn Văn An").await;
    known(&installation, &an, "Nguyễn Thiện An").await;
    let organisation = OrganisationRegistered {
        organisation_id: firm.party().id,
        name: "Công ty Chè Phú Thọ".into(),
        email: "che@example.vn".parse().unwrap(),
        phone: None,
    };
    installation.publish("accounts", &organisation).await;
    until_known(&installation, firm.party().id, "Công ty Chè Phú Thọ").await;
    let name = LocalText::new("Ủy ban nhân dân phường Đồi Chè", "Đồi Chè");
    let agency =
        AgencyOpened { agency: "H44.100".parse().unwrap(), name, parent: None, contact: AgencyContact::default() };
    installation.publish("accounts", &agency).await;
    eventually(|| async { (count(&installation, "agencies").await == 1).then_some(()) }).await;
}
