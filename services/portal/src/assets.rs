//! The built style sheets, scripts and fonts: kept in memory, served under names that change with their content.

use std::{collections::BTreeMap, fs, path::Path};

use actix_web::{
    HttpResponse,
    http::header::{self, HeaderMap},
};
use anyhow::{Context, Result};
use bytes::Bytes;

/// What the set-up built.
#[derive(Debug, Default)]
pub(crate) struct Assets {
    /// Plain name → name with a hash.
    manifest: BTreeMap<String, String>,
    /// Name with a hash → file.
    files: BTreeMap<String, File>,
}

#[derive(Debug)]
struct File {
    media_type: &'static str,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl Assets {
    /// Reads the folder and its `manifest.json`. Without a folder pages are unstyled, which is said once.
    ///
    /// # Errors
    /// When the folder cannot be read, or its manifest names a file that is not there.
    pub fn read(folder: Option<&Path>) -> Result<Self> {
        let Some(folder) = folder else {
            tracing::warn!("no web assets (MOTCUA_ASSETS): pages are shown unstyled");
            return Ok(Self::default());
        };
        Self::read_folder(folder).with_context(|| format!("The web assets in {} cannot be used", folder.display()))
    }

    fn read_folder(folder: &Path) -> Result<Self> {
        let manifest = fs::read(folder.join("manifest.json")).context("there is no manifest.json")?;
        let manifest: BTreeMap<String, String> = serde_json::from_slice(&manifest).context("manifest.json")?;
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let Some(media_type) = media_type(&name) else { continue };
            let squeezed = |ending: &str| fs::read(folder.join(format!("{name}.{ending}"))).ok().map(Bytes::from);
            let plain = fs::read(entry.path())?.into();
            let file = File { media_type, plain, brotli: squeezed("br"), gzip: squeezed("gz") };
            files.insert(name, file);
        }
        let lacking = manifest.values().find(|name| !files.contains_key(*name));
        match lacking {
            Some(name) => anyhow::bail!("{name} is in manifest.json and not in the folder"),
            None => Ok(Self { manifest, files }),
        }
    }

    /// The address of the file that is called `name` in the sources, if it was built.
    pub fn address(&self, name: &str) -> Option<String> {
        self.manifest.get(name).map(|hashed| format!("/assets/{hashed}"))
    }

    /// The file with this hashed name, packed as a browser that sends `headers` takes it.
    pub fn answer(&self, name: &str, headers: &HeaderMap) -> Option<HttpResponse> {
        let file = self.files.get(name)?;
        let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let takes = |coding: &str| accepted.split(',').any(|part| part.trim() == coding);
        let (coding, body) = match (&file.brotli, &file.gzip) {
            (Some(body), _) if takes("br") => (Some("br"), body),
            (_, Some(body)) if takes("gzip") => (Some("gzip"), body),
            _ => (None, &file.plain),
        };
        let mut answer = HttpResponse::Ok();
        answer.content_type(file.media_type);
        answer.insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"));
        answer.insert_header((header::VARY, "accept-encoding"));
        if let Some(coding) = coding {
            answer.insert_header((header::CONTENT_ENCODING, coding));
        }
        Some(answer.body(body.clone()))
    }
}

/// The media type by the ending of a name; files of other kinds are not served.
fn media_type(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    Some(match ending {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    #[allow(clippy::disallowed_methods, reason = "a folder of this test's own")]
    fn folder() -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("motcua-assets-{}", uuid::Uuid::new_v4()));
        fs::create_dir(&folder).expect("a folder");
        for (name, text) in [
            ("manifest.json", r#"{"app.css": "app.1a2b.css"}"#),
            ("app.1a2b.css", "body{}"),
            ("app.1a2b.css.br", "squeezed"),
            ("notes.txt", "nobody's business"),
        ] {
            fs::write(folder.join(name), text).expect("a file");
        }
        folder
    }

    #[test]
    fn files_are_served_for_ever_under_their_hashed_names_and_squeezed_where_that_is_understood() {
        let folder = folder();
        let assets = Assets::read(Some(&folder)).expect("assets");
        fs::remove_dir_all(&folder).expect("removed");
        assert_eq!(assets.address("app.css").as_deref(), Some("/assets/app.1a2b.css"));
        assert_eq!(assets.address("app.js"), None);
        let mut headers = HeaderMap::new();
        let plain = assets.answer("app.1a2b.css", &headers).expect("a file");
        assert_eq!(
            plain.headers().get(header::CACHE_CONTROL).expect("a header"),
            "public, max-age=31536000, immutable"
        );
        assert!(!plain.headers().contains_key(header::CONTENT_ENCODING));
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip, deflate, br"));
        let squeezed = assets.answer("app.1a2b.css", &headers).expect("a file");
        assert_eq!(squeezed.headers().get(header::CONTENT_ENCODING).expect("a header"), "br");
        for name in ["notes.txt", "manifest.json", "app.css", "../app.1a2b.css"] {
            assert!(assets.answer(name, &headers).is_none(), "{name}");
        }
    }

    #[test]
    fn a_manifest_that_names_what_is_not_there_is_refused_at_the_start() {
        let folder = folder();
        fs::remove_file(folder.join("app.1a2b.css")).expect("removed");
        let why = format!("{:#}", Assets::read(Some(&folder)).expect_err("an error"));
        fs::remove_dir_all(&folder).expect("removed");
        assert!(why.contains("app.1a2b.css is in manifest.json and not in the folder"), "{why}");
    }
}
