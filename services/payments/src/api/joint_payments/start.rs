//! `POST /api/v1/joint-payments`

use std::{collections::BTreeSet, net::IpAddr};

use actix_web::{HttpRequest, post, web};
use chrono::{DateTime, Utc};
use civic::{Language, LocalText, Vnd};
use edge::{Applicant, Command, IdempotencyHeader, Problem, Reply, kinds};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::attempts::payer_address::payer_address,
    app::App,
    changes::{
        start_attempt::Offered,
        start_joint_payment::{hear_of, start},
    },
    domain::{
        joint_payment::{FEWEST, MOST},
        provider::ProviderName,
    },
    error,
    providers::{Bill, Way},
    store::{joint_payments::JointPayment, orders::Order},
};

/// What to pay together, and where.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewJointPayment {
    /// The payment orders, each once. The caller owes all of them.
    #[schema(min_items = 2, max_items = 50)]
    orders: Vec<Uuid>,
    /// The provider.
    provider: ProviderName,
    /// The language of the provider's page; Vietnamese when absent.
    language: Option<Language>,
}

/// A joint payment that has begun.
#[derive(Serialize, ToSchema)]
pub struct StartedJointPayment {
    /// The joint payment.
    joint_payment_id: Uuid,
    /// Send the payer's browser here.
    #[schema(example = "https://sandbox.vnpayment.vn/paymentv2/vpcpay.html?vnp_Amount=4800000")]
    pay_url: String,
    /// The sum that is to be paid there.
    total: Vnd,
    /// Until when the address can be used.
    expires_at: DateTime<Utc>,
}

edge::failures![kinds::FORBIDDEN, error::NOT_TOGETHER, error::WAY_NOT_TOGETHER];

/// Begin to pay several payment orders in one go
///
/// Answers with the address of the provider's page, to which the payer's browser is to be sent. The provider takes the sum once; its word
/// then pays every order, or none. When an order was paid or its dossier ended meanwhile, its part of the sum is owed back. While just
/// these orders are being paid together at the provider they are offered again, with 200 and the same address, once the provider was
/// asked what became of it. Orders that cannot be paid now are each named in `errors`, by their place in `orders`, and nothing is begun.
#[utoipa::path(
    operation_id = "start_joint_payment",
    tag = "payments",
    params(IdempotencyHeader),
    request_body(content = NewJointPayment, example = json!({
        "orders": ["6f1de3b1-64a1-5a3b-9a0e-5f4d0a3c2b10", "0c2a7c5e-3b1f-5d7e-8f49-1d2c3b4a5968"], "provider": "VNPAY", "language": "vi"
    })),
    responses(
        (status = 200, description = "The joint payment that was begun before", body = StartedJointPayment),
        (
            status = 201, description = "The joint payment has begun", body = StartedJointPayment,
            headers(("Location" = String, description = "The joint payment"))
        ),
        Failures
    ),
    security(("bearer" = []))
)]
#[post("/api/v1/joint-payments")]
pub async fn start_joint_payment(
    app: web::Data<App>,
    applicant: Applicant,
    request: HttpRequest,
    command: Command<NewJointPayment>,
) -> Result<Reply, Problem> {
    let address = payer_address(&request);
    check(&app, &command.body)?;
    hear_of(&app, &applicant, &command.body.orders, command.body.provider).await?;
    command
        .once(&app.pool, applicant.caller.id, app.now(), async |conn, wish| {
            let started = start(conn, &app, &applicant, &wish.orders, wish.provider).await?;
            let (joint, orders, offered) = started;
            let view = view(&app, &joint, &orders, wish.language.unwrap_or_default(), address)?;
            Ok(match offered {
                Offered::New => Reply::created(&view, format!("/api/v1/joint-payments/{}", joint.id)),
                Offered::Again => Reply::ok(&view),
            })
        })
        .await
}

/// Refuses what cannot be a joint payment, whatever its orders are.
fn check(app: &App, wish: &NewJointPayment) -> Result<(), Problem> {
    if !(FEWEST..=MOST).contains(&wish.orders.len()) {
        let text = LocalText::new(
            format!("Chọn từ {FEWEST} đến {MOST} khoản để thanh toán cùng lúc."),
            format!("Choose {FEWEST} to {MOST} payment orders to pay in one go."),
        );
        return Err(Problem::from(kinds::INVALID).field("/orders", "count", text));
    }
    let mut seen = BTreeSet::new();
    if let Some(position) = wish.orders.iter().position(|id| !seen.insert(id)) {
        let text = LocalText::new("Khoản này được chọn hai lần.", "This payment order is chosen twice.");
        return Err(Problem::from(kinds::INVALID).field(format!("/orders/{position}"), "twice", text));
    }
    if wish.provider.takes_joint_payments() && app.providers.way(wish.provider).is_some() {
        Ok(())
    } else {
        Err(error::WAY_NOT_TOGETHER.into())
    }
}

fn view(
    app: &App,
    joint: &JointPayment,
    orders: &[Order],
    language: Language,
    payer_address: IpAddr,
) -> Result<StartedJointPayment, Problem> {
    let (Some(first), Some(Way::Redirect(page))) = (orders.first(), app.providers.way(joint.provider)) else {
        return Err(error::WAY_NOT_TOGETHER.into());
    };
    let bill = Bill {
        reference: &joint.reference,
        code: &first.code,
        others: orders.len() - 1,
        agency: &first.agency,
        lines: &[],
        amount: joint.total,
        created_at: joint.created_at,
        expires_at: joint.expires_at,
        language,
        payer_address,
    };
    Ok(StartedJointPayment {
        joint_payment_id: joint.id,
        pay_url: page.pay_url(&bill),
        total: joint.total,
        expires_at: joint.expires_at,
    })
}
