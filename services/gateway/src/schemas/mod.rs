//! The document as a place where schemas are found by pointer and compiled, once, at start.

pub(crate) mod types;

use anyhow::{Context, Result, anyhow, bail};
use civic::TextKind;
use jsonschema::{Draft, PatternOptions, Registry, Validator};
use serde_json::{Value, json};
use types::Types;

/// The name under which the document's schemas refer to each other.
const ADDRESS: &str = "motcua:///openapi.json";
/// A longer chain of references is a circle.
const HOPS: usize = 16;

/// A document whose schemas can be compiled.
pub(crate) struct Schemas<'a> {
    document: &'a Value,
    registry: Registry<'a>,
}

impl<'a> Schemas<'a> {
    /// Prepares `document`.
    pub fn new(document: &'a Value) -> Result<Self> {
        let registry = Registry::new().draft(Draft::Draft202012).add(ADDRESS, document)?.prepare()?;
        Ok(Self { document, registry })
    }

    /// What stands at `pointer`, with local references followed, and where it really stands.
    pub fn at(&self, pointer: &str) -> Result<(String, &'a Value)> {
        let mut pointer = pointer.to_owned();
        for _ in 0..HOPS {
            let value = self.document.pointer(&pointer).ok_or_else(|| anyhow!("nothing stands at #{pointer}"))?;
            match value.get("$ref").and_then(Value::as_str) {
                None => return Ok((pointer, value)),
                Some(target) => match target.strip_prefix('#') {
                    Some(local) => local.clone_into(&mut pointer),
                    None => bail!("the reference {target} leaves the document"),
                },
            }
        }
        bail!("the references at #{pointer} turn in a circle")
    }

    /// Compiles the schema at `pointer`.
    pub fn validator(&self, pointer: &str) -> Result<Validator> {
        self.compile(&json!({"$ref": format!("{ADDRESS}#{}", fragment(pointer))}))
            .with_context(|| format!("the schema at #{pointer} cannot be used"))
    }

    /// Compiles a schema that does not stand in the document. A text of a kind that the vocabulary knows is one here when it is one
    /// there: what people may paste passes, and what does not is refused with the sentence of its kind.
    pub fn compile(&self, schema: &Value) -> Result<Validator> {
        let options = jsonschema::options().with_draft(Draft::Draft202012).with_registry(&self.registry);
        let options = options.should_validate_formats(true).with_pattern_options(PatternOptions::regex());
        let options = TextKind::ALL
            .iter()
            .fold(options, |all, kind| all.with_format(kind.name, move |text: &str| (kind.canonical)(text).is_some()));
        options.build(schema).map_err(|why| anyhow!("{why}"))
    }

    /// The types that the schema at `pointer` allows: what a text may be taken for.
    pub fn types(&self, pointer: &str) -> Result<Types> {
        let mut types = Types::default();
        self.collect(pointer, &mut types, 0)?;
        Ok(types)
    }

    fn collect(&self, pointer: &str, types: &mut Types, depth: usize) -> Result<()> {
        if depth > HOPS {
            bail!("the schemas at #{pointer} turn in a circle");
        }
        let (pointer, schema) = self.at(pointer)?;
        match schema.get("type") {
            Some(Value::String(name)) => types.allow(name),
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).for_each(|name| types.allow(name)),
            _ => {}
        }
        let values = schema.get("enum").and_then(Value::as_array).into_iter().flatten().chain(schema.get("const"));
        values.for_each(|value| types.allow_value(value));
        for keyword in ["anyOf", "oneOf", "allOf"] {
            let branches = schema.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
            for branch in 0..branches {
                self.collect(&format!("{pointer}/{keyword}/{branch}"), types, depth + 1)?;
            }
        }
        Ok(())
    }
}

/// One more step of a JSON Pointer (RFC 6901).
pub(crate) fn step(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// A JSON Pointer as a URI's fragment (RFC 6901 §6).
fn fragment(pointer: &str) -> String {
    let mut text = String::with_capacity(pointer.len());
    for byte in pointer.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}
