//! Every sentence the pages say, in both languages: Fluent messages from `messages/{vi,en}/*.ftl`.

use anyhow::{Result, anyhow};
use civic::Language;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use include_dir::{Dir, include_dir};
use minijinja::value::{Value, ValueKind};
use unic_langid::LanguageIdentifier;

static MESSAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/messages");

/// The messages of one language.
pub(crate) struct Words(FluentBundle<FluentResource>);

impl Words {
    /// The messages of `language`.
    ///
    /// # Errors
    /// When one cannot be read, or two have the same name.
    pub fn load(language: Language) -> Result<Self> {
        let name: LanguageIdentifier = language.as_str().parse()?;
        let mut bundle = FluentBundle::new_concurrent(vec![name]);
        // The marks that isolate a variable's direction of writing would stand in pages, mails and tests for nothing.
        bundle.set_use_isolating(false);
        let folder = MESSAGES.get_dir(language.as_str()).ok_or_else(|| anyhow!("no messages in {language}"))?;
        for file in folder.files() {
            let text = file.contents_utf8().unwrap_or_default().to_owned();
            let path = file.path().display();
            let resource = FluentResource::try_new(text).map_err(|(_, why)| anyhow!("{path}: {why:?}"))?;
            bundle.add_resource(resource).map_err(|why| anyhow!("{path}: {why:?}"))?;
        }
        Ok(Self(bundle))
    }

    /// The message `name` with its variables.
    ///
    /// # Errors
    /// What is missing: the message, or a variable of it.
    pub fn say<'a>(&self, name: &str, variables: impl IntoIterator<Item = (&'a str, Value)>) -> Result<String, String> {
        let pattern = self.0.get_message(name).and_then(|message| message.value());
        let pattern = pattern.ok_or_else(|| format!("there is no message {name}"))?;
        let mut arguments = FluentArgs::new();
        for (name, value) in variables {
            arguments.set(name.to_owned(), fluent(&value));
        }
        let mut faults = Vec::new();
        let text = self.0.format_pattern(pattern, Some(&arguments), &mut faults).into_owned();
        match faults.first() {
            None => Ok(text),
            Some(fault) => Err(format!("the message {name} cannot be said: {fault}")),
        }
    }
}

fn fluent(value: &Value) -> FluentValue<'static> {
    match value.kind() {
        ValueKind::Number => {
            i64::try_from(value.clone()).map_or_else(|_| FluentValue::from(value.to_string()), FluentValue::from)
        }
        _ => FluentValue::from(value.to_string()),
    }
}
