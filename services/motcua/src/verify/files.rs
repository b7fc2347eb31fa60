//! The files of papers and results: each is there and as it was received.

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use diesel::{
    QueryableByName, sql_query,
    sql_types::{Array, BigInt, Binary, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use files::{Files, Found, Kept, Turn, USUAL_LIMIT};
use futures_util::{StreamExt, TryStreamExt, stream};
use runtime::{Clock, Finding};

use super::{Documents, Held, Verified};
use crate::{progress::tell, stored::Stored};

/// The service that has files.
const OWNER: &str = "submissions";
/// Behind a key, so many rows at a time: no snapshot is held while files are read.
const PAGE: &str = "select object_key as key, size, sha256 from (
        (select object_key, size, sha256 from documents where object_key > $1 order by object_key limit 500)
        union all
        (select object_key, size, sha256 from results where object_key > $1 order by object_key limit 500)
        union all
        (select object_key, size, sha256 from request_files where object_key > $1 order by object_key limit 500)
    ) file order by object_key limit 500";
const NAMED: &str = "select object_key as key from documents where object_key = any($1)
    union all select object_key from results where object_key = any($1)
    union all select object_key from request_files where object_key = any($1)";
/// Files read at once.
const AT_ONCE: usize = 4;
/// Between two words on how far it is.
const EVERY: Duration = Duration::from_secs(10);
/// A file that no row names yet may be about to be named.
const AGE: TimeDelta = TimeDelta::hours(1);

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    key: String,
    #[diesel(sql_type = BigInt)]
    size: i64,
    #[diesel(sql_type = Binary)]
    sha256: Vec<u8>,
}

#[derive(QueryableByName)]
struct Key {
    #[diesel(sql_type = Text)]
    key: String,
}

/// Holds every stored file against its row, and adds what was found.
pub(super) async fn verify(stored: &Stored, documents: &Documents, verified: &mut Verified) -> Result<()> {
    let folder = &documents.folder;
    let url = stored.database(OWNER)?;
    let mut database = pg::connect(&url).await.context("A database to verify cannot be reached")?;
    let mut finding = Finding {
        name: "files_are_as_received".to_owned(),
        promise: "Each file of a paper or result is there, with the size and the bytes that were received.".to_owned(),
        broken: 0,
        rows: Vec::new(),
    };
    if folder.is_dir() {
        let files = Files::open(folder, USUAL_LIMIT)?.sealed_by(documents.keys.clone());
        look_through(&mut database, &files, &mut finding).await?;
        verified.remarks.extend(left_over(&mut database, &files).await?);
    } else {
        ensure!(
            page(&mut database, "").await?.is_empty(),
            "The papers and results are not in {}: name their folder with --documents-dir, or leave them out with --without-files.",
            folder.display()
        );
    }
    verified.held.push(Held { owner: OWNER.to_owned(), finding });
    Ok(())
}

async fn look_through(database: &mut AsyncPgConnection, files: &Files, finding: &mut Finding) -> Result<()> {
    let (mut behind, mut looked_at, mut told) = (String::new(), 0, Instant::now());
    loop {
        let rows = page(database, &behind).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        behind.clone_from(&last.key);
        let damaged = damaged(files, &rows).await?;
        let keys: Vec<_> = damaged.iter().map(|(key, _)| *key).collect();
        // What was taken out while it was looked for is not missing.
        let still = named(database, &keys).await?;
        for (_, what) in damaged.into_iter().filter(|(key, _)| still.contains(*key)) {
            finding.broken += 1;
            if finding.rows.len() < pg::SHOWN {
                finding.rows.push(what);
            }
        }
        looked_at += rows.len();
        if told.elapsed() > EVERY {
            tell(&format!("{looked_at} files of papers and results looked at"));
            told = Instant::now();
        }
    }
}

/// The keys of those that are not as received, each with what is wrong.
async fn damaged<'a>(files: &Files, rows: &'a [Row]) -> Result<Vec<(&'a str, String)>> {
    let check = async |row: &'a Row| {
        let damage = files.check(Kept { key: &row.key, size: row.size, sha256: &row.sha256 }).await;
        let damage = damage.with_context(|| format!("The file {} cannot be read", row.key))?;
        anyhow::Ok(damage.map(|damage| (row.key.as_str(), format!("{} of {} bytes {damage}", row.key, row.size))))
    };
    let found: Vec<_> = stream::iter(rows).map(check).buffered(AT_ONCE).try_collect().await?;
    Ok(found.into_iter().flatten().collect())
}

/// A remark on files that no row names, if there are any.
async fn left_over(database: &mut AsyncPgConnection, files: &Files) -> Result<Option<String>> {
    let (mut count, mut bytes) = (0u64, 0u64);
    let take = async |found: Vec<Found>| {
        let keys: Vec<_> = found.iter().map(|file| file.key.as_str()).collect();
        let named = named(database, &keys).await?;
        for file in found.iter().filter(|file| !named.contains(&file.key)) {
            count += 1;
            bytes += file.size;
        }
        Ok(())
    };
    files.older_than(Clock::system().now() - AGE, Turn::All, take).await?;
    Ok((count > 0).then(|| {
        format!("{count} files of {bytes} bytes belong to no paper or result; submissions removes them once they are a day old.")
    }))
}

async fn page(database: &mut AsyncPgConnection, behind: &str) -> Result<Vec<Row>> {
    let page = sql_query(PAGE).bind::<Text, _>(behind).load(database).await;
    page.context("The papers and results cannot be listed")
}

async fn named(database: &mut AsyncPgConnection, keys: &[&str]) -> Result<HashSet<String>> {
    if keys.is_empty() {
        return Ok(HashSet::new());
    }
    let rows: Vec<Key> = sql_query(NAMED).bind::<Array<Text>, _>(keys).load(database).await?;
    Ok(rows.into_iter().map(|row| row.key).collect())
}
