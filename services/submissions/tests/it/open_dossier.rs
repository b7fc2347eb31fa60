//! `POST /api/v1/dossiers`

use serde_json::json;
use testkit::Method;

use crate::fixture::{BIRTH, COPY, Fixture, HERE, errors};

#[tokio::test]
async fn a_draft_is_pinned_to_the_current_version_and_has_no_code() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let new = json!({"procedure": BIRTH, "agency": HERE});
    let answer = fixture.post(&an, "/api/v1/dossiers").json(&new).send().await.expect(201);
    assert_eq!(answer.json["status"], "DRAFT");
    assert_eq!(answer.json["code"], json!(null));
    assert_eq!(answer.json["procedure"]["version"], 1);
    assert_eq!(answer.json["agency"]["name"]["vi"], "Phường Việt Trì");
    assert_eq!(answer.json["applicant"], json!({"party": {"kind": "PERSON", "id": an.id}, "name": "Nguyễn Văn An"}));
    assert_eq!(answer.header("etag"), Some("\"1\""));
    let location = answer.header("location").expect("a location");
    assert_eq!(fixture.get(&an, location).await.expect(200).json, answer.json);
}

#[tokio::test]
async fn an_api_client_and_a_member_file_in_their_organisations_name_and_see_each_others_dossiers() {
    let fixture = Fixture::open().await;
    let client = fixture.installation.client();
    let member = fixture.installation.member("Trần Thị Bình", client.party().id);
    for filer in [&client, &member] {
        let dossier = fixture.draft(filer, COPY, HERE).await;
        for reader in [&client, &member] {
            let answer = fixture.get(reader, &dossier).await.expect(200);
            let applicant = json!({"party": client.party(), "name": "Công ty kiểm thử"});
            assert_eq!(answer.json["applicant"], applicant);
        }
        let stranger = fixture.installation.member("Lê Mai Chi", uuid::Uuid::new_v4());
        let _ = fixture.get(&stranger, &dossier).await.expect(404);
    }
}

#[tokio::test]
async fn an_unknown_procedure_or_agency_is_named_as_wrong() {
    let fixture = Fixture::open().await;
    for (new, pointer) in [
        (json!({"procedure": "1.999999", "agency": HERE}), "/procedure"),
        (json!({"procedure": BIRTH, "agency": "H44.199"}), "/agency"),
    ] {
        let answer = fixture.post(&fixture.an(), "/api/v1/dossiers").json(&new).send().await.expect(400);
        assert_eq!(errors(&answer), [(pointer.to_owned(), "unknown".to_owned())]);
    }
}

#[tokio::test]
async fn what_was_not_asked_for_is_refused() {
    let fixture = Fixture::open().await;
    for extra in ["status", "owner", "fee_waived", "created_at"] {
        let new = json!({"procedure": BIRTH, "agency": HERE, extra: "x"});
        let _ = fixture.post(&fixture.an(), "/api/v1/dossiers").json(&new).send().await.expect(400);
    }
    assert_eq!(fixture.count("dossiers").await, 0);
}

#[tokio::test]
async fn one_key_begins_one_draft() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let new = json!({"procedure": BIRTH, "agency": HERE});
    let begin = async || an.call("submissions", Method::POST, "/api/v1/dossiers").key("k").json(&new).send().await;
    let (first, again) = (begin().await.expect(201), begin().await.expect(201));
    assert_eq!(first.bytes, again.bytes);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(fixture.count("dossiers").await, 1);
}
