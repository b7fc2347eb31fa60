//! What offices do with a dossier between its receipt and its result, each under keys, by whoever has to.

use anyhow::{Context, Result, bail, ensure};
use rand::Rng;
use serde_json::{Value, json};

use super::{PDF, Walk};
use crate::{client::Ask, people};

const REASON: &str = "Chờ kết luận của cơ quan có thẩm quyền.";

impl Walk {
    /// Goes the way of one dossier in three: not straight to its result. `official` works on it.
    pub(super) async fn be_worked_on(&mut self, official: &str) -> Result<()> {
        match self.random.random_range(0..12) {
            0 => self.be_asked_for_a_paper(official).await.context("supplementing"),
            1 => self.be_stopped(official).await.context("standing still"),
            2 => self.be_consulted_about(official).await.context("consulting"),
            // One mail a payment is what the comparison counts on.
            3 if self.record.order.is_none() => self.be_charged(official).await.context("paying a further fee"),
            _ => Ok(()),
        }
    }

    /// Takes the dossier back once it is with the agency.
    pub(super) async fn withdraw(&mut self) -> Result<()> {
        self.until("it can be withdrawn", &self.path(""), |seen| seen.json["status"] == "REGISTERED").await?;
        let token = self.token.clone();
        self.act(&token, "withdrawal", &json!({"reason": "Nộp nhầm thủ tục."}), "WITHDRAWN").await?;
        self.record.withdrawn = true;
        Ok(())
    }

    async fn be_asked_for_a_paper(&mut self, official: &str) -> Result<()> {
        let component = self.paper;
        let paper = json!({"component": component, "reason": "Ảnh mờ.", "guidance": "Chụp lại cả tờ."});
        self.act(official, "supplement-request", &json!({"papers": [paper]}), "SUPPLEMENT_REQUESTED").await?;
        let path = self.path(&format!("/documents?component={component}&file_name=chup-lai.pdf"));
        let again = Ask::upload(path, self.key("paper-again"), PDF).by(&self.token);
        self.client.must("a paper that was asked for", 201, &again).await?;
        let token = self.token.clone();
        self.act(&token, "supplement", &json!({}), "PROCESSING").await?;
        self.record.supplemented = true;
        Ok(())
    }

    async fn be_stopped(&mut self, official: &str) -> Result<()> {
        self.act(official, "suspension", &json!({"reason": REASON}), "STOPPED").await?;
        self.act(official, "resumption", &json!({"note": REASON}), "PROCESSING").await?;
        self.record.resumed = true;
        Ok(())
    }

    async fn be_consulted_about(&mut self, official: &str) -> Result<()> {
        let other = if self.agency == "H44.100" { "H44.101" } else { "H44.100" };
        let question =
            json!({"agency": other, "question": "Đề nghị xác minh nơi cư trú trước đây.", "shows": "QUESTION"});
        let ask = Ask::post(self.path("/consultations"), self.key("consult"), &question).by(official);
        let asked = self.client.must("the question", 200, &ask).await?;
        let number = asked.json["requests"].as_array().and_then(|all| all.last()).map(|last| last["number"].clone());
        let number = number.as_ref().and_then(Value::as_i64).context("the number of a question")?;
        let there = people::official(&self.client, "xuly", other).await?;
        let path = self.path(&format!("/consultations/{number}/answer"));
        let opinion = json!({"answer": "Đã cư trú tại xã từ năm 2015."});
        let answer = Ask::post(path, self.key("opinion"), &opinion).by(&there);
        self.client.must("the opinion", 200, &answer).await?;
        Ok(())
    }

    async fn be_charged(&mut self, official: &str) -> Result<()> {
        let line = json!({
            "what_for": "Phí thẩm định hồ sơ", "legal_basis": "Điều 3 Thông tư 85/2019/TT-BTC",
            "amount": {"amount": 150_000, "currency": "VND"},
        });
        let charge = Ask::post(self.path("/charges"), self.key("charge"), &json!({"lines": [line]})).by(official);
        let charged = self.client.must("a further fee", 200, &charge).await?;
        self.record.order = Some(charged.text("/fee/order_id")?);
        self.pay().await?;
        self.until("work goes on after a further fee", &self.path(""), |seen| seen.json["status"] == "PROCESSING").await
    }

    /// Does something under a key, after which the dossier has a status.
    async fn act(&mut self, token: &str, what: &str, body: &Value, status: &str) -> Result<()> {
        let ask = Ask::post(self.path(&format!("/{what}")), self.key(what), body).by(token);
        let done = self.client.must(what, 200, &ask).await?;
        if self.random.random_bool(0.3) {
            let again = self.client.must(what, 200, &ask).await?;
            ensure!(again.bytes == done.bytes, "one key, two answers: {} and {}", done.said(), again.said());
        }
        if done.json["status"] != status {
            bail!("{what}: {status} was expected, {} came", done.said());
        }
        Ok(())
    }
}
