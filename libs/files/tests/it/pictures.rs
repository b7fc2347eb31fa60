//! Pictures: whole ones are taken, and nobody learns from them where they were taken.

use sha2::{Digest, Sha256};

use crate::{
    fixture::Fixture,
    papers::{TURNED, exif, jpeg, jpeg_with, png, png_with},
};

const JPEG: &str = "image/jpeg";
const PNG: &str = "image/png";
const PLACE: &[u8] = b"N 21.0285 E 105.8542";

#[tokio::test]
async fn a_picture_that_is_cut_off_is_refused() {
    let fixture = Fixture::open();
    for (file, media_type, head) in [(jpeg(), JPEG, 3), (png(), PNG, 8)] {
        for length in head..file.len() {
            assert_eq!(
                fixture.code(&file[..length], media_type).await,
                "file-unreadable",
                "{length} bytes of {media_type}"
            );
        }
    }
}

#[tokio::test]
async fn what_only_begins_like_a_picture_is_refused() {
    let fixture = Fixture::open();
    let text = b"<html><script>alert(1)</script></html>";
    let no_frame = [b"\xFF\xD8\xFF\xDA\0\x08\x01\x01\0\0\x3F\0", text.as_slice(), b"\xFF\xD9"].concat();
    for (file, media_type) in [
        ([b"\xFF\xD8\xFF\xE0".as_slice(), text].concat(), JPEG),
        ([b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0", text.as_slice()].concat(), JPEG),
        (b"\xFF\xD8\xFF\xD9".to_vec(), JPEG),
        (no_frame, JPEG),
        ([b"\x89PNG\r\n\x1A\n".as_slice(), text].concat(), PNG),
        (png()[..8].to_vec(), PNG),
        ([&png()[..33], &png()[png().len() - 12..]].concat(), PNG),
    ] {
        assert_eq!(fixture.code(&file, media_type).await, "file-unreadable", "{}", file.escape_ascii());
    }
}

#[tokio::test]
async fn a_damaged_picture_is_refused() {
    let fixture = Fixture::open();
    let mut file = png();
    file[20] ^= 1;
    assert_eq!(fixture.code(&file, PNG).await, "file-unreadable");
    // Nothing that browsers read: arithmetic coding, no pixels.
    let frame = |marker: u8, width: u8| {
        let mut file = jpeg();
        let at = file.windows(2).position(|it| it == [0xFF, 0xC0]).expect("a frame");
        file[at + 1] = marker;
        file[at + 8] = width;
        file
    };
    assert_eq!(fixture.code(&frame(0xC0, 1), JPEG).await, "taken");
    assert_eq!(fixture.code(&frame(0xC9, 1), JPEG).await, "file-unreadable");
    assert_eq!(fixture.code(&frame(0xC0, 0), JPEG).await, "file-unreadable");
}

#[tokio::test]
async fn a_picture_of_more_pixels_than_can_be_shown_is_refused() {
    let fixture = Fixture::open();
    let mut file = jpeg();
    let at = file.windows(2).position(|it| it == [0xFF, 0xC0]).expect("a frame");
    file[at + 5..at + 9].copy_from_slice(&[0xFF; 4]);
    assert_eq!(fixture.code(&file, JPEG).await, "too-large");
}

#[tokio::test]
async fn where_and_when_a_picture_was_taken_is_not_kept_but_how_it_is_turned() {
    let fixture = Fixture::open();
    let (photo, map) = (exif(PLACE), [b"http://ns.adobe.com/xap/1.0/\0".as_slice(), PLACE].concat());
    let (colours, frame): (&[u8], &[u8]) = (b"ICC_PROFILE\0\x01\x01profile", b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    let (pictures, words) = ([b"MPF\0".as_slice(), PLACE].concat(), [b"Photoshop 3.0\0".as_slice(), PLACE].concat());
    let file = jpeg_with(&[
        (0xE0, frame),
        (0xE1, &photo),
        (0xE1, &map),
        (0xE2, colours),
        (0xE2, &pictures),
        (0xED, &words),
        (0xEE, b"Adobe\0\x64\0\0\0\0\x01"),
    ]);
    let second = [&file[..], &jpeg_with(&[(0xE1, &photo)])].concat();
    let turned = [b"Exif\0\0".as_slice(), TURNED].concat();
    let expected = jpeg_with(&[(0xE0, frame), (0xE1, &turned), (0xE2, colours), (0xEE, b"Adobe\0\x64\0\0\0\0\x01")]);
    for sent in [file, second] {
        let received = fixture.send(&sent, JPEG).await.expect("taken");
        let kept = fixture.kept();
        assert_eq!(kept, expected);
        assert_eq!(received.sha256, <[u8; 32]>::from(Sha256::digest(&kept)), "the hash is of what is kept");
        assert_eq!((received.size, fixture.left()), (kept.len() as i64, 1));
    }
}

#[tokio::test]
async fn where_a_png_was_taken_is_not_kept_either() {
    let fixture = Fixture::open();
    let (photo, map) = (exif(PLACE), [b"XML:com.adobe.xmp\0\0\0\0\0".as_slice(), PLACE].concat());
    let file = png_with(&[(b"eXIf", &photo[6..]), (b"iTXt", &map), (b"tEXt", b"Title\0Giay"), (b"sRGB", b"\0")]);
    let received = fixture.send(&[&file[..], b"PK\x05\x06"].concat(), PNG).await.expect("taken");
    let kept = fixture.kept();
    assert_eq!(kept, png_with(&[(b"eXIf", TURNED), (b"tEXt", b"Title\0Giay"), (b"sRGB", b"\0")]));
    assert_eq!(received.size, kept.len() as i64);
}

#[tokio::test]
async fn progressive_pictures_and_marks_within_their_data_are_taken_as_they_are() {
    let fixture = Fixture::open();
    let mut file = jpeg();
    let at = file.windows(2).position(|it| it == [0xFF, 0xC0]).expect("a frame");
    file[at + 1] = 0xC2;
    let end = file.len() - 2;
    drop(file.splice(end..end, *b"\xFF\0\xFF\xD0\x3F\xFF\xFF\xDA\0\x08\x01\x01\0\0\x3F\0\x3F"));
    fixture.send(&file, JPEG).await.expect("taken");
    assert_eq!(fixture.kept(), file);
}
