//! `POST /api/v1/agencies/{agency}/intakes`

use actix_web::{post, web};
use chrono::{DateTime, Utc};
use civic::{AgencyCode, CitizenNumber, DossierCode, DossierStatus, FilingChannel, PersonName, ProcedureCode, Secret};
use edge::{Command, IdempotencyHeader, Official, Problem, Reply, kinds};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::dossiers::{ReturnChoice, ReturnWayView, SubmissionFee},
    app::App,
    changes::{
        duties::Receives,
        take_in::{Intake, take_in},
    },
    domain::{
        actions::choose_return::WantedReturn,
        filing::Filing,
        intake::{ConsentProof, HandedPaper},
    },
    error,
};

/// A dossier that is handed in.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewIntake {
    /// The procedure. The dossier is pinned to its current version.
    procedure: ProcedureCode,
    /// The agency that it is for: the one of the path, or another of its province where the procedure is free of territory.
    agency: AgencyCode,
    /// By which door: at the counter, by the post, or online with help.
    channel: FilingChannel,
    /// Who hands it in, or for whom.
    applicant: IntakeApplicant,
    /// The answers to the procedure's form.
    #[schema(value_type = std::collections::BTreeMap<String, Value>)]
    answers: serde_json::Map<String, Value>,
    /// The papers that were handed in.
    #[schema(max_items = 100)]
    papers: Vec<IntakePaper>,
    /// What shows that the applicant agreed to be helped: online only, and there always.
    consent: Option<ConsentProof>,
    /// How the result is wanted; where nothing is said, the door decides.
    return_way: Option<ReturnChoice>,
}

/// Who hands a dossier in.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IntakeApplicant {
    /// The full name.
    name: PersonName,
    /// The citizen number, by which she is found when she comes again.
    citizen_number: Option<CitizenNumber>,
    /// Her account, as accounts found it by that number; without one the dossier is hers by the number.
    account: Option<Uuid>,
}

/// A paper that was handed in.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IntakePaper {
    /// The code of one of the procedure's components.
    #[schema(min_length = 1, max_length = 100, example = "GIAY_CHUNG_SINH")]
    component: String,
    /// How many originals.
    #[schema(minimum = 0, maximum = 999)]
    originals: u16,
    /// How many copies.
    #[schema(minimum = 0, maximum = 999)]
    copies: u16,
}

/// What is given to who handed it in.
#[derive(Debug, Serialize, ToSchema)]
pub struct IntakeReceipt {
    /// The dossier.
    dossier_id: Uuid,
    /// Its code.
    code: DossierCode,
    /// Where it stands: `RECEIVED`; filed online with help, `REGISTERED` or `FEE_DUE`.
    status: DossierStatus,
    /// When it was taken in.
    submitted_at: DateTime<Utc>,
    /// When the result is due.
    due_at: DateTime<Utc>,
    /// Shows, together with the code, where the dossier stands without signing in.
    #[schema(value_type = String, pattern = "^[0-9a-f]{20}$")]
    tracking_secret: Secret,
    /// What is to be paid, by the door; at a counter it is paid while the dossier is worked on.
    fee: Option<SubmissionFee>,
    /// How the result is wanted.
    return_way: ReturnWayView,
}

edge::failures![
    kinds::FORBIDDEN,
    error::AGENCY_NOT_FOUND,
    error::OWN_DOSSIER,
    error::PROCEDURE_WITHDRAWN,
    error::NOT_TAKEN_IN_THERE,
    error::NOT_FILED_ONLINE,
    error::INCOMPLETE,
];

/// Take a dossier in
///
/// What is handed in at a counter or comes by the post is filed and received at once, at the fee of that door. With help online it is filed
/// as if its applicant had done so herself, and says that she was helped.
#[utoipa::path(
    operation_id = "take_in_dossier",
    tag = "intakes",
    params(("agency" = AgencyCode, Path, description = "The agency of the counter"), IdempotencyHeader),
    request_body(content = NewIntake, example = json!({
        "procedure": "2.000815", "agency": "H44.100", "channel": "DIRECT",
        "applicant": {"name": "Trần Thị Lan", "citizen_number": "000192012345"},
        "answers": {"applicant_name": "Trần Thị Lan", "document_name": "Bằng tốt nghiệp đại học", "pages": 3, "copies": 1},
        "papers": [{"component": "BAN_CHINH", "originals": 1, "copies": 0}],
        "return_way": {"way": "POST", "address": "Số 12, đường Nguyễn Tất Thành, phường Đồi Chè, tỉnh Phú Thọ"},
    })),
    responses((status = 201, description = "It is taken in", body = IntakeReceipt, headers(
        ("Location" = String, description = "Where the dossier stands"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/agencies/{agency}/intakes")]
pub async fn take_in_dossier(
    app: web::Data<App>,
    official: Official<Receives>,
    centre: web::Path<AgencyCode>,
    command: Command<NewIntake>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&centre) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let claim = command.claim(official.caller.id);
    let intake = command.body.read()?;
    let wanted = intake.wanted.clone();
    take_in(&app, &centre, &official, intake, claim, |filing, code| {
        Reply::created(
            &IntakeReceipt::of(filing, code, wanted.clone()),
            crate::changes::file::location(filing.draft.id),
        )
    })
    .await
}

impl IntakeReceipt {
    fn of(filing: &Filing, code: &DossierCode, wanted: Option<WantedReturn>) -> Self {
        let at_counter = filing.draft.channel != FilingChannel::Online;
        Self {
            dossier_id: filing.draft.id,
            code: code.clone(),
            status: if at_counter { DossierStatus::Received } else { filing.status() },
            submitted_at: filing.submitted_at,
            due_at: filing.due_at,
            tracking_secret: filing.tracking_secret.clone(),
            fee: filing.charge.as_ref().map(SubmissionFee::from),
            return_way: ReturnWayView::of(wanted, filing.draft.channel),
        }
    }
}

impl NewIntake {
    fn read(self) -> Result<Intake, Problem> {
        let wanted = self.return_way.map(|choice| choice.wanted("/return_way")).transpose()?;
        let papers = self.papers.into_iter().map(HandedPaper::from);
        Ok(Intake {
            procedure: self.procedure,
            agency: self.agency,
            channel: self.channel,
            name: self.applicant.name,
            citizen_number: self.applicant.citizen_number,
            account: self.applicant.account,
            answers: Value::Object(self.answers),
            papers: papers.collect(),
            consent: self.consent,
            wanted,
        })
    }
}

impl From<IntakePaper> for HandedPaper {
    fn from(paper: IntakePaper) -> Self {
        let count = |number: u16| i16::try_from(number.min(999)).unwrap_or(999);
        Self { component: paper.component, originals: count(paper.originals), copies: count(paper.copies) }
    }
}

impl From<&HandedPaper> for IntakePaper {
    fn from(paper: &HandedPaper) -> Self {
        let count = |number: i16| u16::try_from(number).unwrap_or_default();
        Self { component: paper.component.clone(), originals: count(paper.originals), copies: count(paper.copies) }
    }
}
