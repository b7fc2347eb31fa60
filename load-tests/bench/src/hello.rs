//! The least that the HTTP library can be asked for, set up as our services set it up, without middleware.

use std::time::Duration;

use actix_web::{App, HttpResponse, HttpServer, web};
use anyhow::Result;

/// Responses until it is killed.
///
/// # Errors
/// When it cannot listen.
pub async fn serve(port: u16) -> Result<()> {
    HttpServer::new(|| App::new().route("/hello", web::get().to(async || HttpResponse::Ok().body("hello"))))
        .workers(2)
        .max_connections(8192)
        .keep_alive(Duration::from_secs(75))
        .tcp_nodelay(true)
        .bind(("127.0.0.1", port))?
        .run()
        .await?;
    Ok(())
}
