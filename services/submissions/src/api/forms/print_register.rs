//! `GET /api/v1/agencies/{agency}/register/{part}`

use actix_web::{HttpRequest, HttpResponse, get, web};
use civic::AgencyCode;
use documents::{Form, Register};
use edge::{Official, Problem, Work, kinds};
use serde_json::json;

use super::{
    pdf::pdf,
    print::too_much,
    register::{PART, RegisterPeriod, codes, filed, parts, rows},
    source::letterhead,
};
use crate::{
    api::{file_bytes::FileBytes, shown::shown_at_agency},
    app::App,
    error,
    store::agencies,
};

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND, error::PART_NOT_FOUND];

/// Print an agency's register
///
/// Form 07 as a PDF: the dossiers filed at an agency in a period, by their codes. It is written down who printed it.
#[utoipa::path(
    operation_id = "print_register",
    tag = "forms",
    params(
        ("agency" = AgencyCode, Path, description = "The agency"),
        ("part" = i32, Path, description = "Which part of it, from 1", minimum = 1),
        RegisterPeriod,
    ),
    responses((status = 200, description = "The register", content((FileBytes = "application/pdf")), headers(
        ("ETag" = String, description = "What tells this register from any other, for `If-None-Match`"),
        ("Content-Disposition" = String, description = "`attachment`, with its name: number, agency, days"),
    )), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/register/{part}")]
pub async fn print_register(
    app: web::Data<App>,
    official: Official<Work>,
    path: web::Path<(AgencyCode, usize)>,
    period: web::Query<RegisterPeriod>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let ((agency, part), period) = (path.into_inner(), *period);
    let mut conn = app.pool.get().await?;
    let filed = filed(&mut conn, &official, &agency, period).await?;
    let parts = parts(&filed);
    if !(1..=parts).contains(&part) {
        return Err(error::PART_NOT_FOUND.into());
    }
    let before = (part - 1) * PART;
    let rows = rows(&app, &mut conn, &agency, &codes(&agency, &filed, before)?, before).await?;
    let office = agencies::office(&mut conn, &agency).await?.ok_or(error::AGENCY_NOT_FOUND)?;
    let what = json!({"shown": "register", "from": period.from, "until": period.until, "part": part});
    shown_at_agency(&app, &conn, &official.caller, &agency, what).await?;
    drop(conn);
    let register = Register {
        letterhead: letterhead(&office, period.end()),
        from: period.from,
        until: period.until,
        part: (parts > 1).then(|| format!("phần {part}/{parts}")),
        rows,
    };
    let name = format!("07-{agency}-{}-{}-{part}.pdf", period.from, period.until);
    pdf(&app, &request, &name, vec![Form::Register(register)], too_much).await
}
