//! Another phone number.

use actix_web::{put, web};
use civic::Phone;
use edge::{Json, Person, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{api::passwords::prove, app::App, changes, error};

/// The number that shall be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PhoneChange {
    /// A Vietnamese phone number.
    phone: Phone,
    /// The password that works now.
    #[schema(format = Password, max_length = 1000, example = "motcua-demo-2026")]
    password: String,
}
edge::failures![kinds::FORBIDDEN, error::PASSWORD_WRONG, error::SIGN_IN_PAUSED, error::SIGN_IN_BUSY];

/// Change the phone number
///
/// Takes the password. The account's owner is written to by e-mail; from now on SMS go to the new number.
#[utoipa::path(
    operation_id = "change_phone",
    tag = "accounts",
    request_body(content = PhoneChange, example = json!({"phone": "0987 654 321", "password": "motcua-demo-2026"})),
    responses((status = 204, description = "The number is changed"), Failures),
    security(("bearer" = []))
)]
#[put("/api/v1/accounts/me/phone")]
pub async fn change_phone(app: web::Data<App>, caller: Person, body: Json<PhoneChange>) -> Result<Reply, Problem> {
    let (caller, now) = (caller.0, app.now());
    let PhoneChange { phone, password } = body.0;
    prove(&app, &caller, password, now).await?;
    changes::change_phone(&app, &caller, &phone, now).await?;
    Ok(Reply::no_content())
}
