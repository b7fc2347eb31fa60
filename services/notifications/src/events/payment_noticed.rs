//! Something happened to money: its payer is told.

use anyhow::Result;
use civic::events::PaymentNoticed;
use diesel_async::AsyncPgConnection;
use minijinja::context;
use queue::Received;

use crate::{
    app::App,
    changes::write_messages::{Cause, MessageBatch},
    domain::{template::Template, times::in_vietnam},
};

pub async fn handle(app: &App, conn: &mut AsyncPgConnection, events: Vec<Received<PaymentNoticed>>) -> Result<()> {
    let payments = events.iter().map(|event| (&event.data.agency, event.data.payer));
    let mut messages = MessageBatch::about(app, conn, payments).await?;
    for event in &events {
        let payment = &event.data;
        let agency = messages.agency(&payment.agency)?;
        let facts = |language| {
            context! {
                code => payment.code.as_str(),
                dossier => payment.dossier_id.to_string(),
                agency => agency.get(language),
                notice => payment.notice.as_str(),
                amount => payment.amount.map(|amount| amount.to_string()),
                happened_at => in_vietnam(payment.happened_at),
            }
        };
        let cause = Cause::new(event, Some(&payment.code)).leading_to_dossier(payment.dossier_id);
        messages.write_to_applicant(&cause, payment.payer, Template::PaymentNotice, &facts)?;
    }
    messages.enqueue(conn).await
}
