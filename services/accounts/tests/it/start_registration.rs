//! Asking for an account.

use chrono::TimeDelta;
use civic::events::{AccountNotice, RegistrationStarted};
use serde_json::json;
use testkit::{Installation, Method, TestResponse, eventually};

use crate::{
    account_changes::notices,
    people::{ask, confirm, installation, me, newcomer, register, registration, run, sign_in},
};

#[tokio::test]
async fn a_code_of_six_digits_goes_to_the_address_and_works_for_ten_minutes() {
    let installation = installation().await;
    let answer = register(&installation, &registration(), "k").await.expect(202);
    let sent = installation.sent::<RegistrationStarted>("accounts").await;
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].email.as_str(), "Minh.Khai@example.vn");
    assert_eq!(sent[0].registration_id.to_string(), answer.text("/registration_id"));
    assert_eq!(sent[0].expires_at, installation.clock.now() + TimeDelta::minutes(10));
    let code = sent[0].code.expose();
    assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()));
}

#[tokio::test]
async fn every_fault_is_named_with_its_field_and_a_sentence_in_the_language_asked_for() {
    let installation = installation().await;
    let mut wrong = registration();
    wrong["citizen_number"] = json!("999190012345");
    wrong["phone"] = json!("12");
    for (language, sentence) in [("vi", "Nhập số điện thoại"), ("en", "Enter a Vietnamese phone")] {
        let call = installation.nobody().call("accounts", Method::POST, "/api/v1/registrations").json(&wrong);
        let answer = call.key("k").header("accept-language", language).send().await.expect(400);
        assert_eq!(answer.text("/errors/0/pointer"), "/phone");
        assert!(answer.text("/errors/0/detail").starts_with(sentence));
        assert_eq!(answer.text("/errors/1/pointer"), "/citizen_number");
        assert_eq!(answer.text("/errors/1/code"), "citizen-number");
    }
}

#[tokio::test]
async fn what_people_paste_is_kept_in_one_form() {
    let installation = installation().await;
    let mut pasted = registration();
    pasted["name"] = json!("  Nguye\u{302}\u{303}n  Thị Minh Khai\n");
    pasted["citizen_number"] = json!("000 190 012 345");
    pasted["email"] = json!(" Minh.Khai@EXAMPLE.vn ");
    for (key, phone) in
        ["0912-345-678", "(0912) 345 678", "+84 (0)912 345 678", "0084 912 345 678"].into_iter().enumerate()
    {
        pasted["phone"] = json!(phone);
        register(&installation, &pasted, &key.to_string()).await.expect(202);
    }
    let kept = "select string_agg(distinct concat_ws('|', name, email, phone, citizen_number), ' ') from registrations";
    let expected = "Nguyễn Thị Minh Khai|Minh.Khai@example.vn|+84912345678|000190012345";
    assert_eq!(ask(&installation, kept).await, expected);
}

#[tokio::test]
async fn all_that_is_wrong_is_told_at_once_whatever_it_is() {
    let installation = installation().await;
    let wrong = json!({
        "name": "", "email": "lan@example", "phone": "", "citizen_number": "1", "birth_date": "tám", "gender": "X",
        "password": "matkhau123",
    });
    let answer = register(&installation, &wrong, "k").await.expect(400);
    let told: Vec<_> =
        answer.json["errors"].as_array().expect("errors").iter().map(|it| it["pointer"].clone()).collect();
    let all = ["/name", "/email", "/phone", "/citizen_number", "/birth_date", "/gender", "/password"];
    assert_eq!(told, all);
}

#[tokio::test]
async fn a_known_address_or_citizen_number_gets_the_same_answer_but_no_code() {
    let installation = installation().await;
    newcomer(&installation).await;
    let mut same_address = registration();
    same_address["email"] = json!("minh.khai@EXAMPLE.vn");
    same_address["citizen_number"] = json!("000190054321");
    let mut same_number = registration();
    same_number["email"] = json!("other@example.vn");
    for (key, known) in [("a", same_address), ("b", same_number)] {
        let answer = register(&installation, &known, key).await.expect(202);
        assert!(answer.json["registration_id"].is_string() && answer.json["expires_at"].is_string());
        assert_eq!(answer.json.as_object().expect("an object").len(), 2);
    }
    assert_eq!(installation.sent::<RegistrationStarted>("accounts").await.len(), 1);
    assert_eq!(ask(&installation, "select count(*) from confirmations where code_hash is null").await, "2");
}

#[tokio::test]
async fn the_owner_of_a_known_address_or_citizen_number_is_written_to_at_the_address_of_the_account() {
    let installation = installation().await;
    newcomer(&installation).await;
    let mut same_number = registration();
    same_number["email"] = json!("other@example.vn");
    register(&installation, &same_number, "a").await.expect(202);
    let owner = (AccountNotice::AlreadyKnown, "Minh.Khai@example.vn".to_owned());
    assert_eq!(notices(&installation).await, std::slice::from_ref(&owner));
    // Once an hour at most.
    register(&installation, &registration(), "b").await.expect(202);
    register(&installation, &same_number, "c").await.expect(202);
    assert_eq!(notices(&installation).await, std::slice::from_ref(&owner));
    installation.clock.advance(TimeDelta::minutes(61));
    register(&installation, &registration(), "d").await.expect(202);
    assert_eq!(notices(&installation).await, [owner.clone(), owner]);
}

#[tokio::test]
async fn a_mailbox_is_one_however_its_address_is_written_and_nobody_uses_up_its_codes_alone() {
    let installation = installation().await;
    let from = async |origin: &str, email: &str, key: &str| {
        let mut other = registration();
        other["email"] = json!(email);
        let call = installation.nobody().call("accounts", Method::POST, "/api/v1/registrations").json(&other);
        call.key(key).header("x-forwarded-for", origin).send().await.expect(202);
    };
    for number in 0..7 {
        from("203.0.113.1", &format!("moi+{number}@example.vn"), &format!("a{number}")).await;
    }
    assert_eq!(installation.sent::<RegistrationStarted>("accounts").await.len(), 5);
    from("198.51.100.7", "moi@example.vn", "b").await;
    assert_eq!(installation.sent::<RegistrationStarted>("accounts").await.len(), 6);
}

#[tokio::test]
async fn two_people_who_chose_the_same_key_do_not_meet() {
    let installation = installation().await;
    register(&installation, &registration(), "k").await.expect(202);
    let mut other = registration();
    other["email"] = json!("other@example.vn");
    other["citizen_number"] = json!("000190054321");
    register(&installation, &other, "k").await.expect(202);
    assert_eq!(installation.sent::<RegistrationStarted>("accounts").await.len(), 2);
}

#[tokio::test]
async fn ones_own_phone_and_date_of_birth_are_no_passwords() {
    let installation = installation().await;
    for password in ["0912345678", "31121990", "1990-12-31"] {
        let mut own = registration();
        own["password"] = json!(password);
        let answer = register(&installation, &own, "k").await.expect(400);
        assert_eq!(answer.text("/errors/0/code"), "password-personal", "{password}");
    }
}

#[tokio::test]
async fn one_key_starts_one_registration() {
    let installation = installation().await;
    let first = register(&installation, &registration(), "k").await.expect(202);
    let again = register(&installation, &registration(), "k").await.expect(202);
    assert_eq!(again.bytes, first.bytes);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    let mut other = registration();
    other["phone"] = json!("0987 654 321");
    register(&installation, &other, "k").await.expect(422);
    let call = installation.nobody().call("accounts", Method::POST, "/api/v1/registrations").json(&other);
    assert_eq!(call.send().await.expect(400).text("/code"), "idempotency-key-required");
    assert_eq!(installation.sent::<RegistrationStarted>("accounts").await.len(), 1);
}

#[tokio::test]
async fn the_password_is_kept_as_argon2id_at_nineteen_mebibytes_and_two_passes() {
    let installation = installation().await;
    register(&installation, &registration(), "k").await.expect(202);
    let kept = ask(&installation, "select password_hash from registrations").await;
    assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
}

#[tokio::test]
async fn the_fingerprint_of_a_request_does_not_depend_on_the_password() {
    let installation = installation().await;
    register(&installation, &registration(), "a").await.expect(202);
    let mut other = registration();
    other["password"] = json!("canh chua cá lóc");
    register(&installation, &other, "b").await.expect(202);
    assert_eq!(ask(&installation, "select count(distinct fingerprint) from idempotency_keys").await, "1");
}

#[tokio::test]
async fn an_address_is_sent_five_codes_an_hour_at_most() {
    let installation = installation().await;
    for key in ["1", "2", "3", "4", "5", "6"] {
        register(&installation, &registration(), key).await.expect(202);
    }
    assert_eq!(installation.sent::<RegistrationStarted>("accounts").await.len(), 5);
    installation.clock.advance(TimeDelta::minutes(61));
    register(&installation, &registration(), "7").await.expect(202);
    assert_eq!(installation.sent::<RegistrationStarted>("accounts").await.len(), 6);
}

async fn again(installation: &Installation, registration: &str, key: &str) -> TestResponse {
    let path = format!("/api/v1/registrations/{registration}/repetition");
    installation.nobody().call("accounts", Method::POST, &path).key(key).send().await
}

#[tokio::test]
async fn who_waits_in_vain_is_sent_another_code_within_the_same_bounds() {
    let installation = installation().await;
    let first = register(&installation, &registration(), "1").await.expect(202).text("/registration_id").to_owned();
    installation.clock.advance(TimeDelta::minutes(11));
    let second = again(&installation, &first, "2").await.expect(202);
    assert_eq!(again(&installation, &first, "2").await.expect(202).json, second.json, "the same key, the same code");
    for key in ["3", "4", "5", "6", "7"] {
        again(&installation, &first, key).await.expect(202);
    }
    let sent = installation.sent::<RegistrationStarted>("accounts").await;
    assert_eq!(sent.len(), 5, "with the first, as many as an hour has");
    assert_eq!(sent[1].registration_id.to_string(), second.text("/registration_id"));
    confirm(&installation, second.text("/registration_id"), sent[1].code.expose(), "c").await.expect(201);
    let email = registration()["email"].as_str().expect("an address").to_owned();
    sign_in(&installation, &email, registration()["password"].as_str().expect("a password")).await.expect(201);
    let over = again(&installation, second.text("/registration_id"), "8").await.expect(422);
    assert_eq!(over.text("/code"), "registration-over");
    again(&installation, "01a22a3e-3ce3-7a20-a387-15f7c340a919", "9").await.expect(404);
}

#[tokio::test]
async fn whoever_has_an_account_learns_no_more_by_asking_again() {
    let installation = installation().await;
    newcomer(&installation).await;
    let mut known = registration();
    known["email"] = json!("other@example.vn");
    let first = register(&installation, &known, "1").await.expect(202).text("/registration_id").to_owned();
    let sent = installation.sent::<RegistrationStarted>("accounts").await.len();
    again(&installation, &first, "2").await.expect(202);
    assert_eq!(installation.sent::<RegistrationStarted>("accounts").await.len(), sent);
    assert_eq!(notices(&installation).await.len(), 1, "her owner is written to once an hour");
}

#[tokio::test]
async fn characters_that_no_database_takes_and_fields_that_nobody_knows_are_refused() {
    let installation = installation().await;
    for (field, value) in [("name", "a\u{0}b"), ("email", "a\u{0}b@example.vn"), ("role", "AUDITOR")] {
        let mut wrong = registration();
        wrong[field] = json!(value);
        register(&installation, &wrong, "k").await.expect(400);
    }
    let mut odd = registration();
    odd["password"] = json!("một\u{0}hai\u{0}ba");
    register(&installation, &odd, "k").await.expect(202);
}

#[tokio::test]
async fn what_was_typed_is_forgotten_a_day_after_the_code_expired() {
    let installation = installation().await;
    register(&installation, &registration(), "k").await.expect(202);
    installation.clock.advance(TimeDelta::hours(25));
    let left = "select (select count(*) from registrations) + (select count(*) from confirmations)";
    eventually(async || (ask(&installation, left).await == "0").then_some(())).await;
    assert_eq!(ask(&installation, "select count(*) from jobs").await, "0", "one look an hour does it for all");
}

async fn register_from(installation: &Installation, origin: &str, email: &str, key: &str) -> TestResponse {
    let mut other = registration();
    other["email"] = json!(email);
    let call = installation.nobody().call("accounts", Method::POST, "/api/v1/registrations").json(&other);
    call.key(key).header("x-forwarded-for", origin).send().await
}

#[tokio::test]
async fn a_network_address_has_a_hundred_unconfirmed_registrations_under_way_at_most() {
    let installation = installation().await;
    let first = register_from(&installation, "203.0.113.1", "first@example.vn", "a").await.expect(202);
    let more = "insert into confirmations (id, purpose, email, mailbox, asked_by, created_at, expires_at, origin)
        select gen_random_uuid(), purpose, email, n || mailbox, asked_by, created_at, expires_at, origin
        from confirmations, generate_series(1, 99) n";
    run(&installation, more).await;
    let refused = register_from(&installation, "203.0.113.1", "other@example.vn", "b").await.expect(429);
    assert_eq!((refused.text("/code"), refused.header("retry-after")), ("codes-paused", Some("600")));
    let path = format!("/api/v1/registrations/{}/repetition", first.text("/registration_id"));
    let again = installation.nobody().call("accounts", Method::POST, &path).key("again");
    let refused = again.header("x-forwarded-for", "203.0.113.1").send().await.expect(429);
    assert_eq!(refused.text("/code"), "codes-paused");
    register_from(&installation, "203.0.113.2", "other@example.vn", "b").await.expect(202);
    // What was confirmed does not count, nor what is an hour old.
    run(&installation, "update confirmations set confirmed_at = created_at where email = 'first@example.vn'").await;
    register_from(&installation, "203.0.113.1", "third@example.vn", "c").await.expect(202);
    run(&installation, "update confirmations set confirmed_at = null").await;
    register_from(&installation, "203.0.113.1", "fourth@example.vn", "d").await.expect(429);
    installation.clock.advance(TimeDelta::minutes(61));
    register_from(&installation, "203.0.113.1", "fourth@example.vn", "d").await.expect(202);
}

#[tokio::test]
async fn a_name_that_is_a_sentence_is_refused_with_its_fields_own_words() {
    let installation = installation().await;
    let mut sentence = registration();
    sentence["name"] = json!("Tài khoản bị khoá, xem http://x.vn");
    let answer = register(&installation, &sentence, "k").await.expect(400);
    assert_eq!((answer.text("/errors/0/pointer"), answer.text("/errors/0/code")), ("/name", "name"));
    assert!(answer.text("/errors/0/detail").contains("ví dụ Nguyễn Thị Minh Khai"), "{}", answer.json);
    assert!(installation.sent::<RegistrationStarted>("accounts").await.is_empty());
}

#[tokio::test]
async fn a_name_that_was_kept_before_names_were_letters_signs_in_and_is_told() {
    let installation = installation().await;
    newcomer(&installation).await;
    run(&installation, "update users set name = 'Nguyễn Văn An (1)'").await;
    let tokens = sign_in(&installation, "minh.khai@example.vn", crate::people::PASSWORD).await.expect(201);
    assert_eq!(me(&crate::people::bearer(&installation, &tokens)).await.expect(200).text("/name"), "Nguyễn Văn An (1)");
    register(&installation, &registration(), "again").await.expect(202);
    assert_eq!(notices(&installation).await.len(), 1);
}

#[tokio::test]
async fn who_knows_only_the_year_or_the_month_of_her_birth_has_an_account_that_says_so() {
    for known in ["1990", "1990-12"] {
        let installation = installation().await;
        let mut partly = registration();
        partly["birth_date"] = json!(known);
        let started = register(&installation, &partly, "k").await.expect(202);
        let code = crate::people::code(&installation).await;
        confirm(&installation, started.text("/registration_id"), &code, "k").await.expect(201);
        let tokens = sign_in(&installation, "minh.khai@example.vn", crate::people::PASSWORD).await.expect(201);
        assert_eq!(me(&crate::people::bearer(&installation, &tokens)).await.expect(200).text("/birth_date"), known);
    }
    let installation = installation().await;
    let mut other = registration();
    other["birth_date"] = json!("1991");
    let answer = register(&installation, &other, "k").await.expect(400);
    assert_eq!(answer.text("/errors/0/code"), "citizen-number-mismatch");
}
