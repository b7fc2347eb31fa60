//! A form that was sent, believed only when it bears the seal of this browser.

use std::time::Duration;

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::{Payload, ServiceRequest},
    http::Method,
    web,
};
use edge::read_limited;
use futures_util::future::{Ready, ready};

use crate::{app::App, failure::Failure, seal, upload};

/// The longest form of ours fills a tenth of it.
const LIMIT: usize = 256 * 1024;
/// A form is sent in one go.
const FORM_TIMEOUT: Duration = Duration::from_secs(10);
/// The hidden field with the seal.
pub(crate) const SEAL: &str = "form_seal";

/// The fields of a form, in the order sent. A handler that takes this cannot be reached by a forged form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Posted(Vec<(String, String)>);

/// What came with a request that sends a form, before its seal is looked at; of a form with a file, the fields before the file.
#[derive(Clone)]
pub(crate) struct Received(pub Result<Posted, Failure>);

impl Posted {
    /// Reads a form's body, without judging it.
    pub fn parse(body: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(body).into_owned().collect())
    }

    /// One more field.
    pub fn add(&mut self, name: String, value: String) {
        self.0.push((name, value));
    }

    /// The value of a field without spaces around it, empty when it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The value of a field as typed (a password), empty when it was not sent.
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// Every value of a field that may be sent several times.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.fields().filter(move |(key, _)| *key == name).map(|(_, value)| value)
    }

    /// Every field, in order.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// Reads the form that comes with `request`, before anything else is found out: whatever becomes of it, what was typed is known.
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

impl FromRequest for Posted {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let received = request.extensions().get::<Received>().cloned();
        let posted = received.map_or(Err(Failure::Internal), |received| received.0);
        ready(posted.and_then(|posted| match seal::is_ours(posted.get(SEAL), request.headers()) {
            true => Ok(posted),
            false => Err(Failure::StaleForm),
        }))
    }
}
