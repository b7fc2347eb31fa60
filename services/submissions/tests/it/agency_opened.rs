//! What the news of an agency does.

use civic::{LocalText, events::AgencyOpened};
use testkit::eventually;

use crate::house::{BIRTH, HERE, House};

#[tokio::test]
async fn an_agency_that_is_told_of_again_has_its_new_name() {
    let house = House::open().await;
    let an = house.an();
    let dossier = house.draft(&an, BIRTH, HERE).await;
    let name = LocalText::new("Phường Việt Trì mới", "New Việt Trì ward");
    let news = AgencyOpened { agency: HERE.parse().expect("a code"), name, parent: None };
    house.world.publish("accounts", &news).await;
    eventually(async || {
        let answer = house.get(&an, &dossier).await;
        (answer.json["agency"]["name"]["vi"] == "Phường Việt Trì mới").then_some(())
    })
    .await;
}
