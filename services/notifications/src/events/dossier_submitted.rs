//! A dossier was filed: the applicant gets a receipt, and the receivers an alert unless a fee comes first.

use anyhow::Result;
use civic::events::DossierSubmitted;
use diesel_async::AsyncPgConnection;
use minijinja::context;
use queue::Received;

use super::news::{News, agency_name, applicant};
use crate::{
    app::App,
    domain::{templates::Template, times::in_vietnam},
};

pub async fn handle(app: &App, conn: &mut AsyncPgConnection, event: Received<DossierSubmitted>) -> Result<()> {
    let dossier = event.data;
    let agency = agency_name(conn, &dossier.agency).await?;
    let applicant = applicant(conn, dossier.applicant).await?;
    let news = News { app, event: event.id, about: Some(dossier.code.as_str()) };
    let receipt = |language| {
        context! {
            code => dossier.code.as_str(),
            procedure => dossier.procedure_name.get(language),
            agency => agency.get(language),
            submitted_at => in_vietnam(dossier.submitted_at),
            due_at => in_vietnam(dossier.due_at),
            tracking_secret => dossier.tracking_secret.expose(),
            awaiting_fee => dossier.awaiting_fee,
        }
    };
    news.tell(conn, &applicant, Template::DossierSubmitted, &receipt).await?;
    if dossier.awaiting_fee {
        return Ok(());
    }
    let alert = |language| {
        context! {
            code => dossier.code.as_str(),
            procedure => dossier.procedure_name.get(language),
            agency => agency.get(language),
            arrived_at => in_vietnam(dossier.submitted_at),
        }
    };
    news.alert_receivers(conn, &dossier.agency, &alert).await
}
