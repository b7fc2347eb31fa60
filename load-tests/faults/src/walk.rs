//! The walk of one dossier, decided by a seed, and everything that was acknowledged on it.

mod detours;
mod payment;
mod stages;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use rand::{Rng, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::{
    client::{Ask, Client, Response},
    people::{self, Person},
};

/// A PDF of one page.
pub const PDF: &[u8] =
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
const POLL: Duration = Duration::from_millis(150);
/// Events travel within this, faults included: an answer lost unseen is asked for again after a minute, and again after two.
const TRAVEL: Duration = Duration::from_secs(200);

/// What was acknowledged.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Whose it is.
    pub email: String,
    /// The dossier.
    pub dossier: String,
    /// Its code, once it was filed.
    pub code: Option<String>,
    /// The first answer to the filing, to the byte.
    pub filed: Vec<u8>,
    /// Its order, if it costs something.
    pub order: Option<String>,
    /// How often the provider took money for it.
    pub payments: u64,
    /// It was said to be paid.
    pub paid: bool,
    /// It was said to be received.
    pub received: bool,
    /// It was said to be withdrawn.
    pub withdrawn: bool,
    /// A paper that was asked for was said to be sent in.
    pub supplemented: bool,
    /// It was stopped, and said to go on.
    pub resumed: bool,
    /// The result that was taken in.
    pub result: Option<String>,
    /// It was said to be completed.
    pub completed: bool,
}

/// One walk.
pub struct Walk {
    client: Arc<Client>,
    random: StdRng,
    /// Names its keys and newcomers.
    name: String,
    /// What was acknowledged so far.
    pub record: Record,
    token: String,
    person: Person,
    /// Where it files.
    pub agency: &'static str,
    /// The component of its procedure that papers are uploaded for.
    paper: &'static str,
}

impl Walk {
    /// The walk of this number in the run of this seed.
    pub fn new(client: Arc<Client>, seed: u64, number: u64) -> Self {
        let mut random = StdRng::seed_from_u64(seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let person = people::anybody(&mut random, seed, number);
        let agency = if random.random_bool(0.7) { "H44.100" } else { "H44.101" };
        let record = Record { email: person.email.clone(), ..Record::default() };
        let name = format!("{seed}-{number}");
        Self { client, random, name, record, token: String::new(), person, agency, paper: "GIAY_TO_KHAC" }
    }

    /// From the door to the result in hand, or to where its applicant thinks better of it.
    ///
    /// # Errors
    /// When something is not as promised, in a sentence.
    pub async fn go(&mut self) -> Result<()> {
        self.draft().await.context("drafting")?;
        self.file().await.context("filing")?;
        if self.record.order.is_some() {
            self.pay().await.context("paying")?;
        }
        match self.random.random_range(0..12) {
            0 => self.withdraw().await.context("withdrawing"),
            _ => self.be_answered().await.context("being answered"),
        }
    }

    /// Whether somebody walks who must register first.
    pub fn is_newcomers(&self) -> bool {
        self.person.is_newcomer()
    }

    fn key(&self, what: &str) -> String {
        format!("{what}-{}", self.name)
    }

    fn path(&self, rest: &str) -> String {
        format!("/api/v1/dossiers/{}{rest}", self.record.dossier)
    }

    /// Arrives and fills in a draft, ready to be filed.
    ///
    /// # Errors
    /// When something is not as promised.
    pub async fn draft(&mut self) -> Result<()> {
        self.arrive().await?;
        let costs = self.random.random_bool(0.75);
        let procedure = if costs { "2.000635" } else { "1.001193" };
        self.paper = if costs { "GIAY_TO_KHAC" } else { "GIAY_CHUNG_SINH" };
        let answers = people::answers(costs, self.random.random_range(1..5));
        let with_paper = !costs || self.random.random_bool(0.3);
        self.begin(procedure, &answers, with_paper).await
    }

    /// Begins a draft of a procedure and fills it in.
    async fn begin(&mut self, procedure: &str, answers: &Value, with_paper: bool) -> Result<()> {
        let wish = json!({"procedure": procedure, "agency": self.agency});
        let open = Ask::post("/api/v1/dossiers", self.key("open"), &wish).by(&self.token);
        let opened = self.until_known(&open).await?;
        self.record.dossier = opened.text("/id")?;
        self.save(answers, opened.header("etag").context("a version")?).await?;
        if with_paper {
            let path = self.path(&format!("/documents?component={}&file_name=giay-to.pdf", self.paper));
            self.client.must("a paper", 201, &Ask::upload(path, self.key("paper"), PDF).by(&self.token)).await?;
        }
        Ok(())
    }

    /// The request that files the draft.
    pub fn submission(&self) -> Ask {
        Ask::post(self.path("/submission"), self.key("file"), &json!({})).by(&self.token)
    }

    /// Registers, and does `before` when nothing but the code is missing.
    ///
    /// # Errors
    /// When something is not as promised.
    pub async fn arrive_unseen(&mut self, before: impl AsyncFnOnce() -> Result<()>) -> Result<()> {
        self.token = people::arrive_unseen(&self.client, &self.person, &self.name, before).await?;
        Ok(())
    }

    /// Files the draft.
    ///
    /// # Errors
    /// When something is not as promised.
    pub async fn file(&mut self) -> Result<()> {
        let submit = self.submission();
        let filed = self.client.must("the filing", 201, &submit).await?;
        self.record.code = Some(filed.text("/code")?);
        self.record.order = filed.json.pointer("/fee/order_id").and_then(Value::as_str).map(ToOwned::to_owned);
        self.record.filed.clone_from(&filed.bytes);
        if self.random.random_bool(0.3) {
            let again = self.client.must("the filing again", 201, &submit).await?;
            ensure!(again.bytes == filed.bytes, "one key, two answers: {} and {}", filed.said(), again.said());
        }
        Ok(())
    }

    /// An agency reaches submissions as an event.
    async fn until_known(&self, open: &Ask) -> Result<Response> {
        let begun = Instant::now();
        loop {
            let (answer, _) = self.client.insist(open).await?;
            match answer.status {
                201 => return Ok(answer),
                400 if begun.elapsed() < TRAVEL => sleep(POLL).await,
                _ => bail!("a draft: {}", answer.said()),
            }
        }
    }

    /// Whoever lost the answer to a change learns from the dossier whether it was made.
    async fn save(&self, answers: &Value, mut version: String) -> Result<()> {
        let begun = Instant::now();
        loop {
            let save = Ask::put(self.path("/answers"), version.as_str(), answers).by(&self.token);
            let (saved, lost) = self.client.insist(&save).await?;
            match saved.status {
                200 => return Ok(()),
                412 if lost && begun.elapsed() < TRAVEL => {
                    let now = self.client.must("the draft", 200, &Ask::get(self.path("")).by(&self.token)).await?;
                    version = now.header("etag").context("a version")?;
                }
                _ => bail!("the answers: {}", saved.said()),
            }
        }
    }

    /// From what was paid to the result in hand.
    ///
    /// # Errors
    /// When something is not as promised.
    pub async fn be_served(&mut self) -> Result<()> {
        self.be_paid().await.context("paying")?;
        self.be_answered().await.context("being answered")
    }

    async fn be_answered(&mut self) -> Result<()> {
        let receive = self.receipt().await?;
        self.client.must("the receipt", 200, &receive).await?;
        self.be_processed().await
    }

    /// The request by which a receiver receives it, once that can be done.
    ///
    /// # Errors
    /// When it cannot in time.
    pub async fn receipt(&self) -> Result<Ask> {
        let own = self.path("");
        self.until("officials may receive it", &own, |answer| answer.json["status"] == "REGISTERED").await?;
        let receiver = people::official(&self.client, "tiepnhan", self.agency).await?;
        Ok(Ask::post(self.path("/receipt"), self.key("receive"), &json!({})).by(&receiver))
    }

    /// From its receipt to the result in hand.
    ///
    /// # Errors
    /// When something is not as promised.
    pub async fn be_processed(&mut self) -> Result<()> {
        self.record.received = true;
        let processor = people::official(&self.client, "xuly", self.agency).await?;
        self.be_worked_on(&processor).await?;
        let path = self.path("/results?file_name=ket-qua.pdf");
        let upload = Ask::upload(path, self.key("result"), PDF).by(&processor);
        self.record.result = Some(self.client.must("the result", 201, &upload).await?.text("/id")?);
        let complete = Ask::post(self.path("/completion"), self.key("complete"), &json!({})).by(&processor);
        self.client.must("the completion", 200, &complete).await?;
        self.record.completed = true;
        Ok(())
    }

    async fn until(&self, what: &'static str, path: &str, is_so: impl Fn(&Response) -> bool) -> Result<()> {
        let begun = Instant::now();
        loop {
            let (answer, _) = self.client.insist(&Ask::get(path).by(&self.token)).await?;
            if is_so(&answer) {
                self.client.waited(what, begun.elapsed());
                return Ok(());
            }
            if begun.elapsed() > TRAVEL {
                bail!("not within {} s: {what}; {}", TRAVEL.as_secs(), answer.said());
            }
            sleep(POLL).await;
        }
    }

    /// What was acknowledged is there: the dossier, where it was said to be; the same answer to the same key; the result.
    ///
    /// # Errors
    /// What is missing, in a sentence.
    pub async fn look_back(&self) -> Result<()> {
        let Some(code) = &self.record.code else { return Ok(()) };
        let seen = self.client.must("the dossier", 200, &Ask::get(self.path("")).by(&self.token)).await?;
        ensure!(seen.text("/code")? == *code, "{code} was acknowledged, {} is there", seen.said());
        let ended = [(self.record.completed, "COMPLETED"), (self.record.withdrawn, "WITHDRAWN")];
        for (_, status) in ended.into_iter().filter(|(has, _)| *has) {
            ensure!(seen.json["status"] == status, "{code} was said to be {status}; {}", seen.said());
        }
        let again = self.client.must("the filing again", 201, &self.submission()).await?;
        ensure!(again.bytes == self.record.filed, "{code} was filed with another answer: {}", again.said());
        if let Some(result) = &self.record.result {
            let get = Ask::get(self.path(&format!("/results/{result}"))).by(&self.token);
            let file = self.client.must("the result", 200, &get).await?;
            ensure!(file.bytes == PDF, "the result of {code} is another");
        }
        Ok(())
    }
}
