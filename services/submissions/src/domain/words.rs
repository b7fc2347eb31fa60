//! The words by which officials find a dossier, without accents and in any case: its code, its procedure, who and what its answers
//! name.

use std::collections::BTreeSet;

use civic::{AgencyCode, Phone, search::plain};
use procedure::{Procedure, Widget};
use serde_json::Value;

use super::dossier::Dossier;

/// So many of a dossier's words are kept, the first in the order of its form.
const MOST_WORDS: usize = 128;
/// So many words of a question count.
const MOST_ASKED: usize = 8;
/// Nobody types more of a word.
const LONGEST: usize = 32;

impl Dossier {
    /// Its words, each once, separated by spaces, each behind its agency's code: those of its applicant's name, of its
    /// procedure's code and of what was typed in one line in its `answers`. Its own code is not among them.
    pub fn words(&self, procedure: &Procedure, answers: &Value) -> String {
        let typed = procedure.ui.pages.iter().flat_map(|page| &page.fields);
        let typed = typed.filter(|field| procedure.ui.fields.get(*field).is_some_and(|ui| ui.widget == Widget::Text));
        let typed = typed.filter_map(|field| answers[field].as_str());
        let mut seen = BTreeSet::new();
        let words = [self.applicant_name.as_str(), procedure.code.as_str()].into_iter().chain(typed).flat_map(split);
        let words = words.filter(|word| seen.insert(word.clone())).take(MOST_WORDS);
        words.map(|word| behind(&self.agency, &word)).collect::<Vec<_>>().join(" ")
    }
}

/// What asks PostgreSQL (`tsquery`) for the dossiers at `agency` that have every word of `text`, or words that begin so; none when
/// there is no word in it.
pub fn question(agency: &AgencyCode, text: &str) -> Option<String> {
    let mut words = split(text);
    if words.is_empty() && !text.trim().is_empty() {
        // What is no word is looked for as it is, and nowhere found.
        words.push(text.trim().to_owned());
    }
    let asked = words.iter().take(MOST_ASKED).map(|word| format!("'{}':*", quoted(&behind(agency, word))));
    Some(asked.collect::<Vec<_>>().join(" & ")).filter(|asked| !asked.is_empty())
}

/// The words of a text. A number is one word, however it is spaced; a phone begins with 0.
fn split(text: &str) -> Vec<String> {
    if let Ok(phone) = text.parse::<Phone>() {
        return vec![phone.as_str().replacen("+84", "0", 1)];
    }
    let digits: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    if digits.chars().all(|letter| letter.is_ascii_digit()) {
        return Some(digits).filter(|digits| !digits.is_empty()).into_iter().collect();
    }
    let short = |word: &str| word.chars().take(LONGEST).collect();
    plain(text).split([' ', ',', ';', '(', ')', '"']).filter(|word| !word.is_empty()).map(short).collect()
}

fn behind(agency: &AgencyCode, word: &str) -> String {
    format!("{}/{word}", agency.as_str().to_lowercase())
}

/// As a lexeme of a `tsquery` is written.
fn quoted(word: &str) -> String {
    word.replace('\\', "\\\\").replace('\'', "''")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agency() -> AgencyCode {
        "H44.100".parse().expect("a code")
    }

    #[test]
    fn a_phone_and_a_number_are_one_word_however_they_are_typed() {
        for typed in ["0912345678", "0912 345 678", "+84 912 345 678", "(0912) 345-678"] {
            assert_eq!(split(typed), ["0912345678"], "{typed}");
        }
        assert_eq!(split("001 095 012345"), ["001095012345"]);
    }

    #[test]
    fn words_are_asked_for_without_accents_in_any_order_and_by_how_they_begin() {
        let asked = question(&agency(), " Khôi  nguyễn M").expect("a question");
        assert_eq!(asked, "'h44.100/khoi':* & 'h44.100/nguyen':* & 'h44.100/m':*");
        assert_eq!(question(&agency(), "  "), None);
        assert_eq!(question(&agency(), " (\")").as_deref(), Some("'h44.100/(\")':*"), "nothing is so called");
    }

    #[test]
    fn what_is_typed_cannot_become_part_of_the_question() {
        let asked = question(&agency(), r"O'Neil\ | !x").expect("a question");
        assert_eq!(asked, r"'h44.100/o''neil\\':* & 'h44.100/|':* & 'h44.100/!x':*");
    }
}
