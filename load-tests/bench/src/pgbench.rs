//! P: pgbench with the statement of the product, one dossier a transaction.

use std::{fs, process::Stdio, time::Duration};

use anyhow::{Context, Result, ensure};
use tokio::process::Command;

use crate::{data::Specimen, drafts::Kind, house::House};

/// The statement, as the product sends it.
const STATEMENT: &str = include_str!("../../../services/submissions/src/store/file_dossiers.sql");

/// Files drafts from `first` on with so many clients. Gives how many were filed.
///
/// # Errors
/// When pgbench fails, or any transaction did.
pub async fn file(house: &House, specimen: &Specimen, first: u64, clients: u32, load: Duration) -> Result<u64> {
    let path = house.folder.join("filing.sql");
    fs::write(&path, script(specimen))?;
    let output = Command::new("pgbench")
        .args(["-n", "-M", "prepared", "-j2", &format!("-c{clients}"), &format!("-T{}", load.as_secs())])
        .args(["-D", "i=-1", "-D", &format!("first={first}"), "-D", &format!("clients={clients}"), "-f"])
        .arg(path)
        .arg(house.database_url("submissions"))
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .context("pgbench cannot be run")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let number = |label: &str| -> Option<u64> {
        text.lines().find_map(|line| line.strip_prefix(label))?.split_whitespace().next()?.parse().ok()
    };
    let filed = number("number of transactions actually processed:");
    let failed = number("number of failed transactions:").unwrap_or_default();
    let filed = filed.with_context(|| format!("pgbench failed: {}", String::from_utf8_lossy(&output.stderr)))?;
    ensure!(output.status.success() && failed == 0, "pgbench failed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(filed)
}

/// The values are those of a filing over HTTP, its code in place of the placeholder of the product.
fn script(specimen: &Specimen) -> String {
    // pgbench would take what follows a colon for a variable of its own.
    let quoted = |text: &str| format!("E'{}'", text.replace('\\', "\\\\").replace('\'', "''").replace(':', "\\x3A"));
    let listeners = format!("'{{{}}}'", specimen.listeners.join(","));
    let head = include_str!("head.sql")
        .replace("{prefix}", Kind::Spread.prefix())
        .replace("{code}", &specimen.code)
        .replace("{event}", &quoted(&specimen.event))
        .replace("{event_type}", &quoted(&specimen.event_type))
        .replace("{listeners}", &listeners)
        .replace("{audit_detail}", &quoted(&specimen.audit_detail))
        .replace("{reply}", &quoted(&specimen.reply));
    format!("{}{STATEMENT};\n", head.trim_end())
}
