//! Reads a second of what a service keeps in its process: beside the bare HTTP library, and through the gateway.

use std::time::Duration;

use anyhow::{Context, Result};

use crate::{
    data::PROCEDURE_PATH,
    drafts::citizen,
    house::House,
    plan::Plan,
    process::{Process, cpu_of_ended_children, cpu_of_tree},
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
pub async fn run(plan: &Plan, house: &House, report: &mut Report) -> Result<()> {
    let port = provision::free_port()?;
    let program = std::env::current_exe()?;
    let program = program.to_str().context("the path of this program is text")?;
    let command = [program, "hello", &port.to_string()];
    let hello = stage("actix hello", Process::start("hello", &command, &[], port, &house.folder)).await?;
    let hello_url = format!("http://127.0.0.1:{port}/hello");
    let (direct_url, gateway_url) =
        (format!("{}{PROCEDURE_PATH}", house.submissions), format!("{}{PROCEDURE_PATH}", house.gateway));
    let token = [format!("Authorization: Bearer {}", house.issuer.citizen(citizen(0))?)];
    let reads = Reads { house, hello: &hello, load: plan.load };
    say("\n  reads");
    reads.load("warm-up", &gateway_url, &token).await?;
    for _ in 0..plan.rounds {
        let mut sampled = Vec::new();
        for (name, url, headers) in [
            ("hello", &hello_url, &[][..]),
            ("a procedure, direct", &direct_url, &[]),
            ("a procedure, gateway with token", &gateway_url, &token),
            ("a procedure, direct", &direct_url, &[]),
            ("hello", &hello_url, &[]),
        ] {
            let sample = reads.load(name, url, headers).await?;
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

struct Reads<'a> {
    house: &'a House,
    hello: &'a Process,
    load: Duration,
}

impl Reads<'_> {
    async fn load(&self, name: &str, url: &str, headers: &[String]) -> Result<Sample> {
        let before = self.cpu();
        let answers = wrk::read(self.house, url, CONNECTIONS, self.load, headers).await?;
        let rate = answers.good() as f64 * 1e6 / answers.micros as f64;
        let note = format!("p50 {:.1} ms, p99 {:.1} ms", answers.p50 as f64 / 1e3, answers.p99 as f64 / 1e3);
        let sample = Sample::new(rate, answers.good(), &before, &self.cpu(), &note);
        say(&format!("    {}", sample.line(name)));
        Ok(sample)
    }

    fn cpu(&self) -> Vec<(&'static str, u64)> {
        let mut cpu = self.house.cpu();
        cpu.push((self.hello.name, cpu_of_tree(self.hello.pid)));
        cpu.push(("generator", cpu_of_ended_children()));
        cpu
    }
}
