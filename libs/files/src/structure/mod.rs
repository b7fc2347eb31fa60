//! Whether a file can be opened, by its structure and not by its first bytes alone. Every walk is bounded by the file's size.

mod exif;
mod jpeg;
mod link;
mod pages;
mod pdf;
mod png;
mod tokens;

use crate::MediaType;

/// More pixels than these are a trap for whoever opens the picture: they unpack to gigabytes.
const MOST_PIXELS: u64 = 200_000_000;

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is broken, cut off, or only begins like one.
    Unreadable,
    /// It is encrypted.
    Locked,
    /// It runs script, starts a program, or has files in it.
    Active,
    /// It is a file of another format as well.
    TwoFormats,
    /// Its picture is too large to be shown.
    TooManyPixels,
}

/// Looks at a whole file. Gives what is to be kept instead of it: a picture without what a camera wrote beside it, such as where it
/// was taken.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn check(media_type: MediaType, file: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
    match media_type {
        MediaType::Pdf => pdf::check(file).map(|()| None),
        MediaType::Jpeg => jpeg::check(file),
        MediaType::Png => png::check(file),
    }
}

/// A picture of `width` by `height` pixels can be shown.
fn check_pixels(width: u64, height: u64) -> Result<(), Fault> {
    match width * height {
        0 => Err(Fault::Unreadable),
        pixels if pixels > MOST_PIXELS => Err(Fault::TooManyPixels),
        _ => Ok(()),
    }
}

/// A file of which parts are left out or replaced, as it is walked through.
struct Kept<'a> {
    file: &'a [u8],
    /// Up to here it is decided.
    decided: usize,
    rewritten: Vec<u8>,
}

impl<'a> Kept<'a> {
    fn new(file: &'a [u8]) -> Self {
        Self { file, decided: 0, rewritten: Vec::new() }
    }

    /// Instead of the bytes from `begin` to `end` stands `replacement`.
    fn replace(&mut self, begin: usize, end: usize, replacement: &[u8]) {
        self.rewritten.extend_from_slice(&self.file[self.decided..begin]);
        self.rewritten.extend_from_slice(replacement);
        self.decided = end;
    }

    /// The whole, which ends at `end`; none when it is as it was.
    fn finish(mut self, end: usize) -> Option<Vec<u8>> {
        if self.decided == 0 && end == self.file.len() {
            return None;
        }
        self.replace(end, end, &[]);
        Some(self.rewritten)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/#41[<2F>(a(b)\\()]>>endobj %x\n2 0 obj<</Type/Pages/Kids[4 0 R]/Count 1\
/Linearized 1/L 9>>endobj 3 0 obj<</N 1/First 4/Length 9>>stream\r\n3 0 <</S>>endstream endobj 4 0 obj<</Type/Page/A<</URI(tel:1)>>>>endobj trailer<</Root 1 0 R>>\nstartxref\n%%EOF";
    const JPEG: &[u8] =
        b"\xFF\xD8\xFF\xE1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0\xFF\xFF\xC0\
\0\x0B\x08\0\x01\0\x01\x01\x01\x11\0\xFF\xDA\0\x08\x01\x01\0\0\x3F\0\x3F\xFF\0\xFF\xD0\x3F\xFF\xD9";
    const PNG: &[u8] =
        b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9BU\0\0\0\x0EtEXtRaw profile \0\0\0\0\
\0\0\0\0\0\0eXIf\0\0\0\0\0\0\0\x0AIDATx\xDAc`\0\0\0\x02\0\x01\xE5'\xDE\xFC\0\0\0\0IEND\xAEB`\x82";

    #[test]
    fn whatever_byte_is_damaged_and_wherever_a_file_is_cut_it_is_judged() {
        for (media_type, file) in [(MediaType::Pdf, PDF), (MediaType::Jpeg, JPEG), (MediaType::Png, PNG)] {
            check(media_type, file).expect("it is whole");
            for at in 0..file.len() {
                let _ = check(media_type, &file[..at]);
                for byte in [0, 1, 0x7F, 0xFF, b'<', b'>', b'(', b')', b'/', b'#', b'%', b' '] {
                    let mut damaged = file.to_vec();
                    damaged[at] = byte;
                    let _ = check(media_type, &damaged);
                }
            }
        }
    }
}
