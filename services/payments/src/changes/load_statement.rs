//! An accountant loads a statement: it is kept whole, each line once, and its lines are compared from then on.

use civic::AgencyCode;
use diesel_async::AsyncPgConnection;
use edge::{
    Caller,
    audit::{self, AuditEntry},
};
use queue::Job;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use uuid::Uuid;

use crate::{
    app::App,
    domain::statement::{Line, Source, Statement},
    store::{
        statement_lines,
        statements::{self, Loaded, StatementState},
    },
};

/// Lines that one statement writes.
const AT_ONCE: usize = 10_000;

/// A statement whose lines are to be compared. `jobs/compare_statement.rs` does.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct CompareStatement {
    /// Which.
    pub statement_id: Uuid,
}

impl Job for CompareStatement {
    const KIND: &'static str = "compare_statement";
}

/// A file that was read.
pub struct ReadFile {
    pub source: Source,
    pub name: String,
    pub sha256: [u8; 32],
    pub statement: Statement,
    /// The key of each line, in order; see [`keys`].
    pub keys: Vec<[u8; 32]>,
}

/// Loads it for an agency; gives what was loaded, and whether it is new: the same file again changes nothing.
pub async fn load(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    agency: &AgencyCode,
    file: ReadFile,
) -> Result<(Loaded, bool), pg::Error> {
    let ReadFile { source, name, sha256, statement, keys } = file;
    let loaded_at = statements::take_turn(conn, (source, &statement.account), app.now()).await?;
    let mut loaded = Loaded {
        id: app.life.new_id(),
        agency: agency.clone(),
        source,
        account: statement.account,
        file_name: name,
        sha256: sha256.to_vec(),
        from_day: statement.from,
        until_day: statement.until,
        lines: i32::try_from(statement.lines.len()).unwrap_or(i32::MAX),
        new_lines: 0,
        state: StatementState::Comparing,
        loaded_by: by.id,
        loaded_by_name: by.name.clone(),
        loaded_at,
        compared_at: None,
    };
    if !statements::insert(conn, &loaded).await? {
        let known = statements::find_file(conn, agency, source, &sha256).await?.ok_or(pg::Error::NotFound)?;
        return Ok((known, false));
    }
    let lines: Vec<_> = statement.lines.into_iter().zip(keys).collect();
    let mut new = 0;
    for some in lines.chunks(AT_ONCE) {
        new += statement_lines::insert(conn, loaded.id, some).await?;
    }
    loaded.new_lines = i32::try_from(new).unwrap_or(i32::MAX);
    statements::note_lines(conn, loaded.id, loaded.new_lines).await?;
    let entry = AuditEntry {
        actor: Some(by),
        action: "statement.loaded",
        subject_type: "statement",
        subject_id: loaded.id.to_string(),
        detail: json!({"agency": agency, "source": source, "account": loaded.account, "lines": loaded.lines, "new_lines": new,
            "from": loaded.from_day, "until": loaded.until_day, "sha256": hex::encode(sha256)}),
    };
    audit::record(conn, &app.life, entry).await?;
    queue::enqueue(conn, &app.life, &CompareStatement { statement_id: loaded.id }, app.now()).await?;
    Ok((loaded, true))
}

/// What tells each line from every other one of the account: what it says, and how many before it in the file say the same. A line
/// with a number of theirs is told by that, whatever is written with it. An agency's account is its own: who types another one's number
/// takes no line from it.
pub fn keys(source: Source, agency: &AgencyCode, statement: &Statement) -> Vec<[u8; 32]> {
    let owner = if source.is_of_agency() { agency.as_str() } else { "" };
    let mut seen = HashMap::new();
    let key = |line: &Line| {
        let told = line.number_there.as_deref().unwrap_or(&line.text);
        let said = [
            source.as_str(),
            owner,
            &statement.account,
            &line.day.to_string(),
            line.direction.as_str(),
            &line.amount.dong().to_string(),
            line.status.as_str(),
            line.reference.as_deref().unwrap_or_default(),
            told,
        ]
        .join("\n");
        let said: [u8; 32] = Sha256::digest(said).into();
        let nth = seen.entry(said).and_modify(|nth| *nth += 1).or_insert(0_u32);
        Sha256::new().chain_update(said).chain_update(nth.to_be_bytes()).finalize().into()
    };
    statement.lines.iter().map(key).collect()
}
