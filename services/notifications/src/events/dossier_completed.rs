//! A dossier's result is ready: the applicant is told by e-mail and SMS.

use anyhow::Result;
use civic::events::DossierCompleted;
use diesel_async::AsyncPgConnection;
use minijinja::context;
use queue::Received;

use super::news::{News, agency_name, applicant};
use crate::{
    app::App,
    domain::{templates::Template, times::in_vietnam},
};

pub async fn handle(app: &App, conn: &mut AsyncPgConnection, event: Received<DossierCompleted>) -> Result<()> {
    let dossier = event.data;
    let agency = agency_name(conn, &dossier.agency).await?;
    let applicant = applicant(conn, dossier.applicant).await?;
    let news = News { app, event: event.id, about: Some(dossier.code.as_str()) };
    let facts = |language| {
        context! {
            code => dossier.code.as_str(),
            procedure => dossier.procedure_name.get(language),
            agency => agency.get(language),
            completed_at => in_vietnam(dossier.completed_at),
        }
    };
    news.tell(conn, &applicant, Template::DossierCompleted, &facts).await?;
    news.tell(conn, &applicant, Template::DossierCompletedSms, &facts).await
}
