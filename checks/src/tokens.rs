//! Rust's words and signs, without comments and texts: enough to read which paths a file names.

/// A word or a sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// A name or a keyword.
    Word(String),
    /// Anything else that is no blank: one character.
    Sign(char),
}

impl Token {
    /// The word, if it is one.
    pub fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            Self::Sign(_) => None,
        }
    }

    /// Whether it is this sign.
    pub fn is(&self, sign: char) -> bool {
        *self == Self::Sign(sign)
    }
}

/// The tokens of a file.
pub fn tokens(text: &str) -> Vec<Token> {
    let characters: Vec<char> = text.chars().collect();
    let (mut tokens, mut at) = (Vec::new(), 0);
    while at < characters.len() {
        let rest = &characters[at..];
        at += match (rest[0], rest.get(1)) {
            (blank, _) if blank.is_whitespace() => 1,
            ('/', Some('/')) => rest.iter().take_while(|c| **c != '\n').count(),
            ('/', Some('*')) => comment(rest),
            ('"', _) => text_length(rest),
            ('r' | 'b', _) if prefixed(rest).is_some() => prefixed(rest).unwrap_or(1),
            ('\'', _) => quoted(rest),
            (first, _) if first.is_alphabetic() || first == '_' => {
                let word: String = rest.iter().take_while(|c| c.is_alphanumeric() || **c == '_').collect();
                let length = word.chars().count();
                tokens.push(Token::Word(word));
                length
            }
            (sign, _) => {
                tokens.push(Token::Sign(sign));
                1
            }
        };
    }
    tokens
}

/// The length of a comment, which may hold others.
fn comment(rest: &[char]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        match (rest[at], rest.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length of a text that begins with its quotation mark.
fn text_length(rest: &[char]) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != '"' {
        at += if rest[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

/// The length of `r"…"`, `r#"…"#`, `b"…"`, `br"…"`, `b'…'`; nothing when this is a name that begins so.
fn prefixed(rest: &[char]) -> Option<usize> {
    let letters = rest.iter().take_while(|c| matches!(c, 'r' | 'b')).count();
    let hashes = rest[letters..].iter().take_while(|c| **c == '#').count();
    let raw = rest[..letters].contains(&'r');
    match rest.get(letters + hashes) {
        Some('\'') if hashes == 0 && !raw && letters == 1 => Some(1 + quoted(&rest[1..])),
        Some('"') if raw && letters <= 2 => {
            let end = |at: &usize| {
                rest[*at] == '"' && rest[at + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes
            };
            let begin = letters + hashes + 1;
            Some((begin..rest.len()).find(end)? + 1 + hashes)
        }
        Some('"') if hashes == 0 && letters == 1 => Some(1 + text_length(&rest[1..])),
        _ => None,
    }
}

/// The length of a character in quotation marks, or of the mark of a lifetime.
fn quoted(rest: &[char]) -> usize {
    match (rest.get(1), rest.get(2)) {
        (Some('\\'), _) => rest.iter().skip(3).position(|c| *c == '\'').map_or(1, |at| at + 4),
        (Some(_), Some('\'')) => 3,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).iter().filter_map(|token| token.word().map(str::to_owned)).collect()
    }

    #[test]
    fn comments_texts_and_characters_are_left_out() {
        assert_eq!(words("a // b\n c /* d /* e */ f */ g"), ["a", "c", "g"]);
        assert_eq!(words(r###"a("b\"c", r#"d "e" f"#, b"g", 'h', '\'', b'i') j"###), ["a", "j"]);
        assert_eq!(
            words("fn f<'a>(row: &'a str) -> Option<char>"),
            ["fn", "f", "a", "row", "a", "str", "Option", "char"]
        );
        assert_eq!(words("let bright = r#type;"), ["let", "bright", "r", "type"]);
    }
}
