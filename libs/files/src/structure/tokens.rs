//! The words of a PDF's objects (ISO 32000-1, 7.2 and 7.3), as far as they tell what it holds: names, dictionaries, keywords.

use std::borrow::Cow;

/// A word.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A name without its slash, `#` resolved.
    Name(Cow<'a, [u8]>),
    /// A dictionary begins.
    Open,
    /// A dictionary ends.
    Close,
    /// A keyword.
    Word(&'a [u8]),
}

/// The words from a place on. Numbers, texts, arrays and comments are passed over.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    /// Where the next one is looked for.
    pub at: usize,
}

impl<'a> Tokens<'a> {
    /// The words of `bytes` from `at` on.
    pub fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    fn run(&mut self, belongs: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        let run = &rest[..rest.iter().position(|byte| !belongs(*byte)).unwrap_or(rest.len())];
        self.at += run.len();
        run
    }

    /// Passes over a text in brackets, which may hold balanced ones.
    fn pass_text(&mut self) {
        let mut depth = 1usize;
        while depth > 0 && self.at < self.bytes.len() {
            match self.bytes[self.at] {
                b'\\' => self.at += 1,
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
        self.at = self.at.min(self.bytes.len());
    }

    fn follows(&mut self, byte: u8) -> bool {
        let follows = self.bytes.get(self.at) == Some(&byte);
        self.at += usize::from(follows);
        follows
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let first = *self.bytes.get(self.at)?;
            self.at += 1;
            match first {
                b'/' => return Some(Token::Name(resolved(self.run(is_regular)))),
                b'(' => self.pass_text(),
                b'%' => drop(self.run(|byte| !matches!(byte, b'\r' | b'\n'))),
                b'<' if self.follows(b'<') => return Some(Token::Open),
                b'<' => drop(self.run(|byte| byte != b'>')),
                b'>' if self.follows(b'>') => return Some(Token::Close),
                first if is_regular(first) => {
                    self.at -= 1;
                    let word = self.run(is_regular);
                    if !matches!(first, b'0'..=b'9' | b'+' | b'-' | b'.') {
                        return Some(Token::Word(word));
                    }
                }
                _ => {}
            }
        }
    }
}

/// White space of PDF.
pub(super) fn is_white(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0C' | b'\r' | b' ')
}

fn is_regular(byte: u8) -> bool {
    !is_white(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// A name whose letters may be written as `#` and two hexadecimal digits.
fn resolved(name: &[u8]) -> Cow<'_, [u8]> {
    if !name.contains(&b'#') {
        return Cow::Borrowed(name);
    }
    let mut letters = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((first, more)) = rest.split_first() {
        let written = (*first == b'#').then(|| more.get(..2)).flatten();
        let byte = written.and_then(|digits| u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok());
        letters.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &more[2..] } else { more };
    }
    Cow::Owned(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(letters: &[u8]) -> Token<'_> {
        Token::Name(Cow::Borrowed(letters))
    }

    #[test]
    fn names_dictionaries_and_keywords_are_told_and_the_rest_is_passed_over() {
        let text = b"<</A (x/No(\\)/No)<</No)/B<2F4E6F>/C[1 0 R/D]/E -1.5%/No\r/J#61v#61 true>>stream";
        let words: Vec<_> = Tokens::new(text, 0).collect();
        let expected = [
            Token::Open,
            name(b"A"),
            name(b"B"),
            name(b"C"),
            Token::Word(b"R"),
            name(b"D"),
            name(b"E"),
            name(b"Java"),
            Token::Word(b"true"),
            Token::Close,
            Token::Word(b"stream"),
        ];
        assert_eq!(words, expected);
    }

    #[test]
    fn whatever_stands_there_it_comes_to_an_end() {
        for text in [b"(".as_slice(), b"(\\", b"<", b"<<", b">", b"/", b"/#", b"/#4", b"/#zz", b"%", b"]", b"1"] {
            let mut tokens = Tokens::new(text, 0);
            assert!(tokens.by_ref().count() <= 1);
            assert!(tokens.at <= text.len(), "{text:?}");
        }
    }
}
