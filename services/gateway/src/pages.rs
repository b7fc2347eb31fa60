//! The gateway's own pages: the document, and Swagger UI over it, served from this binary alone.

use std::{collections::BTreeSet, sync::Arc};

use actix_web::{
    HttpResponse,
    http::header::{self, HeaderValue},
    web::Bytes,
};
use civic::LocalText;
use edge::{Problem, kinds};
use matchit::Params;
use serde_json::{Value, json};
use url::Url;

/// Swagger UI styles its widgets inline and draws icons from `data:`; scripts and requests stay with us.
const RELAXED: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// The getting-started page styles itself and loads nothing.
const STYLED: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// How a program files its first dossier; `{{base}}` stands for the address of this installation.
const START: &str = include_str!("start.html");

/// What people see while the portal does not answer.
const CLOSED: &str = include_str!("closed.html");

/// The answer to a browser whose page nobody can give now.
pub(crate) fn closed() -> HttpResponse {
    let mut answer = HttpResponse::ServiceUnavailable();
    answer.insert_header((header::RETRY_AFTER, 5)).content_type("text/html; charset=utf-8").body(CLOSED)
}

/// What people see when the gateway itself refuses a page; `{{vi}}` and `{{en}}` stand for why.
const REFUSED: &str = include_str!("refused.html");

/// The answer to a browser that is `refused`, for a reason that `text` says.
pub(crate) fn refused(refused: &HttpResponse, text: &LocalText) -> HttpResponse {
    let mut answer = HttpResponse::build(refused.status());
    if let Some(seconds) = refused.headers().get(header::RETRY_AFTER) {
        answer.insert_header((header::RETRY_AFTER, seconds));
    }
    let page = REFUSED.replace("{{vi}}", &text.vi).replace("{{en}}", &text.en);
    answer.content_type("text/html; charset=utf-8").body(page)
}

/// A page of the gateway itself.
#[derive(Clone, Copy)]
pub(crate) enum Page {
    Document,
    DocsDoor,
    DocsIndex,
    DocsFile,
    Start,
    OAuth,
}

impl Page {
    /// Where each page stands.
    pub const ALL: [(&str, Self); 6] = [
        ("/openapi.json", Self::Document),
        ("/docs", Self::DocsDoor),
        ("/docs/", Self::DocsIndex),
        ("/docs/start", Self::Start),
        ("/docs/{file}", Self::DocsFile),
        // Where OAuth libraries look (RFC 8414 §3).
        ("/.well-known/oauth-authorization-server", Self::OAuth),
    ];
}

/// What the pages are made of.
pub(crate) struct Pages {
    document: Bytes,
    start: Bytes,
    oauth: Bytes,
    swagger: Arc<utoipa_swagger_ui::Config<'static>>,
}

impl Pages {
    /// The pages over the document `text`, of an installation that people reach at `public_url` and whose tokens name `issuer`.
    pub fn new(text: String, public_url: &Url, issuer: &str) -> Self {
        // Swagger UI would otherwise send the document's address to a validator on the internet.
        let swagger = utoipa_swagger_ui::Config::new(["/openapi.json"]).validator_url("none");
        let base = public_url.as_str().trim_end_matches('/');
        let start = START.replace("{{base}}", base);
        let oauth = oauth(&text, base, issuer).to_string();
        Self { document: text.into(), start: start.into(), oauth: oauth.into(), swagger: Arc::new(swagger) }
    }

    /// Answers a request for `page`.
    pub fn answer(&self, page: Page, params: &Params<'_, '_>) -> Result<HttpResponse, Problem> {
        match page {
            Page::DocsDoor => Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, "/docs/")).finish()),
            Page::Document => {
                let mut answer = HttpResponse::Ok();
                answer.insert_header((header::CACHE_CONTROL, "no-cache"));
                Ok(answer.content_type("application/json").body(self.document.clone()))
            }
            Page::OAuth => {
                let mut answer = HttpResponse::Ok();
                answer.insert_header((header::CACHE_CONTROL, "public, max-age=300"));
                Ok(answer.content_type("application/json").body(self.oauth.clone()))
            }
            Page::Start => {
                let mut answer = HttpResponse::Ok();
                answer.insert_header((header::CONTENT_SECURITY_POLICY, STYLED));
                answer.insert_header((header::CACHE_CONTROL, "no-cache"));
                Ok(answer.content_type("text/html; charset=utf-8").body(self.start.clone()))
            }
            Page::DocsIndex => self.file("index.html"),
            Page::DocsFile => self.file(params.get("file").unwrap_or_default()),
        }
    }

    fn file(&self, name: &str) -> Result<HttpResponse, Problem> {
        let file = utoipa_swagger_ui::serve(name, Arc::clone(&self.swagger)).ok().flatten().ok_or(kinds::NOT_FOUND)?;
        let mut answer = HttpResponse::Ok();
        answer.insert_header((header::CONTENT_SECURITY_POLICY, RELAXED));
        answer.insert_header((header::CACHE_CONTROL, "public, max-age=3600"));
        Ok(answer.content_type(file.content_type).body(file.bytes.into_owned()))
    }
}

/// What OAuth libraries read first: where tokens are had, and how (RFC 8414 §2). There is no authorization endpoint, so no response
/// type either.
fn oauth(document: &str, base: &str, issuer: &str) -> Value {
    json!({
        "issuer": issuer,
        "token_endpoint": format!("{base}/api/v1/oauth/token"),
        "jwks_uri": format!("{base}/api/v1/jwks"),
        "scopes_supported": scopes(document),
        "response_types_supported": [],
        "grant_types_supported": ["client_credentials"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "service_documentation": format!("{base}/docs/start"),
    })
}

/// Every scope that some operation takes.
fn scopes(document: &str) -> BTreeSet<String> {
    let document: Value = serde_json::from_str(document).unwrap_or_default();
    let items = document["paths"].as_object().into_iter().flat_map(|paths| paths.values());
    let operations = items.filter_map(Value::as_object).flat_map(|item| item.values());
    let alternatives = operations.filter_map(|operation| operation["security"].as_array()).flatten();
    let named = alternatives.filter_map(Value::as_object).flat_map(|it| it.values()).filter_map(Value::as_array);
    named.flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
