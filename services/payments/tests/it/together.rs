//! A payer with several orders that are due, who pays them in one go.

use civic::{OfficialRole, events::DossierFeeDue};
use serde_json::{Value, json};
use testkit::{Installation, Method, TestCaller, TestResponse};
use uuid::Uuid;

use crate::{
    fees::{TOTAL, copies, open, states},
    payers::known,
    provider::{Mood, Notice, Questions, query_of},
    till::{dong, post},
};

pub const PATH: &str = "/api/v1/joint-payments";
/// What three orders cost.
pub const SUM: i64 = 3 * TOTAL;

pub struct Together {
    pub installation: Installation,
    pub vnpay: Questions,
    pub an: TestCaller,
    pub fees: Vec<DossierFeeDue>,
}

impl Together {
    /// Three orders are due, each of a dossier of its own.
    pub async fn owed(mood: Mood) -> Self {
        let vnpay = Questions::answered(mood);
        Self::at(vnpay, &["H44.100", "H44.100", "H44.101"]).await
    }

    async fn at(vnpay: Questions, agencies: &[&str]) -> Self {
        let flags = ["--vnpay-api-url", &vnpay.url];
        let installation = Installation::start_with([payments::service()], &[("payments", &flags)]).await;
        let an = installation.citizen("Nguyễn Văn An");
        known(&installation, &an, "Nguyễn Văn An").await;
        let mut fees = Vec::new();
        for (number, agency) in agencies.iter().enumerate() {
            let mut fee = copies(an.party());
            fee.agency = agency.parse().unwrap();
            fee.code = format!("{agency}-260721-000{}", number + 1).parse().unwrap();
            open(&installation, &an, &fee).await;
            fees.push(fee);
        }
        Self { installation, vnpay, an, fees }
    }

    /// The orders' ids.
    pub fn orders(&self) -> Vec<Uuid> {
        self.fees.iter().map(|fee| fee.order_id).collect()
    }

    /// The path of an order.
    pub fn order(&self, number: usize) -> String {
        format!("/api/v1/payment-orders/{}", self.fees[number].order_id)
    }

    pub async fn start_with(&self, orders: &[Uuid], key: &str) -> TestResponse {
        let call = self.an.call("payments", Method::POST, PATH).key(key);
        call.json(&json!({"orders": orders, "provider": "VNPAY"})).send().await
    }

    /// Begins to pay all of them; gives the path of the joint payment and our name for it at the provider.
    pub async fn begin(&self) -> (String, String) {
        let begun = self.start_with(&self.orders(), &Uuid::new_v4().to_string()).await.expect(201);
        let reference = query_of(begun.text("/pay_url"))["vnp_TxnRef"].clone();
        (begun.header("location").unwrap().to_owned(), reference)
    }

    /// The joint payment's status, and each order's with that of its last attempt, in the order in which they are owed.
    pub async fn stands(&self, joint: &str) -> (String, Vec<(String, String)>) {
        let view = self.an.call("payments", Method::GET, joint).send().await.expect(200);
        let mut orders = Vec::new();
        for number in 0..self.fees.len() {
            let (order, attempts) = states(&self.an, &self.order(number)).await;
            orders.push((order, attempts.last().cloned().unwrap_or_default()));
        }
        (view.text("/status").to_owned(), orders)
    }

    /// A cashier takes the fee of the first order in cash.
    pub async fn take_cash(&self) {
        let cashier = self.installation.official(&[("H44.100", OfficialRole::Cashier)]);
        let opening = json!({"till": "Quầy 1", "opening": dong(500_000)});
        let shift =
            post(&cashier, "/api/v1/agencies/H44.100/shifts", &opening).await.expect(201).text("/id").to_owned();
        let body = json!({"order_id": self.fees[0].order_id, "way": "CASH", "received": dong(TOTAL)});
        post(&cashier, &format!("/api/v1/shifts/{shift}/takings"), &body).await.expect(201);
    }
}

/// The sum was paid.
pub fn paid(reference: &str, sum: i64) -> Notice {
    Notice::paid(reference).with("vnp_Amount", &(sum * 100).to_string())
}

/// Each order and its attempt stand so.
pub fn all(order: &str, attempt: &str) -> Vec<(String, String)> {
    vec![(order.to_owned(), attempt.to_owned()); 3]
}

/// The errors of a refusal: where, and what.
pub fn errors(refused: &TestResponse) -> Vec<(String, String)> {
    let errors = refused.json["errors"].as_array().cloned().unwrap_or_default();
    let text = |error: &Value, name: &str| error[name].as_str().unwrap().to_owned();
    errors.iter().map(|error| (text(error, "pointer"), text(error, "code"))).collect()
}
