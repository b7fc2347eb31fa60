//! How a dossier is shown, to its applicant and to officials.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use civic::{ClockState, DossierCode, DossierStatus, FilingChannel, Party, Secret};
use diesel_async::AsyncPgConnection;
use edge::{Caller, Problem, Reply};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    action_view::{ActionView, Choices, viewer},
    charge_view::ChargeView,
    door_view::{ConsentView, Door},
    fee_view::{FeeView, FilingPreview},
    handover_view::{self, HandoverView},
    history_view::HistoryEntry,
    lateness_view::LatenessView,
    request_view::{Opinions, RequestView},
    return_view::{ReturnWayView, ReturnedView},
};
use crate::{
    api::{
        documents::DocumentView,
        intakes::take_in::IntakePaper,
        references::{AgencyReference, OfficialReference, ProcedureReference, StageReference},
        results::ResultView,
    },
    app::App,
    changes::at_work,
    domain::{
        actions::{self, Facts, Viewer},
        dossier::Dossier,
        explanation::Step,
        request::{Request, RequestKind},
        workload::{Urgency, answer_by},
    },
    error,
    store::{
        agencies,
        documents::{self, Document},
        drafts, history, request_files, results, returns, supplied_papers, wanted_returns,
    },
};

/// A dossier.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierView {
    id: Uuid,
    /// Issued when it is filed; none for a draft.
    code: Option<DossierCode>,
    status: DossierStatus,
    procedure: ProcedureReference,
    agency: AgencyReference,
    /// By which door it came.
    channel: FilingChannel,
    /// Whether an official helped its applicant to file it online; for officials, `consent` says more.
    helped: bool,
    /// That its applicant agreed to be helped, for officials.
    consent: Option<ConsentView>,
    /// The centre that took it in for its agency; none where the agency took it in itself.
    taken_at: Option<AgencyReference>,
    /// The papers that were handed in.
    handed_papers: Vec<IntakePaper>,
    applicant: ApplicantView,
    /// The answers to the procedure's form.
    #[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
    answers: Box<RawValue>,
    /// What it costs; none for a draft, or when nothing is due.
    fee: Option<FeeView>,
    /// What was charged, round by round.
    charges: Vec<ChargeView>,
    /// To the applicant of a draft that can be filed: what filing it now would come to.
    on_filing: Option<FilingPreview>,
    created_at: DateTime<Utc>,
    /// Until when a draft is kept that nobody touches: then it is deleted, with its papers. None once it is filed.
    kept_until: Option<DateTime<Utc>>,
    submitted_at: Option<DateTime<Utc>>,
    received_at: Option<DateTime<Utc>>,
    /// When the result is due: expected from filing on, binding once received.
    due_at: Option<DateTime<Utc>>,
    /// How its due date comes about, step by step; nothing for a draft.
    due_explained: Vec<Step>,
    /// Until when the agency answers it, while it waits to be received.
    answer_by: Option<DateTime<Utc>>,
    /// How much it hurries: towards `answer_by`, or else `due_at`.
    urgency: Urgency,
    /// Working time that is left until it is due, in minutes, while the agency's time runs; 0 when it is overdue.
    #[schema(minimum = 0)]
    working_minutes_left: Option<i64>,
    completed_at: Option<DateTime<Utc>>,
    documents: Vec<DocumentView>,
    /// To the applicant, once the dossier is completed.
    results: Vec<ResultView>,
    /// The stage of the procedure's process that it is in, while it is worked on.
    stage: Option<StageReference>,
    /// By when that stage is due.
    stage_due_at: Option<DateTime<Utc>>,
    /// Who has it; none while nobody does.
    holder: Option<OfficialReference>,
    /// Who had it, hand-over by hand-over, for officials.
    custody: Vec<HandoverView>,
    /// Why it is late, as it was recorded; for officials.
    lateness: Vec<LatenessView>,
    /// How its result is wanted.
    return_way: ReturnWayView,
    /// How its result was handed over.
    returned: Option<ReturnedView>,
    /// What was asked about it, the oldest first.
    requests: Vec<RequestView>,
    history: Vec<HistoryEntry>,
    /// What the reader can do with it, in the order in which it is done.
    actions: Vec<ActionView>,
}

/// Whose dossier it is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierApplicant)]
pub struct ApplicantView {
    /// The person or organisation.
    party: Party,
    /// The name.
    name: String,
}

impl DossierView {
    /// The dossier as `caller` sees it, who may see it.
    pub async fn load(
        app: &App,
        conn: &mut AsyncPgConnection,
        dossier: Dossier,
        caller: &Caller,
    ) -> Result<Self, Problem> {
        let pinned = app.procedure(conn, dossier.procedure_version).await?;
        let name = agencies::name(conn, &dossier.agency).await?.ok_or(error::AGENCY_NOT_FOUND)?;
        let documents = documents::of_dossier(conn, dossier.id).await?;
        let viewer = viewer(caller, &dossier);
        let official = matches!(viewer, Viewer::Official { .. });
        let results = match (official, dossier.may_give_results()) {
            (true, _) => results::of_dossier(conn, dossier.id).await?,
            (false, Ok(())) => results::given(results::of_dossier(conn, dossier.id).await?, dossier.is_finished()),
            (false, Err(_)) => Vec::new(),
        };
        let untouched = match dossier.filed {
            None => drafts::untouched(conn, dossier.id).await?,
            Some(_) => None,
        };
        let kept_until = untouched.map(|untouched| untouched.kept_until(app.draft_days));
        let wanted = wanted_returns::of_dossier(conn, dossier.id).await?;
        let returned = returns::of_dossier(conn, dossier.id).await?.map(ReturnedView::from);
        let history = history::of_dossier(conn, dossier.id).await?;
        let since = history.last().map_or(dossier.created_at, |entry| entry.at);
        let history = history.into_iter().map(|entry| HistoryEntry::of(entry, official)).collect::<Result<_, _>>()?;
        let components: Vec<_> = documents.iter().map(|document| document.component.clone()).collect();
        let (now, calendar) = (app.life.clock.now(), app.calendars.of(&dossier.agency));
        let supplied = supplied(&dossier, &documents);
        let by = at_work::actor_on(app, conn, caller, &dossier).await?;
        let facts = Facts {
            by: &by,
            dossier: &dossier,
            pinned: &pinned,
            components: &components,
            supplied: &supplied,
            results: results::standing(&results),
            now,
        };
        let fee = dossier.charge().map(FeeView::from);
        let door = Door::load(conn, &dossier, official).await?;
        let names = handover_view::names(conn, &dossier).await?;
        let custody = match official {
            true => HandoverView::all(&dossier, &pinned.procedure, &names, now),
            false => Vec::new(),
        };
        let lateness = match official {
            true => LatenessView::all(&dossier, &names),
            false => Vec::new(),
        };
        let stage = handover_view::stage(&dossier, &pinned.procedure);
        let (stage, stage_due_at) = (stage.map(StageReference::from), dossier.stage_due_at());
        let holder = dossier.holder().map(|id| OfficialReference::of(id, &names));
        let choices = Choices::load(app, conn, &dossier, &pinned.procedure, official).await?;
        let action = |(entry, judged)| ActionView::of(&entry, judged, dossier.status, &choices);
        let actions = actions::offered(&viewer, &facts).into_iter().map(action).collect();
        let procedure = &pinned.procedure;
        let opinions = opinions(conn, &dossier).await?;
        let requests = RequestView::all(&dossier, procedure, &documents, &opinions, official);
        let due_at = dossier.filed.as_ref().map(|filed| filed.due_at);
        let filed_now = || dossier.file(&pinned, &components, Secret::new(""), now, &calendar).ok();
        let on_filing = (!official).then(filed_now).flatten().as_ref().map(FilingPreview::from);
        let answer_by = answer_by(dossier.status, since, &calendar);
        let runs = dossier.status.clock() == ClockState::Running;
        Ok(Self {
            due_explained: dossier.explained(procedure, &calendar),
            urgency: match answer_by {
                Some(until) => Urgency::of_answer(until, now, &calendar),
                None => Urgency::of(dossier.status, due_at, dossier.completed_at, now, &calendar),
            },
            answer_by,
            working_minutes_left: due_at
                .filter(|_| runs && dossier.completed_at.is_none())
                .map(|due| calendar.working_time_between(now, due).num_minutes().max(0)),
            id: dossier.id,
            status: dossier.status,
            procedure: ProcedureReference {
                code: procedure.code.to_string(),
                version: pinned.version,
                name: procedure.name.clone(),
            },
            agency: AgencyReference { code: dossier.agency.to_string(), name },
            channel: dossier.channel,
            helped: dossier.helped,
            consent: door.consent,
            taken_at: door.taken_at,
            handed_papers: door.handed_papers,
            applicant: ApplicantView { party: dossier.applicant, name: dossier.applicant_name },
            answers: RawValue::from_string(dossier.answers).map_err(anyhow::Error::from)?,
            fee,
            charges: dossier.charges.iter().map(ChargeView::from).collect(),
            on_filing,
            created_at: dossier.created_at,
            kept_until,
            submitted_at: dossier.filed.as_ref().map(|filed| filed.submitted_at),
            due_at,
            code: dossier.filed.map(|filed| filed.code),
            received_at: dossier.received_at,
            completed_at: dossier.completed_at,
            documents: documents.into_iter().map(DocumentView::from).collect(),
            results: results.into_iter().map(ResultView::from).collect(),
            stage,
            stage_due_at,
            holder,
            custody,
            lateness,
            return_way: ReturnWayView::of(wanted, dossier.channel),
            returned,
            requests,
            history,
            actions,
        })
    }

    /// 200 with the dossier as `caller` sees it, and its version.
    pub async fn reply(
        app: &App,
        conn: &mut AsyncPgConnection,
        dossier: Dossier,
        caller: &Caller,
    ) -> Result<Reply, Problem> {
        let version = dossier.version;
        Ok(Reply::ok(&Self::load(app, conn, dossier, caller).await?).version(version))
    }
}

/// The agencies that were asked about a dossier, what came with their answers, and what was handed in at a counter. Most dossiers ask nobody.
async fn opinions(conn: &mut AsyncPgConnection, dossier: &Dossier) -> Result<Opinions, Problem> {
    let at_counter = dossier.requests.iter().any(Request::is_answered_at_counter);
    let handed = if at_counter { supplied_papers::of_dossier(conn, dossier.id).await? } else { Vec::new() };
    let asked: Vec<_> = dossier.requests.iter().filter_map(|request| request.asked_of.as_ref()).collect();
    if asked.is_empty() && !dossier.requests.iter().any(|request| request.kind == RequestKind::Draft) {
        return Ok(Opinions { agencies: HashMap::new(), files: Vec::new(), handed });
    }
    let agencies = agencies::names(conn, &asked).await?;
    Ok(Opinions { agencies, files: request_files::of_dossier(conn, dossier.id).await?, handed })
}

/// What those documents are for that answer the open request.
pub fn supplied(dossier: &Dossier, documents: &[Document]) -> Vec<String> {
    let open = dossier.open_supplement().map(|(number, _)| number);
    let answering = documents.iter().filter(|document| open.is_some() && document.request == open);
    answering.map(|document| document.component.clone()).collect()
}
