//! `motcua backup` and `motcua restore`: back to a moment, with everything acknowledged before it and nothing after.

use std::{
    path::Path,
    process::Command,
    time::{Duration, SystemTime},
};

use chrono::{DateTime, Utc};
use nix::sys::signal::Signal;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};

use crate::{
    fixture::{PDF, civil_status_copy},
    up::{Folder, Up, port},
};

/// A citizen of the demonstration at an installation.
pub struct Citizen {
    client: reqwest::Client,
    base: String,
    token: String,
}

impl Citizen {
    /// Signs in.
    pub async fn at(port: u16) -> Self {
        let client = runtime::http_client(Duration::from_secs(15)).unwrap();
        let base = format!("http://127.0.0.1:{port}/api/v1");
        let mut citizen = Self { client, base, token: String::new() };
        let login = json!({"email": "an@example.vn", "password": "motcua-demo-2026"});
        let session =
            expect(201, citizen.ask(Method::POST, "/sessions").json(&login)).await.json::<Value>().await.unwrap();
        citizen.token = session["access_token"].as_str().unwrap().to_owned();
        citizen
    }

    fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base)).bearer_auth(&self.token)
    }

    fn create(&self, path: &str, key: &str) -> RequestBuilder {
        self.ask(Method::POST, path).header("idempotency-key", format!("{key}-{}", uuid::Uuid::new_v4()))
    }

    /// Files a dossier with one document. Gives the paths of both.
    pub async fn file(&self) -> (String, String) {
        let wish = json!({"procedure": "2.000635", "agency": "H44.100"});
        let draft = expect(201, self.create("/dossiers", "open").json(&wish)).await.json::<Value>().await.unwrap();
        let dossier = format!("/dossiers/{}", draft["id"].as_str().unwrap());
        let answers = self.ask(Method::PUT, &format!("{dossier}/answers")).header("if-match", "\"1\"");
        expect(200, answers.json(&civil_status_copy())).await;
        let paper = format!("{dossier}/documents?component=GIAY_TO_KHAC&file_name=uy-quyen.pdf");
        let paper = self.create(&paper, "paper").header("content-type", "application/pdf").body(PDF);
        let paper = expect(201, paper).await.json::<Value>().await.unwrap();
        expect(201, self.create(&format!("{dossier}/submission"), "file")).await;
        let document = format!("{dossier}/documents/{}", paper["id"].as_str().unwrap());
        (dossier, document)
    }
}

async fn expect(status: u16, request: RequestBuilder) -> Response {
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status().as_u16(), status, "{}", answer.url());
    answer
}

pub fn motcua(arguments: &[&str], folders: [&Path; 2]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
    command.args(arguments).arg("--var").args(folders).env_remove("MOTCUA_DATABASE_URL");
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&said).into_owned())
}

pub fn succeeds(arguments: &[&str], folders: [&Path; 2]) -> String {
    let (code, said) = motcua(arguments, folders);
    assert_eq!(code, Some(0), "{said}");
    said
}

pub async fn stop(mut up: Up) {
    up.signal(Signal::SIGTERM);
    assert_eq!(up.ended().await.code(), Some(0));
}

#[tokio::test]
async fn what_was_filed_before_a_moment_is_restored_with_its_documents_and_what_came_after_is_not() {
    let (here, there, kept) = (Folder::new(), Folder::new(), Folder::new());
    let copies = kept.0.join("copies");
    stop(Up::ready(port(), &here.0)).await;
    let said = succeeds(&["backup"], [&here.0, &copies]);
    assert!(said.contains("from the next start"), "{said}");

    let first = port();
    let up = Up::ready(first, &here.0);
    let citizen = Citizen::at(first).await;
    let (before, paper) = citizen.file().await;
    let moment = DateTime::<Utc>::from(SystemTime::now());
    let (after, _) = citizen.file().await;
    let said = succeeds(&["backup"], [&here.0, &copies]);
    assert!(said.contains("2 new documents"), "{said}");
    stop(up).await;

    let (code, said) = motcua(&["restore", "--at", &moment.to_rfc3339()], [&here.0, &copies]);
    assert_eq!(code, Some(2), "an installation that is there is not written over: {said}");
    let nowhere = Folder::new();
    let (code, said) = motcua(&["restore", "--at", "2999-01-01T00:00:00+07:00"], [&nowhere.0, &copies]);
    assert!(code == Some(2) && said.contains("The log ends before that moment"), "{said}");
    let said = succeeds(&["restore", "--at", &moment.to_rfc3339()], [&there.0, &copies]);
    assert!(said.contains("invariants hold"), "{said}");
    let second = port();
    let up = Up::ready(second, &there.0);
    let citizen = Citizen::at(second).await;
    expect(200, citizen.ask(Method::GET, &before)).await;
    let file = expect(200, citizen.ask(Method::GET, &paper)).await.bytes().await.unwrap();
    assert_eq!(file, PDF);
    expect(404, citizen.ask(Method::GET, &after)).await;
    stop(up).await;
    succeeds(&["backup"], [&there.0, &copies]);

    let stranger = Folder::new();
    stop(Up::ready(port(), &stranger.0)).await;
    let (code, said) = motcua(&["backup"], [&stranger.0, &copies]);
    assert!(code == Some(2) && said.contains("another installation"), "{said}");
}

#[test]
fn databases_of_somebody_else_are_left_to_their_own_backup() {
    let folder = Folder::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
    command.arg("backup").arg(&folder.0).env("MOTCUA_DATABASE_URL", "postgres://motcua@db.example.vn/motcua");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("CloudNativePG"));
}
