//! The examples in the document run against the demonstration data.

use serde_json::{Value, json};
use testkit::{Method, TestCaller, TestResponse};
use uuid::Uuid;

use crate::{
    fixture::{CONTRACT, Fixture, PDF, civil_status_copy, get, post, submit},
    walk::pay,
};

/// Sends the example of `operation`, with `id` in its path.
async fn send(by: &TestCaller, operation: &str, id: &str) -> TestResponse {
    let (method, template) = CONTRACT.operations()[operation].clone();
    let method = Method::from_bytes(method.as_bytes()).expect("a method");
    let path = template
        .replace("{id}", id)
        .replace("{code}", "H44.100")
        .replace("{agency}", "H44.100")
        .replace("{number}", "1");
    let call = by.call("gateway", method, &path).header("if-match", "*");
    let call = call.key(&Uuid::new_v4().to_string());
    let receipt = CONTRACT.example("track_dossier");
    let text = |field: &str| receipt[field].as_str().expect("a text").to_owned();
    let call = call.header("dossier-code", &text("code")).header("tracking-secret", &text("secret"));
    let example = CONTRACT.example(operation);
    let call = if operation == "issue_client_token" { call.form(&example) } else { call.json(&example) };
    call.send().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_example_runs() {
    let fixture = Fixture::open_for_any_caller().await;
    let (nobody, citizen) = (fixture.nobody(), fixture.installation.citizen("An"));
    let official = fixture
        .installation
        .official(&[("H44.100", civic::OfficialRole::Receiver), ("H44.100", civic::OfficialRole::Approver)]);
    let there = fixture.installation.official(&[("H44.101", civic::OfficialRole::Processor)]);
    send(&nobody, "sign_in", "").await.expect(201);
    send(&nobody, "issue_client_token", "").await.expect(200);
    send(&nobody, "start_registration", "").await.expect(202);
    send(&nobody, "start_password_reset", "").await.expect(202);
    // A draft, so that the agency is known: it reaches submissions as an event.
    fixture.draft(&citizen, "1.001193", "H44.100", &Value::Object(serde_json::Map::new())).await;
    let opened = send(&citizen, "open_dossier", "").await.expect(201);
    send(&citizen, "answer_form", opened.text("/id")).await.expect(200);
    send(&citizen, "choose_return_way", opened.text("/id")).await.expect(200);

    let (dossier, _) = fixture.file_birth_registration(&citizen, "H44.100").await;
    let path = format!("/api/v1/dossiers/{dossier}");
    post(&official, &format!("{path}/receipt"), &CONTRACT.example("receive_dossier")).await.expect(200);
    let mut forms = CONTRACT.example("print_forms");
    forms["dossiers"] = vec![dossier.clone()].into();
    post(&official, "/api/v1/agencies/H44.100/forms", &forms).await.expect(200);
    send(&official, "add_note", &dossier).await.expect(201);
    send(&official, "search_account", "").await.expect(200);
    send(&official, "take_in_dossier", "").await.expect(201);
    send(&official, "search_person", "").await.expect(200);
    let administrator = fixture.installation.official(&[("H44.100", civic::OfficialRole::AgencyAdministrator)]);
    send(&administrator, "add_phrase", "").await.expect(201);
    let asked = testkit::eventually(|| async {
        let answer = send(&official, "consult_agency", &dossier).await;
        (answer.status == 200).then_some(())
    });
    asked.await;
    send(&there, "answer_consultation", &dossier).await.expect(200);
    let over = send(&official, "cancel_consultation", &dossier).await.expect(409);
    assert_eq!(over.text("/code"), "consultation-over");
    send(&official, "extend_dossier", &dossier).await.expect(200);
    send(&official, "charge_dossier", &dossier).await.expect(200);
    send(&official, "cancel_charge", &dossier).await.expect(200);
    send(&official, "stop_dossier", &dossier).await.expect(200);
    send(&official, "resume_dossier", &dossier).await.expect(200);
    let result = official.call("gateway", Method::POST, &format!("{path}/results?file_name=a.pdf")).key(&dossier);
    result.body(PDF, "application/pdf").send().await.expect(201);
    send(&official, "complete_dossier", &dossier).await.expect(200);
    send(&official, "return_result", &dossier).await.expect(200);
    send(&official, "correct_dossier", &dossier).await.expect(200);

    let given_up = fixture.give_up().await;
    for service in ["submissions", "payments", "notifications"] {
        send(&official, &format!("repair_given_up_{service}"), &given_up).await.expect(200);
    }

    let (asked, _) = fixture.file_birth_registration(&citizen, "H44.100").await;
    send(&official, "request_supplement", &asked).await.expect(200);
    send(&official, "take_supplement", &asked).await.expect(200);
    send(&citizen, "withdraw_dossier", &asked).await.expect(200);
    send(&citizen, "read_messages", "").await.expect(204);
    let (refused, _) = fixture.file_birth_registration(&citizen, "H44.100").await;
    send(&official, "refuse_dossier", &refused).await.expect(200);

    let administrator = fixture.installation.official(&[("H44.100", civic::OfficialRole::AgencyAdministrator)]);
    send(&administrator, "preview_agency_calendar", "").await.expect(200);
    send(&administrator, "change_agency_calendar", "").await.expect(200);
    send(&administrator, "change_agency_contact", "").await.expect(200);

    let draft = fixture.draft(&citizen, "2.000635", "H44.100", &civil_status_copy()).await;
    let order = submit(&citizen, &draft).await.expect(201).text("/fee/order_id").to_owned();
    let started = testkit::eventually(|| async {
        let answer = send(&citizen, "start_payment_attempt", &order).await;
        (answer.status != 404).then_some(answer)
    });
    started.await.expect(201);
    send(&citizen, "make_pay_link", &order).await.expect(201);
    together(&fixture, &citizen).await;
    refunds(&fixture, &citizen, &order).await;
    let code = get(&citizen, &format!("/api/v1/payment-orders/{order}")).await.expect(200).text("/code").to_owned();
    bank_credit(&fixture, &code).await;
    at_the_counter(&fixture, &citizen).await;
    by_post(&fixture, &citizen, &official).await;
}

/// A result is put on a manifest, which is dropped, and on another, which the post takes over; it is delivered.
async fn by_post(fixture: &Fixture, citizen: &TestCaller, official: &TestCaller) {
    let (dossier, _) = fixture.file_birth_registration(citizen, "H44.100").await;
    send(citizen, "choose_return_way", &dossier).await.expect(200);
    send(official, "receive_dossier", &dossier).await.expect(200);
    let results = format!("/api/v1/dossiers/{dossier}/results?file_name=a.pdf");
    let result = official.call("gateway", Method::POST, &results).key(&dossier).body(PDF, "application/pdf");
    result.send().await.expect(201);
    send(official, "complete_dossier", &dossier).await.expect(200);
    let manifests = "/api/v1/agencies/H44.100/manifests";
    let mut wanted = CONTRACT.example("make_manifest");
    wanted["parcels"][0]["dossier"] = dossier.into();
    let dropped = post(official, manifests, &wanted).await.expect(201);
    send(official, "cancel_manifest", dropped.text("/id")).await.expect(200);
    let made = post(official, manifests, &wanted).await.expect(201);
    let mut signature = CONTRACT.example("sign_manifest");
    let parcel = made.text("/parcels/0/id");
    signature["parcels"][0]["id"] = parcel.into();
    post(official, &format!("{manifests}/{}/signature", made.text("/id")), &signature).await.expect(200);
    send(official, "note_parcel", parcel).await.expect(200);
}

/// Two fees begin to be paid in one go.
async fn together(fixture: &Fixture, citizen: &TestCaller) {
    let mut wish = CONTRACT.example("start_joint_payment");
    for place in 0..2 {
        let draft = fixture.draft(citizen, "2.000635", "H44.100", &civil_status_copy()).await;
        let order = submit(citizen, &draft).await.expect(201).text("/fee/order_id").to_owned();
        let path = format!("/api/v1/payment-orders/{order}");
        testkit::eventually(|| async { (get(citizen, &path).await.status == 200).then_some(()) }).await;
        wish["orders"][place] = order.into();
    }
    post(citizen, "/api/v1/joint-payments", &wish).await.expect(201);
}

/// A fee was transferred, as two officials say.
async fn bank_credit(fixture: &Fixture, code: &str) {
    let cashier = fixture.installation.official(&[("H44.100", civic::OfficialRole::Cashier)]);
    let approver = fixture.installation.official(&[("H44.100", civic::OfficialRole::Approver)]);
    let mut seen = CONTRACT.example("note_bank_credit");
    seen["code"] = code.into();
    for (number, proposes) in [("FT1", false), ("FT2", true)] {
        seen["transaction_id"] = number.into();
        let noted = post(&cashier, "/api/v1/agencies/H44.100/bank-credits", &seen).await.expect(201);
        if proposes {
            send(&cashier, "propose_bank_credit", noted.text("/id")).await.expect(200);
        }
        let path = format!("/api/v1/bank-credits/{}/confirmation", noted.text("/id"));
        post(&approver, &path, &json!({})).await.expect(200);
    }
}

/// A shift in which a fee is taken, its receipt replaced and cancelled, and the money given back; and a waiver that is turned down.
async fn at_the_counter(fixture: &Fixture, citizen: &TestCaller) {
    let draft = fixture.draft(citizen, "2.000635", "H44.100", &civil_status_copy()).await;
    let order = submit(citizen, &draft).await.expect(201).text("/fee/order_id").to_owned();
    let path = format!("/api/v1/payment-orders/{order}");
    testkit::eventually(|| async { (get(citizen, &path).await.status == 200).then_some(()) }).await;
    let cashier = fixture.installation.official(&[("H44.100", civic::OfficialRole::Cashier)]);
    let shift = send(&cashier, "open_shift", "").await.expect(201).text("/id").to_owned();
    let mut handed = CONTRACT.example("take_payment");
    handed["order_id"] = order.as_str().into();
    let taken = post(&cashier, &format!("/api/v1/shifts/{shift}/takings"), &handed).await.expect(201);
    let replaced = send(&cashier, "replace_receipt", taken.text("/receipts/0/id")).await.expect(201);
    send(&cashier, "cancel_receipt", replaced.text("/id")).await.expect(200);
    send(&cashier, "reverse_taking", taken.text("/id")).await.expect(200);
    // She took money for it: another official decides.
    let mut waiver = CONTRACT.example("ask_waiver");
    waiver["order_id"] = order.into();
    let asked = post(&cashier, "/api/v1/agencies/H44.100/waivers", &waiver).await.expect(201);
    send(&cashier, "turn_down_waiver", asked.text("/id")).await.expect(200);
    send(&cashier, "close_shift", &shift).await.expect(200);
}

/// A fee is paid, and goes back in parts.
async fn refunds(fixture: &Fixture, citizen: &TestCaller, order: &str) {
    pay(fixture, citizen, order).await;
    let attempts = get(citizen, &format!("/api/v1/payment-orders/{order}")).await.expect(200).json["attempts"].clone();
    let settled = attempts.as_array().into_iter().flatten().find(|attempt| attempt["status"] == "SETTLED");
    let settled = settled.expect("a payment")["id"].as_str().expect("an id");
    let cashier = fixture.installation.official(&[("H44.100", civic::OfficialRole::Cashier)]);
    let told = fixture.tell_another_amount(settled).await;
    send(&cashier, "review_payment_callback", &told).await.expect(200);
    let mut ask = CONTRACT.example("ask_refund");
    ask["attempt_id"] = settled.into();
    for (left, operation) in [(16_000, "turn_down_refund"), (16_000, "prove_refund")] {
        ask["refund_amount_available"]["amount"] = left.into();
        ask["way"] = "BY_HAND".into();
        let asked = post(&cashier, "/api/v1/agencies/H44.100/refunds", &ask).await.expect(201);
        send(&cashier, operation, asked.text("/id")).await.expect(200);
    }
    let path = "/api/v1/agencies/H44.100/statements?source=VNPAY&file_name=a.csv";
    let file = "vnp_TmnCode,vnp_TxnRef,vnp_TransactionNo,vnp_Amount,vnp_PayDate,vnp_TransactionType,vnp_TransactionStatus\n\
        DEMOTMN1,0,1,100,20260721101712,01,00\n";
    let loaded = cashier.call("gateway", Method::POST, path).key("statement").body(file, "text/csv").send().await;
    loaded.expect(201);
    let found = testkit::eventually(|| async {
        let waiting = get(&cashier, "/api/v1/agencies/H44.100/differences").await.expect(200);
        waiting.json["items"][0]["id"].as_str().map(str::to_owned)
    });
    send(&cashier, "close_difference", &found.await).await.expect(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_example_of_a_controllers_work_runs() {
    let fixture = Fixture::open_for_any_caller().await;
    let controller = || fixture.installation.official(&[("H44", civic::OfficialRole::ProcedureController)]);
    let (first, second) = (controller(), controller());
    send(&first, "import_procedures", "").await.expect(200);
    let begun = send(&first, "begin_procedure_draft", "").await.expect(201);
    let id = begun.text("/id");
    send(&first, "write_procedure_draft", id).await.expect(200);
    send(&first, "submit_procedure_draft", id).await.expect(200);
    send(&second, "send_back_procedure_draft", id).await.expect(200);
    send(&first, "submit_procedure_draft", id).await.expect(200);
    send(&second, "approve_procedure_draft", id).await.expect(200);
    send(&second, "publish_procedure_draft", id).await.expect(200);
    let example = CONTRACT.example("withdraw_procedure");
    let call =
        first.call("gateway", Method::POST, "/api/v1/procedures/1.001193/withdrawal").header("if-match", "\"5\"");
    call.key(&Uuid::new_v4().to_string()).json(&example).send().await.expect(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_example_with_a_made_up_secret_is_understood() {
    let fixture = Fixture::open_for_any_caller().await;
    let citizen = fixture.installation.citizen("An");
    for (operation, code) in [
        ("confirm_registration", "not-found"),
        ("confirm_password_reset", "not-found"),
        // The citizen of this test has a token and no account.
        ("change_password", "unauthenticated"),
        ("change_phone", "unauthenticated"),
        ("start_email_change", "unauthenticated"),
        ("confirm_email_change", "unauthenticated"),
        ("close_account", "unauthenticated"),
        ("refresh_session", "session-over"),
        ("switch_capacity", "session-over"),
        ("track_dossier", "dossier-not-found"),
        ("withdraw_tracked_dossier", "dossier-not-found"),
        ("read_pay_link", "pay-link-not-found"),
        ("start_linked_attempt", "pay-link-not-found"),
        ("receive_posted_payment_notification", "payment-provider-not-found"),
        ("record_citizen_number_proof", "forbidden"),
        // Of officials, whom the example cannot know.
        ("assign_dossier", "forbidden"),
        ("note_leave", "forbidden"),
        // Of what is late, or shown as a draft.
        ("apologise_for_dossier", "forbidden"),
        ("note_lateness", "forbidden"),
        ("answer_draft", "dossier-not-found"),
        // The published processes have one way, and nothing on it is given back.
        ("give_back_dossier", "forbidden"),
        ("forward_dossier", "forbidden"),
        ("send_back_dossier", "forbidden"),
    ] {
        let answer = send(&citizen, operation, "00000000-0000-7000-8000-000000000000").await;
        assert_eq!(answer.text("/code"), code, "{operation}");
    }
}

#[test]
fn every_body_but_a_file_has_an_example_that_is_run_above() {
    let run = [
        "sign_in",
        "issue_client_token",
        "start_registration",
        "start_password_reset",
        "confirm_password_reset",
        "change_password",
        "change_phone",
        "start_email_change",
        "confirm_email_change",
        "close_account",
        "open_dossier",
        "answer_form",
        "choose_return_way",
        "add_note",
        "search_account",
        "take_in_dossier",
        "search_person",
        "add_phrase",
        "make_manifest",
        "sign_manifest",
        "cancel_manifest",
        "note_parcel",
        "complete_dossier",
        "consult_agency",
        "answer_consultation",
        "cancel_consultation",
        "extend_dossier",
        "charge_dossier",
        "cancel_charge",
        "correct_dossier",
        "stop_dossier",
        "resume_dossier",
        "return_result",
        "request_supplement",
        "take_supplement",
        "withdraw_dossier",
        "read_messages",
        "refuse_dossier",
        "preview_agency_calendar",
        "change_agency_calendar",
        "change_agency_contact",
        "start_payment_attempt",
        "ask_refund",
        "turn_down_refund",
        "prove_refund",
        "start_joint_payment",
        "ask_waiver",
        "turn_down_waiver",
        "make_pay_link",
        "read_pay_link",
        "start_linked_attempt",
        "receive_posted_payment_notification",
        "note_bank_credit",
        "propose_bank_credit",
        "close_difference",
        "open_shift",
        "take_payment",
        "close_shift",
        "reverse_taking",
        "cancel_receipt",
        "replace_receipt",
        "print_forms",
        "apologise_for_dossier",
        "note_lateness",
        "answer_draft",
        "confirm_registration",
        "refresh_session",
        "switch_capacity",
        "track_dossier",
        "withdraw_tracked_dossier",
        "record_citizen_number_proof",
        "assign_dossier",
        "note_leave",
        "give_back_dossier",
        "forward_dossier",
        "send_back_dossier",
        "repair_given_up_submissions",
        "repair_given_up_payments",
        "repair_given_up_notifications",
        "review_payment_callback",
        "begin_procedure_draft",
        "write_procedure_draft",
        "send_back_procedure_draft",
        "publish_procedure_draft",
        "withdraw_procedure",
        "import_procedures",
    ];
    let document = motcua::openapi::merged(&motcua::services()).expect("one document");
    let items = document["paths"].as_object().expect("paths").values();
    for operation in items.flat_map(|item| item.as_object().expect("operations").values()) {
        let id = operation["operationId"].as_str().expect("an id");
        for (media_type, content) in operation["requestBody"]["content"].as_object().into_iter().flatten() {
            let text = media_type.contains("json") || media_type.contains("form");
            assert!(!text || content["example"].is_object() && run.contains(&id), "{id} {media_type}");
        }
    }
}
