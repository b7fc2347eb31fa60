//! A dossier was filed: the applicant gets a receipt, and the receivers an alert, unless a fee comes first or one of
//! them took it in herself.

use anyhow::Result;
use civic::events::DossierSubmitted;
use diesel_async::AsyncPgConnection;
use minijinja::context;
use queue::Received;

use crate::{
    app::App,
    changes::write_messages::{Cause, MessageBatch},
    domain::{message::HIDDEN, template::Template, times::in_vietnam},
};

pub async fn handle(app: &App, conn: &mut AsyncPgConnection, events: Vec<Received<DossierSubmitted>>) -> Result<()> {
    let dossiers = events.iter().map(|event| (&event.data.agency, event.data.applicant));
    let mut messages = MessageBatch::about(app, conn, dossiers).await?;
    for event in &events {
        write(&mut messages, event)?;
    }
    messages.enqueue(conn).await
}

fn write(messages: &mut MessageBatch<'_>, event: &Received<DossierSubmitted>) -> Result<()> {
    let dossier = &event.data;
    let cause =
        Cause::new(event, Some(&dossier.code)).leading_to_dossier(dossier.dossier_id).hiding(&dossier.tracking_secret);
    let agency = messages.agency(&dossier.agency)?;
    let receipt = |language| {
        context! {
            code => dossier.code.as_str(),
            procedure => dossier.procedure_name.get(language),
            agency => agency.get(language),
            submitted_at => in_vietnam(dossier.submitted_at),
            due_at => in_vietnam(dossier.due_at),
            tracking_secret => HIDDEN,
            awaiting_fee => dossier.awaiting_fee && !dossier.at_counter,
        }
    };
    messages.write_to_applicant(&cause, dossier.applicant, Template::DossierSubmitted, &receipt)?;
    if dossier.awaiting_fee || dossier.at_counter {
        return Ok(());
    }
    let alert = |language| {
        context! {
            code => dossier.code.as_str(),
            procedure => dossier.procedure_name.get(language),
            agency => agency.get(language),
            arrived_at => in_vietnam(dossier.submitted_at),
            supplemented => false,
        }
    };
    messages.alert_receivers(&cause, &dossier.agency, &alert)
}
