//! `motcua up`: one command starts everything, and leaves nothing behind.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use nix::{sys::signal::Signal, unistd::Pid};
use testkit::eventually;
use uuid::Uuid;

/// A `motcua up` in a folder of its own.
pub struct Up {
    process: Child,
    lines: Vec<String>,
}

/// A folder that goes with the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!("motcua-up-{}", Uuid::new_v4().simple()));
        fs::create_dir(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// `motcua up`, to be started.
pub fn command(port: u16, folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
    command.args(["up", "--port", &port.to_string(), "--var"]).arg(folder);
    command.env_remove("MOTCUA_DATABASE_URL").env_remove("MOTCUA_REDIS_URL");
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// For a whole installation: the port, and those ten and a thousand above.
pub fn port() -> u16 {
    provision::free_port_with(&[10, 1000]).unwrap()
}

impl Drop for Up {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Up {
    /// Starts and waits for the line that says it is ready.
    pub fn ready(port: u16, folder: &Path) -> Self {
        Self::started(command(port, folder).stderr(Stdio::inherit()))
    }

    /// As [`Up::ready`], by a [`command`] with something of its own.
    pub fn started(command: &mut Command) -> Self {
        let mut up = Self { process: command.spawn().unwrap(), lines: vec![] };
        for line in BufReader::new(up.process.stdout.take().unwrap()).lines() {
            up.lines.push(line.unwrap());
            if up.lines.last().unwrap().starts_with("ready: ") {
                return up;
            }
        }
        panic!("not ready: {:#?}", up.lines);
    }

    pub fn signal(&self, signal: Signal) {
        nix::sys::signal::kill(Pid::from_raw(self.process.id().cast_signed()), signal).unwrap();
    }

    /// How it ended. Servers write everything down before they do: on a busy machine that takes longer than most things.
    pub async fn ended(&mut self) -> ExitStatus {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(60) {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("it does not end");
    }
}

/// Resolves when no process mentions `folder` any more.
async fn nothing_left(folder: &Path) {
    eventually(|| async { processes_of(folder).is_empty().then_some(()) }).await;
}

fn processes_of(folder: &Path) -> Vec<String> {
    let own = std::process::id().to_string();
    let processes = fs::read_dir("/proc").unwrap().flatten().filter(|entry| entry.file_name().to_str() != Some(&own));
    let lines = processes.filter_map(|entry| fs::read(entry.path().join("cmdline")).ok());
    let lines = lines.map(|line| String::from_utf8_lossy(&line).replace('\0', " "));
    lines.filter(|line| line.contains(folder.to_str().unwrap())).collect()
}

async fn answers(port: u16) -> bool {
    let client = runtime::http_client(Duration::from_secs(5)).unwrap();
    let answer = client.get(format!("http://127.0.0.1:{port}/api/v1/procedures")).send().await;
    answer.is_ok_and(|answer| answer.status() == 200)
}

#[tokio::test]
async fn it_starts_says_where_it_is_as_its_last_line_and_stops_without_a_trace() {
    let (folder, port) = (Folder::new(), port());
    let mut up = Up::ready(port, &folder.0);
    assert_eq!(up.lines.last().unwrap(), &format!("ready: http://127.0.0.1:{port}"));
    for stage in ["PostgreSQL and Redis", "databases", "demonstration data", "services"] {
        let line = up.lines.iter().find(|line| line.contains(stage)).expect(stage);
        assert!(line.trim_end().ends_with(" s"), "its duration: {line}");
    }
    assert!(up.lines.iter().any(|line| line.contains("an@example.vn")), "the demonstration logins");
    assert!(answers(port).await);
    up.signal(Signal::SIGTERM);
    assert_eq!(up.ended().await.code(), Some(0));
    nothing_left(&folder.0).await;

    // What was loaded is still there, and a pid file of before is no obstacle.
    let mut again = Up::ready(port, &folder.0);
    assert!(answers(port).await);
    again.signal(Signal::SIGINT);
    assert_eq!(again.ended().await.code(), Some(0));
    nothing_left(&folder.0).await;
}

fn verify(folder: &Path) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
    command.args(["verify", "--var"]).arg(folder).env_remove("MOTCUA_DATABASE_URL");
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&said).into_owned())
}

#[tokio::test]
async fn it_can_be_verified_while_it_runs_and_while_it_is_stopped() {
    let (folder, port) = (Folder::new(), port());
    let (code, said) = verify(&folder.0);
    assert_eq!(code, Some(2), "there is nothing yet: {said}");
    let mut up = Up::ready(port, &folder.0);
    let (code, said) = verify(&folder.0);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.lines().last().unwrap().starts_with("All "), "{said}");
    assert!(answers(port).await, "it goes on");
    up.signal(Signal::SIGTERM);
    assert_eq!(up.ended().await.code(), Some(0));
    let (code, said) = verify(&folder.0);
    assert_eq!(code, Some(0), "{said}");
    nothing_left(&folder.0).await;
}

#[tokio::test]
async fn two_installations_run_side_by_side_and_one_folder_serves_one() {
    let (here, there) = (Folder::new(), Folder::new());
    let (first_port, second_port) = (port(), port());
    let mut first = Up::ready(first_port, &here.0);
    let mut second = Up::ready(second_port, &there.0);
    assert!(answers(first_port).await && answers(second_port).await);
    let third = command(port(), &here.0).output().unwrap();
    assert_refused(&third, "--var");
    for up in [&mut first, &mut second] {
        up.signal(Signal::SIGTERM);
        assert_eq!(up.ended().await.code(), Some(0));
    }
    nothing_left(&here.0).await;
    nothing_left(&there.0).await;
}

#[tokio::test]
async fn killed_outright_it_leaves_no_process_and_starts_again_from_what_it_left() {
    let (folder, port) = (Folder::new(), port());
    let mut up = Up::ready(port, &folder.0);
    up.signal(Signal::SIGKILL);
    up.ended().await;
    nothing_left(&folder.0).await;
    let mut again = Up::ready(port, &folder.0);
    assert!(answers(port).await);
    again.signal(Signal::SIGTERM);
    assert_eq!(again.ended().await.code(), Some(0));
    nothing_left(&folder.0).await;
}

#[tokio::test]
async fn when_a_part_crashes_everything_stops_and_the_part_is_named() {
    let (folder, port) = (Folder::new(), port());
    let mut up = command(port, &folder.0).spawn().unwrap();
    let mut lines = BufReader::new(up.stdout.take().unwrap()).lines();
    lines.find(|line| line.as_ref().unwrap().starts_with("ready: ")).expect("it gets ready").unwrap();
    kill_server(&folder.0.join("redis"));
    let output = up.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.lines().last().unwrap().contains("Redis"), "{said}");
    nothing_left(&folder.0).await;
}

/// Kills the server whose command line names `folder`, but not its keeper.
fn kill_server(folder: &Path) {
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line);
        let cwd = fs::read_link(entry.path().join("cwd")).unwrap_or_default();
        let program = line.split('\0').next().unwrap_or_default();
        if program.contains("redis-server") && (line.contains(folder.to_str().unwrap()) || cwd.starts_with(folder)) {
            let pid: i32 = entry.file_name().to_str().unwrap().parse().unwrap();
            nix::sys::signal::kill(Pid::from_raw(pid), Signal::SIGKILL).unwrap();
        }
    }
}

/// Exit code 2, and one sentence that names `what`.
fn assert_refused(output: &std::process::Output, what: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.lines().count() == 1 && said.contains(what), "{said}");
    assert!(!said.contains("backtrace"), "{said}");
}

#[test]
fn a_taken_port_is_one_sentence() {
    let folder = Folder::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let output = command(port, &folder.0).output().unwrap();
    assert_refused(&output, &port.to_string());
}

#[test]
fn a_folder_that_cannot_be_written_is_one_sentence() {
    let file = Folder::new();
    let path = file.0.join("a-file");
    fs::write(&path, "").unwrap();
    let output = command(port(), &path.join("var")).output().unwrap();
    assert_refused(&output, "--var");
}
