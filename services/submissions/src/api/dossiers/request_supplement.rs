//! `POST /api/v1/dossiers/{id}/supplement-request`

use actix_web::{post, web};
use civic::LocalText;
use edge::{Command, IdempotencyHeader, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use procedure::Finding;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::DossierView;
use crate::{
    app::App,
    changes::{
        duties::RequestsSupplements,
        request_supplement::{AskedFor, request_supplement as ask},
    },
    domain::{
        actions::{
            TextInput,
            request_supplement::{MESSAGE, MOST_PAPERS, OVERRIDE_REASON, PAPER_GUIDANCE, PAPER_REASON},
        },
        request::AskedPaper,
    },
    error,
};

/// Which further papers are asked for.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = DossierSupplementRequest)]
#[serde(deny_unknown_fields)]
pub struct SupplementRequest {
    /// All papers that are missing or not in order, each once.
    #[schema(min_items = 1, max_items = 20)]
    papers: Vec<WantedPaper>,
    /// What else the applicant reads, at most 1000 characters, counted as composed.
    #[schema(max_length = 4000)]
    message: Option<String>,
    /// Why papers are asked for once more since the dossier was received: 10 to 1000 characters, for officials.
    #[schema(max_length = 4000)]
    override_reason: Option<String>,
}

/// A paper that is asked for.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = DossierWantedPaper)]
#[serde(deny_unknown_fields)]
pub struct WantedPaper {
    /// The code of one of the procedure's components.
    #[schema(min_length = 1, max_length = 100, example = "GIAY_CHUNG_SINH")]
    component: String,
    /// What is missing or not in order, at most 500 characters, counted as composed.
    #[schema(min_length = 1, max_length = 2000)]
    reason: String,
    /// What to do about it, at most 500 characters, counted as composed.
    #[schema(min_length = 1, max_length = 2000)]
    guidance: String,
}

edge::failures![
    kinds::FORBIDDEN,
    error::DOSSIER_NOT_FOUND,
    error::OWN_DOSSIER,
    error::STATUS,
    error::ASKED_BEFORE,
    error::OTHER_STAGE,
    error::HELD,
    error::ROLE_MISSING,
    error::FOUR_EYES,
];

/// Ask for further papers
///
/// Asks the applicant for papers that are missing or not in order, all at once. Before the dossier is received no time of the agency
/// runs; afterwards it stands still until they are sent in. Since the receipt papers are asked for once; again only for a reason that
/// is kept. When they do not come in time, the dossier is not received, or the work on it stopped.
#[utoipa::path(
    operation_id = "request_supplement",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = SupplementRequest, example = json!({"papers": [{
        "component": "GIAY_CHUNG_SINH", "reason": "Ảnh chụp mờ, không đọc được số giấy.",
        "guidance": "Chụp lại cả tờ giấy ở nơi đủ sáng.",
    }]})),
    responses((status = 200, description = "They are asked for", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/supplement-request")]
pub async fn request_supplement(
    app: web::Data<App>,
    official: Official<RequestsSupplements>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<SupplementRequest>,
) -> Result<Reply, Problem> {
    let caller = &official.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, request| {
            let dossier = ask(&app, conn, *id, &official, version.as_ref(), read(request)?).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}

fn read(request: SupplementRequest) -> Result<AskedFor, Problem> {
    let mut papers: Vec<AskedPaper> = Vec::new();
    if request.papers.is_empty() || request.papers.len() > MOST_PAPERS {
        let (vi, en) = ("Chọn từ 1 đến 20 giấy tờ.", "Name 1 to 20 papers.");
        return Err(error::invalid("/papers", "items", vi, en));
    }
    for (place, paper) in request.papers.into_iter().enumerate() {
        let text = |input: &TextInput, text: &str| {
            let wrong = |finding: Finding| {
                let pointer = format!("/papers/{place}{}", finding.pointer);
                error::with_findings(kinds::INVALID, vec![Finding { pointer, ..finding }])
            };
            input.read(Some(text)).map(Option::unwrap_or_default).map_err(wrong)
        };
        if papers.iter().any(|other| other.component == paper.component) {
            let told = LocalText::new("Giấy tờ này đã có trong phiếu.", "This paper is named already.");
            let finding = Finding { pointer: format!("/papers/{place}/component"), code: "repeated", text: told };
            return Err(error::with_findings(kinds::INVALID, vec![finding]));
        }
        papers.push(AskedPaper {
            reason: text(&PAPER_REASON, &paper.reason)?,
            guidance: text(&PAPER_GUIDANCE, &paper.guidance)?,
            component: paper.component,
        });
    }
    Ok(AskedFor {
        papers,
        message: error::read_text(&MESSAGE, request.message.as_deref())?,
        override_reason: error::read_text(&OVERRIDE_REASON, request.override_reason.as_deref())?,
    })
}
