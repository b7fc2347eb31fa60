//! Something happened to a dossier: its applicant is told, by SMS too where something is to be done or is over, and those who work
//! on it, who asked for them and who receives, when the papers have come, or who sent a draft when it is answered.

use anyhow::Result;
use civic::{
    Party,
    events::{DossierNotice, DossierNoticed},
};
use diesel_async::AsyncPgConnection;
use minijinja::{Value, context};
use queue::Received;

use crate::{
    app::App,
    changes::write_messages::{Cause, MessageBatch},
    domain::{template::Template, times::in_vietnam},
};

pub async fn handle(app: &App, conn: &mut AsyncPgConnection, events: Vec<Received<DossierNoticed>>) -> Result<()> {
    let dossiers = events.iter().flat_map(|event| {
        let officials = event.data.officials.iter().map(|official| Party::person(*official));
        officials.chain([event.data.applicant]).map(|contact| (&event.data.agency, contact))
    });
    let mut messages = MessageBatch::about(app, conn, dossiers).await?;
    for event in &events {
        write(&mut messages, event)?;
    }
    messages.enqueue(conn).await
}

fn write(messages: &mut MessageBatch<'_>, event: &Received<DossierNoticed>) -> Result<()> {
    let dossier = &event.data;
    let cause = Cause::new(event, Some(&dossier.code)).leading_to_dossier(dossier.dossier_id);
    let agency = messages.agency(&dossier.agency)?;
    let facts = |language| {
        let papers: Vec<Value> = dossier.papers.iter().map(|paper| {
            context! { name => paper.name.get(language), reason => paper.reason.as_str(), guidance => paper.guidance.as_str() }
        }).collect();
        let fee_lines: Vec<Value> = dossier.fee_lines.iter().map(|line| {
            context! { name => line.name.get(language), amount => line.amount.to_string(), legal_basis => line.legal_basis.as_deref() }
        }).collect();
        context! {
            code => dossier.code.as_str(),
            procedure => dossier.procedure_name.get(language),
            agency => agency.get(language),
            notice => dossier.notice.as_str(),
            happened_at => in_vietnam(dossier.happened_at),
            reason => dossier.reason.as_deref(),
            papers,
            answer_by => dossier.answer_by.map(in_vietnam),
            due_at => dossier.due_at.map(in_vietnam),
            due_before => dossier.due_before.map(in_vietnam),
            fee_lines,
            fee_total => dossier.fee_total.map(|total| total.to_string()),
        }
    };
    messages.write_to_applicant(&cause, dossier.applicant, Template::DossierNotice, &facts)?;
    match dossier.notice {
        DossierNotice::NotReceived
        | DossierNotice::SupplementRequested
        | DossierNotice::Stopped
        | DossierNotice::ChargeDue
        | DossierNotice::Extended
        | DossierNotice::DraftSent
        | DossierNotice::ParcelCameBack
        | DossierNotice::Apologised => {
            messages.write_to_applicant(&cause, dossier.applicant, Template::DossierNoticeSms, &facts)
        }
        DossierNotice::SupplementAnswered => {
            let alert = |language| {
                context! {
                    arrived_at => in_vietnam(dossier.happened_at),
                    supplemented => true,
                    ..facts(language)
                }
            };
            messages.alert_receivers(&cause, &dossier.agency, &alert)?;
            messages.alert_officials(&cause, &dossier.agency, &dossier.officials, &alert)
        }
        DossierNotice::DraftConfirmed | DossierNotice::DraftDisputed | DossierNotice::DraftLapsed => {
            let known = |language| context! { dossier => dossier.dossier_id.to_string(), ..facts(language) };
            dossier
                .officials
                .iter()
                .try_for_each(|official| messages.write_to_official(&cause, *official, Template::DraftAnswered, &known))
        }
        DossierNotice::Processing
        | DossierNotice::Withdrawn
        | DossierNotice::Resumed
        | DossierNotice::Returned
        | DossierNotice::ChargeCancelled
        | DossierNotice::Corrected
        | DossierNotice::DueMoved => Ok(()),
    }
}
