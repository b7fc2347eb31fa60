//! What every operation that takes a file in ends with: a row that names the file, or no file.

use diesel_async::AsyncPgConnection;
use edge::{IdempotencyKey, Problem, Reply};
use files::Received;
use uuid::Uuid;

use crate::app::App;

/// Has `keep` name a received file in a row, once for its key. `same` tells a repetition, together with the file's bytes.
/// A file that no row can refer to is removed; when it is unsure whether the commit came through, it stays.
///
/// # Errors
/// As [`IdempotencyKey::once`].
pub(super) async fn keep_file(
    app: &App,
    key: &IdempotencyKey,
    caller: Uuid,
    same: &str,
    file: &Received,
    keep: impl AsyncFnOnce(&mut AsyncPgConnection) -> Result<Reply, Problem>,
) -> Result<Reply, Problem> {
    let same = format!("POST {same} {}", hex::encode(file.sha256));
    let mut kept = false;
    let work = async |conn: &mut AsyncPgConnection| {
        let reply = keep(conn).await?;
        kept = true;
        Ok(reply)
    };
    let reply = key.once(&app.pool, caller, same.as_bytes(), app.life.clock.now(), work).await;
    // Refused, or an answer of before.
    if !kept {
        app.files.discard(&file.key).await;
    }
    reply
}
