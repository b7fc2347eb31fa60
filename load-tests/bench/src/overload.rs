//! More than can be filed: what is still filed, and how the rest is refused.

use anyhow::{Result, ensure};

use crate::{
    bench::Bench,
    drafts::Kind,
    say::say,
    wrk::{Filing, Manner},
};

/// The figures that come of it.
pub const FIGURES: [&str; 2] = ["overload", "overload_hammer"];
/// How many times P is offered.
const OFFERED: f64 = 2.0;
/// Seconds that a client who heeds `Retry-After: 1` waits before each request, on average.
const PAUSE: f64 = 1.25;
/// Requests a second that the gateway takes from each of the 512 citizens who hammer: together about P.
const LIMIT: &str = "4";

/// Measures P, clients that do as they are told, and clients that do not, in turn.
///
/// # Errors
/// When there are answers that should not be.
pub async fn run(bench: &mut Bench<'_>) -> Result<()> {
    say("\n  overload");
    let port = provision::free_port()?;
    let limits = [("MOTCUA_REQUESTS_A_SECOND", LIMIT.to_owned())];
    let gateway = bench.installation.part("gateway with limits", "serve", "gateway", port, &limits).await?;
    let limited = format!("http://127.0.0.1:{port}");
    for _ in 0..bench.plan.rounds {
        let p = bench.p(bench.plan.load / 2, &[]).await?.rate;
        for (figure, manner) in [("overload", Manner::Heeding), ("overload_hammer", Manner::Hammering)] {
            if bench.plan.wants(&[figure]) {
                let good = offered(bench, p, manner, &limited).await?;
                bench.report.figure(figure, good / p);
            }
        }
    }
    gateway.stop().await;
    Ok(())
}

/// Filings a second while 2 P are offered (by clients that hammer: by as many connections, whatever they come to).
async fn offered(bench: &mut Bench<'_>, p: f64, manner: Manner, limited: &str) -> Result<f64> {
    let installation = bench.installation;
    let load = bench.plan.load;
    let (name, address, pause, load) = match manner {
        Manner::Hammering => ("who hammer", limited, 1.0, load / 2),
        Manner::Closed | Manner::Heeding => ("who heed Retry-After", &*installation.submissions, PAUSE, load),
    };
    let connections = (p * OFFERED * pause) as u32;
    let filing = Filing { address, kind: Kind::Spread, connections, load, manner };
    let (answers, sample) = bench.file(&filing, &[]).await?;
    say(&format!(
        "    P {p:.0}/s; {connections} clients {name}: offered {:.1} P, filed {:.0}/s, refused {} ({} with Retry-After), \
         broken or late {} ({})",
        answers.a_second(answers.answers) / p,
        sample.rate,
        answers.refused,
        answers.told,
        answers.socket,
        sample.note,
    ));
    ensure!(answers.others == 0 && answers.told == answers.refused, "not refused as promised: {answers:?}");
    Ok(sample.rate)
}
