//! Another phone number.

use civic::events::{AccountNotice, AccountRegistered, OfficialAssigned};
use serde_json::json;
use testkit::Method;

use crate::{
    account_changes::{notices, own},
    people::{DEMONSTRATION_PASSWORD, DUNG, ask, bearer, demonstration, me, sign_in},
};

#[tokio::test]
async fn it_takes_the_password_and_all_who_write_to_her_learn_it() {
    let installation = demonstration().await;
    let dung = bearer(&installation, &sign_in(&installation, DUNG, DEMONSTRATION_PASSWORD).await.expect(201));
    let body = json!({"phone": "0987 000 111", "password": DEMONSTRATION_PASSWORD});
    own(&dung, Method::PUT, "phone", &body).await.expect(204);
    assert_eq!(me(&dung).await.text("/phone"), "+84987000111");
    assert_eq!(notices(&installation).await, [(AccountNotice::PhoneChanged, DUNG.to_owned())]);
    let told = installation.sent::<AccountRegistered>("accounts").await;
    assert_eq!(told.last().and_then(|it| it.phone.as_ref()).map(|it| it.as_str()), Some("+84987000111"));
    let told = installation.sent::<OfficialAssigned>("accounts").await;
    assert_eq!(told.last().and_then(|it| it.phone.as_ref()).map(|it| it.as_str()), Some("+84987000111"));
    assert_eq!(ask(&installation, "select count(*) from audit_log where action = 'phone.changed'").await, "1");
}

#[tokio::test]
async fn a_wrong_password_changes_nothing_and_five_are_enough() {
    let installation = demonstration().await;
    let dung = bearer(&installation, &sign_in(&installation, DUNG, DEMONSTRATION_PASSWORD).await.expect(201));
    let before = me(&dung).await.text("/phone").to_owned();
    let body = json!({"phone": "0987 000 111", "password": "wrong password"});
    for _ in 0..5 {
        assert_eq!(own(&dung, Method::PUT, "phone", &body).await.expect(422).text("/code"), "password-wrong");
    }
    assert_eq!(own(&dung, Method::PUT, "phone", &body).await.expect(429).text("/code"), "sign-in-paused");
    assert_eq!(me(&dung).await.text("/phone"), before);
}
