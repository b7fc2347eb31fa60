//! P: pgbench with the statement of the product, one dossier a transaction.

use std::{fs, process::Stdio, time::Duration};

use anyhow::{Context, Result, ensure};
use tokio::process::Command;

use crate::{data::Specimen, drafts::Kind, installation::Installation};

/// The statement, as the product sends it.
const STATEMENT: &str = include_str!("../../../services/submissions/src/store/file_dossiers.sql");

/// Connecting, and the plans that a connection makes before it keeps one, take up to this. They are not counted.
pub const WARM_UP: Duration = Duration::from_secs(3);

/// What pgbench did.
pub struct Filed {
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
) -> Result<Filed> {
    let path = installation.folder.join("filing.sql");
    fs::write(&path, script(specimen))?;
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
        .arg(installation.database_url("submissions"))
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
    Ok(Filed {
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
    // pgbench would take what follows a colon for a variable of its own.
    let quoted = |text: &str| format!("E'{}'", text.replace('\\', "\\\\").replace('\'', "''").replace(':', "\\x3A"));
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
