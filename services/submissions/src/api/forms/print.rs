//! `POST /api/v1/agencies/{agency}/forms`

use actix_web::{HttpRequest, HttpResponse, post, web};
use civic::{AgencyCode, LocalText};
use documents::Form;
use edge::{Json, Kind, Official, Problem, Work, kinds};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{for_dossier::form, number::FormNumber, pdf::pdf, source::Source};
use crate::{
    api::{file_bytes::FileBytes, shown::shown},
    app::App,
    error,
    store::dossiers::{self, Reader},
};

/// Dossiers of which forms are printed at once.
const MOST: usize = 100;

/// Which forms to print.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = FormsToPrint)]
#[serde(deny_unknown_fields)]
pub struct FormsToPrint {
    /// The form.
    form: FormNumber,
    /// The dossiers, in the order in which they are printed.
    #[schema(min_items = 1, max_items = 100)]
    dossiers: Vec<Uuid>,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND, error::FORMS_MISSING];

/// Print forms about several dossiers
///
/// One PDF with the same form of up to 100 dossiers, in the order asked for, each on pages of its own. Where one of them has no such
/// form nothing is printed: `errors` names each of them by its place in the list, with why.
#[utoipa::path(
    operation_id = "print_forms",
    tag = "forms",
    params(("agency" = AgencyCode, Path, description = "The agency")),
    request_body(content = FormsToPrint, example = json!({"form": "01", "dossiers": ["0197f2a6-5c00-7000-8000-000000000001"]})),
    responses((status = 200, description = "The forms", content((FileBytes = "application/pdf")), headers(
        ("Content-Disposition" = String, description = "`attachment`, with its name: number and agency"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/agencies/{agency}/forms")]
pub async fn print_forms(
    app: web::Data<App>,
    official: Official<Work>,
    agency: web::Path<AgencyCode>,
    wanted: Json<FormsToPrint>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let Json(FormsToPrint { form: number, dossiers }) = wanted;
    if !(1..=MOST).contains(&dossiers.len()) {
        let (vi, en) = ("Chọn từ 1 đến 100 hồ sơ.", "Choose 1 to 100 dossiers.");
        return Err(error::invalid("/dossiers", "count", vi, en));
    }
    let forms = forms(&app, &official, &agency, number, &dossiers).await?;
    pdf(&app, &request, &format!("{number}-{}.pdf", *agency), forms, too_much).await
}

/// The forms, every one or none.
async fn forms(
    app: &App,
    official: &Official<Work>,
    agency: &AgencyCode,
    number: FormNumber,
    dossiers: &[Uuid],
) -> Result<Vec<Form>, Problem> {
    let reader = Reader::Agencies(vec![agency.clone()]);
    let mut conn = app.pool.get().await?;
    let (mut forms, mut missing) = (Vec::with_capacity(dossiers.len()), Vec::new());
    for (place, id) in dossiers.iter().enumerate() {
        let found = match dossiers::find(&mut conn, *id, &reader).await? {
            Some(dossier) => form(number, &Source::read(app, &mut conn, dossier).await?),
            None => Err(error::DOSSIER_NOT_FOUND),
        };
        match found {
            Ok(form) => forms.push(form),
            Err(why) => missing.push((place, why)),
        }
    }
    if !missing.is_empty() {
        return Err(missing.into_iter().fold(error::FORMS_MISSING.into(), named));
    }
    let what = json!({"shown": "form", "form": number});
    for id in dossiers {
        shown(app, &mut conn, (&official.caller, &reader), *id, what.clone()).await?;
    }
    Ok(forms)
}

fn named(problem: Problem, (place, why): (usize, Kind)) -> Problem {
    problem.field(format!("/dossiers/{place}"), why.code, LocalText::new(why.vi, why.en))
}

/// What is told when there is more to say than one document may.
pub fn too_much() -> Problem {
    let (vi, en) = (
        "Nội dung quá dài cho một lần in. Hãy chọn ít hồ sơ hơn.",
        "This is too much for one document. Choose fewer dossiers.",
    );
    error::invalid("/dossiers", "too-much", vi, en)
}
