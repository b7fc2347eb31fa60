//! Asking for an account.

use actix_web::{post, web};
use chrono::{DateTime, Utc};
use civic::{Gender, Language, Secret, VIETNAM, events::RegistrationStarted};
use diesel_async::AsyncPgConnection;
use edge::{IdempotencyKey, Json, Problem, Reply, kinds};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    app::App,
    domain::{
        confirmation_code::{self, AN_HOUR, DIGITS, LIFE},
        registration::{Registration, Typed, check},
    },
    jobs::forget_registration::{self, ForgetRegistration},
    store::{
        registrations::{self, Pending},
        users,
    },
};

/// Who wants an account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRegistration {
    /// Full name, as on the identity card.
    #[schema(min_length = 1, max_length = 120, pattern = r"\S", example = "Nguyễn Thị Minh Khai")]
    name: String,
    /// The confirmation code goes here; later the name to sign in with.
    #[schema(value_type = civic::Email)]
    email: String,
    /// A Vietnamese phone number.
    #[schema(value_type = civic::Phone)]
    phone: String,
    /// Personal identification number, 12 digits. Must fit the year of birth and the gender.
    #[schema(value_type = civic::CitizenNumber)]
    citizen_number: String,
    /// Date of birth, not after today.
    #[schema(format = Date, min_length = 10, max_length = 10, example = "1999-12-31")]
    birth_date: String,
    /// As registered at birth.
    gender: Gender,
    /// Every character counts; which way a keyboard composed them does not (Unicode NFC). Not one of the commonest, not holding the name in the e-mail address.
    #[schema(format = Password, min_length = 8, max_length = 128, example = "cá kho riềng")]
    password: String,
    /// The language to be written to in; Vietnamese when absent.
    #[serde(default)]
    language: Option<Language>,
}

/// A registration that waits for its code.
#[derive(Serialize, ToSchema)]
pub struct RegistrationView {
    /// Confirm with this.
    registration_id: Uuid,
    /// When the code stops working.
    expires_at: DateTime<Utc>,
}

/// Start a registration
///
/// Sends a six-digit code to the e-mail address; confirm the registration with it within 15 minutes. The answer is the same
/// whether or not the address or the citizen number has an account already; if it has, or if the address was sent five
/// codes within the hour, no code is sent and none will be right.
///
/// A repetition under the same Idempotency-Key is recognised by everything but the password, which leaves no trace that
/// is quicker to search than its hash.
#[utoipa::path(
    operation_id = "start_registration",
    tag = "registrations",
    params(edge::IdempotencyHeader),
    extensions(("x-guessable" = json!(true))),
    request_body = NewRegistration,
    responses((status = 202, description = "A code is on its way", body = RegistrationView))
)]
#[post("/api/v1/registrations")]
pub async fn start_registration(
    app: web::Data<App>,
    key: IdempotencyKey,
    body: Json<NewRegistration>,
) -> Result<Reply, Problem> {
    let (typed, now) = (body.0, app.now());
    let registration = checked(&typed, now)?;
    let request = format!("POST /api/v1/registrations\n{registration}", registration = fingerprint(&typed));
    // Before the transaction, and for known people too: it takes as long and says as much.
    let password_hash = app.passwords.hash(typed.password).await?;
    key.once(&app.pool, Uuid::nil(), request.as_bytes(), now, async |conn| {
        let pending = write_down(&app, conn, &registration, password_hash, now).await?;
        Ok(Reply::accepted(&RegistrationView { registration_id: pending.id, expires_at: pending.expires_at }))
    })
    .await
}

fn checked(typed: &NewRegistration, now: DateTime<Utc>) -> Result<Registration, Problem> {
    let typed = Typed {
        name: &typed.name,
        email: &typed.email,
        phone: &typed.phone,
        citizen_number: &typed.citizen_number,
        birth_date: &typed.birth_date,
        gender: typed.gender,
        password: &typed.password,
        language: typed.language.unwrap_or_default(),
    };
    check(&typed, now.with_timezone(&VIETNAM).date_naive()).map_err(|faults| {
        faults
            .into_iter()
            .fold(Problem::from(kinds::INVALID), |problem, fault| problem.field(fault.pointer, fault.code, fault.text))
    })
}

/// What makes two requests the same. A quick digest of the password would be a gift to whoever steals the database.
fn fingerprint(typed: &NewRegistration) -> String {
    let NewRegistration { name, email, phone, citizen_number, birth_date, gender, language, password: _ } = typed;
    serde_json::json!([name, email, phone, citizen_number, birth_date, gender, language]).to_string()
}

async fn write_down(
    app: &App,
    conn: &mut AsyncPgConnection,
    registration: &Registration,
    password_hash: String,
    now: DateTime<Utc>,
) -> Result<Pending, Problem> {
    let (id, code) = (app.life.new_id(), app.life.random.digits(DIGITS));
    let (email, citizen_number) = (registration.email.as_str(), registration.citizen_number.as_str());
    let silent = users::known(conn, email, citizen_number).await?
        || registrations::codes_lately(conn, email, now).await? >= AN_HOUR;
    let pending = Pending {
        id,
        name: registration.name.as_str().to_owned(),
        email: email.to_owned(),
        phone: registration.phone.as_str().to_owned(),
        citizen_number: citizen_number.to_owned(),
        birth_date: registration.birth_date,
        gender: registration.gender.as_str().to_owned(),
        language: registration.language.as_str().to_owned(),
        password_hash,
        code_hash: (!silent).then(|| confirmation_code::digest(id, &code)),
        created_at: now,
        expires_at: now + LIFE,
        confirmed_at: None,
    };
    registrations::insert(conn, &pending).await?;
    let forget = ForgetRegistration { registration_id: id };
    queue::enqueue(conn, &app.life, &forget, pending.expires_at + forget_registration::AFTER).await?;
    if !silent {
        let started = RegistrationStarted {
            registration_id: id,
            email: registration.email.clone(),
            name: registration.name.clone(),
            code: Secret::new(code),
            expires_at: pending.expires_at,
            language: registration.language,
        };
        app.outbox.put(conn, &started).await?;
    }
    Ok(pending)
}
