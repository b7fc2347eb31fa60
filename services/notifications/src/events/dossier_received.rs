//! An official received a dossier: the applicant learns when the result is due.

use anyhow::Result;
use civic::events::DossierReceived;
use diesel_async::AsyncPgConnection;
use minijinja::context;
use queue::Received;

use crate::{
    app::App,
    changes::write_messages::{Cause, MessageBatch},
    domain::{template::Template, times::in_vietnam},
};

pub async fn handle(app: &App, conn: &mut AsyncPgConnection, events: Vec<Received<DossierReceived>>) -> Result<()> {
    let dossiers = events.iter().map(|event| (&event.data.agency, event.data.applicant));
    let mut messages = MessageBatch::about(app, conn, dossiers).await?;
    for event in &events {
        write(&mut messages, event)?;
    }
    messages.enqueue(conn).await
}

fn write(messages: &mut MessageBatch<'_>, event: &Received<DossierReceived>) -> Result<()> {
    let dossier = &event.data;
    let cause = Cause::new(event, Some(&dossier.code)).leading_to_dossier(dossier.dossier_id);
    let agency = messages.agency(&dossier.agency)?;
    let facts = |language| {
        context! {
            code => dossier.code.as_str(),
            procedure => dossier.procedure_name.get(language),
            agency => agency.get(language),
            received_at => in_vietnam(dossier.received_at),
            due_at => in_vietnam(dossier.due_at),
        }
    };
    messages.write_to_applicant(&cause, dossier.applicant, Template::DossierReceived, &facts)
}
