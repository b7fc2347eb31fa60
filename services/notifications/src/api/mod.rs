//! The table of contents: one line per operation.

mod list_messages;

use utoipa::openapi::OpenApi;
use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_messages::list_messages);
}

pub fn document() -> OpenApi {
    edge::document("notifications", "Motcua notifications", routes)
}
