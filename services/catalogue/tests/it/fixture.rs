//! This service with the procedures of the demonstration, and short words for what tests do with it.

use diesel::{QueryableByName, sql_query, sql_types::BigInt};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use runtime::{Finding, Life};
use testkit::{Installation, Method, TestResponse};

pub const BIRTH: &str = "1.001193";
pub const RESIDENCE: &str = "1.004222";
pub const GUARDIANSHIP: &str = "1.004837";
pub const MARITAL_STATUS: &str = "1.004873";
pub const COPY: &str = "2.000635";
pub const CERTIFIED: &str = "2.000815";

pub struct Fixture {
    pub installation: Installation,
}

impl Fixture {
    pub async fn open() -> Self {
        let installation = Installation::start([catalogue::service()]).await;
        installation.demonstrate(&catalogue::service()).await;
        Self { installation }
    }

    /// What nobody in particular is answered.
    pub async fn get(&self, path: &str) -> TestResponse {
        self.installation.nobody().call("catalogue", Method::GET, path).send().await
    }

    /// What is answered to whoever has an answer with this ETag.
    pub async fn get_again(&self, path: &str, etag: &str) -> TestResponse {
        self.installation.nobody().call("catalogue", Method::GET, path).header("if-none-match", etag).send().await
    }

    /// Rows of a table, or of a table with a condition.
    pub async fn count(&self, from: &str) -> i64 {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = BigInt)]
            count: i64,
        }
        let question = sql_query(format!("select count(*) as count from {from}"));
        let row: Row = question.get_result(&mut self.installation.database("catalogue").await).await.expect("a table");
        row.count
    }

    pub async fn run(&self, sql: &str) {
        self.installation.database("catalogue").await.batch_execute(sql).await.expect("a statement");
    }

    /// The invariants of the service that do not hold.
    pub async fn broken(&self) -> Vec<Finding> {
        let flags = ["--database-url".to_owned(), self.installation.database_url("catalogue").to_owned()];
        let findings = catalogue::service().verify(&flags, Life::system()).await.expect("a look at the database");
        assert!(!findings.is_empty());
        findings.into_iter().filter(|finding| finding.broken > 0).collect()
    }
}

/// The codes of a list.
pub fn codes(answer: &TestResponse) -> Vec<&str> {
    let items = answer.json["items"].as_array().expect("items");
    items.iter().map(|item| item["code"].as_str().expect("a code")).collect()
}
