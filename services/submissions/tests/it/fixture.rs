//! A installation with this service, its procedures and two agencies, and short words for what tests do with it.

use std::path::{Path, PathBuf};

use civic::{
    LocalText, OfficialRole, Vnd,
    events::{AgencyContact, AgencyOpened, PaymentSettled, ProcedurePublished},
};
use diesel::{QueryableByName, sql_query, sql_types::BigInt};
use diesel_async::RunQueryDsl;
use runtime::Life;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use testkit::{Call, Installation, Method, TestCaller, TestResponse, eventually};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use uuid::Uuid;

pub const BIRTH: &str = "1.001193";
pub const RESIDENCE: &str = "1.004222";
pub const COPY: &str = "2.000635";
pub const HERE: &str = "H44.100";
pub const ELSEWHERE: &str = "H44.101";
/// A PDF of one empty page, as small as they come.
pub const PDF: &[u8] =
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
/// Files that are refused, with their type and the code that says why.
pub const BAD: &[(&[u8], &str, &str)] = &[
    (b"", "application/pdf", "content-does-not-match"),
    (b"<script>alert(1)</script>", "application/pdf", "content-does-not-match"),
    (b"GIF89a%PDF-1.4\n%%EOF\n", "application/pdf", "content-does-not-match"),
    (PDF.split_at(40).0, "application/pdf", "file-unreadable"),
    (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R/Encrypt 4 0 R>>\n%%EOF\n",
        "application/pdf",
        "file-locked",
    ),
    (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\n\
trailer<</Root 1 0 R>>\n%%EOF\n",
        "application/pdf",
        "file-active-content",
    ),
    (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n4 0 obj<</Type/Filespec/F(a.exe)/EF<</F 5 0 R>>>>endobj\n\
trailer<</Root 1 0 R>>\n%%EOF\n",
        "application/pdf",
        "file-active-content",
    ),
];

/// What catalogue publishes first.
const FIRST_VERSIONS: [(&str, &str); 3] = [
    (BIRTH, include_str!("../../../catalogue/data/procedures/1.001193/1.json")),
    (RESIDENCE, include_str!("../../../catalogue/data/procedures/1.004222/1.json")),
    (COPY, include_str!("../../../catalogue/data/procedures/2.000635/1.json")),
];

/// A version of a procedure, as catalogue tells it.
pub fn version(code: &str, version: i32, text: &str) -> ProcedurePublished {
    ProcedurePublished {
        code: code.parse().expect("a code"),
        version,
        published_at: "2026-07-01T01:00:00Z".parse().expect("a moment"),
        digest: hex::encode(Sha256::digest(text)),
        content: serde_json::from_str(text).expect("JSON"),
    }
}

/// A file in which [`clamd`] finds something.
pub fn infected() -> Vec<u8> {
    [b"%PDF-1.4\n%EICAR\n", &PDF[9..]].concat()
}

/// A clamd that knows [`infected`] files; gives its address.
pub async fn clamd() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let mut command = [0; 10];
            client.read_exact(&mut command).await.expect("a command");
            assert_eq!(&command, b"zINSTREAM\0");
            let mut file = Vec::new();
            while let length @ 1.. = client.read_u32().await.expect("a length") {
                let mut part = vec![0; length as usize];
                client.read_exact(&mut part).await.expect("a part of the file");
                file.extend(part);
            }
            let found = file == infected();
            let answer: &[u8] = if found { b"stream: Eicar-Test-Signature FOUND\0" } else { b"stream: OK\0" };
            client.write_all(answer).await.expect("an answer");
        }
    });
    address
}

pub struct Fixture {
    pub installation: Installation,
    folder: PathBuf,
}

impl Drop for Fixture {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Fixture {
    pub async fn open() -> Self {
        Self::open_with(&[]).await
    }

    pub async fn open_with(flags: &[&str]) -> Self {
        let folder = std::env::temp_dir().join(format!("motcua-submissions-{}", Uuid::new_v4()));
        let flags = [&["--documents-dir", folder.to_str().expect("a name")], flags].concat();
        let installation = Installation::start_with([submissions::service()], &[("submissions", &flags)]).await;
        let fixture = Self { installation, folder };
        for (code, text) in FIRST_VERSIONS {
            fixture.installation.publish("catalogue", &version(code, 1, text)).await;
        }
        for (agency, name) in [(HERE, "Phường Việt Trì"), (ELSEWHERE, "Xã Thanh Miếu")] {
            let (agency, name) = (agency.parse().expect("a code"), LocalText::new(name, name));
            fixture
                .installation
                .publish("accounts", &AgencyOpened { agency, name, parent: None, contact: AgencyContact::default() })
                .await;
        }
        let copies = "procedures where current_version is not null";
        let ready = async || fixture.count("agencies").await == 2 && fixture.count(copies).await == 3;
        eventually(async || ready().await.then_some(())).await;
        fixture
    }

    /// Publishes a version of a procedure, and waits for its copy.
    pub async fn publish(&self, code: &str, number: i32, text: &str) {
        self.installation.publish("catalogue", &version(code, number, text)).await;
        let copy = format!("procedure_versions where procedure = '{code}' and version = {number}");
        eventually(async || (self.count(&copy).await == 1).then_some(())).await;
    }

    pub fn an(&self) -> TestCaller {
        self.installation.citizen("Nguyễn Văn An")
    }

    pub fn receiver(&self) -> TestCaller {
        self.installation.official(&[(HERE, OfficialRole::Receiver)])
    }

    pub fn approver(&self) -> TestCaller {
        self.installation.official(&[(HERE, OfficialRole::Approver)])
    }

    /// Rows of a table, or of a table with a condition.
    pub async fn count(&self, from: &str) -> i64 {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = BigInt)]
            count: i64,
        }
        let question = sql_query(format!("select count(*) as count from {from}"));
        let row: Row =
            question.get_result(&mut self.installation.database("submissions").await).await.expect("a table");
        row.count
    }

    /// Holds the database against every invariant of the service.
    pub async fn assert_sound(&self) {
        let flags = ["--database-url".to_owned(), self.installation.database_url("submissions").to_owned()];
        let findings = submissions::service().verify(&flags, Life::system()).await.expect("a look at the database");
        let broken: Vec<_> = findings.iter().filter(|finding| finding.broken > 0).collect();
        assert!(!findings.is_empty() && broken.is_empty(), "{broken:#?}");
    }

    /// The files that are stored.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        walk(&self.folder, &mut found);
        found
    }

    pub async fn get(&self, who: &TestCaller, path: &str) -> TestResponse {
        who.call("submissions", Method::GET, path).send().await
    }

    /// A POST under a key of its own.
    pub fn post(&self, who: &TestCaller, path: &str) -> Call {
        who.call("submissions", Method::POST, path).key(&Uuid::new_v4().to_string())
    }

    /// A new draft's path.
    pub async fn draft(&self, who: &TestCaller, procedure: &str, agency: &str) -> String {
        let new = json!({"procedure": procedure, "agency": agency});
        let answer = self.post(who, "/api/v1/dossiers").json(&new).send().await.expect(201);
        answer.header("location").expect("a location").to_owned()
    }

    /// Fills the form of a draft, whatever its version.
    pub async fn answer(&self, who: &TestCaller, dossier: &str, answers: &Value) -> TestResponse {
        let current = self.get(who, dossier).await;
        let version = current.header("etag").unwrap_or("\"1\"").to_owned();
        let path = format!("{dossier}/answers");
        who.call("submissions", Method::PUT, &path).header("if-match", &version).json(answers).send().await
    }

    pub async fn upload(&self, who: &TestCaller, dossier: &str, component: &str) -> TestResponse {
        let path = format!("{dossier}/documents?component={component}&file_name=gi%E1%BA%A5y.pdf");
        self.post(who, &path).body(PDF, "application/pdf").send().await
    }

    /// A draft that can be filed.
    pub async fn ready(&self, who: &TestCaller, procedure: &str) -> String {
        let dossier = self.draft(who, procedure, HERE).await;
        let (answers, papers): (Value, &[&str]) = match procedure {
            BIRTH => (birth(), &["GIAY_CHUNG_SINH"]),
            RESIDENCE => (residence(), &["CT01", "CHO_O_HOP_PHAP"]),
            _ => (copies(2), &[]),
        };
        let _ = self.answer(who, &dossier, &answers).await.expect(200);
        for paper in papers {
            let _ = self.upload(who, &dossier, paper).await.expect(201);
        }
        dossier
    }

    pub async fn submit(&self, who: &TestCaller, dossier: &str) -> TestResponse {
        self.post(who, &format!("{dossier}/submission")).send().await
    }

    /// A filed dossier's path and receipt.
    pub async fn filed(&self, who: &TestCaller, procedure: &str) -> (String, TestResponse) {
        let dossier = self.ready(who, procedure).await;
        let receipt = self.submit(who, &dossier).await.expect(201);
        (dossier, receipt)
    }

    /// A dossier's path that an official has received.
    pub async fn received(&self, who: &TestCaller) -> String {
        let (dossier, _) = self.filed(who, BIRTH).await;
        let _ = self.post(&self.receiver(), &format!("{dossier}/receipt")).send().await.expect(200);
        dossier
    }

    /// Does something to a dossier: posts `body` below it.
    pub async fn act(&self, who: &TestCaller, dossier: &str, action: &str, body: &Value) -> TestResponse {
        self.post(who, &format!("{dossier}/{action}")).json(body).send().await
    }

    /// A dossier's path whose applicant is asked for the paper that births need.
    pub async fn asked(&self, who: &TestCaller) -> String {
        let dossier = self.received(who).await;
        let _ = self.act(&self.approver(), &dossier, "supplement-request", &wanted()).await.expect(200);
        dossier
    }

    pub async fn issue(&self, official: &TestCaller, dossier: &str) -> TestResponse {
        let path = format!("{dossier}/results?file_name=k%E1%BA%BFt%20qu%E1%BA%A3.pdf");
        self.post(official, &path).body(PDF, "application/pdf").send().await
    }

    /// The payment that a receipt asks for.
    pub fn payment(&self, receipt: &TestResponse) -> PaymentSettled {
        PaymentSettled {
            order_id: receipt.text("/fee/order_id").parse().expect("an id"),
            dossier_id: receipt.text("/dossier_id").parse().expect("an id"),
            amount: serde_json::from_value::<Vnd>(receipt.json["fee"]["total"].clone()).expect("an amount"),
            provider: "vnpay".into(),
            provider_reference: "14226112".into(),
            paid_at: self.installation.clock.now(),
        }
    }

    /// Waits until the dossier stands at `status`.
    pub async fn until(&self, who: &TestCaller, dossier: &str, status: &str) -> TestResponse {
        eventually(async || Some(self.get(who, dossier).await).filter(|answer| answer.json["status"] == status)).await
    }
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// The pointers and codes of a problem's errors.
pub fn errors(answer: &TestResponse) -> Vec<(String, String)> {
    let errors = answer.json["errors"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    errors.iter().map(|error| (text(&error["pointer"]), text(&error["code"]))).collect()
}

/// A request for the paper that births need.
pub fn wanted() -> Value {
    json!({"papers": [{"component": "GIAY_CHUNG_SINH", "reason": "Ảnh mờ.", "guidance": "Chụp lại cả tờ."}]})
}

/// A reason that is long enough.
pub fn reason() -> Value {
    json!({"reason": "Không thuộc thẩm quyền giải quyết (Điều 13 Luật Hộ tịch)."})
}

pub fn birth() -> Value {
    json!({
        "child_name": "Nguyễn Minh Khôi", "child_gender": "MALE", "child_birth_date": "2026-07-12",
        "child_birth_place": "Bệnh viện Sản Nhi tỉnh Phú Thọ", "child_ethnicity": "Kinh", "child_nationality": "Việt Nam",
        "child_home_town": "Phú Thọ", "mother_name": "Trần Thị Bình", "mother_birth_date": "1997-03-08",
        "mother_nationality": "Việt Nam", "mother_residence": "Phường Việt Trì, tỉnh Phú Thọ",
        "applicant_name": "Nguyễn Văn An", "applicant_citizen_number": "000095012345", "applicant_relationship": "FATHER",
        "applicant_residence": "Phường Việt Trì, tỉnh Phú Thọ", "truthful": true,
    })
}

pub fn copies(count: u32) -> Value {
    json!({
        "person_name": "Nguyễn Văn An", "person_birth_date": "1995-01-02", "event": "BIRTH", "event_date": "1995-01-20",
        "event_place": "Phường Gia Cẩm, tỉnh Phú Thọ", "copies": count, "purpose": "STUDY",
        "applicant_name": "Nguyễn Văn An", "applicant_citizen_number": "000095012345", "truthful": true,
    })
}

pub fn residence() -> Value {
    json!({
        "person_name": "Nguyễn Văn An", "person_birth_date": "1995-01-02", "person_gender": "MALE",
        "person_citizen_number": "000095012345", "person_phone": "0912345678",
        "current_residence": "Phường Thanh Miếu, tỉnh Phú Thọ", "new_residence": "Phường Việt Trì, tỉnh Phú Thọ",
        "residence_kind": "OWNED", "householder_name": "Nguyễn Văn An", "householder_relationship": "Chủ hộ",
        "content": "Đăng ký thường trú tại chỗ ở mới.", "truthful": true,
    })
}
