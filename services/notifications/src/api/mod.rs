//! The table of contents: one line an operation, by noun.

mod messages;

use utoipa::openapi::OpenApi;
use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(messages::list::list_messages).service(messages::read::read_messages);
}

pub fn document() -> OpenApi {
    edge::document("notifications", "Motcua notifications", routes)
}
