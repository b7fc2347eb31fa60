//! A business's program goes the whole way of a dossier by the API: it follows by list and by code, answers what it is asked, and fetches
//! what comes of it.

use serde_json::{Value, json};
use testkit::{Method, TestCaller};

use crate::{
    fixture::{Fixture, PDF, get, post, submit, upload},
    stages::{act, guardianship, marital_status, seen, send, specialists},
    walk::{order, pay, until_status},
};

const BUSINESS: &str = "doanhnghiep@example.vn";

/// What the program's list says of a dossier, of those that are new since a moment.
async fn listed(program: &TestCaller, dossier: &str, query: &str) -> Option<Value> {
    let list = get(program, &format!("/api/v1/dossiers?{query}")).await.expect(200);
    let mut items = list.json["items"].as_array().expect("items").iter();
    items.find(|item| item["id"] == dossier).cloned()
}

fn moment(fixture: &Fixture) -> String {
    fixture.installation.clock.now().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Files and pays; gives the dossier and what the filing was answered with.
async fn filed(fixture: &Fixture, program: &TestCaller) -> (String, Value) {
    let dossier = fixture.draft(program, "1.004873", "H44.100", &marital_status()).await;
    let filed = submit(program, &dossier).await.expect(201).json;
    let id = filed["fee"]["order_id"].as_str().expect("an order").to_owned();
    order(program, &id).await;
    pay(fixture, program, &id).await;
    until_status(program, &dossier, "REGISTERED").await;
    (dossier, filed)
}

/// What is asked for, as the program reads it: each paper, why, and what to do.
async fn asked(program: &TestCaller, dossier: &str) -> Vec<Value> {
    let own = seen(program, dossier).await;
    let open = own["requests"].as_array().into_iter().flatten().find(|it| it["state"] == "OPEN");
    open.expect("an open request")["papers"].as_array().expect("papers").clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_is_asked_answers_paper_by_paper_looks_at_the_draft_and_fetches_the_result() {
    let fixture = Fixture::open().await;
    let program = fixture.sign_in_client().await;
    let (dossier, filing) = filed(&fixture, &program).await;
    let code = filing["code"].as_str().expect("a code");
    // Verified elsewhere: six working days from Tuesday.
    let receiver = fixture.sign_in("tiepnhan@h44-100.example.vn").await;
    let received = act(&receiver, &dossier, "receipt", &json!({})).await.expect(200);
    assert_eq!(received.text("/due_at"), "2026-07-29T10:00:00Z");
    act(&receiver, &dossier, "forwarding", &json!({})).await.expect(200);
    let [verifier, _] = specialists(&fixture, &dossier).await;

    // It looks what is new, and finds each paper with its reason.
    fixture.installation.clock.advance(chrono::TimeDelta::minutes(1));
    let since = format!("changed_since={}", moment(&fixture));
    assert_eq!(listed(&program, &dossier, &since).await, None, "nothing is new yet");
    let papers = json!({"papers": [
        {"component": "CHUNG_MINH_CHAM_DUT", "reason": "Thiếu quyết định ly hôn.", "guidance": "Gửi bản chụp đủ trang."},
        {"component": "GIAY_XAC_NHAN_CU", "reason": "Cần giấy đã cấp trước.", "guidance": "Gửi bản chụp rõ số."},
    ]});
    act(&verifier, &dossier, "supplement-request", &papers).await.expect(200);
    let new = listed(&program, &dossier, &since).await.expect("it is new");
    assert_eq!((&new["status"], &new["asked"]), (&json!("SUPPLEMENT_REQUESTED"), &json!("SUPPLEMENT")));
    let wanted = asked(&program, &dossier).await;
    assert_eq!(wanted.len(), 2);
    let early = act(&program, &dossier, "supplement", &json!({})).await;
    assert_eq!(early.status, 409, "a paper is missing: {}", early.json);
    for paper in &wanted {
        assert!(!paper["reason"].to_string().is_empty() && !paper["guidance"].to_string().is_empty());
        let component = paper["component"].as_str().expect("a component");
        upload(&program, &dossier, component).await.expect(201);
        let still: Vec<_> =
            asked(&program, &dossier).await.into_iter().filter(|it| it["documents"] == json!([])).collect();
        assert!(still.iter().all(|it| it["component"] != component), "{still:?}");
    }
    act(&program, &dossier, "supplement", &json!({})).await.expect(200);

    // The draft: silence would be consent, so the list says that one waits.
    act(&verifier, &dossier, "forwarding", &json!({})).await.expect(200);
    act(&verifier, &dossier, "taking", &json!({})).await.expect(200);
    send(&verifier, &dossier, "results?file_name=giay-xac-nhan.pdf").await.expect(201);
    let first = send(&verifier, &dossier, "drafts?file_name=du-thao.pdf").await.expect(201);
    let draft = first.header("location").expect("a place").to_owned();
    assert_eq!(listed(&program, &dossier, &since).await.expect("it is new")["asked"], "DRAFT");
    assert_eq!(get(&program, &draft).await.expect(200).bytes, PDF);
    let wrong = json!({"answer": "DISPUTED", "comment": "Sai nơi thường trú."});
    act(&program, &dossier, "draft-answer", &wrong).await.expect(200);
    send(&verifier, &dossier, "drafts?file_name=du-thao-2.pdf").await.expect(201);
    act(&program, &dossier, "draft-answer", &json!({"answer": "CONFIRMED"})).await.expect(200);

    // Another signs, and the program has the result.
    act(&verifier, &dossier, "forwarding", &json!({})).await.expect(200);
    let leader = fixture.sign_in("lanhdao@h44-100.example.vn").await;
    act(&leader, &dossier, "completion", &json!({})).await.expect(200);
    let ended = listed(&program, &dossier, "status=COMPLETED").await.expect("it is done");
    assert_eq!((&ended["code"], &ended["asked"]), (&json!(code), &Value::Null));
    let own = seen(&program, &dossier).await;
    let result = own["results"][0]["id"].as_str().expect("a result");
    let path = format!("/api/v1/dossiers/{dossier}/results/{result}");
    assert_eq!(get(&program, &path).await.expect(200).bytes, PDF);

    // Anybody of the business follows it by its code, without the program.
    let track = json!({"code": code, "secret": filing["tracking_secret"]});
    let tracked = post(&fixture.nobody(), "/api/v1/tracking", &track).await.expect(200);
    assert_eq!((tracked.text("/status/status"), &tracked.json["by_receipt"]), ("COMPLETED", &Value::Null));
    for part in ["cần bổ sung giấy tờ", "đã có kết quả"] {
        fixture.mail(BUSINESS, part).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_takes_a_dossier_back_throws_a_draft_away_and_reads_why_one_was_refused() {
    let fixture = Fixture::open().await;
    let program = fixture.sign_in_client().await;
    let file = async || {
        let dossier = fixture.draft(&program, "1.004837", "H44.100", &guardianship()).await;
        upload(&program, &dossier, "CAN_CU_GIAM_HO").await.expect(201);
        submit(&program, &dossier).await.expect(201);
        dossier
    };
    let back = file().await;
    let withdrawn = act(&program, &back, "withdrawal", &json!({"reason": "Nộp nhầm thủ tục."})).await.expect(200);
    assert_eq!(withdrawn.text("/status"), "WITHDRAWN");
    let again = act(&program, &back, "withdrawal", &json!({})).await;
    assert_eq!(again.status, 409);

    let draft = fixture.draft(&program, "1.004837", "H44.100", &guardianship()).await;
    let gone = async || program.call("gateway", Method::DELETE, &format!("/api/v1/dossiers/{draft}")).send().await;
    gone().await.expect(204);
    get(&program, &format!("/api/v1/dossiers/{draft}")).await.expect(404);
    assert_eq!(listed(&program, &draft, "status=DRAFT").await, None);

    let refused = file().await;
    let receiver = fixture.sign_in("tiepnhan@h44-100.example.vn").await;
    let reason = "Người giám hộ không đủ điều kiện (Điều 49 Bộ luật Dân sự).";
    act(&receiver, &refused, "refusal", &json!({"reason": reason})).await.expect(200);
    let own = seen(&program, &refused).await;
    assert_eq!(own["status"], "NOT_RECEIVED");
    assert!(own["history"].to_string().contains(reason), "{}", own["history"]);
    let forms = get(&program, &format!("/api/v1/dossiers/{refused}/forms")).await.expect(200);
    assert!(forms.json.to_string().contains("\"03\""), "{}", forms.json);
    let form = get(&program, &format!("/api/v1/dossiers/{refused}/forms/03")).await.expect(200);
    assert!(form.bytes.starts_with(b"%PDF"));

    // What is another's is not there.
    let an = fixture.sign_in("an@example.vn").await;
    for dossier in [&back, &refused] {
        get(&an, &format!("/api/v1/dossiers/{dossier}")).await.expect(404);
    }
}
