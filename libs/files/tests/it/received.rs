//! Files on their way in.

use std::os::unix::fs::PermissionsExt;

use files::MediaType;
use sha2::{Digest, Sha256};

use crate::{
    fixture::Fixture,
    papers::{jpeg, pdf, png},
};

#[tokio::test]
async fn a_file_is_counted_hashed_and_kept_however_it_is_cut() {
    let fixture = Fixture::open();
    let file = pdf();
    for cut in [0, 1, 5, 9, file.len() / 2, file.len()] {
        let pieces = [&file[..cut], b"", &file[cut..]];
        let received = fixture.send_in(&pieces, "Application/PDF; x=y", &MediaType::ALL).await.expect("taken");
        assert_eq!((received.media_type, received.size), (MediaType::Pdf, file.len() as i64));
        assert_eq!(received.sha256, <[u8; 32]>::from(Sha256::digest(&file)));
        assert_eq!(fixture.kept(), file);
    }
}

#[tokio::test]
async fn the_folder_is_made_for_nobody_else_on_the_machine() {
    let folder = std::env::temp_dir().join(format!("motcua-files-mode-{}", std::process::id()));
    files::Files::open(&folder.join("documents"), 1000).expect("opened");
    let mode = std::fs::metadata(folder.join("documents")).expect("a folder").permissions().mode();
    std::fs::remove_dir_all(folder).expect("it can go");
    assert_eq!(mode & 0o777, 0o700);
}

#[tokio::test]
async fn a_file_is_for_nobody_else_on_the_machine() {
    let fixture = Fixture::open();
    for (file, media_type) in [(pdf(), "application/pdf"), (jpeg(), "image/jpeg")] {
        fixture.send(&file, media_type).await.expect("taken");
        let mode = std::fs::metadata(fixture.folder.join("a")).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{media_type}");
    }
}

#[tokio::test]
async fn every_type_that_is_taken_is_taken() {
    let fixture = Fixture::open();
    for (file, media_type) in [(pdf(), MediaType::Pdf), (jpeg(), MediaType::Jpeg), (png(), MediaType::Png)] {
        let received = fixture.send(&file, media_type.as_str()).await.expect("taken");
        assert_eq!((received.media_type, fixture.kept()), (media_type, file));
    }
}

#[tokio::test]
async fn what_is_refused_leaves_nothing_behind() {
    let fixture = Fixture::with(2000, None);
    let large = [pdf(), vec![b' '; 2000]].concat();
    for (file, media_type, code) in [
        (pdf(), "text/html", "unsupported-media-type"),
        (pdf(), "", "unsupported-media-type"),
        (pdf(), "image/png", "content-does-not-match"),
        (jpeg(), "image/png", "content-does-not-match"),
        (b"<script>alert(1)</script>".to_vec(), "image/png", "content-does-not-match"),
        (b"%PDF".to_vec(), "application/pdf", "content-does-not-match"),
        (vec![], "application/pdf", "content-does-not-match"),
        (vec![], "image/jpeg", "content-does-not-match"),
        (pdf()[..40].to_vec(), "application/pdf", "file-unreadable"),
        (large, "application/pdf", "too-large"),
    ] {
        assert_eq!(fixture.code(&file, media_type).await, code, "{} as {media_type}", file.escape_ascii());
        assert_eq!(fixture.left(), 0);
    }
}

#[tokio::test]
async fn only_the_types_that_are_asked_for_are_taken() {
    let fixture = Fixture::open();
    let refused = fixture.send_in(&[&png()], "image/png", &[MediaType::Pdf]).await.expect_err("refused");
    assert_eq!(refused.kind.code, "unsupported-media-type");
}
