//! How a dossier is shown to whoever has its receipt.

use chrono::{DateTime, Utc};
use civic::{DossierCode, DossierStatus, LocalText};
use diesel_async::AsyncPgConnection;
use edge::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    api::{
        documents::DocumentView,
        dossiers::{
            action_view::{ActionView, Choices},
            request_view::RequestView,
            supplied,
        },
        references::StatusView,
    },
    app::App,
    domain::{
        actions::{self, Action, Facts, Viewer},
        dossier::Dossier,
        stage::Actor,
    },
    error,
    store::{agencies, documents, dossiers, history},
};

/// What can be done with a receipt alone.
const ACTIONS: [Action; 2] = [Action::AnswerSupplement, Action::Withdraw];

/// Where a dossier stands. Nothing in it tells whose it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrackingView {
    /// The dossier's code.
    code: DossierCode,
    /// The procedure.
    procedure_name: LocalText,
    /// The agency's code.
    #[schema(example = "H44.100")]
    agency: String,
    /// The agency.
    agency_name: LocalText,
    /// Where it stands.
    status: StatusView,
    /// When it was filed.
    submitted_at: DateTime<Utc>,
    /// When it was received.
    received_at: Option<DateTime<Utc>>,
    /// When its result is due.
    due_at: DateTime<Utc>,
    /// When its result was ready.
    completed_at: Option<DateTime<Utc>>,
    /// How it came there.
    history: Vec<TrackingStep>,
    /// What its applicant can do by the receipt, who has no account; nothing where she signs in for that.
    by_receipt: Option<TrackingActions>,
}

/// A status that a dossier had.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrackingStep {
    /// Since when.
    at: DateTime<Utc>,
    /// The status.
    status: StatusView,
}

/// What can be done with a receipt alone.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrackingActions {
    /// The papers that are asked for, while they are.
    request: Option<RequestView>,
    /// What was uploaded for them.
    documents: Vec<DocumentView>,
    /// To send them in, and to take the dossier back; the others are done at the counter.
    actions: Vec<ActionView>,
}

impl TrackingView {
    /// The dossier as its receipt shows it. It may come without its rows.
    pub async fn load(app: &App, conn: &mut AsyncPgConnection, dossier: Dossier) -> Result<Self, Problem> {
        let Some(filed) = &dossier.filed else { return Err(error::DOSSIER_NOT_FOUND.into()) };
        let pinned = app.procedure(conn, dossier.procedure_version).await?;
        let agency_name = agencies::name(conn, &dossier.agency).await?.ok_or(error::AGENCY_NOT_FOUND)?;
        let history = history::of_dossier(conn, dossier.id).await?;
        Ok(Self {
            code: filed.code.clone(),
            procedure_name: pinned.procedure.name.clone(),
            agency: dossier.agency.to_string(),
            agency_name,
            status: dossier.status.into(),
            submitted_at: filed.submitted_at,
            received_at: dossier.received_at,
            due_at: filed.due_at,
            completed_at: dossier.completed_at,
            history: history.into_iter().map(step).collect::<Result<_, _>>()?,
            by_receipt: match dossier.applicant.has_account() {
                true => None,
                false => Some(TrackingActions::load(app, conn, dossier).await?),
            },
        })
    }
}

impl TrackingActions {
    async fn load(app: &App, conn: &mut AsyncPgConnection, dossier: Dossier) -> Result<Self, Problem> {
        let reader = dossiers::Reader::Party(dossier.applicant);
        let dossier = dossiers::find(conn, dossier.id, &reader).await?.ok_or(error::DOSSIER_NOT_FOUND)?;
        let pinned = app.procedure(conn, dossier.procedure_version).await?;
        let mut documents = documents::of_dossier(conn, dossier.id).await?;
        let open = dossier.open_supplement().map(|(number, _)| number);
        documents.retain(|document| open.is_some() && document.request == open);
        let supplied = supplied(&dossier, &documents);
        let facts = Facts {
            by: &Actor::default(),
            dossier: &dossier,
            pinned: &pinned,
            components: &[],
            supplied: &supplied,
            results: 0,
            now: app.life.clock.now(),
        };
        let offered = actions::offered(&Viewer::Applicant, &facts).into_iter();
        let offered = offered.filter(|(entry, _)| ACTIONS.contains(&entry.action));
        let view = |(entry, judged)| ActionView::of(&entry, judged, dossier.status, &Choices::default());
        Ok(Self {
            actions: offered.map(view).collect(),
            request: RequestView::open_supplement(&dossier, &pinned.procedure, &documents),
            documents: documents.into_iter().map(DocumentView::from).collect(),
        })
    }
}

fn step(entry: history::Entry) -> anyhow::Result<TrackingStep> {
    Ok(TrackingStep { at: entry.at, status: StatusView::from(entry.to_status.parse::<DossierStatus>()?) })
}
