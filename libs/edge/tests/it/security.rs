//! What is refused is kept: who, whence, what and how often, within bounds; and nobody alters it unseen.

use chrono::TimeDelta;
use civic::OfficialRole;
use diesel::{QueryableByName, sql_query, sql_types::Text};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use testkit::{Installation, Method, TestCaller, eventually};

use crate::probe::installation;

const HERE: &str = "203.0.113.7";

async fn ask(by: &TestCaller, origin: &str, method: Method, path: &str) -> u16 {
    by.call("probe", method, path).header("x-forwarded-for", origin).send().await.status
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    line: String,
}

/// What the audit log says, in the order of `columns`.
async fn lines(database: &str, columns: &str) -> Vec<String> {
    let mut conn = AsyncPgConnection::establish(database).await.expect("the database answers");
    let query = format!("select concat_ws(' ', {columns}) as line from audit_log");
    let rows: Vec<Row> = sql_query(query).load(&mut conn).await.expect("rows");
    let mut lines: Vec<_> = rows.into_iter().map(|row| row.line).collect();
    lines.sort();
    lines
}

/// How many seals there are.
async fn seals(database: &str) -> String {
    let mut conn = AsyncPgConnection::establish(database).await.expect("the database answers");
    let row: Row =
        sql_query("select count(*)::text as line from audit_seals").get_result(&mut conn).await.expect("a row");
    row.line
}

/// The same, when a minute has passed and they are written.
async fn written(installation: &Installation, columns: &str) -> Vec<String> {
    installation.clock.advance(TimeDelta::minutes(1));
    let lines =
        async || Some(lines(installation.database_url("probe"), columns).await).filter(|lines| !lines.is_empty());
    eventually(lines).await
}

const ALL: &str = "action, actor_id, actor_kind, actor_capacity, origin, subject_type, subject_id, detail ->> 'code', detail ->> 'times'";

#[tokio::test]
async fn who_was_refused_is_kept_with_whence_and_what_and_how_often() {
    let installation = installation().await;
    let (nobody, an) = (installation.nobody(), installation.citizen("An"));
    for _ in 0..3 {
        assert_eq!(ask(&an, HERE, Method::DELETE, "/api/v1/for-receivers?q=secret").await, 403);
    }
    assert_eq!(ask(&an, "198.51.100.1, 2001:db8:1:2:3::4", Method::DELETE, "/api/v1/for-receivers").await, 403);
    assert_eq!(ask(&nobody, HERE, Method::GET, "/api/v1/for-people").await, 401);
    let expected = [
        format!("request.forbidden {} CITIZEN SELF {HERE} operation DELETE /api/v1/for-receivers forbidden 3", an.id),
        format!(
            "request.forbidden {} CITIZEN SELF 2001:db8:1:2:: operation DELETE /api/v1/for-receivers forbidden 1",
            an.id
        ),
        format!("request.unauthenticated STRANGER {HERE} operation GET /api/v1/for-people unauthenticated 1"),
    ];
    let mut expected = Vec::from(expected);
    expected.sort();
    assert_eq!(written(&installation, ALL).await, expected);
}

#[tokio::test]
async fn what_is_allowed_or_only_mistaken_is_no_event() {
    let installation = installation().await;
    let an = installation.citizen("An");
    assert_eq!(ask(&an, HERE, Method::GET, "/api/v1/for-people").await, 204);
    assert_eq!(ask(&an, HERE, Method::GET, "/api/v1/nothing").await, 404);
    assert_eq!(ask(&an, HERE, Method::PUT, "/api/v1/notes/1").await, 428);
    assert_eq!(ask(&an, HERE, Method::POST, "/api/v1/audited").await, 204);
    assert_eq!(ask(&an, HERE, Method::DELETE, "/api/v1/for-receivers").await, 403);
    let kept = written(&installation, "action").await;
    assert!(kept.iter().all(|action| ["probe.audited", "request.forbidden"].contains(&action.as_str())), "{kept:?}");
}

#[tokio::test]
async fn a_forged_token_is_told_from_one_that_was_ours() {
    let installation = installation().await;
    let an = installation.citizen("An");
    let (token, _) = an.token().expect("a token").rsplit_once('.').expect("a signature");
    let forger = an.with_token(Some(format!("{token}.AAAA")));
    assert_eq!(ask(&forger, HERE, Method::GET, "/api/v1/for-people").await, 401);
    installation.clock.advance(TimeDelta::days(366));
    assert_eq!(ask(&an, HERE, Method::GET, "/api/v1/for-people").await, 401);
    let columns = "action, actor_kind, origin, subject_id";
    let of = |event: &str| format!("{event} STRANGER {HERE} GET /api/v1/for-people");
    let both = async || Some(written(&installation, columns).await).filter(|lines| lines.len() == 2);
    assert_eq!(eventually(both).await, [of("request.unauthenticated"), of("token.forged")]);
}

#[tokio::test]
async fn a_stranger_with_many_addresses_fills_no_disk_and_crowds_nobody_out() {
    let installation = installation().await;
    for address in 1..=100 {
        assert_eq!(
            ask(&installation.nobody(), &format!("203.0.113.{address}"), Method::GET, "/api/v1/for-people").await,
            401
        );
    }
    assert_eq!(ask(&installation.citizen("An"), HERE, Method::DELETE, "/api/v1/for-receivers").await, 403);
    let kept = written(&installation, "action, subject_type, subject_id, detail ->> 'times'").await;
    assert_eq!(kept.iter().filter(|line| line.starts_with("request.unauthenticated ")).count(), 60);
    assert_eq!(kept.iter().filter(|line| line.starts_with("request.forbidden ")).count(), 1);
    assert_eq!(kept.last().map(String::as_str), Some("security_events.not_kept service probe 40"));
}

#[tokio::test]
async fn what_was_refused_in_the_last_minute_is_kept_when_the_service_stops() {
    let installation = installation().await;
    assert_eq!(ask(&installation.nobody(), HERE, Method::GET, "/api/v1/for-people").await, 401);
    let database = installation.database_url("probe").to_owned();
    assert!(lines(&database, "action").await.is_empty());
    drop(installation);
    eventually(async || (lines(&database, "action").await == ["request.unauthenticated"]).then_some(())).await;
}

#[tokio::test]
async fn while_the_database_takes_nothing_refusals_wait_and_are_written_once() {
    let installation = installation().await;
    let mut database = installation.database("probe").await;
    database.batch_execute("begin; lock table audit_log in share mode").await.expect("a lock");
    assert_eq!(ask(&installation.nobody(), HERE, Method::GET, "/api/v1/for-people").await, 401);
    installation.clock.advance(TimeDelta::minutes(1));
    assert_eq!(ask(&installation.nobody(), "203.0.113.8", Method::GET, "/api/v1/for-people").await, 401);
    database.batch_execute("commit").await.expect("the lock goes");
    let both = async || Some(written(&installation, "origin").await).filter(|lines| lines.len() == 2);
    assert_eq!(eventually(both).await, [HERE, "203.0.113.8"]);
}

#[tokio::test]
async fn what_was_done_is_audited_with_its_network_address() {
    let installation = installation().await;
    let official = installation.official(&[("H44.100", OfficialRole::Receiver)]);
    assert_eq!(ask(&official, HERE, Method::POST, "/api/v1/audited").await, 204);
    let kept = lines(installation.database_url("probe"), "action, origin").await;
    assert_eq!(kept, [format!("probe.audited {HERE}")]);
}

/// What does not hold in the tables of this lib.
async fn broken(database: &str) -> Vec<String> {
    let findings = pg::verify(database, &[edge::INVARIANTS]).await.expect("a look");
    findings.into_iter().filter(|finding| finding.broken > 0).map(|finding| finding.name).collect()
}

#[tokio::test]
async fn who_alters_or_removes_what_was_refused_is_found() {
    let installation = installation().await;
    assert_eq!(ask(&installation.nobody(), HERE, Method::GET, "/api/v1/for-people").await, 401);
    written(&installation, "action").await;
    let url = installation.database_url("probe");
    let settings = pg::Settings { database_url: url.to_owned(), database_connections: 1 };
    edge::seal_audit_log(&pg::Pool::new(&settings).expect("a pool"), TimeDelta::zero()).await.expect("a seal");
    assert!(broken(url).await.is_empty());
    let mut database = installation.database("probe").await;
    for statement in [
        "update audit_log set origin = '192.0.2.1'",
        "update audit_log set origin = null",
        "update audit_log set detail = detail || '{\"times\": 2}'",
        "delete from audit_log",
    ] {
        assert!(database.batch_execute(statement).await.is_err(), "the log only grows: {statement}");
        let behind = format!("begin; set local session_replication_role = replica; {statement}; commit");
        let before = "create temp table before as table audit_log";
        database.batch_execute(&format!("{before}; {behind}")).await.expect("behind the triggers");
        assert_eq!(broken(url).await, ["audit_seals_hold"], "{statement}");
        let back = "begin; set local session_replication_role = replica; delete from audit_log; insert into audit_log table before; commit";
        database.batch_execute(&format!("{back}; drop table before")).await.expect("as it was");
    }
    assert!(broken(url).await.is_empty());
}

#[tokio::test]
async fn nothing_is_sealed_while_somebody_may_still_write_before_it() {
    let installation = installation().await;
    let entry = "insert into audit_log (id, at, actor_kind, action, subject_type, subject_id, detail)
        values (gen_random_uuid(), now(), 'SYSTEM', 'probe.audited', 'probe', '1', '{}')";
    let (mut slow, mut quick) = (installation.database("probe").await, installation.database("probe").await);
    slow.batch_execute(&format!("begin; {entry}")).await.expect("the first, not there yet");
    quick.batch_execute(entry).await.expect("the second");
    let url = installation.database_url("probe");
    let settings = pg::Settings { database_url: url.to_owned(), database_connections: 1 };
    let pool = pg::Pool::new(&settings).expect("a pool");
    edge::seal_audit_log(&pool, TimeDelta::zero()).await.expect("a look");
    assert_eq!(seals(url).await, "0");
    slow.batch_execute("commit").await.expect("there it is");
    edge::seal_audit_log(&pool, TimeDelta::zero()).await.expect("a seal");
    assert_eq!(seals(url).await, "1");
    assert!(broken(url).await.is_empty());
}

#[tokio::test]
async fn a_seal_from_before_addresses_were_kept_still_holds() {
    let installation = installation().await;
    let mut database = installation.database("probe").await;
    let entry = "insert into audit_log (id, at, actor_kind, action, subject_type, subject_id, detail)
        values (gen_random_uuid(), now(), 'SYSTEM', 'probe.audited', 'probe', '1', '{}')";
    // As the digest was before the column came.
    let seal = "insert into audit_seals (number, written_at, entry, entries, digest)
        select 1, written_at, id, 1, sha256(''::bytea || sha256(convert_to(jsonb_build_array(id, extract(epoch from at), actor_id,
            actor_kind, actor_capacity, action, subject_type, subject_id, trace_id, detail)::text, 'UTF8')))
        from audit_log";
    for statement in [entry, seal] {
        database.batch_execute(statement).await.expect("a row");
    }
    assert!(broken(installation.database_url("probe")).await.is_empty());
}
