//! The parameters of an operation: required ones are there, none is unknown, and each fits its schema.

use actix_web::http::header::HeaderMap;
use edge::{Problem, kinds};
use jsonschema::Validator;
use matchit::Params;
use serde_json::Value;

use super::{
    faults::Faults,
    fields::Fields,
    text::{Pair, decode, pairs},
};
use crate::schemas::types::Types;

/// One parameter.
pub(crate) struct Parameter {
    /// Its name.
    pub name: String,
    /// A request without it is refused.
    pub required: bool,
    /// What it, or each of its items, may be taken for.
    pub types: Types,
    /// Whether it is a list, and then whether each item comes on its own (`explode`) or all in one text, by commas.
    pub list: Option<bool>,
    /// Its schema.
    pub validator: Validator,
    /// What the document gives as an example of it; null where it gives none.
    pub example: Value,
}

/// All parameters of an operation, by where they stand.
#[derive(Default)]
pub(crate) struct Parameters {
    /// In the path.
    pub path: Vec<Parameter>,
    /// In the query, by fixed names.
    pub query: Vec<Parameter>,
    /// In the query, under any other name; without it, another name is refused.
    pub rest: Option<Fields>,
    /// In the headers; other headers are nobody's business here.
    pub headers: Vec<Parameter>,
}

impl Parameters {
    /// Checks the parameters of a request.
    ///
    /// # Errors
    /// 400: malformed, or naming each parameter that is wrong.
    pub fn check(&self, path: &Params<'_, '_>, query: Option<&str>, headers: &HeaderMap) -> Result<(), Problem> {
        let mut faults = Faults::default();
        for parameter in &self.path {
            let text = decode(path.get(&parameter.name).unwrap_or_default(), false)?;
            parameter.check(&[&*text], &mut faults);
        }
        self.check_query(&pairs(query.unwrap_or_default())?, &mut faults);
        for parameter in &self.headers {
            let texts: Result<Vec<_>, _> = headers.get_all(&parameter.name).map(|value| value.to_str()).collect();
            let texts = texts.map_err(|_| kinds::MALFORMED)?;
            if texts.is_empty() && parameter.required {
                absent(&parameter.name)?;
            }
            parameter.check(&texts, &mut faults);
        }
        faults.outcome()
    }

    fn check_query(&self, pairs: &[Pair<'_>], faults: &mut Faults) {
        for parameter in &self.query {
            let texts = pairs.iter().filter(|(name, _)| *name == parameter.name).map(|(_, text)| &**text);
            parameter.check(&texts.collect::<Vec<_>>(), faults);
        }
        let unnamed = |(name, _): &&Pair<'_>| !self.query.iter().any(|parameter| parameter.name == *name);
        let others = pairs.iter().filter(unnamed);
        match &self.rest {
            Some(fields) => fields.check(&others.cloned().collect::<Vec<_>>(), "", faults),
            None => others.for_each(|(name, _)| faults.unknown(&**name)),
        }
    }
}

impl Parameter {
    fn check(&self, texts: &[&str], faults: &mut Faults) {
        if texts.is_empty() {
            if self.required {
                faults.required(&*self.name);
            }
            return;
        }
        let value = match self.list {
            Some(true) => texts.iter().map(|text| self.types.value(text)).collect(),
            Some(false) => texts.iter().flat_map(|text| text.split(',')).map(|text| self.types.value(text)).collect(),
            None if texts.len() > 1 => return faults.repeated(&*self.name),
            None => self.types.value(texts[0]),
        };
        let value: Value = value;
        faults.check(&self.name, &self.validator, &value, &self.example);
    }
}

/// Two headers have problems of their own when they are missing: the same as the services answer.
fn absent(header: &str) -> Result<(), Problem> {
    let own = [("Idempotency-Key", kinds::KEY_REQUIRED), ("If-Match", kinds::PRECONDITION_REQUIRED)];
    let kind = own.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(header));
    kind.map_or(Ok(()), |(_, kind)| Err(kind.into()))
}
