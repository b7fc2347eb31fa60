//! What other formats begin with: it tells a file that is two things at once, and the pictures of phones that few programs open.

use memchr::memmem;

use crate::sealed::MAGIC;

/// What begins another format wherever readers of that format may find it. Letters are those of either case.
const ANYWHERE: [&[u8]; 19] = [
    b"<!doctype",
    b"<html",
    b"<script",
    b"<svg",
    b"<?xml",
    b"<?php",
    b"\xFF\xD8\xFF",
    b"\x89png",
    b"gif8",
    b"ii*\0",
    b"mm\0*",
    b"riff",
    b"ftyp",
    b"\x7Felf",
    b"pk\x03\x04",
    b"pk\x05\x06",
    b"rar!",
    b"7z\xBC\xAF",
    // It would be read as sealed.
    MAGIC,
];
/// What does so only at the very beginning: it is too short to mean anything elsewhere.
const FIRST: [&[u8]; 5] = [b"MZ", b"BM", b"#!", b"\x1F\x8B", b"\xD0\xCF\x11\xE0"];
/// Brands of the container (ISO/IEC 14496-12) in which phones keep HEIC and AVIF pictures.
const PHONE_PICTURES: [&[u8]; 8] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif"];

/// Whether `bytes`, which stand before or behind a file, begin another format.
pub(crate) fn is_in(bytes: &[u8]) -> bool {
    let lower = bytes.to_ascii_lowercase();
    let found = |magic: &&[u8]| memmem::find(&lower, &magic.to_ascii_lowercase()).is_some();
    FIRST.iter().any(|magic| bytes.starts_with(magic)) || ANYWHERE.iter().any(found)
}

/// Whether a file that begins with `head` is a picture in a format that phones write and few other programs read.
pub(crate) fn is_phone_picture(head: &[u8]) -> bool {
    head.get(4..8) == Some(b"ftyp") && head.get(8..12).is_some_and(|brand| PHONE_PICTURES.contains(&brand))
}
