//! Small files as programs write them, and with what the tests put into them.

use std::io::Write;

use flate2::{Compression, Crc, write::ZlibEncoder};

/// A PDF of one empty page, with a table of its objects.
pub fn pdf() -> Vec<u8> {
    pdf_with("", &[])
}

/// The same with `catalogue` in its catalogue, and `objects` besides, numbered from 4.
pub fn pdf_with(catalogue: &str, objects: &[&[u8]]) -> Vec<u8> {
    pdf_of(catalogue, objects, "")
}

/// The same with `trailer` in its trailer.
pub fn pdf_of(catalogue: &str, objects: &[&[u8]], trailer: &str) -> Vec<u8> {
    let catalogue = format!("<</Type/Catalog/Pages 2 0 R{catalogue}>>");
    let pages: [&[u8]; 2] =
        [b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"];
    let all = std::iter::once(catalogue.as_bytes()).chain(pages).chain(objects.iter().copied());
    let (mut file, mut places) = (b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec(), Vec::new());
    for (number, object) in (1..).zip(all) {
        places.push(file.len());
        file.extend(format!("{number} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let (table, size) = (file.len(), places.len() + 1);
    file.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
    places.iter().for_each(|place| file.extend(format!("{place:010} 00000 n \n").bytes()));
    file.extend(format!("trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF\n").bytes());
    file
}

/// An object that holds `objects`, packed, as writers do since PDF 1.5; `dictionary` says how.
pub fn packed(objects: &[u8], dictionary: &str) -> Vec<u8> {
    stream(
        &zlib(&[b"9 0 ".as_slice(), objects].concat()),
        &format!("/Type/ObjStm/N 1/First 4/Filter/FlateDecode{dictionary}"),
    )
}

/// An object with data.
pub fn stream(data: &[u8], dictionary: &str) -> Vec<u8> {
    let head = format!("<<{dictionary}/Length {}>>\nstream\r\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

/// Packed by zlib.
pub fn zlib(plain: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(plain).expect("memory");
    packer.finish().expect("memory")
}

/// A JPEG of one grey pixel.
pub fn jpeg() -> Vec<u8> {
    jpeg_with(&[])
}

/// The same with these segments at its beginning.
pub fn jpeg_with(segments: &[(u8, &[u8])]) -> Vec<u8> {
    let mut file = b"\xFF\xD8".to_vec();
    let table = [&[0u8][..], &[1; 64]].concat();
    let codes = |class: u8| [&[class, 1][..], &[0; 15], &[0]].concat();
    let (direct, alternating) = (codes(0x00), codes(0x10));
    let own: [(u8, &[u8]); 5] = [
        (0xDB, &table),
        (0xC0, b"\x08\0\x01\0\x01\x01\x01\x11\0"),
        (0xC4, &direct),
        (0xC4, &alternating),
        (0xDA, b"\x01\x01\0\0\x3F\0"),
    ];
    for (marker, body) in segments.iter().chain(&own) {
        let length = u16::try_from(body.len() + 2).expect("a segment");
        file.extend([0xFF, *marker]);
        file.extend(length.to_be_bytes());
        file.extend(*body);
    }
    file.extend(b"\x3F\xFF\xD9");
    file
}

/// What a phone writes beside a picture taken on its side: its make, how it is turned, and `place` where it was taken.
pub fn exif(place: &[u8]) -> Vec<u8> {
    let mut file = b"Exif\0\0II*\0\x08\0\0\0\x03\0".to_vec();
    file.extend(
        b"\x0F\x01\x02\0\x04\0\0\0OPPO\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\x25\x88\x04\0\x01\0\0\0\x32\0\0\0\0\0\0\0",
    );
    file.extend(b"\x01\0\x02\0\x02\0");
    file.extend(u32::try_from(place.len()).expect("a place").to_le_bytes());
    file.extend(b"\x44\0\0\0\0\0\0\0");
    file.extend(place);
    file
}

/// What is left of it: how the picture is turned.
pub const TURNED: &[u8] = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";

/// A PNG of one grey pixel.
pub fn png() -> Vec<u8> {
    png_with(&[])
}

/// The same with these chunks behind its header.
pub fn png_with(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1A\n".to_vec();
    let data = zlib(&[0, 0]);
    let header: (&[u8; 4], &[u8]) = (b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0");
    let end: [(&[u8; 4], &[u8]); 2] = [(b"IDAT", &data), (b"IEND", b"")];
    for (name, data) in [header].iter().chain(chunks).chain(&end) {
        file.extend(u32::try_from(data.len()).expect("a chunk").to_be_bytes());
        file.extend(*name);
        file.extend(*data);
        let mut sum = Crc::new();
        sum.update(*name);
        sum.update(data);
        file.extend(sum.sum().to_be_bytes());
    }
    file
}
