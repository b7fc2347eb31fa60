//! HTTP as a patient client speaks it: asks again under the same key until it is answered, and counts what it met.

mod ask;
mod sessions;

use std::{
    collections::BTreeMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use reqwest::{RequestBuilder, header::HeaderMap};
use serde_json::Value;
use tokio::time::sleep;

pub use self::{
    ask::Ask,
    sessions::{forget, sign_in},
};

/// A client that waits longer for one answer asks again.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(15);

const NO_CONNECTION: &str = "no connection";
/// Who is not answered within this is not served.
const GIVE_UP: Duration = Duration::from_secs(150);

/// Who calls the installation.
pub struct Client {
    http: reqwest::Client,
    gateway: String,
    sandbox: String,
    began: Instant,
    /// The clock of the installation is stepped: tokens, codes and payment pages run out before their time.
    steps: AtomicBool,
    /// Requests so far.
    asked: AtomicU64,
    /// Milliseconds since `began` at which a request last succeeded.
    progress: AtomicU64,
    /// What was met on the way, and how often: `503`, `no connection`.
    met: Mutex<BTreeMap<String, u64>>,
    /// What was waited for longest.
    longest: Mutex<Option<(Duration, &'static str)>>,
}

/// A response.
#[derive(Clone, Debug)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub bytes: Vec<u8>,
    /// The body as JSON; null when it is none.
    pub json: Value,
}

impl Response {
    /// A text in the body, by JSON pointer.
    ///
    /// # Errors
    /// When there is none.
    pub fn text(&self, pointer: &str) -> Result<String> {
        let text = self.json.pointer(pointer).and_then(Value::as_str);
        Ok(text.with_context(|| format!("no text at {pointer} of {}", self.said()))?.to_owned())
    }

    /// A header.
    pub fn header(&self, name: &str) -> Option<String> {
        Some(self.headers.get(name)?.to_str().ok()?.to_owned())
    }

    /// Status and the beginning of the body, for a message.
    pub fn said(&self) -> String {
        format!("{} {}", self.status, String::from_utf8_lossy(&self.bytes).chars().take(300).collect::<String>())
    }

    /// Whether asking again later may help.
    fn is_passing(&self) -> bool {
        let in_progress = self.status == 409 && self.headers.contains_key("retry-after");
        matches!(self.status, 408 | 429 | 500..=599) || in_progress
    }
}

impl Client {
    /// A client of the gateway and of the outside world.
    ///
    /// # Errors
    /// When HTTP cannot start.
    pub fn new(gateway: u16, sandbox: u16) -> Result<Self> {
        Ok(Self {
            http: runtime::http_client(RESPONSE_TIMEOUT)?,
            gateway: format!("http://127.0.0.1:{gateway}"),
            sandbox: format!("http://127.0.0.1:{sandbox}"),
            began: Instant::now(),
            steps: AtomicBool::new(false),
            asked: AtomicU64::new(0),
            progress: AtomicU64::new(0),
            met: Mutex::default(),
            longest: Mutex::default(),
        })
    }

    /// Asks once.
    ///
    /// # Errors
    /// When nothing comes back.
    pub async fn once(&self, ask: &Ask) -> Result<Response> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let mut request = self.http.request(ask.method.clone(), format!("{}{}", self.gateway, ask.path));
        if let Some(token) = &ask.token {
            request = request.bearer_auth(token);
        }
        for (name, value) in &ask.headers {
            request = request.header(*name, value);
        }
        let answer = self.read(request.body(ask.body.clone())).await?;
        if answer.status < 400 {
            self.progress.fetch_max(u64::try_from(self.began.elapsed().as_millis())?, Ordering::Relaxed);
        }
        Ok(answer)
    }

    /// Asks until it is answered; gives the answer, whatever it is, and whether an earlier one was lost.
    ///
    /// # Errors
    /// When there is none in time.
    pub async fn insist(&self, ask: &Ask) -> Result<(Response, bool)> {
        let begun = Instant::now();
        let mut pause = Duration::from_millis(50);
        let mut lost = false;
        let mut ask = ask.clone();
        loop {
            let why = match self.once(&ask).await {
                Ok(answer) if answer.status == 401 && self.steps() && begun.elapsed() < GIVE_UP => {
                    let Some(token) = ask.token.clone() else { return Ok((answer, lost)) };
                    ask = ask.by(&Box::pin(sessions::renewed(self, &token)).await?);
                    continue;
                }
                Ok(answer) if !answer.is_passing() => return Ok((answer, lost)),
                Ok(answer) => {
                    self.note(format!(
                        "{} {}",
                        answer.status,
                        answer.json["code"].as_str().unwrap_or("without a code")
                    ));
                    answer.said()
                }
                Err(why) => {
                    self.note(kind(&why).to_owned());
                    format!("{why:#}")
                }
            };
            lost = true;
            if begun.elapsed() > GIVE_UP {
                bail!("{} {} was not answered within {} s: {why}", ask.method, ask.path, GIVE_UP.as_secs());
            }
            sleep(pause).await;
            pause = (pause * 2).min(Duration::from_secs(1));
        }
    }

    /// Asks until it is answered with `wanted`.
    ///
    /// # Errors
    /// When another answer comes that is no passing refusal, or none in time.
    pub async fn must(&self, what: &str, wanted: u16, ask: &Ask) -> Result<Response> {
        let (answer, _) = self.insist(ask).await?;
        if answer.status != wanted {
            bail!("{what}: {wanted} was expected, {} came", answer.said());
        }
        Ok(answer)
    }

    /// Asks the sandbox, which no fault concerns.
    ///
    /// # Errors
    /// When it refuses.
    pub async fn sandbox(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value> {
        Ok(self.outside(method, path, body).await?.json)
    }

    /// The provider's statement of a day, `yyyyMMdd`, as CSV.
    ///
    /// # Errors
    /// When it refuses.
    pub async fn statement(&self, day: &str) -> Result<Vec<u8>> {
        Ok(self.outside("GET", &format!("/vnpay/statement?date={day}"), None).await?.bytes)
    }

    async fn outside(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Response> {
        let mut tries = 1;
        loop {
            let mut request = self.http.request(method.parse()?, format!("{}{path}", self.sandbox));
            if let Some(body) = body {
                request = request.header("content-type", "application/json").body(body.to_string());
            }
            match self.read(request).await {
                Ok(answer) if answer.status < 400 => return Ok(answer),
                // It shares the machine with everything that is being tortured.
                Ok(answer) if answer.status != 408 || tries == 5 => bail!("the sandbox, {path}: {}", answer.said()),
                Err(why) if tries == 5 => return Err(why).with_context(|| format!("the sandbox, {path}")),
                _ => tries += 1,
            }
            sleep(Duration::from_millis(200)).await;
        }
    }

    /// Presses a button of the provider's page. Gives the address that the browser is sent to.
    ///
    /// # Errors
    /// When the provider refuses.
    pub async fn press(&self, pay_url: &str, choice: &str) -> Result<String> {
        let fields = url::Url::parse(pay_url)?.query().unwrap_or_default().to_owned();
        let request = self.http.post(format!("{}/paymentv2/pay", self.sandbox));
        let form = request.header("content-type", "application/x-www-form-urlencoded");
        let answer = self.read(form.body(format!("{fields}&choice={choice}"))).await?;
        answer.header("location").with_context(|| format!("the provider's page: {}", answer.said()))
    }

    /// Asks an address of the gateway as a browser follows one.
    pub fn path_of<'a>(&self, address: &'a str) -> &'a str {
        address.strip_prefix(self.gateway.as_str()).unwrap_or(address)
    }

    /// From now on the clock of the installation may be stepped.
    pub fn expect_steps(&self) {
        self.steps.store(true, Ordering::Relaxed);
    }

    /// Whether it may.
    pub fn steps(&self) -> bool {
        self.steps.load(Ordering::Relaxed)
    }

    async fn read(&self, request: RequestBuilder) -> Result<Response> {
        let response = request.send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await?.to_vec();
        let json = serde_json::from_slice(&bytes).unwrap_or_default();
        Ok(Response { status, headers, bytes, json })
    }

    /// How many requests were sent so far.
    pub fn asked(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }

    /// How long ago a request last succeeded.
    pub fn idle(&self) -> Duration {
        self.began.elapsed().saturating_sub(Duration::from_millis(self.progress.load(Ordering::Relaxed)))
    }

    fn note(&self, what: String) {
        *self.met.lock().unwrap_or_else(PoisonError::into_inner).entry(what).or_default() += 1;
    }

    /// It took so long until `what` was so.
    pub fn waited(&self, what: &'static str, time: Duration) {
        let mut longest = self.longest.lock().unwrap_or_else(PoisonError::into_inner);
        if longest.is_none_or(|(known, _)| known < time) {
            *longest = Some((time, what));
        }
    }

    /// What was waited for longest since this was last asked, and how long.
    pub fn longest_wait(&self) -> Option<(Duration, &'static str)> {
        self.longest.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// What was met since this was last asked.
    pub fn met(&self) -> BTreeMap<String, u64> {
        std::mem::take(&mut self.met.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn kind(why: &anyhow::Error) -> &'static str {
    match why.downcast_ref::<reqwest::Error>() {
        Some(why) if why.is_connect() => NO_CONNECTION,
        Some(why) if why.is_timeout() => "no answer in time",
        _ => "connection broken",
    }
}
