//! What search engines may look at: what everybody may read, and nothing that is somebody's own.

use actix_web::HttpResponse;

const TEXT: &str = "User-agent: *\nDisallow: /account\nDisallow: /capacities\nDisallow: /dossiers\nDisallow: /messages\n\
    Disallow: /tracking?\nDisallow: /work\n";

/// Says it.
pub(super) async fn show() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(TEXT)
}
