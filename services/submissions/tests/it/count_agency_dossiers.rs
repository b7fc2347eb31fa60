//! `GET /api/v1/agencies/{agency}/dossier-counts`

use std::collections::BTreeMap;

use chrono::TimeDelta;
use civic::OfficialRole;
use diesel::{QueryableByName, sql_query, sql_types::Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use futures_util::future::join_all;
use serde_json::json;
use testkit::{Method, TestResponse};

use crate::fixture::{BIRTH, COPY, ELSEWHERE, Fixture, HERE, PDF, copies};

const COUNTS: &str = "/api/v1/agencies/H44.100/dossier-counts";

/// The numbers by status that are not zero.
fn by_status(counts: &TestResponse) -> BTreeMap<String, i64> {
    let rows = counts.json["by_status"].as_array().expect("statuses").iter();
    let rows =
        rows.map(|row| (row["status"]["status"].as_str().unwrap_or_default().to_owned(), row["dossiers"].as_i64()));
    rows.filter_map(|(status, count)| Some((status, count?))).filter(|(_, count)| *count != 0).collect()
}

/// The numbers kept are those counted anew.
async fn assert_recounted(database: &mut AsyncPgConnection, when: &str) {
    #[derive(QueryableByName)]
    struct Difference {
        #[diesel(sql_type = Text)]
        format: String,
    }
    let question = sql_query(include_str!("../../invariants/workload_is_a_recount.sql"));
    let found: Vec<Difference> = question.load(database).await.expect("two tables");
    let found: Vec<_> = found.into_iter().map(|difference| difference.format).collect();
    assert!(found.is_empty(), "{when}: {found:?}");
}

#[tokio::test]
async fn every_step_of_a_dossier_moves_it_from_one_number_to_the_next() {
    let fixture = Fixture::open().await;
    let (an, receiver, approver) = (fixture.an(), fixture.receiver(), fixture.approver());
    fixture.draft(&an, BIRTH, HERE).await;
    let counts = async || by_status(&fixture.get(&receiver, COUNTS).await.expect(200));
    assert_eq!(counts().await, BTreeMap::new(), "drafts are nobody's work");
    let (_, copy) = fixture.filed(&an, COPY).await;
    let (birth, _) = fixture.filed(&an, BIRTH).await;
    assert_eq!(counts().await, [("FEE_DUE".into(), 1), ("REGISTERED".into(), 1)].into());
    fixture.installation.publish("payments", &fixture.payment(&copy)).await;
    let paid = format!("/api/v1/dossiers/{}", copy.text("/dossier_id"));
    fixture.until(&an, &paid, "REGISTERED").await;
    assert_eq!(counts().await, [("REGISTERED".into(), 2)].into());
    let _ = fixture.post(&receiver, &format!("{birth}/receipt")).send().await.expect(200);
    assert_eq!(counts().await, [("RECEIVED".into(), 1), ("REGISTERED".into(), 1)].into());
    let _ = fixture.issue(&approver, &birth).await.expect(201);
    let _ = fixture.post(&approver, &format!("{birth}/completion")).json(&json!({})).send().await.expect(200);
    assert_eq!(counts().await, [("COMPLETED".into(), 1), ("REGISTERED".into(), 1)].into());
}

#[tokio::test]
async fn what_is_late_soon_due_and_paused_is_told() {
    let fixture = Fixture::open().await;
    let (an, receiver) = (fixture.an(), fixture.receiver());
    let (_, _) = fixture.filed(&an, COPY).await;
    fixture.received(&an).await;
    let counts = fixture.get(&receiver, COUNTS).await.expect(200);
    assert_eq!(counts.json["overdue"], json!({"dossiers": 0, "more": false}));
    assert_eq!(counts.json["due_soon"], json!({"dossiers": 1, "more": false}));
    assert_eq!((&counts.json["paused"], counts.json["by_status"].as_array().map(Vec::len)), (&json!(1), Some(10)));
    fixture.installation.clock.advance(TimeDelta::days(7));
    let receiver = fixture.receiver();
    let counts = fixture.get(&receiver, COUNTS).await.expect(200);
    assert_eq!(counts.json["overdue"], json!({"dossiers": 1, "more": false}));
    assert_eq!(counts.json["due_soon"], json!({"dossiers": 0, "more": false}));
}

#[tokio::test]
async fn counting_one_by_one_ends_at_a_thousand_and_says_so() {
    let fixture = Fixture::open().await;
    let dossier = fixture.received(&fixture.an()).await;
    let id = dossier.rsplit('/').next().expect("an id");
    let many = format!(
        "insert into dossiers
        select (jsonb_populate_record(d, jsonb_build_object(
            'id', gen_random_uuid(), 'code', 'H44.100-260721-' || 1000 + n, 'due_at', '2026-01-01'))).*
        from dossiers d, generate_series(1, 1000) n where id = '{id}'"
    );
    let mut database = fixture.installation.database("submissions").await;
    database.batch_execute(&many).await.expect("copies");
    let counts = fixture.get(&fixture.receiver(), COUNTS).await.expect(200);
    assert_eq!(counts.json["overdue"], json!({"dossiers": 1000, "more": false}));
    database.batch_execute("update dossiers set due_at = '2026-01-01'").await.expect("one more");
    let counts = fixture.get(&fixture.receiver(), COUNTS).await.expect(200);
    assert_eq!(counts.json["overdue"], json!({"dossiers": 1000, "more": true}));
    assert_eq!(by_status(&counts), [("RECEIVED".into(), 1001)].into());
}

#[tokio::test]
async fn another_agencys_numbers_are_not_there() {
    let fixture = Fixture::open().await;
    let elsewhere = fixture.installation.official(&[(ELSEWHERE, OfficialRole::Receiver)]);
    let _ = fixture.get(&elsewhere, COUNTS).await.expect(404);
    let _ = fixture.get(&fixture.installation.official(&[(HERE, OfficialRole::Cashier)]), COUNTS).await.expect(403);
    let _ = fixture.get(&fixture.an(), COUNTS).await.expect(403);
    let _ = fixture.get(&fixture.installation.nobody(), COUNTS).await.expect(401);
}

/// A walk that is the same in every run: what comes next is told by a small generator.
struct Walk(u32);

impl Walk {
    fn choose(&mut self, choices: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 16) % choices
    }
}

#[tokio::test]
async fn whatever_happens_at_once_at_two_replicas_the_numbers_are_those_of_a_recount() {
    let mut fixture = Fixture::open().await;
    fixture.installation.replicate(&submissions::service(), "replica").await;
    let an = fixture.an();
    let [here, elsewhere] = [HERE, ELSEWHERE].map(|agency| {
        fixture.installation.official(&OfficialRole::ALL.iter().map(|role| (agency, *role)).collect::<Vec<_>>())
    });
    let mut database = fixture.installation.database("submissions").await;
    let (mut walk, mut open) = (Walk(7), Vec::new());
    for turn in 0..6 {
        for _ in 0..8 {
            let (ready, official) = match walk.choose(3) {
                0 => {
                    let draft = fixture.draft(&an, COPY, ELSEWHERE).await;
                    let _ = fixture.answer(&an, &draft, &copies(1)).await.expect(200);
                    (draft, &elsewhere)
                }
                1 => (fixture.ready(&an, COPY).await, &here),
                _ => (fixture.ready(&an, BIRTH).await, &here),
            };
            open.push((turn, ready, official));
        }
        let calls = open.iter().enumerate().map(|(place, (begun, dossier, official))| {
            let door = ["submissions", "replica"][walk.choose(2) as usize];
            // Mostly what comes next, now and then whatever.
            let step = if walk.choose(3) == 0 { walk.choose(4) } else { turn - begun };
            let (who, what, body) = match step {
                0 => (&an, "submission", None),
                1 => (*official, "receipt", None),
                2 => (*official, "results?file_name=a.pdf", Some(true)),
                _ => (*official, "completion", Some(false)),
            };
            let call =
                who.call(door, Method::POST, &format!("{dossier}/{what}")).key(&format!("{turn}-{place}-{what}"));
            match body {
                None => call,
                Some(true) => call.body(PDF, "application/pdf"),
                Some(false) => call.json(&json!({})),
            }
        });
        let calls: Vec<_> = calls.collect();
        let answers = join_all(calls.into_iter().map(testkit::Call::send)).await;
        for receipt in
            answers.iter().filter(|answer| answer.json["fee"]["order_id"].is_string() && answer.status == 201)
        {
            fixture.installation.publish("payments", &fixture.payment(receipt)).await;
        }
        // A busy machine may turn a call away; nothing is acknowledged then.
        let broken = answers.iter().find(|answer| answer.status >= 500 && answer.status != 503);
        assert!(broken.is_none(), "{:?}", broken.map(|answer| (answer.status, &answer.json)));
        assert_recounted(&mut database, &format!("turn {turn}")).await;
    }
    assert!(fixture.count("dossiers where status <> 'DRAFT'").await > 20, "the walk files");
    assert!(fixture.count("dossiers where status = 'COMPLETED'").await > 0, "the walk completes");
    database
        .batch_execute(
            // The last payments may still be on their way.
            "begin; lock table dossiers, dossier_history in exclusive mode;
            delete from results; delete from documents; delete from dossier_history; delete from charges;
            delete from clock_periods; delete from custody; delete from dossiers; commit",
        )
        .await
        .expect("deleted");
    assert_recounted(&mut database, "all deleted").await;
}

#[tokio::test]
async fn statements_that_name_agencies_in_opposite_orders_do_not_wait_for_each_other_for_ever() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let mut paths = Vec::new();
    for agency in [HERE, ELSEWHERE, HERE, ELSEWHERE] {
        paths.push(fixture.draft(&an, COPY, agency).await);
    }
    let mut setup = fixture.installation.database("submissions").await;
    // Everybody counts in one slot, as two connections may by chance.
    setup
        .batch_execute(
            "do $$ begin
                execute replace(pg_get_functiondef('count_workload'::regproc), 'pg_backend_pid() % 8', '0');
            end $$;
            alter table dossiers drop constraint dossiers_filed",
        )
        .await
        .expect("one slot");
    let ids: Vec<_> = paths.iter().map(|path| path.rsplit('/').next().expect("an id").to_owned()).collect();
    let move_to_and_fro = async |first: String, second: String| {
        let mut database = fixture.installation.database("submissions").await;
        for _ in 0..200 {
            for status in ["REGISTERED", "RECEIVED"] {
                let both = format!(
                    "update dossiers d set status = '{status}'
                    from (values (1, '{first}'::uuid), (2, '{second}')) f (n, id) where d.id = f.id"
                );
                database.batch_execute(&both).await.expect("no deadlock");
            }
        }
    };
    tokio::join!(move_to_and_fro(ids[0].clone(), ids[1].clone()), move_to_and_fro(ids[3].clone(), ids[2].clone()),);
    assert_recounted(&mut setup, "moved to and fro").await;
}
