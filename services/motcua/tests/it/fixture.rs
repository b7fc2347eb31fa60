//! The fixture of a test: every service behind the gateway, the sandbox outside, demonstration data inside.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
};

use diesel_async::SimpleAsyncConnection;
use serde_json::{Value, json};
use testkit::{Contract, Installation, Method, TestCaller, TestResponse, eventually, free_port};
use uuid::Uuid;

/// A PDF of one empty page, as small as they come.
pub const PDF: &[u8] =
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// The key that papers and results are sealed with.
pub const FILE_KEY: &str = "8f0b6c9d2e4a71355d9c0e83a6f2b4c7193e5a7d4b60c8f2e1d3957a0b6c4e8f";

/// The merged document, as a judge shared by all tests of this process.
pub static CONTRACT: LazyLock<Arc<Contract>> =
    LazyLock::new(|| Arc::new(Contract::new(motcua::openapi::merged(&motcua::services()).expect("one document"))));

/// Whose tokens the fixture believes.
enum Issuer {
    Accounts,
    Test,
}

/// Every service, and what a test does with it.
pub struct Fixture {
    pub installation: Installation,
    pub documents: PathBuf,
    sandbox: String,
    client: reqwest::Client,
}

impl Fixture {
    /// Every service on free ports, demonstration data loaded.
    pub async fn open() -> Self {
        Self::build(Installation::empty().await, Issuer::Accounts).await
    }

    /// As [`Fixture::open`], but believing tokens that the test issues.
    pub async fn open_for_any_caller() -> Self {
        Self::build(Installation::empty().await, Issuer::Test).await
    }

    /// As [`Fixture::open`], on a Redis of the test's own.
    pub async fn open_on(redis_url: String) -> Self {
        let mut installation = Installation::empty().await;
        installation.redis_url = redis_url;
        Self::build(installation, Issuer::Accounts).await
    }

    async fn build(mut installation: Installation, issuer: Issuer) -> Self {
        let gateway = format!("http://127.0.0.1:{}", free_port());
        let (http, smtp) = (free_port(), free_port());
        let sandbox = format!("http://127.0.0.1:{http}");
        let ipn = format!("{gateway}/api/v1/payments/vnpay/notification");
        let (http, smtp_address) = (format!("127.0.0.1:{http}"), format!("127.0.0.1:{smtp}"));
        let notices = |provider: &str| format!("{gateway}/api/v1/payments/{provider}/notification");
        let (confirmations, credits) = (notices("national"), notices("vietqr"));
        let flags = [
            ["--http", &http],
            ["--smtp", &smtp_address],
            ["--vnpay-ipn-url", &ipn],
            ["--national-confirm-url", &confirmations],
            ["--bank-notice-url", &credits],
        ]
        .concat();
        motcua::services().iter().for_each(|service| installation.will_hold(service));
        installation.add(sandbox::service(), &flags).await;

        let accounts = format!("127.0.0.1:{}", free_port());
        let jwks = format!("http://{accounts}/api/v1/jwks");
        let own_keys = match issuer {
            Issuer::Accounts => vec!["--jwks-url", jwks.as_str()],
            Issuer::Test => vec![],
        };
        installation.add(accounts::service(), &[&own_keys[..], &["--listen", &accounts]].concat()).await;
        installation.add(catalogue::service(), &own_keys).await;
        let documents = std::env::temp_dir().join(format!("motcua-test-{}", Uuid::new_v4()));
        let folder = documents.display().to_string();
        let kept = ["--documents-dir", &folder, "--file-key", FILE_KEY];
        installation.add(submissions::service(), &[&own_keys[..], &kept].concat()).await;
        let pay = format!("{sandbox}/paymentv2/vpcpay.html");
        let ask = format!("{sandbox}/merchant_webapi/api/transaction");
        // No portal stands here for payers to come back to.
        let back = format!("{gateway}/api/v1/payments/vnpay/return");
        let (momo, zalopay, national) =
            (format!("{sandbox}/momo"), format!("{sandbox}/zalopay"), format!("{sandbox}/national"));
        let to_vnpay = [
            ["--momo-url", &momo],
            ["--momo-partner-code", "DEMOMOMO"],
            ["--momo-access-key", "DEMOACCESSKEY"],
            ["--momo-secret-key", "DEMOMOMOSECRET0123456789ABCDEFGH"],
            ["--zalopay-url", &zalopay],
            ["--zalopay-app-id", "2553"],
            ["--zalopay-key1", "DEMOZALOPAYKEY1ABCDEFGH012345678"],
            ["--zalopay-key2", "DEMOZALOPAYKEY2ABCDEFGH012345678"],
            ["--vietqr-bank", "970415"],
            ["--vietqr-account", "113366668888"],
            ["--vietqr-holder", "UBND PHUONG DEMO"],
            ["--vietqr-agency", "H44.100"],
            ["--vietqr-notice-secret", "DEMOBANKSECRET0123456789ABCDEFGH"],
            ["--national-url", &national],
            ["--national-partner-code", "DEMODVC"],
            ["--national-bank", "970415"],
            ["--national-account", "113366668888"],
            ["--national-holder", "KBNN DEMO"],
            ["--national-secret", "DEMONATIONALSECRET0123456789ABCD"],
            ["--public-url", &gateway],
            ["--vnpay-pay-url", &pay],
            ["--vnpay-api-url", &ask],
            ["--vnpay-return-url", &back],
        ]
        .concat();
        installation.add(payments::service(), &[&own_keys[..], &to_vnpay].concat()).await;
        let smtp = smtp.to_string();
        let to_post = ["--smtp-port", &smtp, "--sms-url", &sandbox, "--public-url", &gateway];
        installation.add(notifications::service(), &[&own_keys[..], &to_post].concat()).await;

        let listen = gateway.trim_start_matches("http://").to_owned();
        let mut flags: Vec<_> = own_keys.iter().map(ToString::to_string).collect();
        flags.extend(["--listen".into(), listen]);
        // One address plays everybody.
        flags.extend(["--requests-a-second=0".into(), "--guesses-a-minute=0".into()]);
        for service in motcua::services().iter().filter(|service| service.document().is_some()) {
            flags.extend([format!("--{}-url", service.name), installation.base(service.name)]);
        }
        let flags: Vec<_> = flags.iter().map(String::as_str).collect();
        installation.add(gateway::service(), &flags).await;
        installation.hold_against("gateway", CONTRACT.clone());
        installation.demonstrate(&accounts::service()).await;
        installation.demonstrate(&catalogue::service()).await;
        installation.until("submissions", "(select count(*) from procedure_versions) = 16").await;
        let client = runtime::http_client(std::time::Duration::from_secs(10)).expect("an HTTP client");
        Self { installation, documents, sandbox, client }
    }

    /// A copy of the papers and results, which is the caller's.
    pub fn keep_documents(&self) -> PathBuf {
        let copy = self.documents.with_extension("kept");
        copy_folder(&self.documents, &copy);
        copy
    }

    /// A call through the gateway by nobody.
    pub fn nobody(&self) -> TestCaller {
        self.installation.nobody()
    }

    /// Signs in with a demonstration login.
    pub async fn sign_in(&self, email: &str) -> TestCaller {
        self.sign_in_with(email, "motcua-demo-2026").await
    }

    /// Signs in.
    pub async fn sign_in_with(&self, email: &str, password: &str) -> TestCaller {
        let body = json!({"email": email, "password": password});
        let answer = post(&self.nobody(), "/api/v1/sessions", &body).await.expect(201);
        self.nobody().with_token(Some(answer.text("/access_token").to_owned()))
    }

    /// The demonstration business's API client, by client credentials, with every scope.
    pub async fn sign_in_client(&self) -> TestCaller {
        self.program("dossiers payments").await
    }

    /// The same, with these scopes, spaces between them.
    pub async fn program(&self, scopes: &str) -> TestCaller {
        let scopes = scopes.replace(' ', "+");
        let login = accounts::demonstration_logins().into_iter().find(|login| !login.login.contains('@'));
        let login = login.expect("the demonstration data has an API client");
        let (id, secret) = (&login.login, &login.secret);
        let form = format!("grant_type=client_credentials&scope={scopes}&client_id={id}&client_secret={secret}");
        let call = self.nobody().call("gateway", Method::POST, "/api/v1/oauth/token");
        let answer = call.body(form, "application/x-www-form-urlencoded").send().await.expect(200);
        self.nobody().with_token(Some(answer.text("/access_token").to_owned()))
    }

    /// Has something of an agency be given up in each service where officials repair that; gives the one id of all.
    pub async fn give_up(&self) -> String {
        let id = Uuid::now_v7();
        let row = format!(
            r#"insert into dead_letter (event_id, type, payload, error, failed_at) values
                ('{id}', 'vn.motcua.dossier.noticed.v1', '{{"data": {{"agency": "H44.100"}}}}', 'unreadable', '2026-07-20')"#
        );
        for service in ["submissions", "payments", "notifications"] {
            self.installation.database(service).await.batch_execute(&row).await.expect("a row");
        }
        id.to_string()
    }

    /// Keeps a callback about the attempt that names another amount; gives its id.
    pub async fn tell_another_amount(&self, attempt: &str) -> String {
        let id = Uuid::now_v7();
        let row = format!(
            "insert into provider_callbacks
                (id, provider, channel, event_key, raw, verdict, attempt_id, received_at, last_received_at)
            values ('{id}', 'VNPAY', 'IPN', decode(md5('{id}'), 'hex'), '', 'WRONG_AMOUNT', '{attempt}', now(), now())"
        );
        self.installation.database("payments").await.batch_execute(&row).await.expect("a row");
        id.to_string()
    }

    /// The newest mail to `address` whose text contains `part`, as soon as it arrives.
    pub async fn mail(&self, address: &str, part: &str) -> Value {
        eventually(|| async {
            let mails = self.mails(address).await;
            mails.into_iter().find(|mail| mail.to_string().contains(part))
        })
        .await
    }

    /// Every mail to `address`, newest first.
    pub async fn mails(&self, address: &str) -> Vec<Value> {
        self.sandbox(&format!("/mails?to={address}")).await
    }

    /// Every SMS to `phone` (E.164), newest first; the aggregator is given numbers as they are dialled in Vietnam.
    pub async fn texts(&self, phone: &str) -> Vec<Value> {
        self.sandbox(&format!("/sms?phone={}", phone.replace("+84", "0"))).await
    }

    async fn sandbox(&self, path: &str) -> Vec<Value> {
        let answer = self.client.get(format!("{}{path}", self.sandbox)).send().await.expect("the sandbox answers");
        let list: Value = answer.json().await.expect("the sandbox answers JSON");
        list["items"].as_array().expect("a list").clone()
    }

    /// Pays at the provider's page as a browser would: sees the page, presses its button, follows the way back.
    /// Gives what the browser is shown at last.
    pub async fn pay(&self, pay_url: &str, choice: &str) -> (u16, String) {
        let page = self.client.get(pay_url).send().await.expect("the payment page answers");
        assert_eq!(page.status(), 200);
        let url = url::Url::parse(pay_url).expect("a URL");
        let mut form: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        form.push(("choice".into(), choice.into()));
        let paid = self.client.post(format!("{}/paymentv2/pay", self.sandbox)).form(&form).send().await;
        let paid = paid.expect("the payment page takes the form");
        assert_eq!(paid.status(), 302);
        let back = paid.headers()["location"].to_str().expect("an address").to_owned();
        let shown = self.client.get(back).send().await.expect("the return page answers");
        (shown.status().as_u16(), shown.text().await.expect("a page"))
    }

    /// Pays at a page to which our own address leads, as a browser would that is sent on.
    pub async fn pay_at_checkout(&self, pay_url: &str, choice: &str) {
        let sent_on = self.client.get(pay_url).send().await.expect("our address answers");
        assert_eq!(sent_on.status(), 303, "{}", sent_on.text().await.unwrap_or_default());
        let page = sent_on.headers()["location"].to_str().expect("an address").to_owned();
        assert_eq!(self.client.get(&page).send().await.expect("the payment page answers").status(), 200);
        let paid = self.client.post(&page).form(&[("choice", choice)]).send().await;
        assert_eq!(paid.expect("the payment page takes the form").status(), 302);
    }

    /// Transfers money at the bank that the sandbox plays.
    pub async fn transfer(&self, wish: &Value) {
        let made = self.client.post(format!("{}/bank/transfers", self.sandbox)).json(wish).send().await;
        assert_eq!(made.expect("the bank answers").status(), 201);
    }

    /// Pays at the page without a way back, as the national platform's is here.
    pub async fn pay_without_return(&self, pay_url: &str) {
        let sent_on = self.client.get(pay_url).send().await.expect("our address answers");
        let page = sent_on.headers()["location"].to_str().expect("an address").to_owned();
        let paid = self.client.post(&page).form(&[("choice", "pay")]).send().await;
        assert_eq!(paid.expect("the payment page takes the form").status(), 200);
    }

    /// Files a birth registration (free) for `applicant` at `agency`; gives the dossier's id and the filing's answer.
    pub async fn file_birth_registration(&self, applicant: &TestCaller, agency: &str) -> (String, Value) {
        let draft = self.draft(applicant, "1.001193", agency, &birth_registration()).await;
        upload(applicant, &draft, "GIAY_CHUNG_SINH").await.expect(201);
        let filed = submit(applicant, &draft).await.expect(201);
        (draft, filed.json)
    }

    /// Opens a draft and saves its answers; gives its id.
    pub async fn draft(&self, applicant: &TestCaller, procedure: &str, agency: &str, answers: &Value) -> String {
        let body = json!({"procedure": procedure, "agency": agency});
        // The agency reaches submissions as an event.
        let opened = eventually(|| async {
            let answer = post(applicant, "/api/v1/dossiers", &body).await;
            (answer.status != 400).then_some(answer)
        });
        let opened = opened.await.expect(201);
        let id = opened.text("/id").to_owned();
        let save = applicant.call("gateway", Method::PUT, &format!("/api/v1/dossiers/{id}/answers"));
        save.header("if-match", opened.header("etag").expect("a version")).json(answers).send().await.expect(200);
        id
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a copy");
        }
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.documents);
    }
}

/// Posts JSON under a new key.
pub async fn post(by: &TestCaller, path: &str, body: &Value) -> TestResponse {
    by.call("gateway", Method::POST, path).key(&Uuid::new_v4().to_string()).json(body).send().await
}

/// Gets.
pub async fn get(by: &TestCaller, path: &str) -> TestResponse {
    by.call("gateway", Method::GET, path).send().await
}

/// Uploads a PDF as the paper `component`.
pub async fn upload(by: &TestCaller, dossier: &str, component: &str) -> TestResponse {
    let path = format!("/api/v1/dossiers/{dossier}/documents?component={component}&file_name=giay-to.pdf");
    by.call("gateway", Method::POST, &path).key(&Uuid::new_v4().to_string()).body(PDF, "application/pdf").send().await
}

/// Files a draft.
pub async fn submit(by: &TestCaller, dossier: &str) -> TestResponse {
    post(by, &format!("/api/v1/dossiers/{dossier}/submission"), &json!({})).await
}

/// Complete answers for 2.000635: two copies of an extract of birth.
pub fn civil_status_copy() -> Value {
    json!({
        "person_name": "Trần Thị Lan", "person_birth_date": "1992-03-08", "event": "BIRTH", "event_date": "1992-03-08",
        "event_place": "Phường Demo, tỉnh Phú Thọ", "copies": 2, "purpose": "WORK",
        "applicant_name": "Trần Thị Lan", "applicant_citizen_number": "000192000123", "truthful": true,
    })
}

/// Complete answers for 1.001193.
pub fn birth_registration() -> Value {
    json!({
        "child_name": "Nguyễn Minh Khôi", "child_gender": "MALE", "child_birth_date": "2026-07-15",
        "child_birth_place": "Bệnh viện tỉnh", "child_ethnicity": "Kinh", "child_nationality": "Việt Nam",
        "child_home_town": "Phú Thọ", "mother_name": "Trần Thị Lan", "mother_birth_date": "1992-03-08",
        "mother_nationality": "Việt Nam", "mother_residence": "Xã Demo, tỉnh Phú Thọ",
        "applicant_name": "Trần Thị Lan", "applicant_citizen_number": "000192000123",
        "applicant_relationship": "MOTHER", "applicant_residence": "Xã Demo, tỉnh Phú Thọ", "truthful": true,
    })
}
