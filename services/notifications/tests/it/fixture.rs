//! A fixture for a test: one agency, its receiver, an applicant, a mail server and an SMS aggregator.

use chrono::{DateTime, TimeDelta, Utc};
use civic::{
    AgencyCode, Language, LocalText, OfficialRole, Party, Secret, Vnd,
    events::{
        AccountRegistered, AgencyContact, AgencyOpened, DossierCompleted, DossierFeePaid, DossierNotice,
        DossierNoticed, DossierReceived, DossierSubmitted, OfficialAssigned,
    },
};
use diesel::{
    QueryableByName, sql_query,
    sql_types::{BigInt, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use runtime::Life;
use sandbox::Sandbox;
use serde_json::{Value, json};
use testkit::{Installation, TestCaller, eventually};
use tokio::sync::Mutex;
use uuid::Uuid;

pub const AN: &str = "an@example.vn";
pub const AN_PHONE: &str = "0912345678";
pub const BINH: &str = "binh@phutho.example.vn";
pub const BINH_PHONE: &str = "0987654321";
pub const CODE: &str = "H44.100-260721-0001";

/// The outside world.
pub async fn sandbox() -> Sandbox {
    sandbox::start(sandbox::Config::on_free_ports(), Life::system()).await.expect("the sandbox starts")
}

pub struct Fixture {
    pub installation: Installation,
    /// The applicant.
    pub an: TestCaller,
    /// The receiver at H44.100.
    pub binh: TestCaller,
    sandbox: Sandbox,
    client: reqwest::Client,
    database: Mutex<AsyncPgConnection>,
}

impl Fixture {
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// A fixture whose applicant is written to in Vietnamese, after everybody is known.
    pub async fn start_with(flags: &[&str]) -> Self {
        Self::start_beside(sandbox().await, flags).await
    }

    /// As [`Fixture::start_with`], beside an outside world that stands already.
    pub async fn start_beside(sandbox: Sandbox, flags: &[&str]) -> Self {
        let (port, sms) =
            (format!("--smtp-port={}", sandbox.smtp.port()), format!("--sms-url=http://{}", sandbox.http));
        let mut all = vec![port.as_str(), sms.as_str(), "--public-url=https://motcua.localhost/"];
        all.extend(flags);
        let installation = Installation::start_with([notifications::service()], &[("notifications", &all)]).await;
        let an = installation.citizen("Nguyễn Văn An");
        let binh = installation.official(&[("H44.100", OfficialRole::Receiver)]);
        let client = runtime::http_client(std::time::Duration::from_secs(5)).expect("an HTTP client");
        let database = Mutex::new(installation.database("notifications").await);
        let fixture = Self { installation, an, binh, sandbox, client, database };
        let name = LocalText::new("UBND xã Yên Kỳ", "People's Committee of Yên Kỳ");
        fixture
            .installation
            .publish(
                "accounts",
                &AgencyOpened { agency: agency(), name, parent: None, contact: AgencyContact::default() },
            )
            .await;
        fixture.register(fixture.an.id, Language::Vi).await;
        fixture.assign(fixture.binh.id, vec![OfficialRole::Receiver]).await;
        fixture.wait_for("select count(*) as count from agencies", 1).await;
        fixture
    }

    pub async fn register(&self, id: Uuid, language: Language) {
        let registered = AccountRegistered {
            account_id: id,
            name: "Nguyễn Văn An".parse().expect("a name"),
            email: AN.parse().expect("an address"),
            phone: Some(AN_PHONE.parse().expect("a phone")),
            language,
        };
        self.installation.publish("accounts", &registered).await;
        let wanted = format!("select count(*) as count from contacts where id = '{id}' and language = '{language}'");
        self.wait_for(&wanted, 1).await;
    }

    pub async fn assign(&self, id: Uuid, roles: Vec<OfficialRole>) {
        let count = i64::try_from(roles.len()).expect("few roles");
        let assigned = OfficialAssigned {
            official_id: id,
            name: "Lê Thị Bình".parse().expect("a name"),
            email: BINH.parse().expect("an address"),
            phone: Some(BINH_PHONE.parse().expect("a phone")),
            agency: agency(),
            roles,
            citizen_number: None,
        };
        self.installation.publish("accounts", &assigned).await;
        let held = format!("select count(*) as count from official_posts where official_id = '{id}'");
        self.wait_for(&held, count).await;
    }

    pub fn submitted(&self, awaiting_fee: bool) -> DossierSubmitted {
        DossierSubmitted {
            at_counter: false,
            dossier_id: Uuid::new_v4(),
            code: CODE.parse().expect("a code"),
            procedure: "1.001193".parse().expect("a code"),
            procedure_name: procedure(),
            agency: agency(),
            applicant: self.an.party(),
            submitted_at: time("2026-07-21T03:00:00Z"),
            due_at: time("2026-07-24T10:00:00Z"),
            tracking_secret: Secret::new("Q7KX-M2PD"),
            awaiting_fee,
        }
    }

    pub fn fee_paid(&self) -> DossierFeePaid {
        DossierFeePaid {
            dossier_id: Uuid::new_v4(),
            code: CODE.parse().expect("a code"),
            procedure_name: procedure(),
            agency: agency(),
            applicant: self.an.party(),
            order_id: Uuid::new_v4(),
            total: Vnd::new(8_000).expect("an amount"),
            paid_at: time("2026-07-21T03:20:00Z"),
            while_processing: false,
            after_the_end: false,
        }
    }

    pub fn received(&self) -> DossierReceived {
        DossierReceived {
            dossier_id: Uuid::new_v4(),
            code: CODE.parse().expect("a code"),
            procedure_name: procedure(),
            agency: agency(),
            applicant: self.an.party(),
            received_at: time("2026-07-21T03:30:00Z"),
            due_at: time("2026-07-24T10:00:00Z"),
        }
    }

    pub fn completed(&self) -> DossierCompleted {
        DossierCompleted {
            dossier_id: Uuid::new_v4(),
            code: CODE.parse().expect("a code"),
            procedure_name: procedure(),
            agency: agency(),
            applicant: self.an.party(),
            completed_at: time("2026-07-23T08:00:00Z"),
            declined: false,
            corrected: false,
        }
    }

    pub fn noticed(&self, notice: DossierNotice) -> DossierNoticed {
        DossierNoticed {
            dossier_id: Uuid::new_v4(),
            code: CODE.parse().expect("a code"),
            procedure_name: procedure(),
            agency: agency(),
            applicant: self.an.party(),
            notice,
            happened_at: time("2026-07-22T03:00:00Z"),
            reason: None,
            papers: Vec::new(),
            answer_by: None,
            due_at: None,
            due_before: None,
            fee_lines: Vec::new(),
            fee_total: None,
            officials: Vec::new(),
        }
    }

    /// A dossier of somebody else than the applicant of this fixture.
    pub fn of(&self, party: Party) -> DossierReceived {
        DossierReceived { applicant: party, ..self.received() }
    }

    /// How the mail server and the SMS aggregator behave from now on.
    pub async fn behave(&self, behaviour: Value) {
        let url = format!("http://{}/behaviour", self.sandbox.http);
        let answer = self.client.put(url).json(&behaviour).send().await.expect("the sandbox answers");
        assert_eq!(answer.status(), 200);
    }

    async fn items(&self, path: &str) -> Vec<Value> {
        let url = format!("http://{}{path}", self.sandbox.http);
        let answer: Value = self.client.get(url).send().await.expect("an answer").json().await.expect("JSON");
        answer["items"].as_array().expect("a list").clone()
    }

    /// The mails an address was sent, newest first, as soon as there are `count`.
    pub async fn mails(&self, to: &str, count: usize) -> Vec<Value> {
        let path = format!("/mails?to={to}");
        eventually(async || Some(self.items(&path).await).filter(|mails| mails.len() >= count)).await
    }

    /// The SMS a phone was sent, newest first, as soon as there are `count`.
    pub async fn sms(&self, phone: &str, count: usize) -> Vec<Value> {
        let path = format!("/sms?phone={phone}");
        eventually(async || Some(self.items(&path).await).filter(|sms| sms.len() >= count)).await
    }

    /// The raw octets of a mail, as text.
    pub async fn raw(&self, mail: &Value) -> String {
        let url = format!("http://{}/mails/{}", self.sandbox.http, mail["id"]);
        let answer: Value = self.client.get(url).send().await.expect("an answer").json().await.expect("JSON");
        answer["raw"].as_str().expect("text").to_owned()
    }

    /// Waits until no event is unhandled here and every message was tried, then gives all messages as `template state`.
    pub async fn settled(&self, messages: i64) -> Vec<String> {
        self.wait_for("select count(*) as count from messages", messages).await;
        self.wait_for("select count(*) as count from jobs where failed_at is null and last_error is null", 0).await;
        self.texts("select template || ' ' || state as text from messages order by template").await
    }

    /// Waits until the one job failed for the `run`-th time and is put back.
    pub async fn put_back_after_run(&self, run: i32) {
        let put_back = format!(
            "select count(*) as count from jobs where attempts = {run} and locked_until is null and failed_at is null"
        );
        self.wait_for(&put_back, 1).await;
    }

    /// Waits until the one job failed for the `run`-th time and is put back, then lets an hour pass.
    pub async fn an_hour_after_run(&self, run: i32) {
        self.put_back_after_run(run).await;
        self.installation.clock.advance(TimeDelta::minutes(90));
    }

    /// The attempts of all messages, as `number outcome`.
    pub async fn attempts(&self) -> Vec<String> {
        self.texts("select number || ' ' || outcome as text from message_attempts order by number").await
    }

    /// Waits until `query` counts `count`.
    #[track_caller]
    pub fn wait_for(&self, query: &str, count: i64) -> impl Future<Output = ()> {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = BigInt)]
            count: i64,
        }
        eventually(move || async move {
            let row: Row = sql_query(query).get_result(&mut *self.database.lock().await).await.expect("a count");
            (row.count == count).then_some(())
        })
    }

    pub async fn texts(&self, query: &str) -> Vec<String> {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = Text)]
            text: String,
        }
        let rows: Vec<Row> = sql_query(query).load(&mut *self.database.lock().await).await.expect("rows");
        rows.into_iter().map(|row| row.text).collect()
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        self.sandbox.stop.cancel();
    }
}

pub fn agency() -> AgencyCode {
    "H44.100".parse().expect("a code")
}

pub fn procedure() -> LocalText {
    LocalText::new("Đăng ký khai sinh", "Birth registration")
}

pub fn time(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time")
}

pub fn text(mail: &Value) -> &str {
    mail["text"].as_str().expect("a text part")
}

/// The values of a header of a mail.
pub fn header<'a>(mail: &'a Value, name: &str) -> Vec<&'a str> {
    let headers = mail["headers"].as_array().expect("headers");
    let named = headers.iter().filter(|header| header["name"].as_str().is_some_and(|is| is.eq_ignore_ascii_case(name)));
    named.filter_map(|header| header["value"].as_str()).collect()
}

pub fn mail_behaves(how: Value) -> Value {
    json!({ "mail": how })
}
