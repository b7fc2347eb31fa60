//! What the dashboard, the alerts and the autoscalers ask for, held against what a running fixture really measures.

use std::collections::{BTreeMap, BTreeSet};

use civic::{Language, Secret, events::RegistrationStarted};
use promql_parser::{
    label::MatchOp,
    parser::{Expr, VectorSelector, parse},
};
use runtime::telemetry::{self, Format};
use serde_json::Value;
use testkit::{Installation, Method, eventually};

use crate::{
    manifests::container::{text, yaml},
    up::{Folder, Up, port},
};

/// Prometheus' own, and the labels that it adds to everything it fetches.
const OF_PROMETHEUS: [&str; 1] = ["up"];
const ADDED: [&str; 2] = ["namespace", "pod"];

/// Every expression with the place where it stands.
fn expressions() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let dashboard: Value = serde_json::from_str(&text("k8s/components/monitoring/dashboard.json")).unwrap();
    for panel in dashboard["panels"].as_array().unwrap() {
        for target in panel["targets"].as_array().into_iter().flatten() {
            // Grafana replaces this by a time before Prometheus sees it.
            let expression = target["expr"].as_str().unwrap().replace("$__rate_interval", "5m");
            found.push((format!("the panel {}", panel["title"]), expression));
        }
    }
    let alerts = yaml("k8s/components/monitoring/alerts.yaml").remove(0);
    for group in alerts["spec"]["groups"].as_array().unwrap() {
        for rule in group["rules"].as_array().unwrap() {
            found.push((format!("the alert {}", rule["alert"]), rule["expr"].as_str().unwrap().to_owned()));
        }
    }
    for scaled in yaml("k8s/components/scaling/work.yaml") {
        for trigger in scaled["spec"]["triggers"].as_array().unwrap() {
            let query = trigger["metadata"]["query"].as_str().unwrap();
            found.push((format!("the scaling of {}", scaled["metadata"]["name"]), query.to_owned()));
        }
    }
    assert!(found.len() > 30, "only {} expressions were found", found.len());
    found
}

fn selectors(expression: &Expr) -> Vec<VectorSelector> {
    match expression {
        Expr::Aggregate(inner) => {
            inner.param.iter().flat_map(|param| selectors(param)).chain(selectors(&inner.expr)).collect()
        }
        Expr::Unary(inner) => selectors(&inner.expr),
        Expr::Binary(inner) => [selectors(&inner.lhs), selectors(&inner.rhs)].concat(),
        Expr::Paren(inner) => selectors(&inner.expr),
        Expr::Subquery(inner) => selectors(&inner.expr),
        Expr::VectorSelector(selector) => vec![selector.clone()],
        Expr::MatrixSelector(selector) => vec![selector.vs.clone()],
        Expr::Call(call) => call.args.args.iter().flat_map(|argument| selectors(argument)).collect(),
        Expr::NumberLiteral(_) | Expr::StringLiteral(_) | Expr::Extension(_) => vec![],
    }
}

/// The series of a `/metrics` page: name → label → values.
fn measured(page: &str) -> BTreeMap<String, BTreeMap<String, BTreeSet<String>>> {
    let mut measured: BTreeMap<_, BTreeMap<_, BTreeSet<_>>> = BTreeMap::new();
    for line in page.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (name, rest) = line.split_at(line.find(['{', ' ']).unwrap());
        let labels = measured.entry(name.to_owned()).or_default();
        let Some(rest) = rest.strip_prefix('{') else { continue };
        let (inside, _) = rest.rsplit_once('}').unwrap();
        for (label, value) in inside.split("\",").filter_map(|pair| pair.split_once("=\"")) {
            labels.entry(label.to_owned()).or_default().insert(value.trim_end_matches('"').to_owned());
        }
    }
    measured
}

/// The sentence for what no running fixture has.
fn lacking(selector: &VectorSelector, page: &str) -> Option<String> {
    let name = selector.name.as_deref().expect("every selector names its metric");
    if OF_PROMETHEUS.contains(&name) {
        return None;
    }
    let measured = measured(page);
    let Some(labels) = measured.get(name) else { return Some(format!("{name} is not measured")) };
    selector.matchers.matchers.iter().filter(|asked| !ADDED.contains(&asked.name.as_str())).find_map(|asked| {
        let Some(values) = labels.get(&asked.name) else { return Some(format!("{name} has no label {}", asked.name)) };
        let named = matches!(asked.op, MatchOp::Equal) && ["service", "route"].contains(&asked.name.as_str());
        (named && !values.contains(&asked.value))
            .then(|| format!("{name} never has {}={:?}, only {values:?}", asked.name, asked.value))
    })
}

/// Whether an alert of the form `max by (service) (metric) > number` holds for what a page measures.
fn fires(alert: &str, page: &str) -> bool {
    let (_, expression) = expressions().into_iter().find(|(place, _)| place.contains(alert)).expect("an alert");
    let Ok(Expr::Binary(compared)) = parse(&expression) else { panic!("{expression} is no comparison") };
    let (Expr::Aggregate(greatest), Expr::NumberLiteral(limit)) = (*compared.lhs, *compared.rhs) else {
        panic!("{expression} compares something else")
    };
    let Expr::VectorSelector(selector) = *greatest.expr else { panic!("{expression} asks for something else") };
    let begin = format!("{}{{", selector.name.expect("a name"));
    let values = page.lines().filter(|line| line.starts_with(&begin)).filter_map(|line| line.rsplit_once(' '));
    let values = values.map(|(_, value)| value.parse::<f64>().expect("a number"));
    assert_eq!((greatest.op.to_string().as_str(), compared.op.to_string().as_str()), ("max", ">"));
    values.fold(0.0, f64::max) > limit.val
}

/// Whether an alert of the form `sum by (service) (increase(metric{label="value"}[…])) > number` holds for what a page counts, which
/// began with nothing.
fn fires_at_a_rise(alert: &str, page: &str) -> bool {
    let (_, expression) = expressions().into_iter().find(|(place, _)| place.contains(alert)).expect("an alert");
    let Ok(Expr::Binary(compared)) = parse(&expression) else { panic!("{expression} is no comparison") };
    let [selector] = &selectors(&compared.lhs)[..] else { panic!("{expression} asks for several things") };
    let Expr::NumberLiteral(limit) = *compared.rhs else { panic!("{expression} compares something else") };
    assert!(expression.starts_with("sum by (service) (increase("), "{expression}");
    let begin = format!("{}{{", selector.name.as_deref().expect("a name"));
    let mut asked = selector.matchers.matchers.iter().map(|asked| format!("{}=\"{}\"", asked.name, asked.value));
    let (label, None) = (asked.next().expect("a label"), asked.next()) else { panic!("{expression} has more labels") };
    let counted = page.lines().filter(|line| line.starts_with(&begin) && line.contains(&label));
    let counts = counted.filter_map(|line| line.rsplit_once(' ')?.1.parse::<f64>().ok());
    counts.fold(0.0, f64::max) > limit.val
}

/// Begins to measure, unless another test did.
fn measure() {
    static BEGUN: std::sync::Once = std::sync::Once::new();
    BEGUN.call_once(|| telemetry::start(Format::Lines).unwrap());
}

#[tokio::test]
async fn a_password_that_is_guessed_wakes_somebody() {
    measure();
    let installation = Installation::start([accounts::service()]).await;
    let guess = serde_json::json!({"email": "an@example.vn", "password": "wrong password"});
    let guess =
        async || installation.nobody().call("accounts", Method::POST, "/api/v1/sessions").json(&guess).send().await;
    guess().await.expect(401);
    assert!(!fires_at_a_rise("SignInsAreGuessed", &telemetry::metrics()));
    for _ in 0..300 {
        assert!([401, 429].contains(&guess().await.status));
    }
    assert!(fires_at_a_rise("SignInsAreGuessed", &telemetry::metrics()));
    let forger = installation.nobody().with_token(Some("not.one.ofours".into()));
    assert!(!fires_at_a_rise("TokensAreForged", ""));
    for _ in 0..21 {
        forger.call("accounts", Method::GET, "/api/v1/accounts/me").send().await.expect(401);
    }
    assert!(fires_at_a_rise("TokensAreForged", &telemetry::metrics()));
}

#[tokio::test]
async fn a_mail_server_that_is_away_wakes_somebody() {
    measure();
    let flags: &[&str] = &["--smtp-port=1"];
    let installation = Installation::start_with([notifications::service()], &[("notifications", flags)]).await;
    let started = RegistrationStarted {
        registration_id: uuid::Uuid::now_v7(),
        email: "an@example.vn".parse().unwrap(),
        name: "Nguyễn Văn An".parse().unwrap(),
        code: Secret::new("Q7KX-M2PD"),
        expires_at: installation.clock.now(),
        language: Language::Vi,
    };
    installation.publish("accounts", &started).await;
    let looked = async |value: &str| {
        let line = format!("motcua_jobs_put_off{{service=\"notifications\"}} {value}");
        eventually(|| async { telemetry::metrics().contains(&line).then_some(()) }).await;
    };
    looked("1").await;
    assert!(!fires("JobsAreLate", &telemetry::metrics()));
    for minutes in [11, 5] {
        installation.clock.advance(chrono::TimeDelta::minutes(minutes));
        eventually(|| async { fires("JobsAreLate", &telemetry::metrics()).then_some(()) }).await;
    }
}

#[test]
fn every_alert_says_where_the_runbook_is() {
    let readme = text("k8s/README.md");
    let anchors: BTreeSet<_> = readme
        .lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-"))
        .collect();
    for group in yaml("k8s/components/monitoring/alerts.yaml").remove(0)["spec"]["groups"].as_array().unwrap() {
        for rule in group["rules"].as_array().unwrap() {
            let runbook = rule["annotations"]["runbook"].as_str().expect("a runbook");
            let anchor = runbook.strip_prefix("k8s/README.md#").expect("in the README");
            assert!(anchors.contains(anchor), "{}: {runbook}", rule["alert"]);
        }
    }
}

/// A citizen signs in and files what does not exist: enough for the operations that are watched to be measured.
async fn ask(client: &reqwest::Client, base: &str) {
    let logins = accounts::demonstration_logins();
    let login = logins.iter().find(|login| login.login == "an@example.vn").expect("a citizen");
    let body = serde_json::json!({"email": login.login, "password": login.secret});
    let answer = client.post(format!("{base}/api/v1/sessions")).json(&body).send().await.unwrap();
    let session: Value = answer.json().await.unwrap();
    let nothing = format!("{base}/api/v1/dossiers/{}/submission", uuid::Uuid::now_v7());
    let request = client.post(nothing).bearer_auth(session["access_token"].as_str().unwrap());
    assert_eq!(request.header("idempotency-key", "watching").send().await.unwrap().status(), 404);
}

/// The metrics once every worker has looked what waits.
async fn page(client: &reqwest::Client, url: &str) -> String {
    eventually(|| async {
        let page = client.get(url).send().await.ok()?.text().await.ok()?;
        let last = |service: &str| format!("motcua_jobs_given_up{{service=\"{service}\"}}");
        let services = motcua::services();
        let mut workers = services.iter().filter(|service| service.works());
        workers.all(|service| page.contains(&last(service.name))).then_some(page)
    })
    .await
}

#[tokio::test]
async fn everything_that_is_watched_is_measured() {
    let (folder, port) = (Folder::new(), port());
    let _up = Up::ready(port, &folder.0);
    let client = runtime::http_client(std::time::Duration::from_secs(5)).unwrap();
    ask(&client, &format!("http://127.0.0.1:{port}")).await;
    let page = page(&client, &format!("http://127.0.0.1:{}/metrics", port + 1000)).await;
    let mut missing = Vec::new();
    for (place, expression) in expressions() {
        let parsed = parse(&expression).unwrap_or_else(|why| panic!("{place}: {expression}: {why}"));
        let lacking = selectors(&parsed).into_iter().filter_map(|selector| lacking(&selector, &page));
        missing.extend(lacking.map(|why| format!("{place}: {why}")));
    }
    let help = |name: &str| page.contains(&format!("# HELP {name} "));
    let typed = page.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next());
    missing.extend(typed.filter(|name| !help(name)).map(|name| format!("{name} does not say what it means")));
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(page.contains("motcua_build_info{version="));
}
