//! PNG (ISO/IEC 15948): a walk from chunk to chunk, up to its end. What says where a picture was taken is left out.

use flate2::Crc;

use super::{Fault, Kept, check_pixels, exif};

const SIGNATURE: usize = 8;
/// Length, type and check sum of a chunk.
const AROUND: usize = 12;

/// Looks at a PNG file; gives what is kept instead of it.
pub(super) fn check(file: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
    let mut kept = Kept::new(file);
    let (mut at, mut drawn) = (SIGNATURE, false);
    loop {
        let chunk = Chunk::at(file, at).ok_or(Fault::Unreadable)?;
        let end = at + AROUND + chunk.data.len();
        // Readers stop at a critical chunk (its name begins with a capital) whose sum is wrong.
        if chunk.name[0].is_ascii_uppercase() && chunk.sum != sum(chunk.name, chunk.data) {
            return Err(Fault::Unreadable);
        }
        match (chunk.name, at) {
            (b"IHDR", SIGNATURE) => check_header(chunk.data)?,
            (b"IHDR", _) | (_, SIGNATURE) => return Err(Fault::Unreadable),
            (b"IDAT", _) => drawn = true,
            (b"IEND", _) if drawn => return Ok(kept.finish(end)),
            (b"IEND", _) => return Err(Fault::Unreadable),
            (b"eXIf", _) => {
                kept.replace(at, end, &exif::upright(chunk.data).map_or_else(Vec::new, |tiff| written(b"eXIf", &tiff)));
            }
            (b"tEXt" | b"zTXt" | b"iTXt", _) if is_of_a_camera(chunk.data) => kept.replace(at, end, &[]),
            _ => {}
        }
        at = end;
    }
}

/// A chunk as it stands in the file.
struct Chunk<'a> {
    name: &'a [u8; 4],
    data: &'a [u8],
    sum: u32,
}

impl<'a> Chunk<'a> {
    fn at(file: &'a [u8], at: usize) -> Option<Self> {
        let number = |at: usize| Some(u32::from_be_bytes(file.get(at..at + 4)?.try_into().ok()?));
        let name: &[u8; 4] = file.get(at + 4..at + 8)?.try_into().ok()?;
        let data = file.get(at + 8..)?.get(..number(at)? as usize)?;
        let sum = number(at + 8 + data.len())?;
        name.iter().all(u8::is_ascii_alphabetic).then_some(Self { name, data, sum })
    }
}

fn check_header(data: &[u8]) -> Result<(), Fault> {
    let number = |at: usize| data.get(at..at + 4).and_then(|bytes| Some(u32::from_be_bytes(bytes.try_into().ok()?)));
    match (data.len(), number(0), number(4)) {
        (13, Some(width), Some(height)) => check_pixels(width.into(), height.into()),
        _ => Err(Fault::Unreadable),
    }
}

/// Text in which programs keep Exif and XMP, by its keyword.
fn is_of_a_camera(data: &[u8]) -> bool {
    [b"XML:com.adobe.xmp\0".as_slice(), b"Raw profile type "].iter().any(|keyword| data.starts_with(keyword))
}

fn written(name: &[u8; 4], data: &[u8; 26]) -> Vec<u8> {
    [&26u32.to_be_bytes(), name.as_slice(), data, &sum(name, data).to_be_bytes()].concat()
}

fn sum(name: &[u8; 4], data: &[u8]) -> u32 {
    let mut sum = Crc::new();
    sum.update(name);
    sum.update(data);
    sum.sum()
}
