//! Who walks: citizens of the demonstration, newcomers who register, and officials.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use rand::{Rng, rngs::StdRng};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::client::{Ask, Client, Response, sign_in};

const DEMONSTRATION: [&str; 3] = ["an@example.vn", "binh@example.vn", "chi@example.vn"];
const DEMONSTRATION_PASSWORD: &str = "motcua-demo-2026";
const PASSWORD: &str = "mot-cua-la-mot-cua";
const MAIL: Duration = Duration::from_secs(300);

/// A citizen.
#[derive(Clone, Debug)]
pub struct Person {
    /// Her address.
    pub email: String,
    /// What a newcomer says of herself; nothing for somebody with an account.
    newcomer: Option<Value>,
}

impl Person {
    /// Whether she must register first.
    pub fn is_newcomer(&self) -> bool {
        self.newcomer.is_some()
    }
}

/// Somebody: one in six is a newcomer.
pub fn anybody(random: &mut StdRng, seed: u64, number: u64) -> Person {
    if random.random_bool(5.0 / 6.0) {
        return Person { email: DEMONSTRATION[random.random_range(0..3)].to_owned(), newcomer: None };
    }
    let email = format!("lan-{seed}-{number}-{:08x}@example.vn", random.random::<u32>());
    let digits = format!("{:06}", random.random_range(0..1_000_000));
    let year = random.random_range(50..100);
    let newcomer = json!({
        "name": "Trần Thị Lan", "email": email, "phone": format!("0912{digits}"),
        "citizen_number": format!("0001{year}{digits}"), "birth_date": format!("19{year}-03-08"), "gender": "FEMALE",
        "password": PASSWORD,
    });
    Person { email, newcomer: Some(newcomer) }
}

/// Registers a newcomer, and signs in. Gives the access token.
///
/// # Errors
/// When that is refused.
pub async fn arrive(client: &Client, person: &mut Person, name: &str) -> Result<String> {
    if person.newcomer.is_none() {
        return sign_in(client, &person.email, DEMONSTRATION_PASSWORD).await;
    }
    let confirmed = match register(client, person, name).await? {
        // The code was mailed before the clock was stepped. Another mail to the same address could be taken for the first.
        answer if answer.status != 201 && client.steps() => {
            person.email = format!("again-{}", person.email);
            register(client, person, &format!("again-{name}")).await?
        }
        answer => answer,
    };
    ensure!(confirmed.status == 201, "the confirmation: {}", confirmed.said());
    sign_in(client, &person.email, PASSWORD).await
}

/// As [`arrive`], of a newcomer; `before` is done when nothing but the code is missing.
///
/// # Errors
/// When that is refused.
pub async fn arrive_unseen(
    client: &Client,
    person: &Person,
    name: &str,
    before: impl AsyncFnOnce() -> Result<()>,
) -> Result<String> {
    let confirm = registration(client, person, name).await?;
    before().await?;
    client.must("the confirmation", 201, &confirm).await?;
    sign_in(client, &person.email, PASSWORD).await
}

async fn register(client: &Client, person: &Person, name: &str) -> Result<Response> {
    let confirm = registration(client, person, name).await?;
    Ok(client.insist(&confirm).await?.0)
}

/// Begins a registration; gives the request that ends it.
async fn registration(client: &Client, person: &Person, name: &str) -> Result<Ask> {
    let mut about = person.newcomer.clone().context("a newcomer")?;
    about["email"] = json!(person.email);
    let begin = Ask::post("/api/v1/registrations", format!("register-{name}"), &about);
    let begun = client.must("the registration", 202, &begin).await?.text("/registration_id")?;
    let code = code(client, &person.email).await?;
    let path = format!("/api/v1/registrations/{begun}/confirmation");
    Ok(Ask::post(path, format!("confirm-{name}"), &json!({"code": code})))
}

async fn code(client: &Client, email: &str) -> Result<String> {
    let begun = Instant::now();
    while begun.elapsed() < MAIL {
        let mails = client.sandbox("GET", &format!("/mails?to={email}"), None).await?;
        let text = mails.pointer("/items/0/text").and_then(Value::as_str).unwrap_or_default();
        if let Some(code) = text.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6) {
            return Ok(code.to_owned());
        }
        sleep(Duration::from_millis(200)).await;
    }
    bail!("the code was not mailed to {email} within {} s", MAIL.as_secs())
}

/// The token of a citizen of the demonstration.
///
/// # Errors
/// When that is refused.
pub async fn citizen(client: &Client, email: &str) -> Result<String> {
    sign_in(client, email, DEMONSTRATION_PASSWORD).await
}

/// The token of an official of an agency, who signs in once.
///
/// # Errors
/// When that is refused.
pub async fn official(client: &Client, office: &str, agency: &str) -> Result<String> {
    let place = agency.to_lowercase().replace('.', "-");
    sign_in(client, &format!("{office}@{place}.example.vn"), DEMONSTRATION_PASSWORD).await
}

/// Complete answers for an extract of birth in some copies (2.000635), or for the registration of a birth (1.001193).
pub fn answers(extract: bool, copies: u32) -> Value {
    if extract {
        return json!({
            "person_name": "Trần Thị Lan", "person_birth_date": "1992-03-08", "event": "BIRTH",
            "event_date": "1992-03-08", "event_place": "Phường Demo, tỉnh Phú Thọ", "copies": copies, "purpose": "WORK",
            "applicant_name": "Trần Thị Lan", "applicant_citizen_number": "000192000123", "truthful": true,
        });
    }
    json!({
        "child_name": "Nguyễn Minh Khôi", "child_gender": "MALE", "child_birth_date": "2026-07-15",
        "child_birth_place": "Bệnh viện tỉnh", "child_ethnicity": "Kinh", "child_nationality": "Việt Nam",
        "child_home_town": "Phú Thọ", "mother_name": "Trần Thị Lan", "mother_birth_date": "1992-03-08",
        "mother_nationality": "Việt Nam", "mother_residence": "Xã Demo, tỉnh Phú Thọ",
        "applicant_name": "Trần Thị Lan", "applicant_citizen_number": "000192000123",
        "applicant_relationship": "MOTHER", "applicant_residence": "Xã Demo, tỉnh Phú Thọ", "truthful": true,
    })
}
