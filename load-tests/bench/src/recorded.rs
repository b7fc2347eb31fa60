//! What the product asks of PostgreSQL for one request, recorded by PostgreSQL itself, and the same as a script for pgbench.

use std::{collections::BTreeMap, fs, time::Duration};

use anyhow::{Context, Result, ensure};
use tokio::time::sleep;
use tokio_postgres::Client;

use crate::{installation::Installation, pgbench::quoted};

/// Twelve hexadecimal digits at the end of a UUID: the number of what is paid.
const DIGITS: usize = 12;

/// One statement of the product's.
#[derive(Debug)]
struct Statement {
    process: String,
    sql: String,
    /// As PostgreSQL writes them, none for null.
    parameters: Vec<Option<String>>,
}

/// What is replaced in a recorded value, so that it is another for each number.
pub struct Replaced<'a> {
    /// The number that the recorded request was about; its twelve hexadecimal digits end UUIDs that are its own.
    pub number: u64,
    /// Texts of the request, and what stands for them, in SQL, made of `:number`.
    pub texts: &'a [(String, String)],
    /// The beginnings of UUIDs that stay as they are.
    pub kept: &'a [&'a str],
}

/// Has the statements of a service written down from now on, by connections that begin from now on, or not.
///
/// # Errors
/// When PostgreSQL refuses.
pub async fn write_down(db: &Client, service: &str, wanted: bool) -> Result<()> {
    let kind = if wanted { "all" } else { "none" };
    Ok(db.batch_execute(&format!("alter database {service} set log_statement = '{kind}'")).await?)
}

/// The script of the transaction that `work` has the product do, and that mentions the number of what is replaced.
///
/// # Errors
/// When `work` fails, or the transaction is not found.
pub async fn script(
    installation: &Installation,
    db: &Client,
    replaced: &Replaced<'_>,
    work: impl Future<Output = Result<()>>,
) -> Result<String> {
    let path = installation.folder.join("postgres/log");
    let before = fs::metadata(&path)?.len();
    work.await?;
    // PostgreSQL writes its log on its own time.
    sleep(Duration::from_millis(500)).await;
    let log = fs::read(&path)?;
    let statements = statements(&String::from_utf8_lossy(&log[usize::try_from(before)?..]));
    let transaction = transaction(&statements, &format!("{:012x}", replaced.number))?;
    let mut script = String::from("begin;\n");
    for statement in transaction {
        script += &as_script(db, statement, replaced).await?;
    }
    Ok(script + "commit;\n")
}

/// Lines like `2026-11-30 09:00:00 UTC [123] LOG:  execute s1: select …`, each with its parameters in a line `DETAIL` after it; what is
/// longer than a line goes on behind a tab.
fn statements(log: &str) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    for entry in log.replace("\n\t", "\u{1}").lines().map(|line| line.replace('\u{1}', "\n")) {
        let Some((head, said)) = entry.split_once("] ") else { continue };
        let process = head.rsplit_once('[').map_or(head, |(_, process)| process).to_owned();
        if let Some(sql) = said.strip_prefix("LOG:  statement: ") {
            found.push(Statement { process, sql: sql.to_owned(), parameters: Vec::new() });
        } else if let Some(executed) = said.strip_prefix("LOG:  execute ") {
            let sql = executed.split_once(": ").map_or(executed, |(_, sql)| sql).to_owned();
            found.push(Statement { process, sql, parameters: Vec::new() });
        } else if let Some(text) =
            said.strip_prefix("DETAIL:  parameters: ").or(said.strip_prefix("DETAIL:  Parameters: "))
            && let Some(last) = found.iter_mut().rfind(|statement| statement.process == process)
        {
            last.parameters = parameters(text);
        }
    }
    found
}

/// Parameters like `$1 = 'it''s', $2 = NULL`.
fn parameters(text: &str) -> Vec<Option<String>> {
    let (mut values, mut rest) = (Vec::new(), text);
    while let Some((_, behind)) = rest.split_once(" = ") {
        let Some(quoted) = behind.strip_prefix('\'') else {
            values.push(None);
            rest = behind.strip_prefix("NULL").unwrap_or_default();
            continue;
        };
        let (mut value, mut left) = (String::new(), quoted);
        while let Some((piece, after)) = left.split_once('\'') {
            value += piece;
            left = after;
            let Some(more) = left.strip_prefix('\'') else { break };
            value.push('\'');
            left = more;
        }
        values.push(Some(value));
        rest = left;
    }
    values
}

/// The statements between `begin` and `commit` of the only transaction that mentions this.
fn transaction<'a>(statements: &'a [Statement], mentioned: &str) -> Result<Vec<&'a Statement>> {
    let mut open: BTreeMap<&str, Vec<&Statement>> = BTreeMap::new();
    let mut found = Vec::new();
    for statement in statements {
        let of_process = open.entry(&statement.process).or_default();
        match statement.sql.trim_end_matches(';').to_ascii_lowercase().as_str() {
            begin if begin.starts_with("begin") => of_process.clear(),
            "commit" => found.push(std::mem::take(of_process)),
            _ => of_process.push(statement),
        }
    }
    let mentions =
        |statement: &&Statement| statement.parameters.iter().flatten().any(|value| value.contains(mentioned));
    found.retain(|transaction| transaction.iter().any(mentions));
    ensure!(found.len() == 1, "{} transactions mention {mentioned} in PostgreSQL's log", found.len());
    found.pop().context("there is one")
}

/// The statement with its values in place of its parameters.
async fn as_script(db: &Client, statement: &Statement, replaced: &Replaced<'_>) -> Result<String> {
    let types = db.prepare(&statement.sql).await.with_context(|| statement.sql.clone())?;
    ensure!(types.params().len() == statement.parameters.len(), "parameters are missing of {}", statement.sql);
    let mut sql = statement.sql.clone();
    // From the last on: `$1` begins `$12`.
    for (place, (value, kind)) in statement.parameters.iter().zip(types.params()).enumerate().rev() {
        let value = match value {
            None => "null".to_owned(),
            Some(_) if statement.sql.contains("pg_try_advisory_xact_lock") => ":number".to_owned(),
            Some(value) if kind.name() == "bytea" => format!("sha256((:number::bigint || '{}')::bytea)", digest(value)),
            Some(value) => text(value, replaced),
        };
        let kind = kind.name().strip_prefix('_').map_or(kind.name().to_owned(), |element| format!("{element}[]"));
        sql = sql.replace(&format!("${}", place + 1), &format!("({value})::{kind}"));
    }
    Ok(format!("{};\n", sql.replace('\n', " ")))
}

/// Enough of a digest to tell it from another.
fn digest(value: &str) -> String {
    value.chars().filter(char::is_ascii_hexdigit).take(DIGITS).collect()
}

/// A value in SQL, with what is another for each number.
fn text(value: &str, replaced: &Replaced<'_>) -> String {
    let (mut parts, mut plain, mut rest) = (Vec::new(), String::new(), value);
    while !rest.is_empty() {
        let found = replaced.texts.iter().find(|(text, _)| rest.starts_with(text.as_str()));
        let found = found.map(|(text, by)| (text.len(), by.clone())).or_else(|| uuid(rest, replaced));
        match found {
            Some((length, by)) => {
                parts.extend([quoted(&plain), by]);
                plain.clear();
                rest = &rest[length..];
            }
            None => {
                let length = rest.chars().next().map_or(1, char::len_utf8);
                plain += &rest[..length];
                rest = &rest[length..];
            }
        }
    }
    parts.push(quoted(&plain));
    parts.join(" || ")
}

/// The UUID at the beginning of a text, with its hyphens or without, and what stands for it: what the product made up is made up of the
/// number and its own digits.
fn uuid(text: &str, replaced: &Replaced<'_>) -> Option<(usize, String)> {
    let length = [36, 32].into_iter().find(|length| {
        text.get(..*length).is_some_and(|text| text.len() == *length && uuid::Uuid::try_parse(text).is_ok())
    })?;
    let (given, hyphens) = (&text[..length], length == 36);
    let number = format!("{:012x}", replaced.number);
    let own = given.strip_suffix(number.as_str());
    let by = match own {
        Some(prefix) => format!("'{prefix}' || lpad(to_hex(:number::bigint), {DIGITS}, '0')"),
        None if replaced.kept.iter().any(|kept| given.starts_with(kept)) => format!("'{given}'"),
        None if hyphens => format!("(md5(:number::bigint || '{given}')::uuid)::text"),
        None => format!("md5(:number::bigint || '{}')", uuid::Uuid::try_parse(given).ok()?),
    };
    Some((length, by))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "2026-11-30 09:00:00.000 UTC [12] LOG:  statement: BEGIN\n\
        2026-11-30 09:00:00.000 UTC [13] LOG:  execute s0: select 1\n\
        2026-11-30 09:00:00.000 UTC [12] LOG:  execute s1: update a\n\
        \tset b = $1 where c = $2\n\
        2026-11-30 09:00:00.000 UTC [12] DETAIL:  parameters: $1 = 'it''s, $9 = x', $2 = NULL\n\
        2026-11-30 09:00:00.000 UTC [12] LOG:  statement: COMMIT\n";

    #[test]
    fn statements_are_read_with_their_parameters() {
        let found = statements(LOG);
        assert_eq!(found.len(), 4);
        assert_eq!(found[2].sql, "update a\nset b = $1 where c = $2");
        assert_eq!(found[2].parameters, [Some("it's, $9 = x".to_owned()), None]);
        let transaction = transaction(&found, "$9").expect("there is one");
        assert_eq!(transaction.len(), 1);
        assert!(super::transaction(&found, "nothing").is_err());
    }

    #[test]
    fn what_is_another_each_time_is_made_of_the_number() {
        let number = 0xbe9c_0000_0000;
        let replaced = Replaced { number, texts: &[("4242425".into(), "(1 + :number)".into())], kept: &["cccccccc"] };
        let told = |value| text(value, &replaced);
        assert_eq!(
            told("00000000-0000-7000-8000-be9c00000000"),
            "E'' || '00000000-0000-7000-8000-' || lpad(to_hex(:number::bigint), 12, '0') || E''"
        );
        assert_eq!(told("a:4242425"), "E'a\\x3A' || (1 + :number) || E''");
        let kept = "cccccccc-0000-4000-8000-000000000000";
        assert_eq!(told(kept), format!("E'' || '{kept}' || E''"));
        let made_up = "01930000-0000-7000-8000-000000000001";
        assert!(told(made_up).contains(&format!("md5(:number::bigint || '{made_up}')::uuid")));
    }
}
