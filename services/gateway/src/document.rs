//! Reads the merged OpenAPI document: every operation, compiled; or a sentence that says why it cannot be used.

use actix_web::http::Method;
use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Map, Value};

use crate::{
    operation::{Guesses, Operation},
    routes::Routes,
    schemas::{Schemas, step},
    upstream::Upstreams,
    validate::{
        body::BodyRules,
        fields::Fields,
        parameters::{Parameter, Parameters},
    },
};

const METHODS: [(&str, Method); 5] = [
    ("get", Method::GET),
    ("put", Method::PUT),
    ("post", Method::POST),
    ("patch", Method::PATCH),
    ("delete", Method::DELETE),
];

/// The routing table that the document `text` describes.
///
/// # Errors
/// A sentence naming what the document lacks.
pub(crate) fn read(text: &str, upstreams: &Upstreams) -> Result<Routes> {
    let document: Value = serde_json::from_str(text).context("it is not JSON")?;
    let version = document.get("openapi").and_then(Value::as_str).unwrap_or_default();
    if !version.starts_with("3.1") {
        bail!("it is not an OpenAPI 3.1 document");
    }
    let reader = Reader { schemas: Schemas::new(&document)?, document: &document, upstreams };
    let mut routes = Routes::new(&upstreams.pages().context("no service answers pages")?)?;
    let paths = document.get("paths").and_then(Value::as_object).ok_or_else(|| anyhow!("it has no paths"))?;
    for (path, item) in paths {
        let place = step("/paths", path);
        let mut operations = Vec::new();
        for (name, method) in METHODS {
            if item.get(name).is_some() {
                let context = || format!("{method} {path}");
                operations.push((method.clone(), reader.operation(&place, name).with_context(context)?));
            }
        }
        routes.add(path, operations)?;
    }
    Ok(routes)
}

struct Reader<'a> {
    document: &'a Value,
    schemas: Schemas<'a>,
    upstreams: &'a Upstreams,
}

impl Reader<'_> {
    fn operation(&self, item: &str, method: &str) -> Result<Operation> {
        let (place, operation) = self.schemas.at(&step(item, method))?;
        let service = operation.get("x-service").and_then(Value::as_str);
        let service = service.ok_or_else(|| anyhow!("x-service does not say which service answers it"))?;
        let upstream = self.upstreams.named(service);
        let upstream = upstream.ok_or_else(|| anyhow!("x-service names {service}, which is not a service"))?;
        let needs_token = self.needs_token(operation)?;
        let guesses = match operation.get("x-guessable") {
            None | Some(Value::Bool(false)) => Guesses::None,
            Some(Value::Bool(true)) => Guesses::Wrong,
            Some(Value::String(word)) if word == "always" => Guesses::All,
            Some(_) => bail!("x-guessable is neither true nor always"),
        };
        let is = |extension| operation.get(extension).and_then(Value::as_bool).unwrap_or(false);
        let (signed, own_errors, knows_devices) = (is("x-signed"), is("x-own-errors"), is("x-knows-devices"));
        let claimed_by = operation.get("x-claimed-by").and_then(Value::as_str).map(str::to_owned);
        let (parameters, body) = (self.parameters(item, &place)?, self.body(&place, own_errors)?);
        let scopes = self.scopes(operation);
        Ok(Operation {
            upstream,
            needs_token,
            signed,
            scopes,
            guesses,
            claimed_by,
            knows_devices,
            own_errors,
            parameters,
            body,
        })
    }

    /// A token is needed when every alternative of the operation's `security` (or else the document's) asks for one.
    fn needs_token(&self, operation: &Value) -> Result<bool> {
        let security = operation.get("security").or_else(|| self.document.get("security"));
        let Some(alternatives) = security.and_then(Value::as_array) else { return Ok(false) };
        let mut needs = !alternatives.is_empty();
        for alternative in alternatives {
            let names = alternative.as_object().into_iter().flat_map(Map::keys);
            let mut bearer = false;
            for name in names {
                let (_, scheme) = self.schemas.at(&step("/components/securitySchemes", name))?;
                bearer |=
                    scheme.get("scheme").and_then(Value::as_str).is_some_and(|it| it.eq_ignore_ascii_case("bearer"));
            }
            needs &= bearer;
        }
        Ok(needs)
    }

    /// What a program must have been granted, by what the alternatives of the operation's `security` name beside their schemes.
    fn scopes(&self, operation: &Value) -> Vec<String> {
        let security = operation.get("security").or_else(|| self.document.get("security"));
        let alternatives = security.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
        let named = alternatives.flat_map(Map::values).filter_map(Value::as_array).flatten();
        named.filter_map(Value::as_str).map(str::to_owned).collect()
    }

    fn parameters(&self, item: &str, operation: &str) -> Result<Parameters> {
        let mut parameters = Parameters::default();
        let mut seen = Vec::new();
        // The operation's own parameters come first: they replace the path's of the same name and place.
        for list in [format!("{operation}/parameters"), format!("{item}/parameters")] {
            let count = self.document.pointer(&list).and_then(Value::as_array).map_or(0, Vec::len);
            for index in 0..count {
                let (place, parameter) = self.schemas.at(&format!("{list}/{index}"))?;
                let word = |key| parameter.get(key).and_then(Value::as_str).unwrap_or_default();
                let named = (word("in"), word("name"));
                if !seen.contains(&named) {
                    seen.push(named);
                    let added = self.add(&mut parameters, named, &place, parameter);
                    added.with_context(|| format!("parameter {}", named.1))?;
                }
            }
        }
        Ok(parameters)
    }

    fn add(&self, all: &mut Parameters, (place, name): (&str, &str), at: &str, parameter: &Value) -> Result<()> {
        let schema = format!("{at}/schema");
        let types = self.schemas.types(&schema)?;
        if types.is_object() {
            let form = parameter.get("style").and_then(Value::as_str).is_none_or(|style| style == "form");
            let explode = parameter.get("explode").and_then(Value::as_bool).unwrap_or(true);
            if place != "query" || !form || !explode {
                bail!("an object can only be a query parameter of style form, exploded");
            }
            all.rest = Some(Fields::new(&self.schemas, &schema, &Value::Null)?);
            return Ok(());
        }
        let list = match types.is_list() {
            true => Some(self.schemas.types(&format!("{}/items", self.schemas.at(&schema)?.0))?),
            false => None,
        };
        let explode = parameter.get("explode").and_then(Value::as_bool).unwrap_or(place == "query");
        let required = parameter.get("required").and_then(Value::as_bool).unwrap_or(false);
        let validator = self.schemas.validator(&schema)?;
        let example = example(parameter).or(example(self.schemas.at(&schema)?.1)).cloned().unwrap_or_default();
        let parameter = Parameter {
            name: name.to_owned(),
            required,
            types: list.unwrap_or(types),
            list: list.map(|_| explode),
            validator,
            example,
        };
        match place {
            "path" => all.path.push(parameter),
            "query" => all.query.push(parameter),
            // What these mean is HTTP's, not the operation's (OpenAPI 3.1, Parameter Object).
            "header" if ["accept", "content-type", "authorization"].contains(&name.to_ascii_lowercase().as_str()) => {}
            "header" => all.headers.push(parameter),
            "cookie" => {}
            _ => bail!("its place `{place}` is none of path, query, header and cookie"),
        }
        Ok(())
    }

    fn body(&self, operation: &str, own_errors: bool) -> Result<BodyRules> {
        let at = format!("{operation}/requestBody");
        if self.document.pointer(&at).is_none() {
            return BodyRules::none(&self.schemas);
        }
        let (place, body) = self.schemas.at(&at)?;
        let required = body.get("required").and_then(Value::as_bool).unwrap_or(false);
        let mut rules = BodyRules { required: required && !own_errors, media: Vec::new() };
        let content = body.get("content").and_then(Value::as_object).into_iter().flatten();
        for (media_type, media) in content {
            let schema =
                media.get("schema").map(|_| format!("{}/schema", step(&format!("{place}/content"), media_type)));
            if own_errors {
                rules.pass_on(media_type);
            } else {
                let example = example(media).cloned().unwrap_or_default();
                rules.add(&self.schemas, media_type, schema.as_deref(), &example)?;
            }
        }
        Ok(rules)
    }
}

/// What a parameter, a media type or a schema gives as an example.
fn example(place: &Value) -> Option<&Value> {
    place.get("example").or_else(|| place.pointer("/examples/0"))
}
