//! The tree of pages of a PDF (ISO 32000-1, 7.7.3): whether it leads to a page. A page that no tree names is shown by no reader.

use std::collections::{BTreeMap, BTreeSet};

use super::tokens::is_white;

/// What was found of it, by the numbers of objects.
#[derive(Default)]
pub(super) struct Pages {
    /// Which objects catalogues say the tree is.
    named: Vec<u64>,
    /// What nodes hold, and lists of what they hold.
    kids: BTreeMap<u64, Vec<u64>>,
    pages: BTreeSet<u64>,
}

impl Pages {
    /// A catalogue says that the tree is this object.
    pub fn name(&mut self, tree: u64) {
        self.named.push(tree);
    }

    /// An object holds these. Of several versions of it all are counted.
    pub fn hold(&mut self, number: u64, kids: Vec<u64>) {
        self.kids.entry(number).or_default().extend(kids);
    }

    /// An object is a page.
    pub fn page(&mut self, number: u64) {
        self.pages.insert(number);
    }

    /// Whether a reader has something to show. Of several versions of a catalogue the last one counts.
    pub fn lead_to_one(&self) -> bool {
        let Some(root) = self.named.last().filter(|root| self.kids.contains_key(root)) else { return false };
        let (mut left, mut seen) = (vec![*root], BTreeSet::new());
        while let Some(node) = left.pop() {
            if self.pages.contains(&node) {
                return true;
            }
            if seen.insert(node) {
                left.extend(self.kids.get(&node).into_iter().flatten());
            }
        }
        false
    }
}

/// The objects that are referred to here: by a list of references, or by one to such a list.
pub(super) fn references(bytes: &[u8], at: usize) -> Vec<u64> {
    let (mut rest, mut all) = (after_white(&bytes[at..]), Vec::new());
    let is_list = rest.first() == Some(&b'[');
    if is_list {
        rest = &rest[1..];
    }
    while let Some((number, behind)) = reference(rest) {
        all.push(number);
        rest = behind;
        if !is_list {
            break;
        }
    }
    all
}

/// Where each object begins that is packed in `plain`: the numbers and places stand before the `first` of them (7.5.7).
pub(super) fn packed(plain: &[u8], first: usize) -> BTreeMap<usize, u64> {
    let (mut rest, mut places) = (plain.get(..first).unwrap_or_default(), BTreeMap::new());
    while let Some((number, behind)) = integer(rest) {
        let Some((place, behind)) = integer(behind) else { break };
        places.insert(usize::try_from(place).unwrap_or(usize::MAX).saturating_add(first), number);
        rest = behind;
    }
    places
}

/// The number that stands at the beginning, behind blanks, and what follows it.
pub(super) fn integer(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let text = after_white(bytes);
    let length = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    Some((str::from_utf8(&text[..length]).ok()?.parse().ok()?, &text[length..]))
}

/// `12 0 R`.
fn reference(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (number, rest) = integer(bytes)?;
    let (_, rest) = integer(rest)?;
    Some((number, after_white(rest).strip_prefix(b"R")?))
}

/// What follows blanks and comments.
fn after_white(mut bytes: &[u8]) -> &[u8] {
    loop {
        let begin = bytes.iter().position(|byte| !is_white(*byte)).unwrap_or(bytes.len());
        bytes = &bytes[begin..];
        if bytes.first() != Some(&b'%') {
            return bytes;
        }
        let end = bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(bytes.len());
        bytes = &bytes[end..];
    }
}
