//! A dossier's fee is paid: the applicant is told, of her receipt too, and now the receivers are alerted, unless it was charged since it
//! was received or the dossier is over.

use anyhow::Result;
use civic::events::DossierFeePaid;
use diesel_async::AsyncPgConnection;
use minijinja::context;
use queue::Received;

use crate::{
    app::App,
    changes::write_messages::{Cause, MessageBatch},
    domain::{template::Template, times::in_vietnam},
};

pub async fn handle(app: &App, conn: &mut AsyncPgConnection, events: Vec<Received<DossierFeePaid>>) -> Result<()> {
    let dossiers = events.iter().map(|event| (&event.data.agency, event.data.applicant));
    let mut messages = MessageBatch::about(app, conn, dossiers).await?;
    for event in &events {
        write(&mut messages, event)?;
    }
    messages.enqueue(conn).await
}

fn write(messages: &mut MessageBatch<'_>, event: &Received<DossierFeePaid>) -> Result<()> {
    let dossier = &event.data;
    let cause = Cause::new(event, Some(&dossier.code)).leading_to_dossier(dossier.dossier_id);
    let agency = messages.agency(&dossier.agency)?;
    let facts = |language| {
        context! {
            code => dossier.code.as_str(),
            procedure => dossier.procedure_name.get(language),
            agency => agency.get(language),
            total => dossier.total.to_string(),
            paid_at => in_vietnam(dossier.paid_at),
            arrived_at => in_vietnam(dossier.paid_at),
            supplemented => false,
            after_the_end => dossier.after_the_end,
        }
    };
    messages.write_to_applicant(&cause, dossier.applicant, Template::FeePaid, &facts)?;
    // What was charged later is already in somebody's hands; what is over is in nobody's.
    match dossier.while_processing || dossier.after_the_end {
        true => Ok(()),
        false => messages.alert_receivers(&cause, &dossier.agency, &facts),
    }
}
