//! The migrations, and what the version before writes while both are at work.

use diesel::{QueryableByName, sql_query, sql_types::Text};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use serde_json::json;

use crate::fixture::{BIRTH, COPY, Fixture, HERE};

/// The rows that a dossier's own row said in short before there were any, without what that row does not know.
const ROWS: &str = "select json_build_object(
    'charges', (select json_agg(to_jsonb(c) - 'lines' order by dossier, round) from charges c),
    'clock', (select json_agg(p order by dossier, seq) from clock_periods p),
    'custody', (select json_agg(h order by dossier, seq) from custody h))::text as rows";

async fn run(fixture: &Fixture, sql: &str) {
    fixture
        .installation
        .database("submissions")
        .await
        .batch_execute(sql)
        .await
        .unwrap_or_else(|why| panic!("{sql}: {why}"));
}

/// Runs a direction of the migrations whose folders are named so.
async fn migrate(fixture: &Fixture, direction: &str, folders: &[&str]) {
    for folder in folders {
        let file = format!("{}/migrations/{folder}/{direction}.sql", env!("CARGO_MANIFEST_DIR"));
        run(fixture, &std::fs::read_to_string(file).expect("a migration")).await;
    }
}

async fn rows(fixture: &Fixture) -> String {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        rows: String,
    }
    let row: Row =
        sql_query(ROWS).get_result(&mut fixture.installation.database("submissions").await).await.expect("rows");
    row.rows
}

/// Three dossiers: one unpaid, one paid, one completed.
async fn some_dossiers(fixture: &Fixture) {
    let an = fixture.an();
    fixture.filed(&an, COPY).await;
    let (paid, receipt) = fixture.filed(&an, COPY).await;
    fixture.installation.publish("payments", &fixture.payment(&receipt)).await;
    let _ = fixture.until(&an, &paid, "REGISTERED").await;
    let dossier = fixture.received(&an).await;
    let _ = fixture.issue(&fixture.approver(), &dossier).await.expect(201);
    let completion = fixture.post(&fixture.approver(), &format!("{dossier}/completion"));
    let _ = completion.json(&json!({})).send().await.expect(200);
}

#[tokio::test]
async fn going_down_and_up_again_leaves_the_same_tables() {
    let fixture = Fixture::open().await;
    let tables = "pg_class where relnamespace = 'public'::regnamespace";
    let before = fixture.count(tables).await;
    let mut folders: Vec<_> = std::fs::read_dir(format!("{}/migrations", env!("CARGO_MANIFEST_DIR")))
        .expect("a folder")
        .map(|folder| folder.expect("a folder").file_name().into_string().expect("a name"))
        .collect();
    folders.sort();
    let mut folders: Vec<&str> = folders.iter().map(String::as_str).collect();
    folders.reverse();
    migrate(&fixture, "down", &folders).await;
    folders.reverse();
    migrate(&fixture, "up", &folders).await;
    assert_eq!(fixture.count(tables).await, before);
}

#[tokio::test]
async fn what_was_filed_before_dossiers_were_counted_is_counted_too() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    fixture.filed(&an, BIRTH).await;
    fixture.draft(&an, BIRTH, HERE).await;
    migrate(&fixture, "down", &["0002_workload"]).await;
    migrate(&fixture, "up", &["0002_workload"]).await;
    let registered = "workload where agency = 'H44.100' and status = 'REGISTERED' and dossiers = 1";
    assert_eq!((fixture.count(registered).await, fixture.count("workload").await), (1, 1));
    assert_eq!(fixture.count("procedure_versions where life_events <> '{}' and levels <> '{}'").await, 3);
}

#[tokio::test]
async fn dossiers_from_before_there_were_rows_have_theirs_after_the_migration() {
    let fixture = Fixture::open().await;
    some_dossiers(&fixture).await;
    let before = rows(&fixture).await;
    let rows_first = [
        "0005_charges",
        "0006_clock",
        "0007_custody",
        "0008_requests",
        "0010_asked_papers",
        "0016_stages",
        "0017_handovers",
        "0018_consultations",
        "0020_calendars",
        "0024_drafts",
        "0025_deadlines",
        "0026_half_days",
        "0027_restarted_clocks",
        "0029_officials_citizen_numbers",
        "0037_supplied_papers",
        "0040_post",
        "0041_deputies_in_custody",
    ];
    let rows_last: Vec<_> = rows_first.into_iter().rev().collect();
    migrate(&fixture, "down", &rows_last).await;
    migrate(&fixture, "up", &rows_first).await;
    assert_eq!(rows(&fixture).await, before);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn what_the_version_before_writes_is_kept_in_rows_too() {
    let fixture = Fixture::open().await;
    some_dossiers(&fixture).await;
    let before = rows(&fixture).await;
    // As the version before goes about it: file, note the payment, receive with the history after the dossier, complete.
    run(
        &fixture,
        "create temporary table old as select * from dossiers;
        create temporary table old_history as select * from dossier_history;
        begin;
        delete from charges; delete from clock_periods; delete from custody; delete from dossier_history;
        update dossiers set order_id = null, fee_total = null, fee_paid_at = null, received_at = null, completed_at = null,
            status = case status when 'COMPLETED' then 'RECEIVED' else status end;
        commit;
        update dossiers d set order_id = o.order_id, fee_total = o.fee_total from old o where o.id = d.id;
        update dossiers d set fee_paid_at = o.fee_paid_at from old o where o.id = d.id;
        begin;
        update dossiers d set received_at = o.received_at from old o where o.id = d.id;
        insert into dossier_history select * from old_history;
        commit;
        update dossiers d set completed_at = o.completed_at, status = o.status from old o where o.id = d.id",
    )
    .await;
    assert_eq!(rows(&fixture).await, before);
    fixture.assert_sound().await;
}
