//! Reads a second of what a service keeps in its process: beside the bare HTTP library, and through the gateway.

use anyhow::{Context, Result};

use crate::{
    data::PROCEDURE_PATH,
    drafts::citizen,
    installation::Installation,
    plan::Plan,
    process::Process,
    report::{Report, Sample},
    say::{say, stage},
    wrk,
};

/// The figures that come of it.
pub const FIGURES: [&str; 2] = ["gateway_read", "read_hello"];
const CONNECTIONS: u32 = 128;

/// Measures every round: hello, direct, gateway, direct, hello.
///
/// # Errors
/// When a load is void.
pub async fn run(plan: &Plan, installation: &Installation, report: &mut Report) -> Result<()> {
    let port = provision::free_port()?;
    let program = std::env::current_exe()?;
    let program = program.to_str().context("the path of this program is text")?;
    let command = [program, "hello", &port.to_string()];
    let hello = stage("actix hello", Process::start("hello", &command, &[], port, &installation.folder)).await?;
    let hello_url = format!("http://127.0.0.1:{port}/hello");
    let (direct_url, gateway_url) =
        (format!("{}{PROCEDURE_PATH}", installation.catalogue), format!("{}{PROCEDURE_PATH}", installation.gateway));
    let token = [format!("Authorization: Bearer {}", installation.issuer.citizen(citizen(0))?)];
    let load = async |name: &str, url: &str, headers: &[String]| -> Result<Sample> {
        let before = installation.cpu(&[&hello]);
        let answers = wrk::read(installation, url, CONNECTIONS, plan.load / 2, headers).await?;
        let sample = answers.sample(&before, &installation.cpu(&[&hello]));
        say(&format!("    {}", sample.line(name)));
        Ok(sample)
    };
    say("\n  reads");
    load("warm-up", &gateway_url, &token).await?;
    for _ in 0..plan.rounds {
        let mut sampled = Vec::new();
        for (name, url, headers) in [
            ("hello", &hello_url, &[][..]),
            ("a procedure with token, direct", &direct_url, &token),
            ("a procedure with token, gateway", &gateway_url, &token),
            ("a procedure with token, direct", &direct_url, &token),
            ("hello", &hello_url, &[]),
        ] {
            let sample = load(name, url, headers).await?;
            sampled.push(sample.rate);
            report.sample(name, sample);
        }
        let direct = (sampled[1] + sampled[3]) / 2.0;
        report.figure("gateway_read", sampled[2] / direct);
        report.figure("read_hello", direct / ((sampled[0] + sampled[4]) / 2.0));
    }
    hello.stop().await;
    Ok(())
}
