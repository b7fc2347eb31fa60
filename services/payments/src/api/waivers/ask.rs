//! `POST /api/v1/agencies/{agency}/waivers`

use actix_web::{post, web};
use civic::{AgencyCode, Vnd};
use edge::{Command, IdempotencyHeader, Official, Problem, Reply, kinds, written};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::WaiverView;
use crate::{
    api::refunds::Collect,
    app::App,
    changes::ask_waiver::{Wish, ask},
    domain::waiver::WaiverClass,
    error,
};

/// What a payer is to be freed from.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWaiver {
    /// The payment order.
    order_id: Uuid,
    /// By which rule the payer is exempt.
    class: WaiverClass,
    /// What of the law says so: 5 to 500 characters, counted as composed.
    #[schema(max_length = 2000)]
    legal_basis: String,
    /// Which paper was seen, by its number, its date and who issued it: 10 to 1000 characters.
    #[schema(max_length = 4000)]
    proof: String,
    /// How much need not be paid: all that is left, or a part.
    amount: Vnd,
    /// What is left to pay, as the official sees it: with another amount nothing is waived.
    left: Vnd,
}

edge::failures![
    kinds::FORBIDDEN,
    error::AGENCY_NOT_FOUND,
    error::ORDER_UNKNOWN,
    error::OWN_ORDER,
    error::WAIVER_NOTHING_DUE,
    error::WAIVER_CHANGED,
    error::WAIVER_TOO_MUCH,
    error::WAIVER_WAITS,
    error::WAIVER_WHILE_PAYING
];

/// Ask for a waiver
///
/// A cashier asks for a payer who is exempt to be freed from what is left to pay, or a part of it. Above the agency's limit another official
/// approves it first, and always where the cashier took money for the same order; else it takes effect at once. While the payer may be paying
/// at a provider's page nothing is waived.
#[utoipa::path(
    operation_id = "ask_waiver",
    tag = "waivers",
    params(("agency" = AgencyCode, Path, description = "The agency"), IdempotencyHeader),
    request_body(content = NewWaiver, example = json!({
        "order_id": "00000000-0000-7000-8000-000000000000", "class": "POOR_HOUSEHOLD",
        "legal_basis": "Khoản 1 Điều 10 Luật Phí và lệ phí 2015",
        "proof": "Giấy chứng nhận hộ nghèo số 12/GCN-HN ngày 05/01/2026, UBND phường Hồng Hà",
        "amount": {"amount": 16000, "currency": "VND"}, "left": {"amount": 16000, "currency": "VND"},
    })),
    responses((status = 201, description = "It is asked for", body = WaiverView, headers(
        ("Location" = String, description = "The waiver"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/agencies/{agency}/waivers")]
pub async fn ask_waiver(
    app: web::Data<App>,
    official: Official<Collect>,
    agency: web::Path<AgencyCode>,
    command: Command<NewWaiver>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    command
        .once(&app.pool, official.caller.id, app.now(), async |conn, new| {
            if new.amount.is_zero() {
                let text = civic::LocalText::new("Số tiền phải lớn hơn 0.", "The amount must be more than 0.");
                return Err(Problem::from(kinds::INVALID).field("/amount", "minimum", text));
            }
            let wish = Wish {
                order: new.order_id,
                class: new.class,
                legal_basis: written("legal_basis", &new.legal_basis, 5, 500)?,
                proof: written("proof", &new.proof, 10, 1000)?,
                amount: new.amount,
                seen: new.left,
            };
            let waiver = ask(conn, &app, &official.caller, &agency, wish).await?;
            let location = format!("/api/v1/waivers/{}", waiver.id);
            Ok(Reply::created(&WaiverView::from(waiver), location))
        })
        .await
}
