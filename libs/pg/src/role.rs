//! The role as which a service works: it reads and writes rows, and owns nothing.

use anyhow::{Context, Result};
use diesel_async::SimpleAsyncConnection;

/// Tables, triggers and rights stay with who migrates; nobody but the two connects.
const LET_IN: &str = "
    do $$ begin
        execute format('revoke connect on database %I from public', current_database());
        execute format('grant connect on database %I to {role}', current_database());
    end $$;
    grant usage on schema public to {role};
    grant select, insert, update, delete on all tables in schema public to {role};
    grant usage, select on all sequences in schema public to {role};
    revoke insert, update, delete on __diesel_schema_migrations from {role};";

/// Lets `role` work with the rows of a database that was just migrated.
///
/// # Errors
/// When the database does not answer, or has no such role.
pub async fn let_in(database_url: &str, role: &str) -> Result<()> {
    let mut connection = crate::connect(database_url).await?;
    let granted = connection.batch_execute(&LET_IN.replace("{role}", role)).await;
    granted.with_context(|| format!("The role {role} cannot be let in; is there one?"))
}

/// The parser of a setting that is a role's name: one that needs no quotes in SQL.
///
/// # Errors
/// What it should look like.
pub fn role(text: &str) -> Result<String, String> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    match text.bytes().all(plain) && text.starts_with(|first: char| first.is_ascii_lowercase()) {
        true => Ok(text.to_owned()),
        false => Err("a name of small letters, digits and _, a letter first".into()),
    }
}
