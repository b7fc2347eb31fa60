//! A folder of files for one test, and whoever sends some.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicUsize, Ordering},
};

use actix_web::{error::PayloadError, test::TestRequest, web::Bytes};
use civic::Language;
use edge::Problem;
use files::{Files, Kept, Keys, MediaType, Opened, Received, Scanner};
use futures_util::{TryStreamExt, stream};
use runtime::{Random, Trace};

static OPENED: AtomicUsize = AtomicUsize::new(0);

/// A folder that is removed after the test.
pub struct Fixture {
    pub folder: PathBuf,
    pub files: Files,
}

impl Fixture {
    pub fn open() -> Self {
        Self::with(1024 * 1024, None)
    }

    /// Files of at most `limit` bytes, looked at by `scanner`.
    pub fn with(limit: u64, scanner: Option<Scanner>) -> Self {
        let number = OPENED.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("motcua-files-{}-{number}", std::process::id()));
        let files = Files::open(&folder, limit).expect("a folder").scanned_by(scanner);
        Self { folder, files }
    }

    /// Files sealed by `keys`.
    pub fn sealed_by(keys: Keys) -> Self {
        let mut fixture = Self::open();
        fixture.files = fixture.files.clone().sealed_by(keys);
        fixture
    }

    /// Sends a file in one piece.
    pub async fn send(&self, file: &[u8], media_type: &str) -> Result<Received, Problem> {
        self.send_in(&[file], media_type, &MediaType::ALL).await
    }

    /// Sends a file in these pieces.
    pub async fn send_in(
        &self,
        pieces: &[&[u8]],
        media_type: &str,
        accepted: &[MediaType],
    ) -> Result<Received, Problem> {
        let pieces: Vec<_> = pieces.iter().map(|piece| Ok::<_, PayloadError>(Bytes::copy_from_slice(piece))).collect();
        let request = TestRequest::default().insert_header(("content-type", media_type)).to_http_request();
        self.files.receive("a".into(), accepted, &request, stream::iter(pieces)).await
    }

    /// The code with which a file is refused; `taken` when it is not.
    pub async fn code(&self, file: &[u8], media_type: &str) -> &'static str {
        self.send(file, media_type).await.map_or_else(|problem| problem.kind.code, |_| "taken")
    }

    /// What is kept.
    pub fn kept(&self) -> Vec<u8> {
        std::fs::read(self.folder.join("a")).expect("kept")
    }

    /// The files left, unfinished uploads too.
    pub fn left(&self) -> usize {
        std::fs::read_dir(&self.folder).expect("the folder").count()
    }
}

/// What its row knows of a file.
pub fn kept(file: &Received) -> Kept<'_> {
    Kept { key: &file.key, size: file.size, sha256: &file.sha256 }
}

/// All that is given of a file.
pub async fn read(file: Opened) -> Vec<u8> {
    let pieces: Vec<_> = file.bytes.try_collect().await.expect("readable");
    pieces.concat()
}

impl Drop for Fixture {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// What a problem tells a person: the sentence that names its cause, or else its title.
pub async fn said(problem: &Problem, language: Language) -> String {
    let answer = problem.render(language, "/", &Trace::new(&Random::system()));
    let body = actix_web::body::to_bytes(answer.into_body()).await.expect("a body");
    let told: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
    told["errors"][0]["detail"].as_str().or(told["title"].as_str()).expect("a sentence").to_owned()
}
