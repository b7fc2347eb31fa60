//! The fixture of a test: the services that pages need, the gateway before them, the portal behind it.

use std::{path::PathBuf, time::Duration};

use serde_json::Value;
use testkit::{Installation, eventually, free_port};
use uuid::Uuid;

use crate::{browser::Browser, way::Way};

/// The password of every demonstration login.
pub const PASSWORD: &str = "motcua-demo-2026";

/// A running fixture.
pub struct Fixture {
    pub installation: Installation,
    pub gateway: String,
    /// The portal's way to it.
    pub way: Way,
    sandbox: String,
    documents: PathBuf,
}

impl Fixture {
    /// Every service on free ports, demonstration data loaded.
    pub async fn open() -> Self {
        Self::open_with(&[]).await
    }

    /// As [`Fixture::open`], with flags for the gateway.
    pub async fn open_with(flags_of_gate: &[&str]) -> Self {
        let (gateway, smtp) = (format!("http://127.0.0.1:{}", free_port()), free_port().to_string());
        let mut fixture = Self::found(gateway, &smtp).await;
        let accounts = format!("127.0.0.1:{}", free_port());
        let keys = format!("http://{accounts}/api/v1/jwks");
        let documents = fixture.documents.display().to_string();
        let gateway = fixture.gateway.clone();
        let installation = &mut fixture.installation;
        installation.add(accounts::service(), &["--listen", &accounts, "--jwks-url", &keys]).await;
        installation.add(catalogue::service(), &["--jwks-url", &keys]).await;
        installation.add(submissions::service(), &["--jwks-url", &keys, "--documents-dir", &documents]).await;
        let pay = format!("{}/paymentv2/vpcpay.html", fixture.sandbox);
        let ask = format!("{}/merchant_webapi/api/transaction", fixture.sandbox);
        let back = format!("{gateway}/payment-return");
        let momo = format!("{}/momo", fixture.sandbox);
        let momo = [
            ["--momo-url", &*momo],
            ["--momo-partner-code", "DEMOMOMO"],
            ["--momo-access-key", "DEMOACCESSKEY"],
            ["--momo-secret-key", "DEMOMOMOSECRET0123456789ABCDEFGH"],
        ]
        .concat();
        let vnpay = ["--vnpay-pay-url", &pay, "--vnpay-api-url", &ask, "--vnpay-return-url", &back];
        let flags = [&["--jwks-url", &*keys, "--public-url", &gateway][..], &vnpay, &momo].concat();
        installation.add(payments::service(), &flags).await;
        let post = ["--smtp-port", &smtp, "--sms-url", &fixture.sandbox, "--public-url", &gateway, "--jwks-url", &keys];
        installation.add(notifications::service(), &post).await;
        let own = ["--api-url", &*fixture.way.address, "--public-url", &gateway, "--jwks-url", &keys];
        let banner = ["--development-banner", &*fixture.sandbox];
        installation.add(portal::service(), &[&own[..], &banner].concat()).await;
        fixture.open_gate(&keys, flags_of_gate).await;
        fixture.installation.demonstrate(&accounts::service()).await;
        fixture.installation.demonstrate(&catalogue::service()).await;
        fixture.installation.until("submissions", "(select count(*) from procedure_versions) = 16").await;
        // Who serves where is told too.
        let serve = "exists (select from official_posts where agency = 'H44.101')";
        fixture.installation.until("submissions", serve).await;
        fixture
    }

    async fn found(gateway: String, smtp: &str) -> Self {
        let mut installation = Installation::empty().await;
        let http = format!("127.0.0.1:{}", free_port());
        let ipn = format!("{gateway}/api/v1/payments/vnpay/notification");
        let smtp = format!("127.0.0.1:{smtp}");
        installation.add(sandbox::service(), &["--http", &http, "--smtp", &smtp, "--vnpay-ipn-url", &ipn]).await;
        let documents = std::env::temp_dir().join(format!("motcua-portal-{}", Uuid::new_v4()));
        let way = Way::to(&gateway).await;
        Self { installation, gateway, way, sandbox: format!("http://{http}"), documents }
    }

    async fn open_gate(&mut self, keys: &str, more: &[&str]) {
        let listen = self.gateway.trim_start_matches("http://").to_owned();
        let mut flags = vec!["--listen".to_owned(), listen, "--jwks-url".to_owned(), keys.to_owned()];
        for name in ["accounts", "catalogue", "submissions", "payments", "notifications", "portal"] {
            flags.extend([format!("--{name}-url"), self.installation.base(name)]);
        }
        let own = ["--trusted-proxies", "127.0.0.0/8"];
        let flags: Vec<_> = flags.iter().map(String::as_str).chain(own).chain(more.iter().copied()).collect();
        self.installation.add(gateway::service(), &flags).await;
    }

    /// A new browser.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.gateway)
    }

    /// A browser of somebody with a demonstration login.
    pub async fn signed_in(&self, email: &str) -> Browser {
        let browser = self.browser();
        browser.get("/sign-in").await.submit(&browser, &[("email", email), ("password", PASSWORD)]).await.expect(303);
        browser
    }

    /// The e-mail address of the demonstration login with these letters in it.
    pub fn login(&self, part: &str) -> String {
        let logins = accounts::demonstration_logins();
        logins.into_iter().find(|login| login.login.contains(part)).expect("a demonstration login").login.to_owned()
    }

    /// Pays at the provider's page as a browser would; gives the way back that the provider shows.
    pub async fn pay(&self, pay_url: &str, choice: &str) -> String {
        let client = runtime::http_client(Duration::from_secs(5)).expect("a client");
        let (_, query) = pay_url.split_once('?').expect("a signed query");
        let form = format!("{query}&choice={choice}");
        let call = client.post(format!("{}/paymentv2/pay", self.sandbox)).body(form);
        let paid = call.header("content-type", "application/x-www-form-urlencoded").send().await;
        paid.expect("the provider answers").headers()["location"].to_str().expect("an address").to_owned()
    }

    /// Goes where our own address leads to, and pays there as a browser would.
    pub async fn pay_at_checkout(&self, pay_url: &str, choice: &str) {
        let client = runtime::http_client(Duration::from_secs(5)).expect("a client");
        let sent_on = client.get(pay_url).send().await.expect("our address answers");
        assert_eq!(sent_on.status(), 303);
        let page = sent_on.headers()["location"].to_str().expect("an address").to_owned();
        client.post(page).form(&[("choice", choice)]).send().await.expect("the page takes the form");
    }

    /// The six digits in the newest mail to `address`.
    pub async fn code_for(&self, address: &str) -> String {
        let client = runtime::http_client(Duration::from_secs(5)).expect("a client");
        eventually(|| async {
            let answer = client.get(format!("{}/mails?to={address}", self.sandbox)).send().await.ok()?;
            let mails: Value = answer.json().await.ok()?;
            let text = mails["items"].get(0)?.to_string();
            let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
            words
                .filter(|word| word.len() == 6)
                .find(|word| word.bytes().all(|it| it.is_ascii_digit()))
                .map(str::to_owned)
        })
        .await
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.documents);
    }
}
