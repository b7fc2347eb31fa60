//! `motcua verify`: sound after a walk, and every break is named.

use std::{
    collections::{BTreeSet, HashMap},
    path::Path,
    process::Command,
};

use chrono::TimeDelta;
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use motcua::{stored::Stored, verify};
use serde_json::{Value, json};
use testkit::{Method, eventually};
use uuid::Uuid;

use crate::{
    fixture::{Fixture, PDF, civil_status_copy, post, submit, upload},
    walk::{order, register, until_status},
};

/// The services with a database.
fn stored() -> impl Iterator<Item = &'static str> {
    motcua::services().into_iter().filter(|service| service.migrates()).map(|service| service.name)
}

/// The databases of a fixture that was walked through and is closed, and copies of them.
struct Kept {
    urls: HashMap<&'static str, String>,
}

impl Kept {
    /// A dossier paid twice and completed, one that was free.
    async fn after_a_walk() -> Self {
        let fixture = Fixture::open().await;
        let lan = register(&fixture).await;
        let draft = fixture.draft(&lan, "2.000635", "H44.100", &civil_status_copy()).await;
        upload(&lan, &draft, "GIAY_TO_KHAC").await.expect(201);
        let filed = submit(&lan, &draft).await.expect(201);
        let order_id = filed.json.pointer("/fee/order_id").and_then(Value::as_str).expect("an order").to_owned();
        order(&lan, &order_id).await;
        let attempts = format!("/api/v1/payment-orders/{order_id}/attempts");
        let mut pages = Vec::new();
        for _ in 0..2 {
            let started = post(&lan, &attempts, &json!({"provider": "VNPAY"})).await.expect(201);
            pages.push(started.text("/pay_url").to_owned());
        }
        for page in pages {
            fixture.pay(&page, "pay").await;
        }
        until_status(&lan, &draft, "REGISTERED").await;
        let receiver = fixture.sign_in("tiepnhan@h44-100.example.vn").await;
        post(&receiver, &format!("/api/v1/dossiers/{draft}/receipt"), &json!({})).await.expect(200);
        let processor = fixture.sign_in("xuly@h44-100.example.vn").await;
        let result = format!("/api/v1/dossiers/{draft}/results?file_name=trich-luc.pdf");
        let result = processor.call("gateway", Method::POST, &result).key("result-1").body(PDF, "application/pdf");
        result.send().await.expect(201);
        post(&processor, &format!("/api/v1/dossiers/{draft}/completion"), &json!({})).await.expect(200);
        fixture.file_birth_registration(&lan, "H44.100").await;
        fixture.mail("lan@example.vn", "đã có kết quả").await;
        Self { urls: stored().map(|name| (name, fixture.installation.database_url(name).to_owned())).collect() }
            .once_settled()
            .await
    }

    /// The walk's last event is still on its way for a moment.
    async fn once_settled(self) -> Self {
        eventually(|| async { self.broken(&[]).await.is_empty().then_some(()) }).await;
        for url in self.urls.values() {
            let pool = pg::Pool::new(&pg::Settings { database_url: url.clone(), database_connections: 1 }).unwrap();
            edge::seal_audit_log(&pool, TimeDelta::zero()).await.unwrap();
        }
        self
    }

    /// A copy of a database with `statements` run in it, behind the back of triggers and foreign keys.
    async fn copy(&self, service: &str, statements: &str) -> String {
        let (server, database) = self.urls[service].rsplit_once('/').unwrap();
        let name = format!("v{}", Uuid::new_v4().simple());
        let mut admin = AsyncPgConnection::establish(&format!("{server}/postgres")).await.unwrap();
        let empty = format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database}'");
        let copy = format!("create database {name} template {database} strategy file_copy");
        let admin = tokio::sync::Mutex::new(&mut admin);
        eventually(|| async {
            let mut admin = admin.lock().await;
            admin.batch_execute(&empty).await.unwrap();
            admin.batch_execute(&copy).await.ok()
        })
        .await;
        let url = format!("{server}/{name}");
        let mut connection = AsyncPgConnection::establish(&url).await.unwrap();
        let statements = format!("set session_replication_role = replica; {statements}");
        connection.batch_execute(&statements).await.unwrap_or_else(|why| panic!("{statements}: {why}"));
        url
    }

    fn databases(&self, instead: &[(&str, &str)]) -> Vec<String> {
        let url = |name: &str| {
            instead.iter().find(|(other, _)| *other == name).map_or(self.urls[name].as_str(), |(_, url)| url)
        };
        stored().map(|name| format!("{name}={}", url(name))).collect()
    }

    /// The names of what does not hold, with some databases exchanged.
    async fn broken(&self, instead: &[(&str, &str)]) -> BTreeSet<String> {
        let stored = Stored::open(Path::new("nowhere"), &self.databases(instead)).await.unwrap();
        let held = verify::verify(&stored).await.unwrap();
        let broken = held.into_iter().filter(|held| held.finding.broken > 0);
        broken.map(|held| format!("{}: {}", held.owner, held.finding.name)).collect()
    }

    fn command(&self, instead: &[(&str, &str)]) -> (Option<i32>, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
        command.args(["verify", "--json"]).env_remove("MOTCUA_DATABASE_URL");
        for database in self.databases(instead) {
            command.args(["--database", &database]);
        }
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    }
}

/// Whose data is broken how, and which invariant must name it.
const BREAKS: [(&str, &str, &str); 52] = [
    ("accounts", "delete from audit_log where action = 'session.opened'", "accounts: audit_seals_hold"),
    ("payments", "update audit_log set actor_id = null, detail = '{}'", "payments: audit_seals_hold"),
    (
        "submissions",
        "insert into audit_log select gen_random_uuid(), at, actor_id, actor_kind, action, subject_type, subject_id, trace_id, detail,
            actor_capacity, written_at from audit_log limit 1",
        "submissions: audit_seals_hold",
    ),
    ("submissions", "update audit_seals set entries = entries + 1, digest = sha256('')", "submissions: audit_seals_hold"),
    ("payments", "delete from transfers where purpose = 'CAPTURE'", "payments: paid_orders_have_one_capture"),
    ("payments", "delete from transfers where purpose = 'SURPLUS'", "payments: attempts_with_money_have_one_transfer"),
    ("payments", "delete from ledger_accounts where kind = 'FEE_INCOME'", "payments: debits_equal_credits"),
    ("payments", "update transfers set amount = amount + 1", "payments: balances_are_what_was_paid"),
    (
        "payments",
        "insert into transfers (id, purpose, debit, credit, currency, amount, order_id, attempt_id, cause_id, created_at)
            select other, purpose, debit, credit, currency, amount, order_id, other, other, created_at
            from transfers, gen_random_uuid() other where purpose = 'SURPLUS'",
        "payments: money_is_never_given_back_twice",
    ),
    (
        "payments",
        "update transfers set cause_kind = 'REFUND', cause_id = order_id, attempt_id = null where purpose = 'SURPLUS'",
        "payments: transfers_name_a_cause_that_there_is",
    ),
    ("payments", "delete from order_history where version = 2", "payments: order_versions_have_no_gap"),
    (
        "payments",
        "update order_history set order_from = 'PAID' where cause = 'STARTED'",
        "payments: order_steps_are_edges",
    ),
    (
        "payments",
        "update order_history set attempt_from = 'FAILED' where attempt_to = 'SETTLED'",
        "payments: attempt_steps_are_edges",
    ),
    ("payments", "update orders set status = 'DUE', paid = 0, paid_at = null", "payments: histories_end_at_the_present"),
    (
        "payments",
        "insert into outbox (id, type, subject, payload, waiting_for, created_at, receipted_at)
            select gen_random_uuid(), type, subject, payload, waiting_for, created_at, receipted_at from outbox",
        "payments: settlements_are_told_once",
    ),
    ("payments", "delete from outbox", "payments: settlements_are_told_once"),
    (
        "payments",
        "update attempts set status = 'CREATED', provider_reference = null, paid_at = null; delete from jobs",
        "payments: open_attempts_are_asked_about",
    ),
    ("payments", "update outbox set receipted_at = null", "payments: outbox_rows_wait_or_are_receipted"),
    (
        "payments",
        "insert into dead_letter select event_id, 'x', '{}', 'x', now(), null from inbox",
        "payments: dead_letters_were_not_handled",
    ),
    (
        "payments",
        "insert into idempotency_keys select scope, key || 'x', fingerprint, status, location, etag, body, created_at
            from idempotency_keys",
        "payments: creations_have_one_key",
    ),
    ("submissions", "update code_counters set last = last + 1", "submissions: codes_have_no_gap"),
    ("submissions", "delete from code_counters", "submissions: codes_have_no_gap"),
    (
        "submissions",
        "alter table dossiers drop constraint dossiers_code;
            update dossiers set code = (select max(code) from dossiers) where code is not null",
        "submissions: codes_have_no_gap",
    ),
    (
        "submissions",
        "update dossiers set agency = 'H44.101' where code is not null",
        "submissions: codes_name_agency_and_day",
    ),
    (
        "submissions",
        "update dossier_history set to_status = 'COMPLETED' where seq = 1",
        "submissions: dossier_steps_are_edges",
    ),
    ("submissions", "delete from dossier_history where seq = 2", "submissions: dossier_steps_are_edges"),
    (
        "submissions",
        "update dossiers set status = 'STOPPED' where code is not null",
        "submissions: histories_end_at_the_present",
    ),
    ("submissions", "update charges set state = 'DUE', paid_at = null", "submissions: unpaid_dossiers_wait"),
    ("submissions", "update charges set total = total + 1", "submissions: charges_are_rounds"),
    ("submissions", "update clock_periods set until_at = null", "submissions: clock_periods_have_no_gap"),
    ("submissions", "delete from custody", "submissions: custody_is_unbroken"),
    (
        "submissions",
        "insert into requests (dossier, seq, kind, state, asked_by, asked_at, text)
            select id, 1, 'SUPPLEMENT', 'OPEN', filer_id, now(), 'x' from dossiers where code is not null",
        "submissions: open_requests_are_waited_for",
    ),
    ("submissions", "update workload set dossiers = dossiers + 1", "submissions: workload_is_a_recount"),
    ("submissions", "delete from results", "submissions: completed_dossiers_have_results"),
    ("submissions", "delete from outbox", "submissions: changes_are_told_once"),
    ("submissions", "update dossiers set version = 1", "submissions: told_states_are_real"),
    (
        "submissions",
        "update idempotency_keys set location = '/api/v1/dossiers/00000000-0000-0000-0000-000000000000'",
        "submissions: answered_dossiers_exist",
    ),
    ("submissions", "delete from audit_log", "submissions: filings_are_audited"),
    (
        "notifications",
        "insert into messages select gen_random_uuid(), recipient_id, channel, template, language, subject, body_text,
            body_html, address, about, created_at, sent_at, state, provider_reference, trace_id, request_id from messages",
        "notifications: events_are_written_about_once",
    ),
    (
        "notifications",
        "update messages set state = 'FAILED', sent_at = null",
        "notifications: message_states_are_their_attempts",
    ),
    (
        "notifications",
        "update messages set state = 'QUEUED', sent_at = null; delete from jobs",
        "notifications: unsent_messages_are_not_forgotten",
    ),
    ("accounts", "delete from users where kind = 'CITIZEN'", "accounts: confirmed_registrations_have_accounts"),
    ("accounts", "delete from credentials", "accounts: citizens_can_sign_in"),
    (
        "submissions",
        "update charges set state = 'DUE', paid_at = null",
        "payments and submissions: dossiers_know_what_was_paid",
    ),
    (
        "payments",
        "update orders set status = 'DUE', paid = 0, paid_at = null",
        "submissions and payments: paid_dossiers_have_paid_orders",
    ),
    ("payments", "delete from orders", "submissions and payments: fees_due_have_orders"),
    ("submissions", "delete from dossiers", "payments and submissions: orders_have_dossiers"),
    ("notifications", "delete from messages", "submissions and notifications: applicants_are_written_to"),
    ("catalogue", "delete from procedure_versions where version = 1", "catalogue: versions_have_no_gap"),
    ("catalogue", "update procedures set current_version = 1", "catalogue: the_last_version_is_current"),
    (
        "submissions",
        "update procedure_versions set digest = sha256('another')",
        "catalogue and submissions: published_versions_are_kept",
    ),
    ("notifications", "delete from contacts", "accounts and notifications: account_holders_can_be_written_to"),
];

/// Whoever forgets what it was told, breaks this.
const FORGOTTEN: [(&str, &[&str]); 3] = [
    (
        "submissions",
        &[
            "accounts and submissions: accounts_reach_submissions",
            "payments and submissions: payments_reach_submissions",
            "catalogue and submissions: catalogue_reaches_submissions",
        ],
    ),
    ("payments", &["submissions and payments: submissions_reach_payments"]),
    (
        "notifications",
        &[
            "accounts and notifications: accounts_reach_notifications",
            "submissions and notifications: submissions_reach_notifications",
        ],
    ),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_walk_left_is_sound_and_each_break_of_it_is_named() {
    let kept = Kept::after_a_walk().await;
    let (code, report) = kept.command(&[]);
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!((code, &report["sound"]), (Some(0), &json!(true)), "{report:#}");
    let mut named = BTreeSet::new();
    for (service, statements, name) in BREAKS {
        let copy = kept.copy(service, statements).await;
        let broken = kept.broken(&[(service, &copy)]).await;
        assert!(broken.contains(name), "{statements}: {broken:#?}");
        named.insert(name);
    }
    for (service, names) in FORGOTTEN {
        let copy = kept.copy(service, "delete from inbox").await;
        let broken = kept.broken(&[(service, &copy)]).await;
        assert!(names.iter().all(|name| broken.contains(*name)), "{service}: {broken:#?}");
        named.extend(names);
    }
    let all = report["invariants"].as_array().unwrap().iter();
    let all: BTreeSet<_> = all.map(|held| held["invariant"].as_str().unwrap()).collect();
    let tried: BTreeSet<_> = named.iter().map(|name| name.split(": ").nth(1).unwrap()).collect();
    assert_eq!(all, tried, "each invariant has a break that it names");

    let copy = kept.copy("payments", "delete from transfers where purpose = 'CAPTURE'").await;
    let (code, report) = kept.command(&[("payments", &copy)]);
    let report: Value = serde_json::from_str(&report).unwrap();
    let broken = report["invariants"].as_array().unwrap().iter();
    let broken = broken.clone().find(|held| held["invariant"] == "paid_orders_have_one_capture").unwrap();
    assert_eq!((code, &report["sound"], &broken["broken"]), (Some(1), &json!(false), &json!(1)));
    assert!(broken["rows"][0].as_str().unwrap().starts_with("order "), "{broken}");

    let unhandled = "insert into dead_letter (event_id, type, payload, error, failed_at)
        values (gen_random_uuid(), 'vn.motcua.test.v1', '{}', 'nobody knows it', now())";
    let copy = kept.copy("notifications", unhandled).await;
    let (code, report) = kept.command(&[("notifications", &copy)]);
    let report: Value = serde_json::from_str(&report).unwrap();
    let waiting = report["waiting"].as_array().unwrap().iter().find(|one| one["service"] == "notifications").unwrap();
    assert_eq!((code, &waiting["events_not_handled"]), (Some(0), &json!(1)), "{report:#}");
    let (code, _) = kept.command(&[("payments", "postgres://nobody@127.0.0.1:1/nothing")]);
    assert_eq!(code, Some(2));
}
