//! `POST /api/v1/shifts/{id}/takings`

use actix_web::{post, web};
use civic::Vnd;
use diesel_async::AsyncPgConnection;
use edge::{Command, IdempotencyHeader, Official, Problem, Reply, kinds, written, written_if_any};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::TakingView;
use crate::{
    api::{receipts::view::ReceiptView, refunds::Collect},
    app::App,
    changes::{
        shift,
        take_payment::{Handed, take},
    },
    domain::provider::ProviderName,
    error,
    store::{attempts, orders, receipts, takings::Taking},
};

/// What a cashier is handed, and for what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTaking {
    /// The payment order.
    order_id: Uuid,
    /// `CASH` or `CARD_TERMINAL`.
    way: ProviderName,
    /// How much is taken, where it is a part of what is left to pay; all of it when absent.
    amount: Option<Vnd>,
    /// What she was handed; of a card what the terminal took, which is just that.
    received: Vnd,
    /// Of a card: the number on the terminal's slip, 3 to 60 characters.
    #[schema(max_length = 240)]
    slip: Option<String>,
    /// Who pays, for the receipt; the applicant when absent. Up to 200 characters.
    #[schema(max_length = 800)]
    payer_name: Option<String>,
    /// The payer's address, for the receipt. Up to 300 characters.
    #[schema(max_length = 1200)]
    payer_address: Option<String>,
    /// The payer's citizen or tax number, for the receipt. Up to 20 characters.
    #[schema(max_length = 80)]
    payer_number: Option<String>,
}

edge::failures![
    kinds::FORBIDDEN,
    error::SHIFT_NOT_FOUND,
    error::SHIFT_NOT_OPEN,
    error::ORDER_NOT_FOUND,
    error::ALREADY_PAID,
    error::PAYMENT_OVERDUE,
    error::ORDER_CANCELLED,
    error::ORDER_CLOSED
];

/// Take a payment at the counter
///
/// A cashier takes what is due, or a part of it, in cash, and gives change, or by the counter's card terminal. It is paid at once, as by any
/// provider, and the receipt is there. A second click takes nothing: the order is paid then.
#[utoipa::path(
    operation_id = "take_payment",
    tag = "till",
    params(("id" = Uuid, Path, description = "The cashier's open shift"), IdempotencyHeader),
    request_body(content = NewTaking, example = json!({
        "order_id": "00000000-0000-7000-8000-000000000000", "way": "CASH",
        "received": {"amount": 50_000, "currency": "VND"}, "payer_name": "Nguyễn Văn An",
    })),
    responses((status = 201, description = "It is paid", body = TakingView, headers(
        ("Location" = String, description = "The shift, where it stands"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/shifts/{id}/takings")]
pub async fn take_payment(
    app: web::Data<App>,
    official: Official<Collect>,
    id: web::Path<Uuid>,
    command: Command<NewTaking>,
) -> Result<Reply, Problem> {
    command
        .once(&app.pool, official.caller.id, app.now(), async |conn, new| {
            let (order, handed) = (new.order_id, handed(new)?);
            let shift = shift::hold_own(conn, &official.caller, &official.agencies(), *id).await?;
            let (taking, _) = take(conn, &app, &official.caller, &shift, order, handed).await?;
            Ok(Reply::created(&shown(conn, taking).await?, format!("/api/v1/shifts/{}", *id)))
        })
        .await
}

fn handed(new: NewTaking) -> Result<Handed, Problem> {
    if !new.way.is_counter() {
        let text = civic::LocalText::new("Tại quầy chỉ thu tiền mặt hoặc quẹt thẻ.", "A counter takes cash or cards.");
        return Err(Problem::from(kinds::INVALID).field("/way", "enum", text));
    }
    let slip = match new.way {
        ProviderName::CardTerminal => Some(written("slip", new.slip.as_deref().unwrap_or_default(), 3, 60)?),
        _ => None,
    };
    Ok(Handed {
        way: new.way,
        amount: new.amount,
        received: new.received,
        slip,
        payer_name: written_if_any("payer_name", new.payer_name.as_deref(), 200)?,
        payer_address: written_if_any("payer_address", new.payer_address.as_deref(), 300)?,
        payer_number: written_if_any("payer_number", new.payer_number.as_deref(), 20)?,
    })
}

/// A taking as it is now, with its receipts.
pub async fn shown(conn: &mut AsyncPgConnection, taking: Taking) -> Result<TakingView, pg::Error> {
    let attempt = attempts::find(conn, taking.attempt_id).await?.ok_or(pg::Error::NotFound)?;
    let order = orders::find(conn, taking.order_id).await?.ok_or(pg::Error::NotFound)?;
    let receipts = receipts::of_attempts(conn, &[attempt.id]).await?;
    Ok(TakingView::of((taking, attempt, order), receipts.into_iter().map(ReceiptView::from).collect()))
}
