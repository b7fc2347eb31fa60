//! What a dossier's view offers its reader is what the operations then allow.

use std::collections::BTreeMap;

use civic::OfficialRole;
use serde_json::json;
use testkit::{Answer, TestCaller};

use crate::house::{BIRTH, COPY, HERE, House, birth};

/// Every action with the code of what stands against it; nothing when it is allowed.
fn actions(view: &Answer) -> BTreeMap<String, Option<String>> {
    let actions = view.json["actions"].as_array().expect("actions").iter();
    let text = |value: &serde_json::Value| value.as_str().map(ToOwned::to_owned);
    actions
        .map(|action| {
            let reason = text(&action["reason"]["code"]);
            assert_eq!(action["allowed"], reason.is_none(), "{action}");
            (text(&action["action"]).expect("a name"), reason)
        })
        .collect()
}

fn expect(view: &Answer, expected: &[(&str, &str)]) {
    let expected = expected
        .iter()
        .map(|(action, why)| ((*action).to_owned(), Some((*why).to_owned()).filter(|why| !why.is_empty())));
    assert_eq!(actions(view), expected.collect());
}

/// What an operation answers: nothing when it succeeds.
fn refusal(answer: &Answer) -> Option<String> {
    (answer.status >= 400).then(|| answer.text("/code").to_owned())
}

async fn view(house: &House, who: &TestCaller, dossier: &str) -> Answer {
    house.get(who, dossier).await.expect(200)
}

#[tokio::test]
async fn an_applicant_is_offered_what_the_dossier_allows_at_each_step() {
    let house = House::open().await;
    let an = house.an();
    let dossier = house.draft(&an, COPY, HERE).await;
    let draft = [("EDIT", ""), ("ADD_DOCUMENT", ""), ("PAY", "nothing-due"), ("DOWNLOAD_RESULT", "result-missing")];
    expect(&view(&house, &an, &dossier).await, &[&draft[..], &[("SUBMIT", "dossier-incomplete")]].concat());
    let ready = house.answer(&an, &dossier, &crate::house::copies(1)).await.expect(200);
    expect(&ready, &[&draft[..], &[("SUBMIT", "")]].concat());
    let receipt = house.submit(&an, &dossier).await.expect(201);
    let filed = [("EDIT", "not-a-draft"), ("ADD_DOCUMENT", "not-a-draft"), ("SUBMIT", "not-a-draft")];
    let unpaid = view(&house, &an, &dossier).await;
    expect(&unpaid, &[&filed[..], &[("PAY", ""), ("DOWNLOAD_RESULT", "result-missing")]].concat());
    assert_eq!(unpaid.json["actions"][0]["reason"]["text"]["vi"], "Hồ sơ đã nộp, không sửa được nữa.");
    house.world.publish("payments", &house.payment(&receipt)).await;
    let paid = house.until(&an, &dossier, "REGISTERED").await;
    expect(&paid, &[&filed[..], &[("PAY", "nothing-due"), ("DOWNLOAD_RESULT", "result-missing")]].concat());
    let _ = house.post(&house.receiver(), &format!("{dossier}/receipt")).send().await.expect(200);
    let _ = house.issue(&house.approver(), &dossier).await.expect(201);
    let _ = house.post(&house.approver(), &format!("{dossier}/completion")).json(&json!({})).send().await.expect(200);
    let done = view(&house, &an, &dossier).await;
    expect(&done, &[&filed[..], &[("PAY", "nothing-due"), ("DOWNLOAD_RESULT", "")]].concat());
}

#[tokio::test]
async fn an_official_is_offered_what_her_roles_allow_and_told_what_they_do_not() {
    let house = House::open().await;
    let an = house.an();
    let (dossier, _) = house.filed(&an, BIRTH).await;
    let (receiver, approver) = (house.receiver(), house.approver());
    let auditor = house.world.official(&[(HERE, OfficialRole::Auditor)]);
    let (none, status) = ("role-missing", "status-does-not-allow");
    expect(&view(&house, &auditor, &dossier).await, &[("RECEIVE", none), ("ADD_RESULT", none), ("COMPLETE", none)]);
    expect(&view(&house, &receiver, &dossier).await, &[("RECEIVE", ""), ("ADD_RESULT", none), ("COMPLETE", none)]);
    expect(
        &view(&house, &approver, &dossier).await,
        &[("RECEIVE", none), ("ADD_RESULT", status), ("COMPLETE", status)],
    );
    let received = house.post(&receiver, &format!("{dossier}/receipt")).send().await.expect(200);
    expect(&received, &[("RECEIVE", status), ("ADD_RESULT", none), ("COMPLETE", none)]);
    let view_now = view(&house, &approver, &dossier).await;
    expect(&view_now, &[("RECEIVE", none), ("ADD_RESULT", ""), ("COMPLETE", "result-missing")]);
    let _ = house.issue(&approver, &dossier).await.expect(201);
    let view_now = view(&house, &approver, &dossier).await;
    expect(&view_now, &[("RECEIVE", none), ("ADD_RESULT", ""), ("COMPLETE", "")]);
    let (unpaid, _) = house.filed(&an, COPY).await;
    assert_eq!(actions(&view(&house, &receiver, &unpaid).await)["RECEIVE"].as_deref(), Some("fee-not-paid"));
}

#[tokio::test]
async fn every_operation_answers_what_the_view_said_before() {
    let house = House::open().await;
    let an = house.an();
    let everything = OfficialRole::ALL.iter().map(|role| (HERE, *role)).collect::<Vec<_>>();
    let official = house.world.official(&everything);
    let draft = house.draft(&an, BIRTH, HERE).await;
    let (unpaid, _) = house.filed(&an, COPY).await;
    let (filed, _) = house.filed(&an, BIRTH).await;
    let received = house.received(&an).await;
    for dossier in [&draft, &unpaid, &filed, &received] {
        let said = actions(&view(&house, &an, dossier).await);
        assert_eq!(refusal(&house.submit(&an, dossier).await), said["SUBMIT"], "submit {dossier}");
        assert_eq!(refusal(&house.answer(&an, dossier, &birth()).await), said["EDIT"], "edit {dossier}");
        let upload = house.upload(&an, dossier, "GIAY_TO_KHAC").await;
        assert_eq!(refusal(&upload), said["ADD_DOCUMENT"], "upload {dossier}");
    }
    for dossier in [&unpaid, &filed, &received] {
        let completion = house.post(&official, &format!("{dossier}/completion")).json(&json!({}));
        let said = actions(&view(&house, &official, dossier).await);
        assert_eq!(refusal(&completion.send().await), said["COMPLETE"], "complete {dossier}");
        assert_eq!(refusal(&house.issue(&official, dossier).await), said["ADD_RESULT"], "issue {dossier}");
        let receipt = house.post(&official, &format!("{dossier}/receipt")).send().await;
        assert_eq!(refusal(&receipt), said["RECEIVE"], "receive {dossier}");
    }
}

#[tokio::test]
async fn each_role_is_let_in_by_exactly_the_operations_that_the_view_offers_it() {
    let house = House::open().await;
    let dossier = house.received(&house.an()).await;
    for role in OfficialRole::ALL {
        let official = house.world.official(&[(HERE, *role)]);
        let seen = house.get(&official, &dossier).await;
        let said = if seen.status == 200 { actions(&seen) } else { BTreeMap::new() };
        let completion = house.post(&official, &format!("{dossier}/completion")).json(&json!({}));
        for (action, answer) in [
            ("RECEIVE", house.post(&official, &format!("{dossier}/receipt")).send().await),
            ("COMPLETE", completion.send().await),
            ("ADD_RESULT", house.issue(&official, &dossier).await),
        ] {
            let offered = said.get(action).is_some_and(|why| why.as_deref() != Some("role-missing"));
            assert_eq!(answer.status != 403, offered, "{action} as {role}");
        }
    }
}
