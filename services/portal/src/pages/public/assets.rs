//! Style sheets, scripts and fonts, under names that change with their content.

use actix_web::{HttpRequest, HttpResponse, web};

use crate::{app::App, failure::Failure};

/// A file of the built assets.
pub(super) async fn show(
    app: web::Data<App>,
    name: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Failure> {
    app.assets.answer(&name, request.headers()).ok_or(Failure::NotFound)
}
