//! By which door a dossier came: what was handed in where, and who helped.

use chrono::{DateTime, Utc};
use civic::AgencyCode;
use diesel_async::AsyncPgConnection;
use edge::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    api::{
        intakes::take_in::IntakePaper,
        references::{AgencyReference, OfficialReference},
    },
    domain::{dossier::Dossier, intake::ConsentProof},
    error,
    store::{
        agencies,
        consents::{self, Consent},
        handed_papers, staff,
    },
};

/// That who was helped agreed to it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierConsent)]
pub struct ConsentView {
    /// Who helped.
    helper: OfficialReference,
    /// Where.
    agency: AgencyCode,
    /// What shows it.
    proof: ConsentProof,
    /// When.
    given_at: DateTime<Utc>,
}

/// What is said of the door beside its channel.
pub struct Door {
    /// That its applicant agreed to be helped, for officials.
    pub consent: Option<ConsentView>,
    /// The centre that took it in for its agency.
    pub taken_at: Option<AgencyReference>,
    /// The papers that were handed in.
    pub handed_papers: Vec<IntakePaper>,
}

impl Door {
    /// What is said of it to an official, or to somebody else. What its applicant filed alone asks nothing of the database.
    pub async fn load(conn: &mut AsyncPgConnection, dossier: &Dossier, official: bool) -> Result<Self, Problem> {
        if !dossier.is_filed_by_hand() {
            return Ok(Self { consent: None, taken_at: None, handed_papers: Vec::new() });
        }
        let handed = handed_papers::of_dossier(conn, dossier.id).await?;
        Ok(Self {
            consent: if official && dossier.helped { consent(conn, dossier).await? } else { None },
            taken_at: centre(conn, dossier).await?,
            handed_papers: handed.iter().map(IntakePaper::from).collect(),
        })
    }
}

/// The consent to being helped, and who helped.
async fn consent(conn: &mut AsyncPgConnection, dossier: &Dossier) -> Result<Option<ConsentView>, Problem> {
    let Some(Consent { helper, agency, proof, given_at, .. }) = consents::of_dossier(conn, dossier.id).await? else {
        return Ok(None);
    };
    let names = staff::names(conn, &[helper]).await?;
    Ok(Some(ConsentView { helper: OfficialReference::of(helper, &names), agency, proof, given_at }))
}

/// The centre that took a dossier in for its agency.
async fn centre(conn: &mut AsyncPgConnection, dossier: &Dossier) -> Result<Option<AgencyReference>, Problem> {
    let Some(code) = &dossier.taken_at else { return Ok(None) };
    let name = agencies::name(conn, code).await?.ok_or(error::AGENCY_NOT_FOUND)?;
    Ok(Some(AgencyReference { code: code.to_string(), name }))
}
