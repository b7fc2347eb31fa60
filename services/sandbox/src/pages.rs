//! The HTML pages, rendered from templates compiled into the crate.

use actix_web::{HttpResponse, http::StatusCode, http::header::ContentType};
use minijinja::{Environment, UndefinedBehavior, value::Serde};
use serde::Serialize;

/// All templates, loaded once.
pub(crate) struct Pages(Environment<'static>);

impl Pages {
    pub(crate) fn load() -> Result<Self, minijinja::Error> {
        let mut templates = Environment::new();
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        for (name, source) in [
            ("index.html", include_str!("../templates/index.html")),
            ("vnpay_pay.html", include_str!("../templates/vnpay_pay.html")),
            ("wallet_pay.html", include_str!("../templates/wallet_pay.html")),
            ("vnpay_error.html", include_str!("../templates/vnpay_error.html")),
        ] {
            templates.add_template(name, source)?;
        }
        Ok(Self(templates))
    }

    pub(crate) fn answer(&self, status: StatusCode, template: &str, context: impl Serialize) -> HttpResponse {
        let page = self.0.get_template(template).and_then(|template| template.render(Serde(context)));
        match page {
            Ok(html) => HttpResponse::build(status).content_type(ContentType::html()).body(html),
            Err(error) => {
                tracing::error!(%error, template, "a page could not be rendered");
                HttpResponse::InternalServerError().finish()
            }
        }
    }
}
