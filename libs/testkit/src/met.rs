//! Which documented failures the tests of a package met. Every test writes down what it met; a last test binary
//! (`tests/met.rs`, which cargo runs after `tests/it`) holds that against the document.
//!
//! The record of a test binary lies beside it, under the time of its build: it grows over the runs of one build and is
//! forgotten with it. So a run of single tests spoils nothing, and what was met by older code does not count.

use std::{
    collections::{BTreeSet, HashSet},
    env, fs,
    io::Write,
    path::{Path, PathBuf},
    sync::{LazyLock, Mutex},
    time::UNIX_EPOCH,
};

use crate::{Contract, Failure};

/// A documented failure that no test meets for certain: operation, code, and why.
pub type Unmet<'a> = (&'a str, &'a str, &'a str);

/// Panics unless the tests of this package met every failure that its operations declare, but for those `unmet`.
///
/// What is implied by the token, the body and the headers that an operation takes (`edge::kinds::IMPLIED`) is tested where
/// it is implied, and who is forbidden what by the access test of `motcua`.
///
/// # Panics
/// See above; and for an `unmet` that is not documented, and when the tests were not run since they were built.
pub fn check(document: &str, unmet: &[Unmet<'_>]) {
    let contract = Contract::new(serde_json::from_str(document).expect("a document is JSON"));
    let everywhere =
        |code: &str| edge::kinds::IMPLIED.iter().chain([&edge::kinds::FORBIDDEN]).any(|it| it.code == code);
    let declared: BTreeSet<_> = contract.failures().into_iter().filter(|failure| !everywhere(&failure.code)).collect();
    let met = met();
    assert!(
        !met.is_empty() || declared.is_empty(),
        "nothing was met yet: run all tests of this package, not this one alone"
    );
    let excused = |failure: &Failure| unmet.iter().any(|it| (it.0, it.1) == (&*failure.operation, &*failure.code));
    let missing: Vec<_> = declared.iter().filter(|failure| !met.contains(*failure) && !excused(failure)).collect();
    assert!(missing.is_empty(), "documented, and met by no test: {missing:#?}");
    for (operation, code, _) in unmet {
        let failure = Failure { operation: (*operation).to_owned(), code: (*code).to_owned() };
        assert!(declared.contains(&failure), "{operation} does not document {code}: it needs no excuse");
    }
}

/// Writes a failure down, once a process. Without cargo, which names the package, nothing is written.
pub(crate) fn note(failure: &Failure) {
    static SEEN: LazyLock<Mutex<HashSet<Failure>>> = LazyLock::new(Mutex::default);
    let mut seen = SEEN.lock().expect("no test panics while it holds this");
    let Some(record) = record().filter(|_| seen.insert(failure.clone())) else { return };
    let folder = record.parent().expect("a record lies in a folder");
    fs::create_dir_all(folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display()));
    let mut file = fs::File::options().create(true).append(true).open(&record);
    let file = file.as_mut().unwrap_or_else(|why| panic!("{}: {why}", record.display()));
    // One write a line: another process of this binary may be writing too.
    let line = format!("{} {}\n", failure.operation, failure.code);
    file.write_all(line.as_bytes()).unwrap_or_else(|why| panic!("{}: {why}", record.display()));
}

/// What the test binaries of this package met since they were built; records of older builds are removed.
fn met() -> HashSet<Failure> {
    let mut met = HashSet::new();
    for record in folder().and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten() {
        let record = record.path();
        if current(&record) {
            let text = fs::read_to_string(&record).unwrap_or_default();
            met.extend(text.lines().filter_map(|line| line.split_once(' ')).map(failure));
        } else {
            let _ = fs::remove_file(record);
        }
    }
    met
}

fn failure((operation, code): (&str, &str)) -> Failure {
    Failure { operation: operation.to_owned(), code: code.to_owned() }
}

/// Where the test binaries of this package keep their records: beside the folder that they lie in themselves.
fn folder() -> Option<PathBuf> {
    let package = env::var_os("CARGO_PKG_NAME")?;
    Some(env::current_exe().ok()?.parent()?.parent()?.join("failures-met").join(package))
}

/// The record of this very binary: its name, and when it was built.
fn record() -> Option<PathBuf> {
    let binary = env::current_exe().ok()?;
    Some(folder()?.join(format!("{}@{}", binary.file_name()?.to_str()?, built(&binary)?)))
}

/// Whether the binary that wrote this record is still the one that there is.
fn current(record: &Path) -> bool {
    let name = record.file_name().and_then(|name| name.to_str());
    let Some((binary, when)) = name.and_then(|name| name.split_once('@')) else { return false };
    let deps = env::current_exe().ok().and_then(|exe| exe.parent().map(Path::to_path_buf));
    deps.and_then(|deps| built(&deps.join(binary))).is_some_and(|built| built.to_string() == when)
}

fn built(binary: &Path) -> Option<u128> {
    let modified = fs::metadata(binary).ok()?.modified().ok()?;
    Some(modified.duration_since(UNIX_EPOCH).ok()?.as_nanos())
}
