//! Who am I.

use crate::people::{DEMONSTRATION_PASSWORD, PASSWORD, bearer, demonstration, installation, me, newcomer, sign_in};

#[tokio::test]
async fn a_citizen_sees_her_data_with_the_citizen_number_hidden_but_for_four_digits() {
    let installation = installation().await;
    let account = newcomer(&installation).await;
    let tokens = sign_in(&installation, "minh.khai@example.vn", PASSWORD).await.expect(201);
    let answer = me(&bearer(&installation, &tokens)).await.expect(200);
    assert_eq!(answer.text("/id"), account);
    assert_eq!(answer.text("/kind"), "CITIZEN");
    assert_eq!(answer.text("/name"), "Nguyễn Thị Minh Khai");
    assert_eq!(answer.text("/citizen_number"), "********2345");
    assert_eq!(answer.text("/birth_date"), "1990-12-31");
    assert_eq!(answer.text("/phone"), "+84912345678");
    assert!(!String::from_utf8_lossy(&answer.bytes).contains("argon2"));
}

#[tokio::test]
async fn an_official_sees_her_roles_and_a_member_his_organisation() {
    let installation = demonstration().await;
    let tokens = sign_in(&installation, "xuly@h44-100.example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
    let official = me(&bearer(&installation, &tokens)).await.expect(200);
    assert_eq!(official.text("/kind"), "OFFICIAL");
    let roles = serde_json::json!([
        { "agency": "H44.100", "role": "APPROVER" },
        { "agency": "H44.100", "role": "PROCESSOR" },
    ]);
    assert_eq!(official.json["roles"], roles);
    let tokens = sign_in(&installation, "binh@example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
    let member = me(&bearer(&installation, &tokens)).await.expect(200);
    assert_eq!(member.text("/organisations/0/tax_number"), "0000000017");
}

#[tokio::test]
async fn nobody_has_no_account() {
    let installation = installation().await;
    me(&installation.nobody()).await.expect(401);
}
