//! Asking for an account.

use actix_web::{post, web};
use chrono::{DateTime, Utc};
use civic::{Language, VIETNAM};
use edge::{IdempotencyKey, Json, Origin, Problem, Reply, kinds};
use serde::{Deserialize, Serialize};
use utoipa::{
    ToSchema,
    openapi::{
        Ref, RefOr, Schema,
        schema::{AnyOfBuilder, ObjectBuilder, Type},
    },
};
use uuid::{Uuid, uuid};

use crate::{
    app::App,
    changes,
    domain::{
        confirmation_code::mailbox,
        registration::{Registration, Typed, check},
    },
    error,
};

/// The namespace of idempotency keys of people without an account: UUIDv5 of `registrations.motcua.vn` in the DNS namespace.
const KEYS: Uuid = uuid!("3167c8d6-c5a2-5ea3-b9a0-2feff001828a");

/// Who wants an account. Each member is read as people write it, and all that is wrong is said at once, each with its sentence.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRegistration {
    /// Full name, as on the identity card: 1 to 120 characters.
    #[schema(max_length = 1000, example = "Nguyễn Thị Minh Khai")]
    name: String,
    /// The confirmation code goes here; later the name to sign in with.
    #[schema(max_length = 500, example = "minh.khai@example.vn")]
    email: String,
    /// A Vietnamese phone number.
    #[schema(max_length = 200, example = "0912 345 678")]
    phone: String,
    /// Personal identification number, 12 digits. Must fit the year of birth and the gender.
    #[schema(max_length = 200, example = "001199000123")]
    citizen_number: String,
    /// Date of birth, from 1900 to today: the day, or what is known of it, as `1999-12-31`, `1999-12` or `1999`.
    #[schema(max_length = 200, example = "1999-12-31")]
    birth_date: String,
    /// As registered at birth: `MALE` or `FEMALE`.
    #[schema(schema_with = gender_as_typed)]
    gender: String,
    /// 8 to 128 characters. Every character counts; which way a keyboard composed them does not (Unicode NFC). Not one of the commonest; not holding the name in the e-mail address, the phone number or the date of birth.
    #[schema(format = Password, max_length = 1000, example = "cá kho riềng")]
    password: String,
    /// The language to be written to in; Vietnamese when absent.
    #[serde(default)]
    language: Option<Language>,
}

/// A gender, or any word: what is none is said with all else that is wrong.
fn gender_as_typed() -> RefOr<Schema> {
    let word = ObjectBuilder::new().schema_type(Type::String).max_length(Some(200));
    AnyOfBuilder::new().item(Ref::from_schema_name("Gender")).item(word).into()
}

/// A registration that waits for its code.
#[derive(Serialize, ToSchema)]
pub struct RegistrationView {
    /// Confirm with this.
    pub(super) registration_id: Uuid,
    /// When the code stops working.
    pub(super) expires_at: DateTime<Utc>,
}
edge::failures![error::CODES_PAUSED, error::SIGN_IN_BUSY];

/// Start a registration
///
/// Sends a six-digit code to the e-mail address; confirm the registration with it within 10 minutes. The answer is the same
/// whether or not the address or the citizen number has an account already; if it has, no code is sent and none will be right, and
/// the account's owner is written to at the account's address. Nor is one sent beyond five an hour to one mailbox (`an+1@` is `an@`).
/// Of one network address a hundred may wait for their codes: then `codes-paused`.
///
/// A repetition under the same Idempotency-Key is recognised by everything but the password, which leaves no trace that
/// is quicker to search than its hash.
#[utoipa::path(
    operation_id = "start_registration",
    tag = "registrations",
    params(edge::IdempotencyHeader),
    extensions(("x-guessable" = json!("always"))),
    request_body(content = NewRegistration, example = json!({
        "name": "Nguyễn Thị Minh Khai", "email": "khai@example.vn", "phone": "0912345678",
        "citizen_number": "001199000123", "birth_date": "1999-12-31", "gender": "FEMALE",
        "password": "cá kho riềng", "language": "vi",
    })),
    responses((status = 202, description = "A code is on its way", body = RegistrationView), Failures)
)]
#[post("/api/v1/registrations")]
pub async fn start_registration(
    app: web::Data<App>,
    origin: Origin,
    key: IdempotencyKey,
    body: Json<NewRegistration>,
) -> Result<Reply, Problem> {
    let (typed, now) = (body.0, app.now());
    let registration = checked(&typed, now)?;
    let request = format!("POST /api/v1/registrations\n{registration}", registration = fingerprint(&typed));
    // Before the transaction, and for known people too: it takes as long and says as much.
    let password_hash = app.passwords.hash(typed.password).await?;
    // Whoever asks has no account: keys are apart by the address typed, so that no two people meet under one.
    let scope = Uuid::new_v5(&KEYS, mailbox(registration.email.as_str()).as_bytes());
    let signer = app.keys.signer(&app.pool).await?;
    key.once(&app.pool, scope, request.as_bytes(), now, async |conn| {
        let asking = changes::Asking { password_hash, origin, key: signer.code_key() };
        let pending = changes::start_registration(&app, conn, &registration, asking, now).await?;
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
        gender: &typed.gender,
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
