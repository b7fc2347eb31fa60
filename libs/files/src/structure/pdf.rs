//! PDF (ISO 32000-1): whether it is whole and open, and holds neither script nor files.
//!
//! Readers find objects by a table, or by looking for them when it is broken. Here they are looked for, always: so what no table
//! names is seen too, and no table can lead past what a reader would find.

use std::io::Read;

use flate2::bufread::ZlibDecoder;
use memchr::memmem;

use super::{
    Fault, link,
    pages::{self, Pages, integer, references},
    tokens::{Token, Tokens, is_white},
};
use crate::{MediaType, foreign};

/// The end must be marked within so many last bytes, blanks aside.
const TAIL: usize = 4096;
/// What objects may unpack to, all together.
const MOST_UNPACKED: usize = 32 * 1024 * 1024;
/// Dictionaries within dictionaries; documents have about ten.
const MOST_DEPTH: usize = 256;
/// Names that stand for what does something, wherever they stand: starting a program, forms of another kind (XFA) with script of their
/// own, embedded players; sending what was typed elsewhere, fetching it from there, and opening other files.
const RUNS: [&[u8]; 8] =
    [b"Launch", b"XFA", b"RichMedia", b"OnInstantiate", b"SubmitForm", b"ImportData", b"GoToR", b"GoToE"];

/// Names in a dictionary, as bits.
type Names = u32;
const S: Names = 1;
const JS: Names = 1 << 1;
const EF: Names = 1 << 2;
const FILE: Names = 1 << 3;
const ROOT: Names = 1 << 6;
const ENCRYPT: Names = 1 << 7;
const FIRST: Names = 1 << 8;
const N: Names = 1 << 9;
const FILTER: Names = 1 << 10;
const FLATE: Names = 1 << 11;
const OTHER_FILTER: Names = 1 << 12;
const TYPE: Names = 1 << 13;
const PAGE: Names = 1 << 14;

/// Looks at a PDF file.
///
/// # Errors
/// What is wrong with it: that it is locked before that it is broken.
pub(super) fn check(file: &[u8]) -> Result<(), Fault> {
    let mut survey = Survey::new(file);
    let looked = survey.look();
    if survey.locked {
        return Err(Fault::Locked);
    }
    looked?;
    check_end(file)?;
    if survey.active {
        return Err(Fault::Active);
    }
    if survey.pages.lead_to_one() { Ok(()) } else { Err(Fault::Unreadable) }
}

/// The file goes on to its end, and behind it there is no other.
fn check_end(file: &[u8]) -> Result<(), Fault> {
    // A file that is made to be shown while it comes has an end near its beginning.
    if length_told(file).is_some_and(|length| length > file.len()) {
        return Err(Fault::Unreadable);
    }
    let length = file.iter().rposition(|byte| !is_white(*byte)).map_or(0, |last| last + 1);
    let tail = &file[length.saturating_sub(TAIL)..length];
    let end = memmem::rfind(tail, b"%%EOF").or_else(|| memmem::rfind(tail, b"startxref")).ok_or(Fault::Unreadable)?;
    if foreign::is_in(&tail[end..]) { Err(Fault::TwoFormats) } else { Ok(()) }
}

/// How long the file is, as it says itself for whoever shows it while it comes (annex F, "linearized").
fn length_told(file: &[u8]) -> Option<usize> {
    let head = &file[..file.len().min(MediaType::HEAD)];
    let dictionary = &head[memmem::find(head, b"/Linearized")?..];
    let dictionary = &dictionary[..memmem::find(dictionary, b">>")?];
    let told = memmem::find_iter(dictionary, b"/L").map(|at| &dictionary[at + 2..]);
    let mut told = told.filter(|rest| rest.first().is_some_and(|byte| is_white(*byte)));
    let digits = told.next()?.trim_ascii_start();
    let length = digits.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(digits.len());
    str::from_utf8(&digits[..length]).ok()?.parse().ok()
}

/// What was found so far.
struct Survey<'a> {
    file: &'a [u8],
    /// Bytes that may still be read as words: texts that never end are not read over and over.
    left: usize,
    /// Where objects are packed, and how.
    packed: Vec<Packed>,
    pages: Pages,
    locked: bool,
    active: bool,
}

/// Objects that are packed as the data of another.
struct Packed {
    /// Where these begin.
    data: usize,
    names: Names,
    /// Where the first of them begins, unpacked.
    first: usize,
}

/// Up to where words are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Until {
    /// The first dictionary has ended.
    Dictionary,
    /// The object has ended, or its data begin.
    Object,
    /// Nothing is left.
    End,
}

/// How the words of an object ended.
struct Ended {
    /// The names of its last outermost dictionary.
    names: Names,
    /// Where its data begin, if it has any.
    data: Option<usize>,
    /// What stands under `First` in it.
    first: usize,
}

impl<'a> Survey<'a> {
    fn new(file: &'a [u8]) -> Self {
        Self {
            file,
            left: 4 * file.len() + 1024 * 1024,
            packed: Vec::new(),
            pages: Pages::default(),
            locked: false,
            active: false,
        }
    }

    fn look(&mut self) -> Result<(), Fault> {
        let file = self.file;
        for at in memmem::find_iter(file, b"trailer") {
            self.words(file, at + b"trailer".len(), Until::Dictionary, &|_| None)?;
        }
        for at in memmem::find_iter(file, b"obj").filter(|at| is_head(&file[..*at])) {
            let (number, begin) = (number_before(&file[..at]), at + b"obj".len());
            let Ended { names, data, first } = self.words(file, begin, Until::Object, &|_| number)?;
            self.list(file, begin, number);
            if let Some(data) = data.filter(|_| names & FIRST != 0 && names & N != 0) {
                self.packed.push(Packed { data, names, first });
            }
        }
        // The objects of a locked file cannot be unpacked.
        if self.locked {
            return Ok(());
        }
        let mut most = MOST_UNPACKED;
        for Packed { data, names, first } in std::mem::take(&mut self.packed) {
            let plain = unpacked(&file[data..], names, most)?;
            most -= plain.len();
            self.left = self.left.max(plain.len());
            let places = pages::packed(&plain, first);
            let number = |at: usize| places.range(..=at).next_back().map(|(_, number)| *number);
            self.words(&plain, 0, Until::End, &number)?;
            places.iter().for_each(|(begin, number)| self.list(&plain, *begin, Some(*number)));
        }
        Ok(())
    }

    /// An object may be a list, which a node of the tree of pages names instead of holding it.
    fn list(&mut self, bytes: &[u8], begin: usize, number: Option<u64>) {
        let is_list = bytes.get(begin..).is_some_and(|rest| rest.trim_ascii_start().starts_with(b"["));
        if let Some(number) = number.filter(|_| is_list) {
            self.pages.hold(number, references(bytes, begin));
        }
    }

    /// Reads words of the objects whose numbers are told by where they begin. A keyword within a dictionary ends nothing: readers pass
    /// over it, too.
    fn words(
        &mut self,
        bytes: &[u8],
        from: usize,
        until: Until,
        number: &dyn Fn(usize) -> Option<u64>,
    ) -> Result<Ended, Fault> {
        let mut tokens = Tokens::new(bytes, from);
        let (mut open, mut ended, mut read) = (Vec::<Names>::new(), Ended { names: 0, data: None, first: 0 }, from);
        let (mut tree, mut kids) = (None, None);
        while let Some(token) = tokens.next() {
            self.left = self.left.checked_sub(tokens.at - read).ok_or(Fault::Unreadable)?;
            read = tokens.at;
            match token {
                Token::Open if open.len() == MOST_DEPTH => return Err(Fault::Unreadable),
                Token::Open => open.push(0),
                Token::Close => {
                    let names = open.pop().unwrap_or_default();
                    self.dictionary(names);
                    if let Some(outer) = open.last_mut() {
                        // How data are filtered is told further one deeper.
                        *outer |= names & OTHER_FILTER;
                        continue;
                    }
                    self.outermost(names);
                    tree.take().into_iter().for_each(|tree| self.pages.name(tree));
                    self.node(number(tokens.at - 1), names, kids.take());
                    ended.names = names;
                    if until == Until::Dictionary {
                        break;
                    }
                }
                Token::Name(name) => {
                    self.active |= RUNS.contains(&&*name) || &*name == b"URI" && !link::is_plain(bytes, tokens.at);
                    let value = |bytes| integer(bytes).map(|(number, _)| number);
                    match &*name {
                        b"Pages" if open.len() == 1 => tree = value(&bytes[tokens.at..]).or(tree),
                        b"Kids" if open.len() == 1 => kids = Some(references(bytes, tokens.at)),
                        b"First" if open.len() == 1 => {
                            ended.first = value(&bytes[tokens.at..]).and_then(|at| at.try_into().ok()).unwrap_or(0);
                        }
                        _ => {}
                    }
                    if let Some(names) = open.last_mut() {
                        *names |= bit(&name);
                    }
                }
                Token::Word(word) if until == Until::Object && open.is_empty() && ends(word) => {
                    ended.data = (word == b"stream").then(|| data_at(bytes, tokens.at));
                    break;
                }
                Token::Word(_) => {}
            }
        }
        self.left = self.left.checked_sub(tokens.at - read).ok_or(Fault::Unreadable)?;
        // What a broken object leaves open counts as well.
        open.into_iter().for_each(|names| self.dictionary(names));
        Ok(ended)
    }

    /// A dictionary with these names. What does something has `S`, and script stands in `JS`; a file within the file is named (`F`,
    /// `UF`) and stands in `EF`.
    fn dictionary(&mut self, names: Names) {
        let has = |all: Names| names & all == all;
        self.active |= has(S | JS) || has(EF | FILE);
    }

    fn outermost(&mut self, names: Names) {
        let has = |all: Names| names & all == all;
        self.locked |= has(ROOT | ENCRYPT);
    }

    /// An object with these names, which may belong to the tree of pages.
    fn node(&mut self, number: Option<u64>, names: Names, kids: Option<Vec<u64>>) {
        let Some(number) = number else { return };
        if names & (TYPE | PAGE) == TYPE | PAGE {
            self.pages.page(number);
        }
        if let Some(kids) = kids {
            self.pages.hold(number, kids);
        }
    }
}

/// Whether an object is over where this keyword stands.
fn ends(word: &[u8]) -> bool {
    matches!(word, b"endobj" | b"stream" | b"obj" | b"xref" | b"trailer" | b"startxref")
}

/// Where the data begin whose keyword ends at `at`: on the next line.
fn data_at(bytes: &[u8], at: usize) -> usize {
    let line_end = if bytes[at..].starts_with(b"\r\n") { 2 } else { 1 };
    (at + line_end).min(bytes.len())
}

fn bit(name: &[u8]) -> Names {
    match name {
        b"S" => S,
        b"JS" => JS,
        b"EF" => EF,
        b"F" | b"UF" | b"DOS" | b"Mac" | b"Unix" | b"Filespec" => FILE,
        b"Type" => TYPE,
        b"Page" => PAGE,
        b"Root" => ROOT,
        b"Encrypt" => ENCRYPT,
        b"First" => FIRST,
        b"N" => N,
        b"Filter" => FILTER,
        b"FlateDecode" | b"Fl" => FLATE,
        b"AHx" | b"A85" | b"LZW" | b"RL" | b"Crypt" | b"Predictor" => OTHER_FILTER,
        _ if name.ends_with(b"Decode") => OTHER_FILTER,
        _ => 0,
    }
}

/// Whether an object's number and generation stand at the end, before its `obj`.
fn is_head(before: &[u8]) -> bool {
    let parts: [fn(u8) -> bool; 4] = [is_white, is_digit, is_white, is_digit];
    let mut text = before;
    parts.into_iter().all(|belongs| {
        let length = text.iter().rposition(|byte| !belongs(*byte)).map_or(0, |last| last + 1);
        let some = length < text.len();
        text = &text[..length];
        some
    })
}

/// The number of the object whose `obj` follows.
fn number_before(before: &[u8]) -> Option<u64> {
    let text = before.trim_ascii_end();
    let generation = text.iter().rposition(|byte| !is_digit(*byte))?;
    let text = text[..=generation].trim_ascii_end();
    let begin = text.iter().rposition(|byte| !is_digit(*byte)).map_or(0, |last| last + 1);
    str::from_utf8(&text[begin..]).ok()?.parse().ok()
}

fn is_digit(byte: u8) -> bool {
    byte.is_ascii_digit()
}

/// The objects that are packed in `data`, of at most `most` bytes. No writer packs them otherwise than by Flate alone, so who does
/// hides them.
fn unpacked(data: &[u8], names: Names, most: usize) -> Result<Vec<u8>, Fault> {
    if names & OTHER_FILTER != 0 || names & FILTER != 0 && names & FLATE == 0 {
        return Err(Fault::Unreadable);
    }
    if names & FILTER == 0 {
        let end = memmem::find(data, b"endstream").ok_or(Fault::Unreadable)?;
        return if end > most { Err(Fault::Unreadable) } else { Ok(data[..end].to_vec()) };
    }
    let mut plain = Vec::new();
    // Readers take what they get of damaged data.
    let _ = ZlibDecoder::new(data).take(most as u64 + 1).read_to_end(&mut plain);
    if plain.is_empty() || plain.len() > most { Err(Fault::Unreadable) } else { Ok(plain) }
}
