//! `motcua restore` from a backup that came back from elsewhere with less than it went away with: nothing is left out in silence.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use diesel::{QueryableByName, sql_query, sql_types::BigInt};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use provision::{Options, Postgres};
use tokio::time::sleep;

use crate::{
    backup::{motcua, stop, succeeds},
    up::{Folder, Up, command, port},
};

/// Rows that were written after the last copy, each followed by the end of a piece of the log.
const ROWS: i64 = 5;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

/// A backup whose last copy is followed by [`ROWS`] pieces of the log.
struct Backup {
    kept: Folder,
    /// The pieces, each with the moment after its row.
    pieces: Vec<(PathBuf, String)>,
}

impl Backup {
    async fn made() -> Self {
        let (here, kept) = (Folder::new(), Folder::new());
        let copies = kept.0.join("copies");
        stop(Up::ready(port(), &here.0)).await;
        // The first one has PostgreSQL keep its log from its next start on.
        succeeds(&["backup"], [&here.0, &copies]);
        let server = Postgres::start(&Options::durable(here.0.join("postgres"))).await.unwrap();
        succeeds(&["backup"], [&here.0, &copies]);
        let mut database = connect(&server).await;
        database.batch_execute("create table written (number bigint)").await.unwrap();
        let mut pieces = Vec::new();
        for number in 0..ROWS {
            pieces.push(piece(&mut database, &copies.join("log"), number).await);
        }
        server.stop().await;
        Self { kept, pieces }
    }

    /// A copy of its folder as `cp -r` makes it: whoever copies owns it, and closes it.
    fn copied(&self) -> (Folder, PathBuf) {
        let folder = Folder::new();
        let copy = Command::new("cp").arg("-r").arg(self.kept.0.join("copies")).arg(&folder.0).status().unwrap();
        assert!(copy.success());
        let copies = folder.0.join("copies");
        for entry in fs::read_dir(copies.join("log")).unwrap().flatten() {
            fs::set_permissions(entry.path(), Permissions::from_mode(0o600)).unwrap();
        }
        fs::set_permissions(copies.join("log"), Permissions::from_mode(0o700)).unwrap();
        (folder, copies)
    }

    /// The file of the piece that a row is in, in a copy of the folder.
    fn file(&self, copies: &Path, number: usize) -> PathBuf {
        copies.join("log").join(self.pieces[number].0.file_name().unwrap())
    }

    fn name(&self, number: usize) -> &str {
        self.pieces[number].0.file_stem().unwrap().to_str().unwrap()
    }
}

async fn connect(server: &Postgres) -> AsyncPgConnection {
    AsyncPgConnection::establish(&format!("{}postgres", server.url())).await.unwrap()
}

async fn piece(database: &mut AsyncPgConnection, log: &Path, number: i64) -> (PathBuf, String) {
    #[derive(QueryableByName)]
    struct Said {
        #[diesel(sql_type = diesel::sql_types::Text)]
        said: String,
    }
    database.batch_execute(&format!("insert into written values ({number})")).await.unwrap();
    let moment = "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') as said";
    let moment = sql_query(moment).get_result::<Said>(database).await.unwrap().said;
    let piece =
        sql_query("select pg_walfile_name(pg_switch_wal()) as said").get_result::<Said>(database).await.unwrap();
    let file = log.join(format!("{}.gz", piece.said));
    there(&file).await;
    (file, moment)
}

/// Resolves when a file is there: PostgreSQL keeps its log when the machine has time for it.
async fn there(file: &Path) {
    let begun = Instant::now();
    while !file.exists() {
        assert!(begun.elapsed() < Duration::from_secs(90), "{} does not come", file.display());
        sleep(Duration::from_millis(20)).await;
    }
}

/// How many of the rows a restored installation has.
async fn rows(folder: &Path) -> i64 {
    let server = Postgres::start(&Options::durable(folder.join("postgres"))).await.unwrap();
    let counted =
        sql_query("select count(*) as rows from written").get_result::<Count>(&mut connect(&server).await).await;
    server.stop().await;
    counted.unwrap().rows
}

#[tokio::test]
async fn what_a_backup_lacks_is_told_by_name_and_what_it_has_is_restored() {
    let backup = Backup::made().await;
    everything_comes_back_whoever_owns_the_copy(&backup).await;
    a_missing_piece_is_named_and_moments_before_it_are_whole(&backup).await;
    a_damaged_piece_and_a_missing_end_are_named(&backup).await;
    a_missing_log_is_named(&backup).await;
    a_missing_list_is_named(&backup).await;
    up_refuses_what_a_killed_restore_left(&backup).await;
}

async fn everything_comes_back_whoever_owns_the_copy(backup: &Backup) {
    let ((_folder, copies), there) = (backup.copied(), Folder::new());
    succeeds(&["restore"], [&there.0, &copies]);
    assert_eq!(rows(&there.0).await, ROWS);
}

async fn a_missing_piece_is_named_and_moments_before_it_are_whole(backup: &Backup) {
    let (_folder, copies) = backup.copied();
    fs::remove_file(backup.file(&copies, 2)).unwrap();
    let there = Folder::new();
    let (code, said) = motcua(&["restore"], [&there.0, &copies]);
    assert!(code == Some(1) && said.contains(backup.name(2)), "{code:?} {said}");
    assert_eq!(rows(&there.0).await, 2, "{said}");

    let (before, there) = (&backup.pieces[0].1, Folder::new());
    succeeds(&["restore", "--at", before], [&there.0, &copies]);
    assert_eq!(rows(&there.0).await, 1);

    let (after, there) = (&backup.pieces[3].1, Folder::new());
    let (code, said) = motcua(&["restore", "--at", after], [&there.0, &copies]);
    assert!(code == Some(2) && said.contains(backup.name(2)), "{code:?} {said}");
    assert!(!said.contains("leave out --at"), "that would lose what comes after it: {said}");
}

async fn a_damaged_piece_and_a_missing_end_are_named(backup: &Backup) {
    let ((_folder, copies), there) = (backup.copied(), Folder::new());
    let file = backup.file(&copies, 3);
    let bytes = fs::read(&file).unwrap();
    fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    fs::remove_file(backup.file(&copies, 4)).unwrap();
    let (code, said) = motcua(&["restore"], [&there.0, &copies]);
    assert!(code == Some(1) && said.contains(backup.name(3)) && said.contains(backup.name(4)), "{code:?} {said}");
    assert_eq!(rows(&there.0).await, 3, "{said}");
}

async fn a_missing_log_is_named(backup: &Backup) {
    let ((_folder, copies), there) = (backup.copied(), Folder::new());
    fs::remove_dir_all(copies.join("log")).unwrap();
    let (code, said) = motcua(&["restore"], [&there.0, &copies]);
    assert!(code == Some(1) && said.contains("log is not there"), "{code:?} {said}");
}

async fn a_missing_list_is_named(backup: &Backup) {
    let ((_folder, copies), there) = (backup.copied(), Folder::new());
    fs::remove_dir_all(copies.join("log")).unwrap();
    fs::remove_file(copies.join("reaches.json")).unwrap();
    let (code, said) = motcua(&["restore"], [&there.0, &copies]);
    assert!(code == Some(1) && said.contains("reaches.json"), "{code:?} {said}");
}

async fn up_refuses_what_a_killed_restore_left(backup: &Backup) {
    let ((_folder, copies), there) = (backup.copied(), Folder::new());
    let mut restore = Command::new(env!("CARGO_BIN_EXE_motcua"));
    restore.arg("restore").arg("--var").arg(&there.0).arg(&copies).stdout(Stdio::null());
    let mut restore = restore.env_remove("MOTCUA_DATABASE_URL").spawn().unwrap();
    // Held from here on, until the restore is whole.
    self::there(&there.0.join("restoring")).await;
    restore.kill().unwrap();
    restore.wait().unwrap();

    let output = command(port(), &there.0).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(2) && said.contains("restore"), "{said}");
    let (code, said) = motcua(&["restore"], [&there.0, &copies]);
    assert!(code == Some(2) && said.contains("restore"), "{said}");
}
