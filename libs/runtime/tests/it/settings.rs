//! A service's settings: one struct for flags, environment and the list of them.

use anyhow::Result;
use runtime::{Life, Listen, Running, Service};

#[derive(Clone, clap::Args)]
struct Config {
    #[command(flatten)]
    listen: Listen,
    /// The secret of the provider.
    #[arg(long, env = "MOTCUA_PROBE_SECRET", hide_env_values = true)]
    probe_secret: String,
}

async fn serve(config: Config, _: Life) -> Result<Running> {
    assert!(!config.probe_secret.is_empty());
    Ok(Running { address: Some(config.listen.listen), finished: Box::pin(std::future::ready(Ok(()))) })
}

fn probe() -> Service {
    Service::describe::<Config>("probe", 8099).serve(serve).build()
}

fn flags(flags: &[&str]) -> Vec<String> {
    flags.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn the_default_port_is_the_services_and_the_last_flag_wins() {
    let secret = ["--probe-secret", "s"];
    let running = probe().serve(&flags(&secret), Life::system()).await.unwrap();
    assert_eq!(running.address.unwrap().port(), 8099);
    let twice = flags(&["--probe-secret", "s", "--listen", "127.0.0.1:1", "--listen", "127.0.0.1:2"]);
    assert_eq!(probe().serve(&twice, Life::system()).await.unwrap().address.unwrap().port(), 2);
}

#[tokio::test]
async fn a_missing_setting_is_named_in_one_sentence() {
    let why = probe().serve(&[], Life::system()).await.err().unwrap().to_string();
    assert!(why.contains("probe") && why.contains("--probe-secret"), "{why}");
    assert!(!why.contains('\n'), "{why}");
}

#[tokio::test]
async fn what_a_service_does_not_offer_is_said() {
    let why = probe().migrate(&flags(&["--probe-secret", "s"]), Life::system()).await.unwrap_err();
    assert_eq!(why.to_string(), "The service probe has no migrate.");
}

#[test]
fn settings_are_listed_with_their_variable_flag_meaning_and_secrecy() {
    let settings = probe().settings();
    let secret = settings.iter().find(|setting| setting.variable == "MOTCUA_PROBE_SECRET").unwrap();
    assert!(secret.secret && secret.required && secret.flag == "--probe-secret");
    assert_eq!(secret.help, "The secret of the provider");
    let listen = settings.iter().find(|setting| setting.variable == "MOTCUA_LISTEN").unwrap();
    assert_eq!(listen.default.as_deref(), Some("127.0.0.1:8099"));
}
