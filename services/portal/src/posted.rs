//! A form that was sent, believed only when it bears the seal of this browser.

use std::time::Duration;

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use edge::read_limited;
use futures_util::{FutureExt, future::LocalBoxFuture};

use crate::{app::App, failure::Failure, seal};

/// The longest form of ours fills a tenth of it.
const LIMIT: usize = 256 * 1024;
/// A form is sent in one go.
const FORM_TIMEOUT: Duration = Duration::from_secs(10);
/// The hidden field with the seal.
pub(crate) const SEAL: &str = "form_seal";

/// The fields of a form, in the order sent. A handler that takes this cannot be reached by a forged form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Posted(Vec<(String, String)>);

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

impl FromRequest for Posted {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        async move {
            let app = request.app_data::<web::Data<App>>().ok_or(Failure::Internal)?;
            if !seal::comes_from_us(request.headers(), &app.origin()) {
                return Err(Failure::StaleForm);
            }
            let body =
                read_limited(payload, LIMIT, FORM_TIMEOUT).await.map_err(|problem| match problem.kind.status {
                    413 => Failure::TooLarge,
                    _ => Failure::Malformed,
                })?;
            let posted = Self::parse(&body);
            if seal::is_ours(posted.get(SEAL), request.headers()) { Ok(posted) } else { Err(Failure::StaleForm) }
        }
        .boxed_local()
    }
}
