//! JPEG (ITU-T T.81, annex B): a walk from marker to marker. Of what phones write beside the picture only what shows it right is
//! kept, and nothing behind its end: there stand other pictures, films and positions.

use memchr::memchr;

use super::{Fault, Kept, check_pixels, exif};

/// The picture ends.
const END: u8 = 0xD9;
/// Coded data follow.
const SCAN: u8 = 0xDA;
/// A picture as programs at large read it: baseline, extended or progressive, Huffman coded.
const FRAMES: std::ops::RangeInclusive<u8> = 0xC0..=0xC2;
/// Frames that browsers do not read: lossless, hierarchical, arithmetic. Between them stand two markers of tables and one reserved.
const OTHER_FRAMES: [u8; 10] = [0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF];
const EXIF: &[u8] = b"Exif\0\0";

/// Looks at a JPEG file; gives what is kept instead of it.
pub(super) fn check(file: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
    let mut kept = Kept::new(file);
    let (mut at, mut framed, mut scanned) = (2, false, false);
    loop {
        let (marker, behind) = marker(file, at).ok_or(Fault::Unreadable)?;
        match marker {
            END if scanned => return Ok(kept.finish(behind)),
            // They stand alone.
            0x01 | 0xD0..=0xD7 => {
                at = behind;
                continue;
            }
            _ => {}
        }
        let (body, end) = segment(file, behind).ok_or(Fault::Unreadable)?;
        match marker {
            0x00..=0xBF | 0xD8 | END => return Err(Fault::Unreadable),
            _ if OTHER_FRAMES.contains(&marker) => return Err(Fault::Unreadable),
            _ if FRAMES.contains(&marker) => {
                check_frame(body)?;
                framed = true;
            }
            SCAN if !framed => return Err(Fault::Unreadable),
            SCAN => scanned = true,
            0xE0..=0xEF if !is_kept(marker, body) => {
                let turned = body.strip_prefix(EXIF).filter(|_| marker == 0xE1).and_then(exif::upright);
                kept.replace(behind - 2, end, &turned.map_or_else(Vec::new, |tiff| application(&tiff)));
            }
            _ => {}
        }
        at = if marker == SCAN { coded(file, end).ok_or(Fault::Unreadable)? } else { end };
    }
}

/// The marker at `at`, and what is behind it. It may be preceded by any number of fill bytes.
fn marker(file: &[u8], at: usize) -> Option<(u8, usize)> {
    let rest = file.get(at..)?;
    let fill = rest.iter().take_while(|byte| **byte == 0xFF).count();
    (fill > 0).then_some(())?;
    Some((*rest.get(fill)?, at + fill + 1))
}

/// The content of the segment whose length stands at `at`, and its end.
fn segment(file: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let length = usize::from(u16::from_be_bytes(file.get(at..at + 2)?.try_into().ok()?));
    let end = at + length;
    Some((file.get(at + 2..end)?, end))
}

/// The first marker behind coded data that begin at `at`, other than those that belong to them.
fn coded(file: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr(0xFF, file.get(at..)?)?;
        match file.get(at + 1)? {
            0x00 | 0xD0..=0xD7 => at += 2,
            0xFF => at += 1,
            _ => return Some(at),
        }
    }
}

fn check_frame(body: &[u8]) -> Result<(), Fault> {
    let [precision, high, height, wide, width, components, ..] = *body else { return Err(Fault::Unreadable) };
    if precision != 8 || components == 0 {
        return Err(Fault::Unreadable);
    }
    check_pixels(u16::from_be_bytes([wide, width]).into(), u16::from_be_bytes([high, height]).into())
}

/// JFIF, the colour profile and Adobe's word on how colours are coded.
fn is_kept(marker: u8, body: &[u8]) -> bool {
    matches!(marker, 0xE0 | 0xEE) || marker == 0xE2 && body.starts_with(b"ICC_PROFILE\0")
}

/// A segment that says only how the picture is turned.
fn application(tiff: &[u8; 26]) -> Vec<u8> {
    [b"\xFF\xE1\x00\x22", EXIF, tiff].concat()
}
