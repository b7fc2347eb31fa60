//! PDF: what readers open is taken, what nobody can open or what opens something else is not.

use crate::{
    fixture::Fixture,
    papers::{jpeg, packed, pdf, pdf_of, pdf_with, png, stream, zlib},
};

const PDF: &str = "application/pdf";
const SCRIPT: &[u8] = b"<</S/JavaScript/JS(app.alert\\(1\\))>>";

#[track_caller]
fn codes(cases: impl IntoIterator<Item = (impl AsRef<[u8]>, &'static str)>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let fixture = Fixture::open();
    for (file, expected) in cases {
        let file = file.as_ref();
        assert_eq!(runtime.block_on(fixture.code(file, PDF)), expected, "{}", file.escape_ascii());
    }
}

/// All that stands before the header of a file which readers open.
fn behind(before: &[u8]) -> Vec<u8> {
    [before, &pdf()].concat()
}

#[test]
fn the_header_may_stand_within_the_first_1024_bytes() {
    codes([
        (behind(b"\xEF\xBB\xBF"), "taken"),
        (behind(b"\r\n"), "taken"),
        (behind(b"twelve bytes"), "taken"),
        (behind(b"\x1B%-12345X@PJL ENTER LANGUAGE=PDF\r\n"), "taken"),
        (behind(&[b' '; 1019]), "taken"),
        (behind(&[b' '; 1020]), "content-does-not-match"),
    ]);
}

#[test]
fn no_other_format_begins_before_the_header_or_behind_the_end() {
    let script: &[u8] = b"  <!DOCTYPE html><script>alert(1)</script>";
    let picture = png();
    for other in [
        &b"GIF89a"[..],
        b"MZ\x90\0",
        b"#!/bin/sh\n",
        b"PK\x03\x04",
        b" <HTML>",
        b"\0\0\0\x18ftypheic",
        script,
        &picture,
    ] {
        codes([(behind(other), "content-does-not-match")]);
    }
    let archive = [&pdf()[..], b"PK\x05\x06", &[0; 18]].concat();
    codes([(archive, "content-does-not-match"), ([&pdf()[..], script].concat(), "content-does-not-match")]);
}

#[test]
fn what_is_cut_off_or_only_begins_like_one_is_refused() {
    let file = pdf();
    let cut = [5, 9, 40, file.len() / 2, file.len() - 40].map(|length| (file[..length].to_vec(), "file-unreadable"));
    codes(cut);
    codes([
        ("%PDF-1.7\n<html><body onload=alert(1)></html>\n%%EOF", "file-unreadable"),
        ("%PDF-1.7\n%%EOF\n", "file-unreadable"),
        ("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n", "file-unreadable"),
        ("%PDF-1.4\ntrailer<<>>\n%%EOF\n", "file-unreadable"),
    ]);
    codes([([&file[..], &jpeg()].concat(), "content-does-not-match")]);
}

#[test]
fn what_has_no_page_to_show_is_refused() {
    let of = |objects: &str| format!("%PDF-1.4\n{objects}trailer<</Root 1 0 R>>\n%%EOF\n");
    let (catalogue, page) =
        ("1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n", "3 0 obj<</Type/Page/Parent 2 0 R>>endobj\n");
    let tree = "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n";
    codes([
        (of(&[catalogue, tree, page].concat()), "taken"),
        (of(catalogue), "file-unreadable"),
        (of(&[catalogue, tree].concat()), "file-unreadable"),
        (of(&[catalogue, "2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"].concat()), "file-unreadable"),
        (of(&[catalogue, page].concat()), "file-unreadable"),
        (of(&[catalogue, "2 0 obj(what is no tree)endobj\n", page].concat()), "file-unreadable"),
        (of(&["1 0 obj<</Type/Catalog/Pages 9 0 R>>endobj\n", tree, page].concat()), "file-unreadable"),
        (of(&["1 0 obj<</Type/Catalog>>endobj\n", tree, page].concat()), "file-unreadable"),
    ]);
}

#[test]
fn a_page_that_the_tree_does_not_lead_to_is_none() {
    let of = |tree: &str| {
        let page = "3 0 obj<</Type/Page>>endobj\n";
        format!("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n{tree}\n{page}trailer<</Root 1 0 R>>\n%%EOF\n")
    };
    codes([
        (of("2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj"), "file-unreadable"),
        (of("2 0 obj<</Type/Pages/Kids[4 0 R]/Count 1>>endobj"), "file-unreadable"),
        (of("2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj"), "file-unreadable"),
        (of("2 0 obj<</Type/Pages/Kids[4 0 R 3 0 R]/Count 1>>endobj"), "taken"),
        (of("2 0 obj<</Type/Pages/Kids[%first\n4 0 R]>>endobj 4 0 obj<</Kids[ 3 0  R ]>>endobj"), "taken"),
        (of("2 0 obj<</Type/Pages/Kids 5 0 R>>endobj 5 0 obj [3 0 R] endobj"), "taken"),
        (of("2 0 obj<</Type/Pages/Kids 5 0 R>>endobj 5 0 obj [9 0 R] endobj"), "file-unreadable"),
    ]);
}

#[test]
fn what_is_packed_is_no_page_either_that_the_tree_does_not_lead_to() {
    let table = stream(b"\x01\0\x0F\0", "/Type/XRef/W[1 2 1]/Root 1 0 R/Size 2");
    let of = |objects: &[u8]| {
        let objects = stream(&zlib(objects), "/Type/ObjStm/N 3/First 15/Filter/FlateDecode");
        [b"%PDF-1.5\n7 0 obj", &objects[..], b"endobj 8 0 obj", &table, b"endobj\nstartxref\n9\n%%EOF"].concat()
    };
    let [named, another] = ["3", "4"].map(|kid| {
        format!("1 0 2 29 3 58  <</Type/Catalog/Pages 2 0 R>><</Type/Pages/Kids[{kid} 0 R]  >><</Type/Page>>")
    });
    codes([(of(named.as_bytes()), "taken"), (of(another.as_bytes()), "file-unreadable")]);
}

#[test]
fn a_file_that_says_how_long_it_is_is_so_long() {
    let told = |length: usize| {
        let head = format!("%PDF-1.7\n9 0 obj\n<</Linearized 1/L {length}/H[1 2]/O 3/E 4/N 1/T 5>>\nendobj\n");
        [head.as_bytes(), &pdf()[9..]].concat()
    };
    let length = told(100).len();
    codes([(told(length), "taken"), (told(length - 1), "taken"), (told(length + 1), "file-unreadable")]);
}

#[test]
fn what_readers_mend_is_taken() {
    let file = String::from_utf8_lossy(&pdf()).into_owned();
    let no_table =
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    codes([
        (no_table.to_vec(), "taken"),
        (file.replace("%%EOF\n", "").into_bytes(), "taken"),
        (file.replace("startxref\n", "startxref\n9").into_bytes(), "taken"),
        ([pdf(), vec![0; 5000]].concat(), "taken"),
        ([pdf(), b"\r\nsome server's last words\r\n".to_vec()].concat(), "taken"),
        ([pdf(), pdf()[9..].to_vec()].concat(), "taken"),
    ]);
}

#[test]
fn objects_may_be_packed() {
    let page = packed(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", "");
    let drawn = stream(b"BT /S 12 Tf (/JS /Launch obj) Tj ET", "");
    codes([(pdf_with("", &[&page, &drawn]), "taken")]);
}

#[test]
fn a_locked_file_is_told_from_a_broken_one() {
    let locked = pdf_of("", &[b"<</Filter/Standard/V 2/R 3/O(x)/U(y)/P -44>>"], "/Encrypt 4 0 R/ID[<00><00>]");
    let table = stream(b"\x01\0\x0F\0", "/Type/XRef/W[1 2 1]/Root 9 0 R/Size 2/Encrypt 6 0 R");
    let objects = stream(b"what nobody can unpack", "/Type/ObjStm/N 1/First 4/Filter/FlateDecode");
    let newer =
        [b"%PDF-1.5\n4 0 obj", &objects[..], b"endobj 5 0 obj", &table, b"endobj\nstartxref\n9\n%%EOF"].concat();
    let spelt = pdf_of("", &[], "/#45ncrypt 4 0 R");
    codes([(locked, "file-locked"), (newer, "file-locked"), (spelt, "file-locked")]);
}

#[test]
fn what_runs_or_hides_files_is_refused() {
    let file: &[u8] = b"<</Type/Filespec/F(a.exe)/EF<</F 4 0 R>>>>";
    let spelt: &[u8] = b"<</#53/#4aavaScript/#4AS(app.alert\\(1\\))>>";
    let nested: &[u8] = b"<</Type/Annot/A[<</S/JavaScript/JS 5 0 R>>]>>";
    let elsewhere: &[u8] = b"<</S 5 0 R/JS(app.alert\\(1\\))>>";
    for object in [
        SCRIPT,
        spelt,
        nested,
        elsewhere,
        b"<</S/Launch/F(cmd.exe)>>",
        b"<</S/SubmitForm/F(https://a.vn)>>",
        b"<</S/ImportData/F(a.fdf)>>",
        b"<</S/GoToR/F(b.pdf)/D[0/Fit]>>",
        b"<</S/GoToE/T<</R/C/N(b.pdf)>>/D[0/Fit]>>",
        b"<</S/URI/URI(javascript:app.alert\\(1\\))>>",
        b"<</S/#55RI/#55RI(\\152avascript:x)>>",
        b"<</S/URI/URI<6a6176617363726970743a78>>>",
        b"<</S/URI/URI(file:///etc/passwd)>>",
        b"/Launch",
        file,
        b"<</F(a.exe)/EF 5 0 R>>",
        b"<</Subtype/RichMedia>>",
        b"<</A endobj/S/JavaScript/JS(x)>>",
        b"<</A stream\n/S/JavaScript/JS(x)>>",
    ] {
        codes([(pdf_with("", &[object]), "file-active-content")]);
    }
    codes([
        (pdf_with("/OpenAction<</S/JavaScript/JS(x)>>", &[]), "file-active-content"),
        (pdf_with("/AcroForm<</XFA 4 0 R>>", &[]), "file-active-content"),
        (pdf_with("", &[&packed(SCRIPT, "")]), "file-active-content"),
        (pdf_with("", &[&packed(b"1 endobj <</S/Launch>>", "")]), "file-active-content"),
    ]);
}

#[test]
fn script_that_no_table_names_and_script_that_only_a_table_finds_are_both_found() {
    let hidden = [b"9 0 obj".as_slice(), SCRIPT, b"endobj"].concat();
    let behind_text = [b"(a text that never ends\nendobj\n".as_slice(), &hidden].concat();
    let in_data = stream(&[b"\x01\x02".as_slice(), &hidden].concat(), "");
    codes([(pdf_with("", &[&behind_text]), "file-active-content"), (pdf_with("", &[&in_data]), "file-active-content")]);
}

#[test]
fn what_looks_like_script_and_is_none_is_taken() {
    codes([
        (pdf_with("/Names<</JavaScript<</Names[]>>/EmbeddedFiles<</Names[]>>>>", &[]), "taken"),
        (pdf_with("/StructTreeRoot 4 0 R", &[b"<</Type/StructElem/S/P>>"]), "taken"),
        (pdf_with("/OpenAction[3 0 R/Fit]", &[b"<</S/URI/URI(https://dichvucong.gov.vn)>>"]), "taken"),
        (
            pdf_with("/URI<</Base(https://a.vn)>>", &[b"<</S/URI/URI(mailto:a@b.vn)>>", b"<</S/GoTo/D[3 0 R/Fit]>>"]),
            "taken",
        ),
        (pdf_with("", &[b"<</Title(/S/JavaScript/JS /Launch /XFA)>>"]), "taken"),
        (pdf_with("", &[b"<</Type/Sig/Filter/Adobe.PPKLite/Contents<00FF>/ByteRange[0 1 2 3]>>"]), "taken"),
    ]);
}

#[test]
fn objects_packed_in_ways_that_hide_them_are_refused() {
    codes([
        (pdf_with("", &[&packed(SCRIPT, "/DecodeParms<</Predictor 12/Columns 4>>")]), "file-unreadable"),
        (pdf_with("", &[&stream(b"3C3C", "/N 1/First 4/Filter[/ASCIIHexDecode/FlateDecode]")]), "file-unreadable"),
        (pdf_with("", &[&stream(b"3C3C", "/N 1/First 4/Filter 5 0 R")]), "file-unreadable"),
        (pdf_with("", &[&stream(b"nothing", "/N 1/First 4/Filter/FlateDecode")]), "file-unreadable"),
    ]);
}

#[test]
fn what_would_cost_memory_or_time_is_refused_soon() {
    let bomb = packed(&vec![b' '; 33 * 1024 * 1024], "");
    assert!(bomb.len() < 100_000);
    let texts = [b"%PDF-1.7\n".as_slice(), &b"1 0 obj(".repeat(100_000), b"%%EOF"].concat();
    let deep = [b"%PDF-1.7\n1 0 obj".as_slice(), &b"<<".repeat(100_000), b"%%EOF"].concat();
    codes([(pdf_with("", &[&bomb]), "file-unreadable"), (texts, "file-unreadable"), (deep, "file-unreadable")]);
}
