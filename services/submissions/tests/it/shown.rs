//! What an official is shown of somebody else's is written down; what is one's own is nobody's business.

use chrono::TimeDelta;
use diesel::{QueryableByName, sql_query, sql_types::Text};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use testkit::{Method, TestCaller, TestResponse, eventually};

use crate::fixture::{Fixture, HERE};

const ORIGIN: &str = "203.0.113.7";

async fn get(who: &TestCaller, path: &str) -> TestResponse {
    who.call("submissions", Method::GET, path).header("x-forwarded-for", ORIGIN).send().await
}

/// The entries of these actions, in the order of writing.
async fn entries(fixture: &Fixture, action: &str, columns: &str) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        line: String,
    }
    let query = format!(
        "select concat_ws(' ', {columns}) as line from audit_log where action = '{action}' order by written_at"
    );
    let rows: Vec<Row> =
        sql_query(query).load(&mut fixture.installation.database("submissions").await).await.expect("rows");
    rows.into_iter().map(|row| row.line).collect()
}

/// A dossier that was received and has a result, with one paper and the result by path.
async fn dossier(fixture: &Fixture, an: &TestCaller) -> (String, String, String) {
    let dossier = fixture.received(an).await;
    let result = fixture.issue(&fixture.approver(), &dossier).await.expect(201).text("/id").to_owned();
    let paper = fixture.get(an, &dossier).await.text("/documents/0/id").to_owned();
    (dossier.clone(), format!("{dossier}/documents/{paper}"), format!("{dossier}/results/{result}"))
}

#[tokio::test]
async fn each_reading_by_an_official_names_her_the_dossier_and_what_she_was_shown() {
    let fixture = Fixture::open().await;
    let (dossier, paper, result) = dossier(&fixture, &fixture.an()).await;
    let receiver = fixture.receiver();
    for path in [&dossier, &paper, &paper, &result] {
        let _ = get(&receiver, path).await.expect(200);
    }
    let id = |path: &str| path.rsplit('/').next().expect("an id").to_owned();
    let of = |shown: &str| format!("{} OFFICIAL POST:{HERE} {ORIGIN} dossier {} {shown}", receiver.id, id(&dossier));
    let paper = of(&format!("document {}", id(&paper)));
    let expected = [of("answers"), paper.clone(), paper, of(&format!("result {}", id(&result)))];
    let columns =
        "actor_id, actor_kind, actor_capacity, origin, subject_type, subject_id, detail ->> 'shown', detail ->> 'id'";
    assert_eq!(entries(&fixture, "personal_data.read", columns).await, expected);
}

#[tokio::test]
async fn a_search_for_somebody_is_one_reading_however_much_it_finds_and_does_not_keep_her_name() {
    let fixture = Fixture::open().await;
    dossier(&fixture, &fixture.an()).await;
    let receiver = fixture.receiver();
    let list = |question: &str| format!("/api/v1/agencies/{HERE}/dossiers?{question}");
    for question in ["q=Nguy%E1%BB%85n", "q=0912%20345%20678", "q=Nguy%E1%BB%85n&page_size=1", "status=RECEIVED", "q="]
    {
        let _ = get(&receiver, &list(question)).await.expect(200);
    }
    let _ = get(&receiver, &list(&format!("q={HERE}-260721-0001"))).await.expect(200);
    let columns = "subject_type, subject_id, detail ->> 'searched', detail ->> 'found'";
    let read = entries(&fixture, "personal_data.read", columns).await;
    let of = |digest: &str, found: u32| format!("agency {HERE} {digest} {found}");
    let names = edge::Subject::claimed("nguyễn").id;
    let phone = edge::Subject::claimed("0912 345 678").id;
    assert_eq!(read.len(), 3, "{read:?}");
    assert_eq!((&read[0], &read[2]), (&of(&names, 1), &of(&names, 1)));
    assert!(read[1].starts_with(&format!("agency {HERE} {phone} ")) && !read.concat().contains("0912"), "{read:?}");
}

#[tokio::test]
async fn an_applicant_who_reads_her_own_leaves_nothing_and_neither_does_who_is_shown_nothing() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, paper, _) = dossier(&fixture, &an).await;
    for path in [&dossier, &paper] {
        let _ = get(&an, path).await.expect(200);
        let _ = get(&fixture.installation.citizen("Trần Thị Bình"), path).await.expect(404);
    }
    let _ = get(&fixture.receiver(), &format!("{dossier}/documents/{}", uuid::Uuid::nil())).await.expect(404);
    assert_eq!(fixture.count("audit_log where action = 'personal_data.read'").await, 0);
}

#[tokio::test]
async fn what_cannot_be_written_down_is_not_shown() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, paper, result) = dossier(&fixture, &an).await;
    let mut database = fixture.installation.database("submissions").await;
    database.batch_execute("alter table audit_log rename to elsewhere").await.expect("it can be renamed");
    for path in [&dossier, &paper, &result] {
        let _ = get(&fixture.receiver(), path).await.expect(500);
    }
    let _ = get(&an, &paper).await.expect(200);
}

#[tokio::test]
async fn who_may_not_is_kept_with_what_she_asked_for() {
    let fixture = Fixture::open().await;
    let (dossier, ..) = dossier(&fixture, &fixture.an()).await;
    let binh = fixture.installation.citizen("Trần Thị Bình");
    let receipt = format!("{dossier}/receipt");
    let _ = fixture.post(&binh, &receipt).header("x-forwarded-for", ORIGIN).send().await.expect(403);
    fixture.installation.clock.advance(TimeDelta::minutes(1));
    let expected = format!("{} CITIZEN SELF {ORIGIN} POST {receipt} forbidden", binh.id);
    let columns = "actor_id, actor_kind, actor_capacity, origin, subject_id, detail ->> 'code'";
    let kept = async || Some(entries(&fixture, "request.forbidden", columns).await).filter(|found| !found.is_empty());
    assert_eq!(eventually(kept).await, [expected]);
}

#[tokio::test]
async fn a_filing_is_audited_with_its_address() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let draft = fixture.ready(&an, crate::fixture::BIRTH).await;
    let filing = fixture.post(&an, &format!("{draft}/submission")).header("x-forwarded-for", ORIGIN);
    let _ = filing.send().await.expect(201);
    assert_eq!(entries(&fixture, "dossier.submitted", "origin").await, [ORIGIN]);
}
