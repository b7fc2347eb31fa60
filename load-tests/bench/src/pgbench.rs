//! pgbench with the statements of the product. P: with that of a filing, one dossier a transaction.

use std::{fs, process::Stdio, time::Duration};

use anyhow::{Context, Result, ensure};
use tokio::process::Command;

use crate::{data::Specimen, drafts::Kind, installation::Installation};

/// The statement, as the product sends it.
const STATEMENT: &str = include_str!("../../../services/submissions/src/store/file_dossiers.sql");

/// Connecting, and the plans that a connection makes before it keeps one, take up to this. They are not counted.
pub const WARM_UP: Duration = Duration::from_secs(3);

/// How many clients a load has, if it has few or many.
pub const FEW: u32 = 16;
/// The same, many.
pub const MANY: u32 = 64;

/// What a script gives to each transaction: `:number`, a different one each time.
const NUMBER: &str = "\\set i :i + 1\n\\set number :first + :client_id + :clients * :i\n";

/// What pgbench did.
pub struct Done {
    /// In all.
    pub all: u64,
    /// A second, after [`WARM_UP`].
    pub rate: f64,
}

/// Files drafts from `first` on with so many clients, for `load` after the warm-up.
///
/// # Errors
/// When pgbench fails, or any transaction did.
pub async fn file(
    installation: &Installation,
    specimen: &Specimen,
    first: u64,
    clients: u32,
    load: Duration,
) -> Result<Done> {
    run(installation, "submissions", &script(specimen), first, clients, load).await
}

/// Does the transaction of `script` in a service's database for the numbers from `first` on.
///
/// # Errors
/// When pgbench fails, or any transaction did.
pub async fn run(
    installation: &Installation,
    service: &str,
    script: &str,
    first: u64,
    clients: u32,
    load: Duration,
) -> Result<Done> {
    let path = installation.folder.join("pgbench.sql");
    fs::write(&path, format!("{NUMBER}{script}"))?;
    let output = Command::new("pgbench")
        .args([
            "-n",
            "-M",
            "prepared",
            "-j2",
            "-P1",
            &format!("-c{clients}"),
            &format!("-T{}", (WARM_UP + load).as_secs()),
        ])
        .args(["-D", "i=-1", "-D", &format!("first={first}"), "-D", &format!("clients={clients}"), "-f"])
        .arg(path)
        .arg(installation.database_url(service))
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .context("pgbench cannot be run")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let number = |label: &str| -> Option<u64> {
        text.lines().find_map(|line| line.strip_prefix(label))?.split_whitespace().next()?.parse().ok()
    };
    let (all, failed) =
        (number("number of transactions actually processed:"), number("number of failed transactions:"));
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success() && failed.unwrap_or_default() == 0, "pgbench failed: {said}");
    Ok(Done {
        all: all.with_context(|| format!("pgbench does not say what it did: {text}"))?,
        rate: steady(&said).with_context(|| format!("pgbench does not say how it went on: {said}"))?,
    })
}

/// Of lines like `progress: 4.0 s, 2841.0 tps, lat …`, one a second.
fn steady(progress: &str) -> Option<f64> {
    let seconds =
        progress.lines().filter_map(|line| line.strip_prefix("progress: ")?.split(", ").nth(1)?.strip_suffix(" tps"));
    let rates: Vec<f64> = seconds.skip(WARM_UP.as_secs() as usize).filter_map(|rate| rate.parse().ok()).collect();
    (!rates.is_empty()).then(|| rates.iter().sum::<f64>() / rates.len() as f64)
}

/// The values are those of a filing over HTTP, its code in place of the placeholder of the product.
fn script(specimen: &Specimen) -> String {
    let head = include_str!("head.sql")
        .replace("{prefix}", Kind::Spread.prefix())
        .replace("{code}", &specimen.code)
        .replace("{event}", &quoted(&specimen.event))
        .replace("{event_type}", &quoted(&specimen.event_type))
        .replace("{moved}", &quoted(&specimen.moved))
        .replace("{moved_type}", &quoted(&specimen.moved_type))
        .replace("{audit_detail}", &quoted(&specimen.audit_detail))
        .replace("{reply}", &quoted(&specimen.reply));
    format!("{}{STATEMENT};\n", head.trim_end())
}

/// A text in SQL. pgbench would take what follows a colon for a variable of its own.
pub fn quoted(text: &str) -> String {
    format!("E'{}'", text.replace('\\', "\\\\").replace('\'', "''").replace(':', "\\x3A"))
}
