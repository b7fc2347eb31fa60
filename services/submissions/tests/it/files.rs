//! Files of papers and results, as they lie on the disk.

use std::{
    fs::{self, File},
    os::unix::fs::PermissionsExt,
    path::Path,
};

use chrono::{TimeDelta, Timelike};
use testkit::eventually;

use crate::fixture::{BIRTH, Fixture, HERE, PDF};

#[tokio::test]
async fn a_paper_or_result_that_was_cut_altered_or_removed_is_never_sent() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let dossier = fixture.received(&an).await;
    let paper = fixture.get(&an, &dossier).await.text("/documents/0/id").to_owned();
    let paper = format!("{dossier}/documents/{paper}");
    let issued = fixture.issue(&approver, &dossier).await.expect(201);
    let result = issued.header("location").expect("a location").to_owned();
    let files = fixture.files();
    for folder in files.iter().filter_map(|file| Path::new(file).parent()) {
        let mode = fs::metadata(folder).expect("a folder").permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{} is for nobody else on this machine", folder.display());
    }
    let altered: Vec<u8> = PDF.iter().map(|byte| byte.to_ascii_lowercase()).collect();
    for (bytes, harm) in [(Some(&PDF[..10]), "cut"), (Some(&altered), "altered"), (None, "removed")] {
        for file in &files {
            match bytes {
                Some(bytes) => fs::write(file, bytes).expect(harm),
                None => fs::remove_file(file).expect(harm),
            }
        }
        for path in [&paper, &result] {
            let answer = fixture.get(&approver, path).await;
            assert_eq!((answer.status, answer.text("/code")), (500, "file-damaged"), "{harm}: {path}");
        }
    }
}

#[tokio::test]
async fn with_a_key_papers_and_results_lie_encrypted_and_are_sent_as_they_were() {
    let key = "8f0b6c9d2e4a71355d9c0e83a6f2b4c7193e5a7d4b60c8f2e1d3957a0b6c4e8f";
    let fixture = Fixture::open_with(&["--file-key", key]).await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let dossier = fixture.received(&an).await;
    let paper = fixture.get(&an, &dossier).await.text("/documents/0/id").to_owned();
    let issued = fixture.issue(&approver, &dossier).await.expect(201);
    let result = issued.header("location").expect("a location").to_owned();
    assert_eq!((issued.json["size"].as_u64(), fixture.files().len()), (Some(PDF.len() as u64), 2));
    for file in fixture.files() {
        let bytes = fs::read(&file).expect("readable");
        assert!(bytes.starts_with(b"MOTCUA") && !bytes.windows(4).any(|at| at == b"%PDF"), "{}", file.display());
    }
    let paths = [format!("{dossier}/documents/{paper}"), result];
    for path in &paths {
        assert_eq!(fixture.get(&approver, path).await.expect(200).bytes, PDF);
    }
    // The same bytes, but in the place of another.
    let [one, other] = fixture.files().try_into().expect("two files");
    fs::copy(one, other).expect("copied");
    let mut statuses = Vec::new();
    for path in &paths {
        statuses.push(fixture.get(&approver, path).await.status);
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 500]);
}

#[tokio::test]
async fn what_no_row_names_is_removed_after_a_day_and_everything_else_stays() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.draft(&an, BIRTH, HERE).await;
    fixture.upload(&an, &dossier, "GIAY_CHUNG_SINH").await.expect(201);
    let [paper] = fixture.files().try_into().expect("one file");
    let [upload, orphan, young] = ["upload#1", "orphan", "young"].map(|name| paper.with_file_name(name));
    let now = fixture.installation.clock.now();
    for (file, hours) in [(&paper, -72), (&upload, -48), (&orphan, -48), (&young, 12)] {
        if *file != paper {
            fs::write(file, PDF).expect("a file");
        }
        let written = now + TimeDelta::hours(hours);
        File::options().write(true).open(file).expect("a file").set_modified(written.into()).expect("dated");
    }
    // On to the hour in which its folder has its turn.
    let folder = paper.ancestors().nth(3).and_then(Path::file_name).expect("a folder of some dossiers");
    let turn = folder.as_encoded_bytes().iter().map(|byte| u32::from(*byte)).sum::<u32>() % 24;
    let hours = (1..=24).find(|hours| (now.hour() + hours) % 24 == turn).expect("one of a day");
    fixture.installation.clock.advance(TimeDelta::hours(hours.into()));
    eventually(async || (!upload.exists() && !orphan.exists()).then_some(())).await;
    assert!(paper.exists() && young.exists());
}
