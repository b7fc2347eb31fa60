//! The table of contents: one line an operation, by noun.

mod given_up;
mod messages;

use utoipa::openapi::OpenApi;
use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(messages::list::list_messages)
        .service(messages::read::read_messages)
        // Supervisors.
        .service(given_up::list::list_given_up_notifications)
        .service(given_up::repair::repair_given_up_notifications);
}

pub fn document() -> OpenApi {
    edge::document("notifications", "Motcua notifications", routes)
}
