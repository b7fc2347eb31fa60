//! The commands for one service, as a cluster runs them.

use std::process::{Command, Output};

use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use provision::{Options, Postgres};
use testkit::{eventually, free_port};

fn motcua(arguments: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("MOTCUA_")) {
        command.env_remove(name);
    }
    command.args(arguments).envs(variables.iter().copied());
    command
}

fn run(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    motcua(arguments, variables).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn an_unknown_service_is_told_which_there_are() {
    let output = run(&["serve", "taxes"], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("submissions"));
}

#[test]
fn a_missing_setting_is_named_and_the_exit_code_is_2() {
    for command in ["serve", "work", "migrate"] {
        let output = run(&[command, "payments"], &[]);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains("--database-url"), "{}", text(&output.stderr));
    }
}

#[test]
fn check_config_lists_every_setting_hides_secrets_and_finds_misspellings() {
    let output = run(
        &["check-config", "payments"],
        &[("MOTCUA_DATABASE_URL", "postgres://u:hidden@h/db"), ("MOTCUA_PUBLIC_URL", "http://localhost:81")],
    );
    let table = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(table.contains("MOTCUA_VNPAY_HASH_SECRET") && table.contains("http://localhost:81"), "{table}");
    assert!(!table.contains("hidden") && !table.contains("TESTSECRET"), "{table}");
}

#[test]
fn a_misspelt_variable_is_refused_alike_by_whoever_checks_and_whoever_starts() {
    let near = [("MOTCUA_REDSI_URL", "redis://127.0.0.1:1/"), ("MOTCUA_DATABASE_URL", "postgres://u@127.0.0.1:1/db")];
    let far = [("MOTCUA_NOTHING_LIKE_IT", "x"), ("MOTCUA_DATABASE_URL", "postgres://u@127.0.0.1:1/db")];
    for command in [
        &["check-config"][..],
        &["serve", "payments"],
        &["work", "payments"],
        &["migrate", "payments"],
        &["up", "--var", "/nosuch/a"],
    ] {
        let refused = run(command, &near);
        assert_eq!(refused.status.code(), Some(2), "{command:?}: {}", text(&refused.stderr));
        let why = text(&refused.stderr);
        assert!(why.contains("MOTCUA_REDSI_URL: did you mean MOTCUA_REDIS_URL?"), "{command:?}: {why}");
        let why = run(command, &far);
        assert!(text(&why.stderr).contains("MOTCUA_NOTHING_LIKE_IT: unset it"), "{}", text(&why.stderr));
    }
}

#[test]
fn check_config_refuses_what_serve_cannot_start_with() {
    let database = ("MOTCUA_DATABASE_URL", "postgres://u@127.0.0.1:1/db");
    let wrong = [
        ("payments", "MOTCUA_DATABASE_URL", "notaurl"),
        ("payments", "MOTCUA_DATABASE_URL", "postgres://u@h:port/db"),
        ("payments", "MOTCUA_DATABASE_CONNECTIONS", "0"),
        ("payments", "MOTCUA_REDIS_URL", "http://x"),
        ("payments", "MOTCUA_REDIS_URL", "rediss:x"),
        ("payments", "MOTCUA_DATABASE_URL", "postgres://u@h/db?sslmode=verify"),
        ("payments", "MOTCUA_CA_FILE", "/nosuch"),
        ("payments", "MOTCUA_CA_FILE", "Cargo.toml"),
        ("payments", "MOTCUA_JWKS_URL", "nonsense"),
        ("payments", "MOTCUA_ISSUER", "nonsense"),
        ("payments", "MOTCUA_THREADS", "0"),
        ("payments", "MOTCUA_CONNECTIONS", "0"),
        ("payments", "MOTCUA_PUBLIC_URL", "https://a.vn/path"),
        ("payments", "MOTCUA_VNPAY_API_URL", "nonsense"),
        ("submissions", "MOTCUA_FILE_KEY", "8f0b6c9d2e4a7135"),
        ("submissions", "MOTCUA_PREVIOUS_FILE_KEYS", "8f0b6c9d2e4a7135,"),
        ("notifications", "MOTCUA_SMS_URL", "nonsense"),
        ("catalogue", "MOTCUA_CACHE_URL", "nonsense"),
        ("portal", "MOTCUA_REDIS_URL", "http://x"),
        ("gateway", "MOTCUA_DOCUMENT", "/nosuch"),
    ];
    for (service, variable, value) in wrong {
        for command in ["check-config", "serve"] {
            let output = run(&[command, service], &[database, (variable, value)]);
            assert_eq!(output.status.code(), Some(2), "{command} {service} with {variable}={value}");
            let (why, flag) =
                (text(&output.stderr), variable.replace("MOTCUA_", "--").replace('_', "-").to_lowercase());
            assert!(
                why.contains(&flag) || why.contains(variable),
                "{command} {service} with {variable}={value}: {why}"
            );
        }
    }
}

#[test]
fn check_config_lists_the_settings_of_a_service_even_when_one_is_missing() {
    let output = run(&["check-config", "payments"], &[]);
    assert_eq!(output.status.code(), Some(2));
    let table = text(&output.stdout);
    assert!(table.contains("MOTCUA_VNPAY_TMN_CODE") && table.contains("MISSING"), "{table}");
    assert!(text(&output.stderr).contains("--database-url"));
}

#[test]
fn whoever_checks_or_starts_a_part_is_told_alike_that_its_settings_are_dangerous() {
    let public = [
        ("MOTCUA_PUBLIC_URL", "https://motcua.example.vn"),
        ("MOTCUA_DATABASE_URL", "postgres://u@127.0.0.1:1/db"),
        ("MOTCUA_VNPAY_HASH_SECRET", ""),
    ];
    for command in [&["check-config"][..], &["check-config", "payments"], &["serve", "payments"], &["work", "payments"]]
    {
        let output = run(command, &public);
        assert_eq!(output.status.code(), Some(2), "{command:?}");
        let why = text(&output.stderr);
        assert!(why.contains("MOTCUA_VNPAY_HASH_SECRET is empty"), "{command:?}: {why}");
        assert!(why.contains("dangerous for an installation at https://motcua.example.vn"), "{command:?}: {why}");
    }
}

#[test]
fn every_api_has_a_document_of_its_own() {
    for service in motcua::services().iter().filter(|service| service.document().is_some()).map(|service| service.name)
    {
        let output = run(&["openapi", service], &[]);
        assert_eq!(output.status.code(), Some(0), "{service}");
        assert!(text(&output.stdout).contains("\"openapi\": \"3.1.0\""), "{service}");
    }
}

/// Kills the process when the test ends, however it ends.
struct Served(std::process::Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn one_service_is_migrated_and_serves_alone_while_everything_else_is_down() {
    let server = Postgres::start(&Options::throwaway()).await.unwrap();
    let mut connection = AsyncPgConnection::establish(&format!("{}postgres", server.url())).await.unwrap();
    connection.batch_execute("create database catalogue").await.unwrap();
    let database = format!("{}catalogue", server.url());
    let listen = format!("127.0.0.1:{}", free_port());
    let nobody = format!("redis://127.0.0.1:{}/", free_port());
    let variables = [("MOTCUA_DATABASE_URL", &*database), ("MOTCUA_LISTEN", &*listen), ("MOTCUA_REDIS_URL", &*nobody)];
    for _ in 0..2 {
        let migrated = run(&["migrate", "catalogue"], &variables);
        assert_eq!(migrated.status.code(), Some(0), "{}", text(&migrated.stderr));
    }
    let _api = Served(motcua(&["serve", "catalogue"], &variables).spawn().unwrap());
    let mut work = Served(motcua(&["work", "catalogue"], &variables).spawn().unwrap());
    let client = runtime::http_client(std::time::Duration::from_secs(5)).unwrap();
    eventually(|| async {
        let answer = client.get(format!("http://{listen}/api/v1/procedures")).send().await.ok()?;
        (answer.status() == 200).then_some(())
    })
    .await;
    assert!(work.0.try_wait().unwrap().is_none(), "the work waits for Redis and does not give up");
}

#[tokio::test]
async fn a_service_whose_database_lacks_its_tables_is_not_ready_and_says_so_once() {
    let server = Postgres::start(&Options::throwaway()).await.unwrap();
    let mut connection = AsyncPgConnection::establish(&format!("{}postgres", server.url())).await.unwrap();
    connection.batch_execute("create database catalogue").await.unwrap();
    let database = format!("{}catalogue", server.url());
    let (listen, admin) = (format!("127.0.0.1:{}", free_port()), format!("127.0.0.1:{}", free_port()));
    let nobody = format!("redis://127.0.0.1:{}/", free_port());
    let variables = [
        ("MOTCUA_DATABASE_URL", &*database),
        ("MOTCUA_LISTEN", &*listen),
        ("MOTCUA_ADMIN", &*admin),
        ("MOTCUA_REDIS_URL", &*nobody),
    ];
    let log = std::env::temp_dir().join(format!("motcua-log-{}", uuid::Uuid::new_v4().simple()));
    let mut serve = motcua(&["serve", "catalogue"], &variables);
    let _api = Served(serve.stderr(std::fs::File::create(&log).unwrap()).spawn().unwrap());
    let client = runtime::http_client(std::time::Duration::from_secs(5)).unwrap();
    let ready = async || {
        let answer = client.get(format!("http://{admin}/readyz")).send().await.ok()?;
        Some((answer.status().as_u16(), answer.text().await.ok()?))
    };
    let (status, why) = eventually(ready).await;
    assert_eq!(status, 503, "{why}");
    assert!(why.contains("schema: the database lacks migration") && why.contains("motcua migrate catalogue"), "{why}");
    assert!(run(&["migrate", "catalogue"], &variables).status.success());
    eventually(async || (ready().await?.0 == 200).then_some(())).await;
    eventually(async || std::fs::read_to_string(&log).ok()?.contains("ready again").then_some(())).await;
    let lines = std::fs::read_to_string(&log).unwrap();
    std::fs::remove_file(&log).unwrap();
    let log = lines;
    assert_eq!(log.matches("not ready").count(), 1, "{log}");
}

#[test]
fn a_service_is_judged_as_each_of_its_parts_is_when_it_starts() {
    let public = [
        ("MOTCUA_PUBLIC_URL", "https://motcua.example.vn"),
        ("MOTCUA_ISSUER", "https://motcua.example.vn"),
        ("MOTCUA_DATABASE_URL", "postgres://u@127.0.0.1:1/db"),
    ];
    let served = run(&["check-config", "notifications", "serve"], &public);
    assert_eq!(served.status.code(), Some(0), "{}", text(&served.stderr));
    let whole = run(&["check-config", "notifications"], &public);
    let why = text(&whole.stderr);
    assert_eq!(whole.status.code(), Some(2));
    assert!(why.contains("motcua work notifications: ") && why.contains("MOTCUA_SMS_API_KEY"), "{why}");
    assert!(!why.contains("motcua serve notifications"), "{why}");
    let worked = text(&run(&["work", "notifications"], &public).stderr);
    assert!(worked.contains("MOTCUA_SMS_API_KEY"), "{worked}");
}

#[test]
fn nonsense_about_logs_and_spans_is_refused_by_whoever_checks_and_whoever_starts() {
    let database = ("MOTCUA_DATABASE_URL", "postgres://u@127.0.0.1:1/db");
    for (name, value) in [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "nonsense"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318"),
        ("MOTCUA_LOG", "info,=,queue=loud"),
    ] {
        for command in
            [&["check-config"][..], &["serve", "payments"], &["work", "payments"], &["up", "--var", "/nosuch/a"]]
        {
            let refused = run(command, &[database, (name, value)]);
            assert_eq!(refused.status.code(), Some(2), "{command:?} {name}={value}");
            let why = text(&refused.stderr);
            assert!(why.contains(&format!("{name} ")), "{command:?} {name}={value}: {why}");
        }
    }
}
