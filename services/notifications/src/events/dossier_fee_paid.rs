//! A dossier's fee is paid: the applicant is told, and now the receivers are alerted.

use anyhow::Result;
use civic::events::DossierFeePaid;
use diesel_async::AsyncPgConnection;
use minijinja::context;
use queue::Received;

use super::news::{News, agency_name, applicant};
use crate::{
    app::App,
    domain::{templates::Template, times::in_vietnam},
};

pub async fn handle(app: &App, conn: &mut AsyncPgConnection, event: Received<DossierFeePaid>) -> Result<()> {
    let dossier = event.data;
    let agency = agency_name(conn, &dossier.agency).await?;
    let applicant = applicant(conn, dossier.applicant).await?;
    let news = News { app, event: event.id, about: Some(dossier.code.as_str()) };
    let facts = |language| {
        context! {
            code => dossier.code.as_str(),
            procedure => dossier.procedure_name.get(language),
            agency => agency.get(language),
            total => dossier.total.to_string(),
            paid_at => in_vietnam(dossier.paid_at),
            arrived_at => in_vietnam(dossier.paid_at),
        }
    };
    news.tell(conn, &applicant, Template::FeePaid, &facts).await?;
    news.alert_receivers(conn, &dossier.agency, &facts).await
}
