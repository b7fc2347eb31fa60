//! Publishes versions of a procedure, and tells others.

use anyhow::{Result, anyhow};
use civic::{ProcedureCode, events::ProcedurePublished};
use diesel_async::AsyncPgConnection;
use procedure::Procedure;
use queue::Outbox;
use runtime::Life;
use sha2::{Digest, Sha256};

use crate::store::versions::{self, NewVersion};

/// Publishes those of `history`, the versions of one procedure from its first, that are not published yet; in the caller's
/// transaction. Gives their numbers.
///
/// # Errors
/// When one cannot work, or is another procedure's: a sentence that names it. When the database does not take it.
pub async fn publish(
    conn: &mut AsyncPgConnection,
    outbox: &Outbox,
    life: &Life,
    code: &ProcedureCode,
    history: &[Procedure],
) -> Result<Vec<i32>> {
    let last = versions::lock_last(conn, code).await?;
    let mut published = Vec::new();
    for (number, procedure) in (1..).zip(history).filter(|(number, _)| *number > last) {
        if procedure.code != *code {
            return Err(anyhow!("version {number} of {code} says that it is {}", procedure.code));
        }
        procedure.form().map_err(|why| anyhow!("version {number} of {code} cannot be published: {why}"))?;
        publish_one(conn, outbox, life, number, procedure, None).await?;
        published.push(number);
    }
    Ok(published)
}

/// Publishes one version as number `number`, by a decision if there is one. The caller holds the lock of the last one.
///
/// # Errors
/// When the database does not take it.
pub async fn publish_one(
    conn: &mut AsyncPgConnection,
    outbox: &Outbox,
    life: &Life,
    number: i32,
    procedure: &Procedure,
    decision: Option<&str>,
) -> Result<()> {
    let (content, published_at) = (serde_json::to_value(procedure)?, life.clock.now());
    let digest = digest(procedure)?;
    let version = NewVersion { number, procedure, content: &content, digest: &digest, decision, published_at };
    versions::insert(conn, &version).await?;
    let event = ProcedurePublished {
        code: procedure.code.clone(),
        version: number,
        published_at,
        digest: hex::encode(digest),
        content,
    };
    outbox.put(conn, &event).await?;
    Ok(())
}

/// What a version is known by: the SHA-256 of what it says, as it is written.
pub fn digest(procedure: &Procedure) -> serde_json::Result<[u8; 32]> {
    Ok(Sha256::digest(serde_json::to_vec(procedure)?).into())
}
