//! A form that was sent, believed only when it bears the seal of this browser.

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload};
use futures_util::future::{Ready, ready};

use crate::{
    failure::Failure,
    seal::{self, FIELD},
};

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

    /// The version that the form was shown with, if it was with one.
    pub fn version(&self) -> Option<&str> {
        Some(self.get("version")).filter(|version| !version.is_empty())
    }

    /// Every field, in order.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl FromRequest for Posted {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let received = request.extensions().get::<Received>().cloned();
        let posted = received.map_or(Err(Failure::Internal), |received| received.0);
        ready(posted.and_then(|posted| match seal::is_ours(posted.get(FIELD), request.headers()) {
            true => Ok(posted),
            false => Err(Failure::StaleForm),
        }))
    }
}
