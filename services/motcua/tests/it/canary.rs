//! Logs hold nobody's data: somebody who can be told among thousands walks through the installation, and no line mentions her.

use std::{
    fs::{self, File},
    time::Duration,
};

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use testkit::eventually;

use crate::{
    fixture::PDF,
    up::{Folder, Up, command, port},
};

const EMAIL: &str = "chim-hoang-yen@example.vn";
const PASSWORD: &str = "vang-anh-hot-trong-vuon";
const NUMBER: &str = "000192987654";
const FILE: &str = "giay-kin-cua-yen.pdf";
/// Whatever would tell that it is she.
const CANARIES: [&str; 9] =
    [EMAIL, PASSWORD, NUMBER, FILE, "vang-anh", "Hoàng Thị Yến", "0987 654 321", "987654321", "1992-11-30"];

struct Caller {
    client: reqwest::Client,
    base: String,
    token: String,
}

impl Caller {
    fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        let key = path.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        let ask = self.client.request(method, format!("{}/api/v1{path}", self.base));
        let ask = if self.token.is_empty() { ask } else { ask.bearer_auth(&self.token) };
        ask.header("idempotency-key", format!("canary{key:.50}"))
    }

    async fn said(&self, status: u16, request: RequestBuilder) -> Value {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{}", answer.url());
        answer.json().await.unwrap_or_default()
    }
}

async fn register(caller: &mut Caller, sandbox: &str) {
    let person = json!({"name": "Hoàng Thị Yến", "email": EMAIL, "phone": "0987 654 321", "citizen_number": NUMBER,
        "birth_date": "1992-11-30", "gender": "FEMALE", "password": PASSWORD});
    let begun = caller.said(202, caller.ask(Method::POST, "/registrations").json(&person)).await;
    let mails = format!("{sandbox}/mails?to={EMAIL}");
    let code = eventually(|| async {
        let mails = caller.client.get(&mails).send().await.ok()?.json::<Value>().await.ok()?;
        let text = mails.pointer("/items/0/text")?.as_str()?.to_owned();
        text.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6).map(ToOwned::to_owned)
    })
    .await;
    let path = format!("/registrations/{}/confirmation", begun["registration_id"].as_str().unwrap());
    caller.said(201, caller.ask(Method::POST, &path).json(&json!({"code": code}))).await;
    let sign_in =
        |password: &str| caller.ask(Method::POST, "/sessions").json(&json!({"email": EMAIL, "password": password}));
    caller.said(401, sign_in("vang-anh-hot-ngoai-dong")).await;
    let session = caller.said(201, sign_in(PASSWORD)).await;
    caller.token = session["access_token"].as_str().unwrap().to_owned();
}

async fn file(caller: &Caller) -> String {
    let wish = json!({"procedure": "2.000635", "agency": "H44.100"});
    let draft = caller.said(201, caller.ask(Method::POST, "/dossiers").json(&wish)).await;
    let dossier = format!("/dossiers/{}", draft["id"].as_str().unwrap());
    let answers = |copies: u32| {
        json!({"person_name": "Hoàng Thị Yến", "person_birth_date": "1992-11-30", "event": "BIRTH",
            "event_date": "1992-11-30", "event_place": "Phường Kín", "copies": copies, "purpose": "WORK",
            "applicant_name": "Hoàng Thị Yến", "applicant_citizen_number": NUMBER, "truthful": true})
    };
    let save = |copies| {
        caller.ask(Method::PUT, &format!("{dossier}/answers")).header("if-match", "\"1\"").json(&answers(copies))
    };
    caller.said(400, save(1000)).await;
    caller.said(200, save(1)).await;
    let paper = format!("{dossier}/documents?component=GIAY_TO_KHAC&file_name={FILE}");
    let upload = caller.ask(Method::POST, &paper).header("content-type", "application/pdf");
    caller.said(201, upload.body(PDF)).await;
    let filed = caller.said(201, caller.ask(Method::POST, &format!("{dossier}/submission"))).await;
    filed["tracking_secret"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn no_line_of_the_log_tells_who_walked_through_the_house() {
    let (folder, logs, port) = (Folder::new(), Folder::new(), port());
    let log = logs.0.join("log");
    let _up = Up::started(command(port, &folder.0).stderr(File::create(&log).unwrap()));
    let client = runtime::http_client(Duration::from_secs(15)).unwrap();
    let mut caller = Caller { client, base: format!("http://127.0.0.1:{port}"), token: String::new() };
    let sandbox = format!("http://127.0.0.1:{}", port + 10);
    register(&mut caller, &sandbox).await;
    let secret = file(&caller).await;
    let mails = format!("{sandbox}/mails?to={EMAIL}");
    eventually(|| async {
        let mails = caller.client.get(&mails).send().await.ok()?.json::<Value>().await.ok()?;
        (mails["items"].as_array()?.len() > 1).then_some(())
    })
    .await;
    let log = fs::read_to_string(log).unwrap();
    assert!(log.contains("listening"), "there is a log: {log}");
    for canary in CANARIES.into_iter().chain([secret.as_str(), caller.token.as_str()]) {
        let line = log.lines().find(|line| line.contains(canary));
        assert_eq!(line, None, "{canary} is in the log");
    }
}
