//! The demonstration data.

use civic::events::{AccountRegistered, AgencyOpened, OfficialAssigned, OrganisationRegistered};

use crate::people::{ask, demonstration, sign_in};

#[tokio::test]
async fn everybody_on_the_printed_list_can_sign_in() {
    let installation = demonstration().await;
    let people = accounts::demonstration_logins().into_iter().filter(|login| login.login.contains('@'));
    for login in people {
        sign_in(&installation, &login.login, &login.secret).await.expect(201);
    }
}

#[tokio::test]
async fn loading_twice_changes_nothing_and_tells_nothing_again() {
    let installation = demonstration().await;
    let count = "select count(*) || ' ' || (select count(*) from users) || ' ' || (select count(*) from official_roles) \
                 from outbox";
    let once = ask(&installation, count).await;
    installation.demonstrate(&accounts::service()).await;
    assert_eq!(ask(&installation, count).await, once);
    assert_eq!(installation.sent::<AgencyOpened>("accounts").await.len(), 18);
    assert_eq!(installation.sent::<AccountRegistered>("accounts").await.len(), 4);
    assert_eq!(installation.sent::<OrganisationRegistered>("accounts").await.len(), 1);
    let officials = installation.sent::<OfficialAssigned>("accounts").await;
    assert_eq!(officials.len(), 15);
    assert!(officials.iter().all(|official| !official.roles.is_empty()));
}
