//! A form is read before anything else is found out: whatever becomes of it, what was typed is known.

use std::time::Duration;

use actix_web::{HttpMessage, dev::ServiceRequest, http::Method, web};
use edge::read_limited;

use crate::{
    app::App,
    failure::Failure,
    posted::{Posted, Received},
    seal, upload,
};

/// The longest form of ours fills a tenth of it.
const LIMIT: usize = 256 * 1024;
/// A form is sent in one go.
const FORM_TIMEOUT: Duration = Duration::from_secs(10);
/// Reads the form that comes with `request`, and leaves it there as [`Received`]; of a form with a file, what stands before the file.
pub(crate) async fn receive(request: &mut ServiceRequest) {
    if request.method() != Method::POST {
        return;
    }
    let Some(app) = request.app_data::<web::Data<App>>() else { return };
    let received = match () {
        () if !seal::comes_from_us(request.headers(), &app.origin()) => Err(Failure::StaleForm),
        () if upload::is_one(request.headers()) => Ok(upload::head(request).await),
        () => read_limited(request.take_payload(), LIMIT, FORM_TIMEOUT).await.map(|body| Posted::parse(&body)).map_err(
            |problem| match problem.kind.status {
                413 => Failure::TooLarge,
                _ => Failure::Malformed,
            },
        ),
    };
    request.extensions_mut().insert(Received(received));
}
