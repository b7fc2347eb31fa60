//! The pages' templates, embedded, and the functions and filters they may use, for each language.

use std::sync::Arc;

use anyhow::{Context, Result};
use civic::{Language, Vnd};
use include_dir::{Dir, DirEntry, include_dir};
use minijinja::{
    Environment, Error, ErrorKind, UndefinedBehavior,
    value::{Kwargs, Serde, Value},
};

use crate::{assets::Assets, calendar, failure::Failure, qr, words::Words};

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Every template, in each language.
pub(crate) struct Templates {
    vietnamese: Spoken,
    english: Spoken,
}

/// The templates of one language, and its messages.
struct Spoken {
    environment: Environment<'static>,
    words: Arc<Words>,
    /// How large a file may be.
    limit: String,
}

impl Templates {
    /// Loads the templates and the messages, which say that a file may have `file_limit` bytes.
    ///
    /// # Errors
    /// When one is not well-formed.
    pub fn load(assets: &Arc<Assets>, file_limit: u64) -> Result<Self> {
        let spoken = |language| spoken(language, assets, file_limit);
        Ok(Self { vietnamese: spoken(Language::Vi)?, english: spoken(Language::En)? })
    }

    /// The page `name` as HTML. `content` is the page's own, `frame` what every page shows.
    ///
    /// # Errors
    /// When it cannot be rendered, which is a fault of ours.
    pub fn render(
        &self,
        language: Language,
        name: &str,
        frame: &serde_json::Value,
        content: &serde_json::Value,
    ) -> Result<String, Failure> {
        self.try_render(language, name, frame, content).map_err(|why| {
            tracing::error!(error = ?why, name, "a page cannot be rendered");
            Failure::Internal
        })
    }

    pub(crate) fn try_render(
        &self,
        language: Language,
        name: &str,
        frame: &serde_json::Value,
        content: &serde_json::Value,
    ) -> Result<String, Error> {
        let context = minijinja::context! { ..Value::from(Serde(content)), ..Value::from(Serde(frame)) };
        self.spoken(language).environment.get_template(&format!("pages/{name}"))?.render(context)
    }

    /// A message, for what is not said by a template. Its only variable may be `limit`: how large a file may be.
    pub fn say(&self, language: Language, name: &str) -> String {
        let Spoken { words, limit, .. } = self.spoken(language);
        words.say(name, [("limit", limit.as_str().into())]).unwrap_or_else(|why| {
            tracing::error!(why, "a sentence is missing");
            name.to_owned()
        })
    }

    fn spoken(&self, language: Language) -> &Spoken {
        match language {
            Language::Vi => &self.vietnamese,
            Language::En => &self.english,
        }
    }
}

fn spoken(language: Language, assets: &Arc<Assets>, file_limit: u64) -> Result<Spoken> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    add_templates(&mut environment, &TEMPLATES)?;
    let words = Arc::new(Words::load(language)?);
    let own = Arc::clone(&words);
    environment.add_function("t", move |name: &str, variables: Kwargs| say(&own, name, &variables));
    let assets = Arc::clone(assets);
    environment.add_function("asset", move |name: &str| assets.address(name));
    environment.add_function("qr", |text: &str, title: &str| qr::svg(text, title).map(Value::from_safe_string));
    let limit = files::size(file_limit, language);
    environment.add_global("file_limit", limit.clone());
    environment.add_global("file_limit_bytes", file_limit);
    environment.add_filter("local", move |text: &Value| local(text, language));
    environment.add_filter("day", move |text: &str| calendar::day(text, language).ok_or_else(|| not("a day", text)));
    environment
        .add_filter("moment", move |text: &str| calendar::moment(text, language).ok_or_else(|| not("a moment", text)));
    environment.add_filter("hour", |text: &str| calendar::hour(text).ok_or_else(|| not("a moment", text)));
    environment.add_filter("money", money);
    Ok(Spoken { environment, words, limit })
}

fn add_templates(environment: &mut Environment<'static>, folder: &'static Dir<'static>) -> Result<()> {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(folder) => add_templates(environment, folder)?,
            DirEntry::File(file) => {
                let name = file.path().to_str().context("a template's name is not text")?;
                let source = file.contents_utf8().with_context(|| format!("{name} is not text"))?;
                environment.add_template(name, source).with_context(|| format!("the template {name} is wrong"))?;
            }
        }
    }
    Ok(())
}

/// A page that lacks a sentence is better than no page; where we work on it, it is an error.
fn say(words: &Words, name: &str, variables: &Kwargs) -> Result<String, Error> {
    let values = variables.args().map(|name| (name, variables.get(name).unwrap_or_default()));
    words.say(name, values).or_else(|why| {
        if cfg!(debug_assertions) {
            return Err(Error::new(ErrorKind::InvalidOperation, why));
        }
        tracing::error!(why, "a sentence is missing");
        Ok(name.to_owned())
    })
}

/// A text that the API gives in both languages; Vietnamese where nobody has translated it.
fn local(text: &Value, language: Language) -> Result<Value, Error> {
    let vietnamese = text.get_attr("vi")?;
    match language {
        Language::En => Ok(Some(text.get_attr("en")?).filter(Value::is_true).unwrap_or(vietnamese)),
        Language::Vi => Ok(vietnamese),
    }
}

fn money(money: &Value) -> Result<String, Error> {
    let amount = i64::try_from(money.get_attr("amount")?)?;
    Ok(Vnd::new(amount).map_err(|_| not("an amount of money", &amount.to_string()))?.to_string())
}

fn not(what: &str, text: &str) -> Error {
    Error::new(ErrorKind::InvalidOperation, format!("{text} is not {what}"))
}

#[cfg(test)]
mod tests {
    use std::{
        fs,
        path::{Path, PathBuf},
    };

    use serde_json::{Value, json};

    use super::*;
    use crate::kiosk;

    const HERE: &str = env!("CARGO_MANIFEST_DIR");

    fn templates() -> Vec<PathBuf> {
        let (mut found, root) = (Vec::new(), Path::new(HERE).join("templates/pages"));
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => found.push(path.strip_prefix(&root).expect("below it").to_owned()),
                }
            }
        }
        found
    }

    fn frames() -> [(Value, Language); 3] {
        let frame = |language: Language, kind: Option<&str>| {
            json!({
                "language": language.as_str(), "other_language": "vi", "other_language_place": "/?lang=vi", "place": "/",
                "kiosk": kind.is_none().then(|| kiosk::frame("http://127.0.0.1:8080/")), "user_name": kind.map(|_| "Lan"),
                "user_kind": kind, "several_capacities": kind.is_some(),
                "capacity": kind.map(|kind| match kind {
                    "CITIZEN" => json!({"id": "SELF", "kind": "SELF", "name": {"vi": "Lan", "en": "Lan"}}),
                    _ => json!({"id": "POST:H44", "kind": "POST", "name": {"vi": "Tỉnh", "en": "Province"}}),
                }),
                "form_seal": "seal",
                "development_banner": kind.map(|_| "http://127.0.0.1:8090/"),
            })
        };
        [
            (frame(Language::Vi, None), Language::Vi),
            (frame(Language::En, Some("CITIZEN")), Language::En),
            (frame(Language::Vi, Some("OFFICIAL")), Language::Vi),
        ]
    }

    /// What each page is tried with: `tests/pages/NAME.json` is a list of contents for `templates/pages/NAME.html`.
    #[test]
    fn every_page_renders_in_both_languages_with_every_content_it_is_tried_with() {
        let loaded = Templates::load(&Arc::new(Assets::default()), 10 << 20).expect("templates");
        for path in templates() {
            let name = path.to_str().expect("a name");
            let contents = Path::new(HERE).join("tests/pages").join(path.with_extension("json"));
            let contents = fs::read_to_string(contents).unwrap_or_else(|why| panic!("contents for {name}: {why}"));
            let contents: Vec<Value> = serde_json::from_str(&contents).unwrap_or_else(|why| panic!("{name}: {why}"));
            assert!(!contents.is_empty(), "{name}");
            for (content, (frame, language)) in contents.iter().flat_map(|it| frames().map(|frame| (it, frame))) {
                let page = loaded.try_render(language, name, &frame, content);
                let page = page.unwrap_or_else(|why| panic!("{name} in {language} with {content}: {why:?}"));
                assert!(page.contains(&format!("<html lang=\"{language}\"")), "{name}");
            }
        }
    }
}
