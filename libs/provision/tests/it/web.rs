//! The web assets: built once for the same sources, whole or not at all. The sources here need no registry.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use provision::{Progress, web};

use crate::scratch::Scratch;

/// A build that notes each run beside the tools.
const BUILD: &str = "import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
const out = process.argv[2]
mkdirSync(out)
appendFileSync(new URL('../runs', import.meta.url), 'x')
writeFileSync(`${out}/manifest.json`, '{}')
";

fn sources(scratch: &Scratch, build: &str) -> std::path::PathBuf {
    let folder = scratch.path().join("sources");
    fs::create_dir_all(folder.join("src/look")).unwrap();
    fs::write(folder.join("package.json"), r#"{"name": "w", "type": "module"}"#).unwrap();
    let lock = r#"{"name": "w", "lockfileVersion": 3, "requires": true, "packages": {"": {"name": "w"}}}"#;
    fs::write(folder.join("package-lock.json"), lock).unwrap();
    fs::write(folder.join("build.mjs"), build).unwrap();
    fs::write(folder.join("src/look/red.scss"), "a { color: red }").unwrap();
    folder
}

fn quiet() -> Progress {
    Arc::new(|_: &str| {})
}

fn runs(tools: &Path) -> usize {
    fs::read_to_string(tools.join("runs")).unwrap_or_default().len()
}

#[tokio::test]
async fn the_same_sources_are_built_once_however_many_ask_at_once() {
    let scratch = Scratch::new();
    let (sources, tools) = (sources(&scratch, BUILD), scratch.path().join("tools"));
    let ask = || {
        let (sources, tools) = (sources.clone(), tools.clone());
        tokio::spawn(async move { web::build(&sources, &tools, &quiet()).await.unwrap() })
    };
    let asked = [ask(), ask(), ask()];
    let mut built = Vec::new();
    for answer in asked {
        built.push(answer.await.unwrap());
    }
    assert!(built[0].join("manifest.json").exists());
    assert!(built.iter().all(|folder| *folder == built[0]), "{built:?}");
    assert_eq!(runs(&tools.join("web")), 1);
}

#[tokio::test]
async fn changed_sources_are_built_again_and_what_does_not_matter_is_not() {
    let scratch = Scratch::new();
    let (sources, tools) = (sources(&scratch, BUILD), scratch.path().join("tools"));
    let first = web::build(&sources, &tools, &quiet()).await.unwrap();
    fs::write(sources.join("README.md"), "words").unwrap();
    assert_eq!(web::build(&sources, &tools, &quiet()).await.unwrap(), first);
    fs::write(sources.join("src/look/red.scss"), "a { color: maroon }").unwrap();
    let second = web::build(&sources, &tools, &quiet()).await.unwrap();
    assert_ne!(second, first);
    assert!(first.exists() && second.exists());
    assert_eq!(runs(&tools.join("web")), 2);
}

#[tokio::test]
async fn a_build_that_fails_leaves_nothing_behind_and_is_one_sentence() {
    let scratch = Scratch::new();
    let (sources, tools) = (sources(&scratch, "throw new Error('no such colour')\n"), scratch.path().join("tools"));
    let why = web::build(&sources, &tools, &quiet()).await.unwrap_err().to_string();
    assert!(why.contains("no such colour") && why.contains("MOTCUA_ASSETS"), "{why}");
    assert!(!why.contains('\n'), "{why}");
    fs::write(sources.join("build.mjs"), BUILD).unwrap();
    web::build(&sources, &tools, &quiet()).await.unwrap();
}

#[tokio::test]
async fn a_binary_without_its_sources_says_what_to_set() {
    let scratch = Scratch::new();
    let why = web::build(&scratch.path().join("nowhere"), scratch.path(), &quiet()).await.unwrap_err().to_string();
    assert!(why.contains("nowhere") && why.contains("MOTCUA_ASSETS"), "{why}");
}
