//! What forms about a dossier are filled from, read at once.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use civic::{DossierStatus, VIETNAM};
use diesel_async::AsyncPgConnection;
use documents::{About, Letterhead};
use edge::Problem;
use procedure::PinnedProcedure;
use url::Url;
use uuid::Uuid;

use super::{
    applicant::applicant,
    words::{hours, place},
};
use crate::{
    app::App,
    domain::{
        actions::choose_return::WantedReturn,
        dossier::{Dossier, Filed},
        intake::HandedPaper,
    },
    error,
    store::{
        agencies::{self, Office},
        documents::Document,
        handed_papers, history, staff, wanted_returns,
    },
};

/// A filed dossier with all that forms say of it.
pub struct Source {
    /// The dossier.
    pub dossier: Dossier,
    /// What filing gave it.
    pub filed: Filed,
    /// The version of the procedure that it is pinned to.
    pub pinned: Arc<PinnedProcedure>,
    /// The papers that were sent in.
    pub documents: Vec<Document>,
    /// The papers that were handed in at a counter.
    pub handed_papers: Vec<HandedPaper>,
    /// How its result is wanted.
    pub wanted: WantedReturn,
    /// What happened to it.
    pub history: Vec<history::Entry>,
    /// When its agency is open.
    pub hours: String,
    pub(super) agency: Office,
    pub(super) names: HashMap<Uuid, String>,
    pub(super) tracking: String,
}

impl Source {
    /// Reads it.
    ///
    /// # Errors
    /// 404 for a draft, which no form is about; when it cannot be read.
    pub async fn read(app: &App, conn: &mut AsyncPgConnection, dossier: Dossier) -> Result<Self, Problem> {
        let filed = dossier.filed.clone().ok_or(error::DOSSIER_NOT_FOUND)?;
        let history = history::of_dossier(conn, dossier.id).await?;
        let wanted = wanted_returns::of_dossier(conn, dossier.id).await?;
        Ok(Self {
            pinned: app.procedure(conn, dossier.procedure_version).await?,
            documents: crate::store::documents::of_dossier(conn, dossier.id).await?,
            wanted: wanted.unwrap_or_else(|| WantedReturn::by_door(dossier.channel)),
            handed_papers: handed_papers::of_dossier(conn, dossier.id).await?,
            agency: agencies::office(conn, &dossier.agency).await?.ok_or(error::AGENCY_NOT_FOUND)?,
            names: staff::names(conn, &people(&dossier, &history)).await?,
            hours: hours(&app.calendars.of(&dossier.agency)),
            tracking: tracking(&app.public_url, filed.code.as_str()),
            history,
            filed,
            dossier,
        })
    }

    /// What stands on every form, of what happened then.
    pub fn about(&self, at: DateTime<Utc>) -> About {
        About {
            letterhead: letterhead(&self.agency, at),
            code: self.filed.code.to_string(),
            tracking: self.tracking.clone(),
            applicant: applicant(&self.dossier.applicant_name, &self.dossier.answers, &self.pinned.procedure),
            procedure: self.pinned.procedure.name.vi.clone(),
        }
    }

    /// The last step to one of these statuses.
    pub fn last_step_to(&self, statuses: &[DossierStatus]) -> Option<&history::Entry> {
        self.history.iter().rev().find(|step| statuses.iter().any(|status| step.to_status == status.as_str()))
    }

    /// The name of an official.
    pub fn name(&self, official: Option<Uuid>) -> Option<String> {
        official.and_then(|id| self.names.get(&id)).cloned()
    }

    /// The agency.
    pub fn agency(&self) -> &Office {
        &self.agency
    }
}

/// Everybody whom a form may name.
fn people(dossier: &Dossier, history: &[history::Entry]) -> Vec<Uuid> {
    let given = dossier.custody.iter().filter_map(|handover| handover.from.as_ref()).map(|from| from.official);
    let had = dossier.custody.iter().flat_map(|handover| [handover.to.official, handover.meant_for]);
    let asked = dossier.requests.iter().map(|request| Some(request.asked_by));
    let acted = history.iter().filter(|step| step.actor_kind == "OFFICIAL").map(|step| step.actor_id);
    given.chain(had).chain(asked).chain(acted).flatten().collect()
}

/// The head of a form of an agency, about that moment.
pub fn letterhead(agency: &Office, at: DateTime<Utc>) -> Letterhead {
    Letterhead {
        agency: agency.name.clone(),
        superior: None,
        address: agency.address.clone(),
        phone: agency.phone.clone(),
        place: place(&agency.name),
        date: at.with_timezone(&VIETNAM).date_naive(),
    }
}

/// Where anybody follows the dossier who has its secret: the page asks for that.
fn tracking(public: &Url, code: &str) -> String {
    let mut page = public.clone();
    page.set_path("/tracking");
    page.query_pairs_mut().append_pair("code", code);
    page.into()
}
