//! Names with values that one object schema describes: a form, or a query whose names are not fixed.

use std::collections::HashMap;

use anyhow::Result;
use jsonschema::Validator;
use serde_json::{Map, Value};

use super::{faults::Faults, text::Pair};
use crate::schemas::{Schemas, step, types::Types};

/// An object that is written as pairs.
pub(crate) struct Fields {
    types: HashMap<String, Types>,
    validator: Validator,
    example: Value,
}

impl Fields {
    /// The object that the schema at `pointer` describes, and the document's example of it.
    pub fn new(schemas: &Schemas<'_>, pointer: &str, example: &Value) -> Result<Self> {
        let (place, schema) = schemas.at(pointer)?;
        let place = step(&place, "properties");
        let names = schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys);
        let types = names.map(|name| Ok((name.clone(), schemas.types(&step(&place, name))?))).collect::<Result<_>>()?;
        Ok(Self { types, validator: schemas.validator(pointer)?, example: example.clone() })
    }

    /// Notes what is wrong with `pairs`; `under` is the pointer of the object itself.
    pub fn check(&self, pairs: &[Pair<'_>], under: &str, faults: &mut Faults) {
        let mut object = Map::with_capacity(pairs.len());
        for (name, text) in pairs {
            let types = self.types.get(&**name).copied().unwrap_or_default();
            if object.insert(name.clone().into_owned(), types.value(text)).is_some() {
                faults.repeated(format!("{under}/{name}"));
            }
        }
        faults.check(under, &self.validator, &Value::Object(object), &self.example);
    }
}
