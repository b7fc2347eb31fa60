//! Copies of a private PostgreSQL, by its own tools: taken while it runs, followed by its log, made into a server again.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::process::Command;

use crate::find::POSTGRES;
use crate::folder::{self, Folder, private};
use crate::install::run;
use crate::user::Servant;
use crate::{Error, Postgres, Storage};

const WHOLE: &str = "base.tar.gz";
const LOG: &str = "pg_wal.tar.gz";
const PASSWORD: &str = "password";
/// Beside the cluster, as long as it is replayed.
const REPLAYED: &str = "replayed-log";

/// The `restore_command` for what [`lay_log`] laid. The server's folder is the cluster.
pub const RESTORE_COMMAND: &str = r#"test -f "../replayed-log/%f.gz" && gzip -dc "../replayed-log/%f.gz" >"%p""#;

/// Nothing, compressed.
const EMPTY_GZIP: [u8; 20] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/// What a copy becomes when its server is started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// A server of its own, once it has replayed the log.
    Server,
    /// Another server's follower.
    Standby,
}

/// Copies the server that runs in `folder` into `into`, which must not be there: `pg_basebackup`, compressed, with as much of the
/// log as makes it whole, and the password without which nobody gets in. Programs are looked for as at a start, `tools` included.
///
/// # Errors
/// When no server runs there, its version has no `pg_basebackup` on this machine, or it fails.
pub async fn take(folder: &Path, tools: &Path, into: &Path) -> Result<(), Error> {
    let failed = |why: String| Error::new(format!("The databases in {} cannot be copied: {why}.", folder.display()));
    let (Some(url), Some(password)) = (Postgres::running(folder), folder::password_of_running(folder)) else {
        return Err(failed("no PostgreSQL runs there".into()));
    };
    let program = program(folder, tools).await?;
    let output = Command::new(program)
        // Others may read the arguments of a process, not its environment.
        .arg(format!("--dbname={}postgres", url.replace(&format!(":{password}@"), "@")))
        .env("PGPASSWORD", &password)
        .arg("--pgdata")
        .arg(into)
        .args(["--format=tar", "--compress=1", "--wal-method=stream", "--checkpoint=fast", "--no-password"])
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .map_err(|cause| failed(format!("pg_basebackup cannot be run ({cause})")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(failed(said.lines().last().unwrap_or("pg_basebackup failed").to_owned()));
    }
    let written = private()
        .write(true)
        .create_new(true)
        .open(into.join(PASSWORD))
        .and_then(|mut file| file.write_all(password.as_bytes()));
    written.map_err(|cause| Error::unwritable(into, &cause))
}

/// The `archive_command` of the server in `folder` that keeps its log in the folder `log`, which is made: each finished piece
/// compressed, there whole or not at all, never over another; the last one's name in the file `newest`.
///
/// # Errors
/// When the server's user cannot write there, or the path has characters that a setting of PostgreSQL's could not carry.
pub async fn archive_command(folder: &Path, log: &Path) -> Result<String, Error> {
    let failed = |why: &str| Error::new(format!("The log cannot be kept in {}: {why}.", log.display()));
    DirBuilder::new().recursive(true).mode(0o700).create(log).map_err(|cause| Error::unwritable(log, &cause))?;
    let log = log.canonicalize().map_err(|cause| Error::unwritable(log, &cause))?;
    let path = carried(&log).ok_or_else(|| failed("choose a path without quotes, $, %, \\ and line breaks"))?;
    if let Some(servant) = Servant::for_data(&folder.join("data")) {
        chown(&log, Some(servant.uid), Some(servant.gid)).map_err(|cause| Error::unwritable(&log, &cause))?;
        let data = folder.join("data").canonicalize().map_err(|cause| Error::unwritable(folder, &cause))?;
        let prefix = servant.prefix(Path::new("/bin/sh"), &data).await?;
        // Tried by writing: whether it may be written is told without regard to the servant's capabilities.
        let attempt = ["sh", "-c", r#": >"$1/attempt" && rm "$1/attempt""#, "sh", path];
        let words = prefix[1..].iter().map(String::as_str).chain(attempt);
        let tried = run(&prefix[0], words, Path::new("/")).await;
        tried.map_err(|_| {
            failed("the server's user may not enter it; choose a folder below one that everybody may enter")
        })?;
    }
    // PostgreSQL carries 1,023 characters, so the path stands in it once.
    Ok(format!(
        r#"p="{path}"; f="$p/%f"; if test -f "$f.gz"; then gzip -dc "$f.gz" | cmp -s - "%p"; else gzip -1c "%p" >"$f.part" && sync "$f.part" && mv "$f.part" "$f.gz" && echo "%f" >"$p/newest.part" && mv "$p/newest.part" "$p/newest"; fi"#
    ))
}

/// Copies these pieces of a log to where the server that [`lay`] made in `folder` reads them by [`RESTORE_COMMAND`], as a user who
/// may not be able to read them where they are. The timelines `taken` are another's: the server will not call its own like one.
///
/// # Errors
/// When a piece cannot be read, or the folder cannot be written.
pub async fn lay_log(folder: &Path, pieces: &[PathBuf], taken: &[u32]) -> Result<(), Error> {
    let folder = Folder::open(&Storage::Durable(folder.to_owned()), POSTGRES.name)?;
    let (data, into) = (folder.data(), folder.data().join(REPLAYED));
    let unwritable = |cause: io::Error| Error::unwritable(&into, &cause);
    DirBuilder::new().mode(0o700).create(&into).map_err(unwritable)?;
    for piece in pieces {
        let copied = fs::copy(piece, into.join(piece.file_name().unwrap_or_default()));
        copied.map_err(|cause| Error::new(format!("{} cannot be copied: {cause}.", piece.display())))?;
    }
    for timeline in taken {
        // PostgreSQL asks only whether there is such a file.
        fs::write(into.join(format!("{timeline:08X}.history.gz")), EMPTY_GZIP).map_err(unwritable)?;
    }
    give(&into, &data).await
}

/// Removes what [`lay_log`] laid.
///
/// # Errors
/// When it cannot be removed.
pub fn forget_log(folder: &Path) -> Result<(), Error> {
    let laid = folder.join("data").join(REPLAYED);
    fs::remove_dir_all(&laid).map_err(|cause| Error::unwritable(&laid, &cause))
}

/// Everything below `path` becomes the owner's of `data`.
async fn give(path: &Path, data: &Path) -> Result<(), Error> {
    let owned = ["-R".as_ref(), "--reference".as_ref(), data.as_os_str(), path.as_os_str()];
    run("chown", owned, data).await.map_err(|why| Error::new(format!("{}: {why}.", path.display())))
}

/// Lays what [`take`] copied into `folder`, where the next [`Postgres::start`] finds it, with further `settings` of PostgreSQL.
///
/// # Errors
/// When there is a database already, the copy is not whole, or the folder cannot be written.
pub async fn lay(folder: &Path, copy: &Path, becomes: Becomes, settings: &[(&str, String)]) -> Result<(), Error> {
    let folder = Folder::open(&Storage::Durable(folder.to_owned()), POSTGRES.name)?;
    let (data, cluster) = (folder.data(), folder.data().join("cluster"));
    if cluster.exists() {
        return Err(Error::new(format!(
            "There is a database in {} already: move the folder away, or choose another.",
            folder.path.display()
        )));
    }
    let new = data.join("new-copy");
    let unwritable = |cause: io::Error| Error::unwritable(&new, &cause);
    // A restore broken off leaves half of one.
    let _ = fs::remove_dir_all(&new);
    DirBuilder::new().mode(0o700).create(&new).map_err(unwritable)?;
    unpack(&copy.join(WHOLE), &new).await?;
    unpack(&copy.join(LOG), &new.join("pg_wal")).await?;
    configure(&new, becomes, settings).map_err(unwritable)?;
    give(&new, &data).await?;
    let password = fs::read_to_string(copy.join(PASSWORD));
    folder.write(PASSWORD, &password.map_err(|cause| not_whole(copy, &cause.to_string()))?)?;
    fs::rename(&new, &cluster).map_err(unwritable)
}

fn configure(cluster: &Path, becomes: Becomes, settings: &[(&str, String)]) -> io::Result<()> {
    fs::set_permissions(cluster, Permissions::from_mode(0o700))?;
    File::create(cluster.join(match becomes {
        Becomes::Server => "recovery.signal",
        Becomes::Standby => "standby.signal",
    }))?;
    let mut file = OpenOptions::new().append(true).create(true).open(cluster.join("postgresql.auto.conf"))?;
    for (name, value) in settings {
        writeln!(file, "{name} = '{}'", value.replace('\'', "''"))?;
    }
    Ok(())
}

async fn unpack(archive: &Path, into: &Path) -> Result<(), Error> {
    let mut command = Command::new("tar");
    command.args(["--no-same-owner", "-xzf"]).arg(archive).arg("-C").arg(into).stdin(Stdio::null()).kill_on_drop(true);
    let output = command.output().await.map_err(|cause| not_whole(archive, &format!("tar cannot be run: {cause}")))?;
    match output.status.success() {
        true => Ok(()),
        false => {
            Err(not_whole(archive, String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or("tar failed")))
        }
    }
}

fn not_whole(copy: &Path, why: &str) -> Error {
    Error::new(format!("The copy {} is not whole ({why}): take an older one.", copy.display()))
}

/// The `pg_basebackup` of the version that wrote the data in `folder`.
async fn program(folder: &Path, tools: &Path) -> Result<PathBuf, Error> {
    let version = fs::read_to_string(folder.join("data/cluster/PG_VERSION")).unwrap_or_default();
    let version = version.trim();
    let all = POSTGRES.find(tools).await;
    let fitting = all.iter().filter(|found| found.version.0.to_string() == version);
    let mut programs = fitting.map(|found| found.bin.join("pg_basebackup"));
    programs.find(|program| program.is_file()).ok_or_else(|| {
        Error::new(format!(
            "pg_basebackup of PostgreSQL {version} is not on this machine: install PostgreSQL's client programs \
             (Debian: postgresql-client-{version})."
        ))
    })
}

/// A path that stands in a shell command in a setting as it is.
fn carried(path: &Path) -> Option<&str> {
    path.to_str().filter(|text| !text.contains(['\'', '"', '`', '$', '%', '\\', '\n', '\r']))
}
