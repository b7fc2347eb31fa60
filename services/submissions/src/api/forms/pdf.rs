//! A PDF as an answer.

use actix_web::{HttpRequest, HttpResponse, http::header};
use anyhow::Error;
use documents::{Form, PrintError, fingerprint};
use edge::{Problem, is_known, kinds};

use crate::app::App;

/// The answer with a PDF of `forms`, to save as `name`. Who has it already is not sent it again, and nothing is printed.
///
/// # Errors
/// 503 when too many documents wait; [`PrintError::TooLong`] is for the caller to explain.
pub async fn pdf(
    app: &App,
    request: &HttpRequest,
    name: &str,
    forms: Vec<Form>,
    too_long: fn() -> Problem,
) -> Result<HttpResponse, Problem> {
    let etag = format!("\"{}\"", fingerprint(&forms).map_err(Error::from)?);
    if is_known(request.headers(), &etag) {
        return Ok(HttpResponse::NotModified().insert_header((header::ETAG, etag)).finish());
    }
    let printed = app.printer.print(forms).await.map_err(|why| match why {
        PrintError::Busy => Problem::from(kinds::UNAVAILABLE).retry_after(2),
        PrintError::TooLong => too_long(),
        why => Error::from(why).into(),
    })?;
    Ok(HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header((header::ETAG, etag))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header(("content-security-policy", "sandbox; default-src 'none'"))
        .body(printed))
}
