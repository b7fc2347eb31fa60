//! Files that are sealed on the disk: nobody reads them there, and everybody else reads them as before.

use std::fs;

use actix_web::{test::TestRequest, web::Bytes};
use civic::Secret;
use files::{Damage, KeySettings, Keys, MediaType, Unreadable};
use futures_util::{StreamExt, stream};
use sha2::{Digest, Sha256};

use crate::{
    fixture::{Fixture, kept, read},
    papers::{exif, jpeg, jpeg_with, pdf},
};

const CHUNK: usize = 64 * 1024;
const HEADER: usize = 48;
const SEALED: usize = CHUNK + 16;
const NEW: &str = "8f0b6c9d2e4a71355d9c0e83a6f2b4c7193e5a7d4b60c8f2e1d3957a0b6c4e8f";
const OLD: &str = "dd9397435e6b7b1b73494c4cafb6911c25a2b8c5929f737f7603c2a430cdd9d6";

fn keys(present: &str, previous: &str) -> Keys {
    let settings =
        KeySettings { file_key: Some(Secret::new(present)), previous_file_keys: Some(Secret::new(previous)) };
    settings.keys().expect("keys")
}

/// A paper of so many bytes.
fn paper(size: usize) -> Vec<u8> {
    let (head, tail) = (b"%PDF-1.4\n%", &pdf()[8..]);
    [head, &*vec![b'x'; size - head.len() - tail.len()], tail].concat()
}

fn is_readable(bytes: &[u8]) -> bool {
    [&b"%PDF"[..], b"xxxxxxxx", b"Catalog", b"%%EOF"].iter().any(|word| bytes.windows(word.len()).any(|at| at == *word))
}

#[tokio::test]
async fn a_paper_of_any_size_is_read_by_nobody_on_the_disk_and_comes_back_as_it_was() {
    let fixture = Fixture::sealed_by(keys(NEW, ""));
    for size in [1000, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 9 * CHUNK, 9 * CHUNK + 1000] {
        let file = paper(size);
        let received = fixture.send(&file, "application/pdf").await.expect("taken");
        assert_eq!((received.size, received.sha256), (size as i64, Sha256::digest(&file).into()));
        let on_disk = fixture.kept();
        assert_eq!(on_disk.len(), HEADER + size + 16 * size.div_ceil(CHUNK));
        assert!(!is_readable(&on_disk), "{size} bytes");
        let given = fixture.files.get(kept(&received)).await.expect("as it was received");
        assert_eq!(given.size, size as u64);
        assert!(read(given).await == file, "{size} bytes");
        assert_eq!(fixture.files.check(kept(&received)).await.expect("looked at"), None);
    }
}

#[tokio::test]
async fn an_unfinished_upload_is_read_by_nobody_either() {
    let fixture = Fixture::sealed_by(keys(NEW, ""));
    let file = paper(12 * CHUNK);
    let on_disk = || fs::read_dir(&fixture.folder).expect("the folder").map(|entry| entry.expect("a file").path());
    let body =
        stream::iter(file.chunks(10_000).map(Bytes::copy_from_slice)).enumerate().then(|(at, piece)| async move {
            // The parts that were handed over are on the disk once others run.
            while at == 70 && on_disk().all(|path| fs::read(path).expect("readable").is_empty()) {
                tokio::task::yield_now().await;
            }
            assert!(on_disk().all(|path| !is_readable(&fs::read(path).expect("readable"))));
            Ok(piece)
        });
    let request = TestRequest::default().insert_header(("content-type", "application/pdf")).to_http_request();
    let body = Box::pin(body);
    fixture.files.receive("a".into(), &MediaType::ALL, &request, body).await.expect("taken");
}

#[tokio::test]
async fn a_picture_is_sealed_without_what_the_camera_wrote() {
    let fixture = Fixture::sealed_by(keys(NEW, ""));
    let upright = exif(b"N 21").iter().map(|byte| if *byte == 6 { 1 } else { *byte }).collect::<Vec<_>>();
    let received = fixture.send(&jpeg_with(&[(0xE1, &upright)]), "image/jpeg").await.expect("taken");
    assert_eq!((received.size, received.sha256), (jpeg().len() as i64, Sha256::digest(jpeg()).into()));
    assert!(fixture.kept().starts_with(b"MOTCUA"), "sealed");
    assert_eq!(read(fixture.files.get(kept(&received)).await.expect("given")).await, jpeg());
}

#[tokio::test]
async fn what_was_altered_cut_swapped_or_moved_is_damaged() {
    let fixture = Fixture::sealed_by(keys(NEW, ""));
    let received = fixture.send(&paper(3 * CHUNK), "application/pdf").await.expect("taken");
    let whole = fixture.kept();
    let chunk = |number: usize| &whole[HEADER + number * SEALED..HEADER + (number + 1) * SEALED];
    let header = &whole[..HEADER];
    let altered = |at: usize| {
        let mut altered = whole.clone();
        altered[at] ^= 1;
        altered
    };
    let mut harms: Vec<_> =
        (0..8).chain(16..HEADER + 1).chain((HEADER..whole.len()).step_by(7001)).map(altered).collect();
    harms.push(altered(whole.len() - 1));
    harms.extend([0, 5, 8, 20, HEADER, HEADER + 1].map(|length| whole[..length].to_vec()));
    harms.extend([1, 2].map(|chunks| whole[..HEADER + chunks * SEALED].to_vec()));
    harms.push(whole[..whole.len() - 1].to_vec());
    harms.push([&whole[..], b"x"].concat());
    harms.push([header, chunk(1), chunk(0), chunk(2)].concat());
    harms.push([header, chunk(0), chunk(2)].concat());
    harms.push([header, chunk(0), chunk(1), chunk(1), chunk(2)].concat());
    harms.push([&whole[..], chunk(2)].concat());
    for (number, harm) in harms.iter().enumerate() {
        fs::write(fixture.folder.join("a"), harm).expect("damaged");
        let damage = fixture.files.check(kept(&received)).await.expect("looked at");
        assert!(damage.is_some_and(|damage| damage != Damage::Missing), "harm {number}");
        assert_eq!(fixture.files.get(kept(&received)).await.err().expect("refused").kind.status, 500);
    }
    fs::write(fixture.folder.join("b"), &whole).expect("moved");
    let elsewhere = files::Kept { key: "b", ..kept(&received) };
    assert_eq!(fixture.files.check(elsewhere).await.expect("looked at"), Some(Damage::Bytes));
    fs::write(fixture.folder.join("a"), &whole).expect("brought back");
    assert_eq!(fixture.files.check(kept(&received)).await.expect("looked at"), None);
}

#[tokio::test]
async fn two_files_of_the_same_bytes_look_different() {
    let fixture = Fixture::sealed_by(keys(NEW, ""));
    fixture.send(&pdf(), "application/pdf").await.expect("taken");
    let first = fixture.kept();
    fixture.send(&pdf(), "application/pdf").await.expect("taken");
    assert_ne!(first[HEADER..], fixture.kept()[HEADER..]);
}

#[tokio::test]
async fn a_file_from_before_there_was_a_key_is_read_as_it_is() {
    let fixture = Fixture::open();
    let received = fixture.send(&paper(2 * CHUNK), "application/pdf").await.expect("taken");
    let sealed = fixture.files.clone().sealed_by(keys(NEW, ""));
    let given = sealed.get(kept(&received)).await.expect("as it was received");
    assert!(read(given).await == paper(2 * CHUNK));
}

#[tokio::test]
async fn a_file_is_read_with_the_previous_key_and_without_it_the_key_is_named() {
    let fixture = Fixture::sealed_by(keys(OLD, ""));
    let received = fixture.send(&pdf(), "application/pdf").await.expect("taken");
    for known in [keys(NEW, &format!(" {OLD} , ")), keys("", OLD)] {
        let given = fixture.files.clone().sealed_by(known).get(kept(&received)).await.expect("as it was received");
        assert_eq!(read(given).await, pdf());
    }
    let id = hex::encode(&fixture.kept()[8..16]);
    for unknown in [keys(NEW, ""), keys("", "")] {
        let files = fixture.files.clone().sealed_by(unknown);
        let why = files.check(kept(&received)).await.expect_err("not known to be damaged");
        assert!(matches!(&why, Unreadable::Key(named) if *named == id) && why.to_string().contains(&id), "{why}");
        assert_eq!(files.get(kept(&received)).await.err().expect("refused").kind.status, 503);
    }
}

#[tokio::test]
async fn no_paper_is_taken_that_would_be_read_as_sealed() {
    let fixture = Fixture::open();
    let disguised = [b"MOTCUA\x01\n".as_slice(), &pdf()].concat();
    assert_eq!(fixture.code(&disguised, "application/pdf").await, "content-does-not-match");
}

#[test]
fn what_is_no_key_is_refused_and_not_shown() {
    for (present, previous, variable) in [
        (&NEW[1..], "", "MOTCUA_FILE_KEY"),
        (&*"ab".repeat(32), "", "MOTCUA_FILE_KEY"),
        (NEW, "abcd", "MOTCUA_PREVIOUS"),
    ] {
        let settings =
            KeySettings { file_key: Some(Secret::new(present)), previous_file_keys: Some(Secret::new(previous)) };
        let why = settings.keys().err().expect("refused").to_string();
        assert!(
            why.starts_with(variable) && !why.contains(present) && !format!("{settings:?}").contains(present),
            "{why}"
        );
    }
}
