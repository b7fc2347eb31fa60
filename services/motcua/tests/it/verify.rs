//! `motcua verify`: sound after a walk, and every break is named.

use std::{
    collections::{BTreeSet, HashMap},
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use chrono::{DateTime, TimeDelta};
use civic::Secret;
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use files::KeySettings;
use motcua::{
    stored::Stored,
    verify::{self, Documents},
};
use serde_json::{Value, json};
use testkit::{Method, TestCaller, eventually};
use uuid::Uuid;

use crate::{
    corruptions::{self, Corruption},
    fixture::{FILE_KEY, Fixture, PDF, civil_status_copy, post, submit, upload},
    walk::{order, register, until_status},
};

/// The services with a database.
fn stored() -> impl Iterator<Item = &'static str> {
    motcua::services().into_iter().filter(|service| service.migrates()).map(|service| service.name)
}

/// The databases and files of a fixture that was walked through and is closed, and copies of them.
struct Kept {
    urls: HashMap<&'static str, String>,
    documents: PathBuf,
}

impl Drop for Kept {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.documents);
    }
}

impl Kept {
    /// The databases and files of a walk, verified all the while.
    async fn after_a_walk() -> Self {
        let fixture = Fixture::open().await;
        let urls: HashMap<_, _> =
            stored().map(|name| (name, fixture.installation.database_url(name).to_owned())).collect();
        let (databases, walked) = (databases(&urls, &[]), AtomicBool::new(false));
        let watching = async {
            while !walked.load(Ordering::Relaxed) {
                assert_eq!(broken(&databases, &fixture.documents).await, BTreeSet::new(), "in the middle of work");
                // The walk needs the machine too.
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        };
        tokio::join!(watching, async {
            walk(&fixture).await;
            walked.store(true, Ordering::Relaxed);
        });
        Self { urls, documents: fixture.keep_documents() }.once_settled().await
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

    /// Cuts, alters and removes the files of a paper and of a result; each is found.
    async fn damage_files(&self, named: &mut BTreeSet<&str>) {
        const NAME: &str = "submissions: files_are_as_received";
        for kind in ["dossiers", "results"] {
            let file = first_file(&self.documents.join(kind));
            let bytes = fs::read(&file).unwrap();
            for (harm, left) in [("cut", &bytes[..10]), ("altered", &bytes.to_ascii_lowercase())] {
                fs::write(&file, left).unwrap();
                assert_eq!(self.broken(&[]).await, BTreeSet::from([NAME.to_owned()]), "{kind}: {harm}");
            }
            let elsewhere = file.with_file_name("nobody-knows");
            fs::rename(&file, &elsewhere).unwrap();
            assert_eq!(self.broken(&[]).await, BTreeSet::from([NAME.to_owned()]), "{kind}: gone");
            fs::remove_file(&elsewhere).unwrap();
            fs::write(&file, bytes).unwrap();
        }
        named.insert(NAME);
        let left_over = first_file(&self.documents.join("results")).with_file_name("upload#1");
        fs::write(&left_over, "four").unwrap();
        let long_ago = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        File::options().write(true).open(&left_over).unwrap().set_modified(long_ago.into()).unwrap();
        let (code, report) = self.command(&[]);
        assert!(code == Some(0) && report.contains("1 files of 4 bytes belong to no paper"), "{report}");
        fs::remove_file(left_over).unwrap();
    }

    /// The names of what does not hold, with some databases exchanged.
    async fn broken(&self, instead: &[(&str, &str)]) -> BTreeSet<String> {
        broken(&databases(&self.urls, instead), &self.documents).await
    }

    fn command(&self, instead: &[(&str, &str)]) -> (Option<i32>, String) {
        let output = self.verify(FILE_KEY, instead);
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    }

    fn verify(&self, key: &str, instead: &[(&str, &str)]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
        command.args(["verify", "--json", "--documents-dir"]).arg(&self.documents).env_remove("MOTCUA_DATABASE_URL");
        command.env("MOTCUA_FILE_KEY", key);
        for database in databases(&self.urls, instead) {
            command.args(["--database", &database]);
        }
        command.output().unwrap()
    }
}

fn databases(urls: &HashMap<&'static str, String>, instead: &[(&str, &str)]) -> Vec<String> {
    let url = |name: &str| instead.iter().find(|(other, _)| *other == name).map_or(urls[name].as_str(), |(_, url)| url);
    stored().map(|name| format!("{name}={}", url(name))).collect()
}

async fn broken(databases: &[String], documents: &Path) -> BTreeSet<String> {
    let stored = Stored::open(Path::new("nowhere"), databases).await.unwrap();
    let settings = KeySettings { file_key: Some(Secret::new(FILE_KEY)), previous_file_keys: None };
    let documents = Documents { folder: documents.to_owned(), keys: settings.keys().unwrap() };
    let verified = verify::verify(&stored, Some(&documents)).await.unwrap();
    let broken = verified.held.into_iter().filter(|held| held.finding.broken > 0);
    broken.map(|held| format!("{}: {}", held.owner, held.finding.name)).collect()
}

/// A dossier paid twice and completed, one that is free.
async fn walk(fixture: &Fixture) {
    let lan = register(fixture).await;
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
        // As one that ran out: another is not begun before.
        let conn = &mut fixture.installation.database("payments").await;
        conn.batch_execute("update attempts set expires_at = created_at").await.expect("an update");
    }
    for page in pages {
        fixture.pay(&page, "pay").await;
    }
    until_status(&lan, &draft, "REGISTERED").await;
    let receiver = fixture.sign_in("tiepnhan@h44-100.example.vn").await;
    post(&receiver, &format!("/api/v1/dossiers/{draft}/receipt"), &json!({})).await.expect(200);
    let processor = fixture.sign_in("xuly@h44-100.example.vn").await;
    processor.call("gateway", Method::GET, &format!("/api/v1/dossiers/{draft}")).send().await.expect(200);
    let result = format!("/api/v1/dossiers/{draft}/results?file_name=trich-luc.pdf");
    let result = processor.call("gateway", Method::POST, &result).key("result-1").body(PDF, "application/pdf");
    result.send().await.expect(201);
    post(&processor, &format!("/api/v1/dossiers/{draft}/completion"), &json!({})).await.expect(200);
    let thrown_away = fixture.draft(&lan, "2.000635", "H44.100", &civil_status_copy()).await;
    lan.call("gateway", Method::DELETE, &format!("/api/v1/dossiers/{thrown_away}")).send().await.expect(204);
    fixture.file_birth_registration(&lan, "H44.100").await;
    let (asked, _) = fixture.file_birth_registration(&lan, "H44.100").await;
    work_with_a_pause(&lan, &receiver, &processor, &format!("/api/v1/dossiers/{asked}")).await;
    fixture.mail("lan@example.vn", "đã có kết quả").await;
}

/// Papers are asked for and sent in, the work is stopped and goes on: notices and alerts come more than once.
async fn work_with_a_pause(lan: &TestCaller, receiver: &TestCaller, processor: &TestCaller, dossier: &str) {
    post(receiver, &format!("{dossier}/receipt"), &json!({})).await.expect(200);
    let paper = json!({"component": "GIAY_CHUNG_SINH", "reason": "Ảnh chụp mờ.", "guidance": "Chụp lại."});
    post(processor, &format!("{dossier}/supplement-request"), &json!({"papers": [paper]})).await.expect(200);
    let id = dossier.rsplit('/').next().expect("an id");
    upload(lan, id, "GIAY_CHUNG_SINH").await.expect(201);
    post(lan, &format!("{dossier}/supplement"), &json!({})).await.expect(200);
    for _ in 0..2 {
        let reason = json!({"reason": "Chờ kết luận giám định."});
        post(processor, &format!("{dossier}/suspension"), &reason).await.expect(200);
        post(processor, &format!("{dossier}/resumption"), &json!({})).await.expect(200);
    }
}

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
    (
        "payments",
        &["accounts and payments: accounts_reach_payments", "submissions and payments: submissions_reach_payments"],
    ),
    (
        "notifications",
        &[
            "accounts and notifications: accounts_reach_notifications",
            "submissions and notifications: submissions_reach_notifications",
            "payments and notifications: payments_reach_notifications",
        ],
    ),
];

fn first_file(folder: &Path) -> PathBuf {
    let entry = fs::read_dir(folder).unwrap().next().unwrap().unwrap();
    if entry.file_type().unwrap().is_dir() { first_file(&entry.path()) } else { entry.path() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_walk_left_is_sound_and_each_break_of_it_is_named() {
    let kept = Kept::after_a_walk().await;
    let (code, report) = kept.command(&[]);
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!((code, &report["sound"]), (Some(0), &json!(true)), "{report:#}");
    let mut named = BTreeSet::new();
    let (mut found, mut missed) = (0, 0);
    for Corruption { service, what, statements, found_by } in corruptions::all() {
        let copy = kept.copy(service, statements).await;
        let broken = kept.broken(&[(service, &copy)]).await;
        match found_by {
            Some(name) => {
                assert!(broken.contains(name), "{service}, {what}: {broken:#?}");
                named.insert(name);
                found += 1;
            }
            None => {
                assert!(broken.is_empty(), "{service}, {what}: it is found now: {broken:#?}");
                missed += 1;
            }
        }
    }
    assert!(missed * 10 < found, "{missed} of {} are missed: more than one in eleven", found + missed);
    kept.damage_files(&mut named).await;
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
    let without_key = kept.verify("", &[]);
    let why = String::from_utf8(without_key.stderr).unwrap();
    assert!(without_key.status.code() == Some(2) && why.contains("MOTCUA_PREVIOUS_FILE_KEYS"), "{why}");
}
