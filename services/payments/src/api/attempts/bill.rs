//! What a payer is sent to pay, for a provider.

use std::net::IpAddr;

use civic::{Language, events::FeeLine};

use crate::{
    app::App,
    providers::Bill,
    store::{attempts::Attempt, orders::Order},
};

/// The bill of an attempt to pay an order.
pub fn bill<'a>(
    (order, attempt): (&'a Order, &'a Attempt),
    lines: &'a [FeeLine],
    language: Language,
    payer_address: IpAddr,
) -> Bill<'a> {
    Bill {
        reference: &attempt.reference,
        code: &order.code,
        others: 0,
        agency: &order.agency,
        lines,
        amount: attempt.amount,
        created_at: attempt.created_at,
        expires_at: attempt.expires_at,
        language,
        payer_address,
    }
}

/// Our address that leads to the provider's page.
pub fn checkout_address(app: &App, attempt: &Attempt, language: Language) -> String {
    let (provider, id) = (attempt.provider.in_addresses(), attempt.id);
    format!("{}/api/v1/payments/{provider}/checkouts/{id}?lang={language}", app.public_url)
}
