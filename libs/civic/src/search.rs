//! How what people look for is held against what things are called: by their words, in any order, as people type them.

use unicode_normalization::UnicodeNormalization;

/// What people shorten. A single letter is meant as one when a full stop follows; without it, it is the beginning of a word anyway.
const ABBREVIATIONS: [(&str, &str); 11] = [
    ("p", "phường"),
    ("x", "xã"),
    ("q", "quận"),
    ("h", "huyện"),
    ("t", "tỉnh"),
    ("tp", "thành phố"),
    ("tt", "thị trấn"),
    ("tx", "thị xã"),
    ("ubnd", "ủy ban nhân dân"),
    ("đk", "đăng ký"),
    ("dk", "đăng ký"),
];

/// What people say around what they look for. It counts where it is found, and hides nothing where it is not.
const AROUND: [&str; 47] = [
    "tôi muốn",
    "tôi cần",
    "tôi",
    "mình",
    "em",
    "anh",
    "chị",
    "cháu",
    "con",
    "hỏi",
    "ạ",
    "ơi",
    "với",
    "của",
    "thì",
    "phải",
    "bao lâu",
    "bao nhiêu",
    "khi nào",
    "xin",
    "làm",
    "muốn",
    "cần",
    "thủ tục",
    "hồ sơ",
    "giấy tờ",
    "cách",
    "hướng dẫn",
    "về",
    "việc",
    "để",
    "cho",
    "đi",
    "ở đâu",
    "thế nào",
    "gì",
    "như thế nào",
    "trực tuyến",
    "online",
    "how to",
    "how do i",
    "i want to",
    "i need",
    "apply for",
    "for",
    "the",
    "my",
];

/// Weighs more than all that single words can score together.
const TOGETHER: u32 = 10_000;

/// A [`plain`] text as words are compared in it: `í` and `ý` are one, as in "kí" and "ký"; codes are known with their points and without.
/// A store that keeps [`plain`] texts does the same to them: `translate(text, 'y.', 'i')`.
fn folded(text: &str) -> String {
    text.chars().filter(|letter| *letter != '.').map(|letter| if letter == 'y' { 'i' } else { letter }).collect()
}

/// `text` in lower case without diacritics, control characters and repeated space: "Đăng ký KHAI  sinh" is "dang ky khai sinh".
#[must_use]
pub fn plain(text: &str) -> String {
    let letters: String = text.nfd().filter(|letter| !is_mark(*letter)).flat_map(char::to_lowercase).collect();
    let letters = letters.replace('đ', "d").replace(char::is_control, " ");
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The combining marks that Vietnamese letters decompose into, and their neighbours.
fn is_mark(letter: char) -> bool {
    ('\u{0300}'..='\u{036F}').contains(&letter)
}

/// What somebody looks for. A name is found when each word begins one of its own, wherever it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search(Vec<Word>);

/// A word, with its diacritics and without, and whether something is found though it has no such word.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    marked: String,
    plain: String,
    around: bool,
}

impl Word {
    fn of(text: &str) -> Self {
        Self { marked: text.to_owned(), plain: folded(&plain(text)), around: false }
    }

    /// Whether it is this one of [`AROUND`]: with its marks, or typed without any.
    fn is(&self, other: &str) -> bool {
        self.marked == other || (self.marked.is_ascii() && self.marked == plain(other))
    }

    /// How well a name's word is meant by this one: with the same marks, without them, as the beginning only.
    fn meets(&self, named: &Self) -> Option<u32> {
        match () {
            () if self.marked == named.marked => Some(3),
            () if self.plain == named.plain => Some(2),
            () => named.plain.starts_with(&self.plain).then_some(1),
        }
    }
}

impl Search {
    /// What was typed; nothing when that is blank.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let typed = composed(text);
        if plain(&typed).is_empty() {
            return None;
        }
        let mut words: Vec<_> = pieces(&typed).flat_map(|(word, dotted)| meant(word, dotted)).map(Word::of).collect();
        mark_around(&mut words);
        // What has no letter and no digit is looked for as it is: no name has such a word.
        Some(Self(if words.is_empty() { vec![Word::of(&typed)] } else { words }))
    }

    /// The words that must be there, without diacritics. Where one of them is nowhere in a name's [`plain`] text, as
    /// `translate(text, 'y.', 'i')` writes that, [`Search::score`] finds nothing: so a store can leave out what need not be looked at.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|word| !word.around).map(|word| &*word.plain)
    }

    /// How well one thing with these names is found: the higher, the better; nothing when a word is in none of them.
    #[must_use]
    pub fn score(&self, names: &[&str]) -> Option<u32> {
        let codes: Vec<_> = names.iter().flat_map(|name| without_points(name)).collect();
        let names: Vec<Vec<Word>> = names.iter().map(|name| words(name)).collect();
        let best = |wanted: &Word| {
            let found = names.iter().flatten().chain(&codes).filter_map(|named| wanted.meets(named)).max();
            found.or(wanted.around.then_some(0))
        };
        let apart: u32 = self.0.iter().map(best).sum::<Option<u32>>()?;
        let (all, meant): (Vec<_>, Vec<_>) =
            (self.0.iter().collect(), self.0.iter().filter(|word| !word.around).collect());
        let together = names.iter().map(|name| together(&all, name).max(together(&meant, name))).max();
        Some(together.unwrap_or_default() * TOGETHER + apart)
    }
}

/// 3 when the name is what is wanted, 2 when it holds it in that order, 1 when it holds all words, 0 otherwise.
fn together(wanted: &[&Word], name: &[Word]) -> u32 {
    let same = |run: &[Word]| wanted.iter().zip(run).all(|(wanted, named)| wanted.meets(named).is_some());
    let whole = name.len() == wanted.len() && wanted.iter().zip(name).all(|(one, other)| one.plain == other.plain);
    let all = || wanted.iter().all(|wanted| name.iter().any(|named| wanted.meets(named).is_some()));
    match () {
        () if whole => 3,
        () if name.windows(wanted.len().max(1)).any(same) => 2,
        () => all().into(),
    }
}

/// Says of words that only stand around the others that they do; where there are no others, they are what is looked for.
fn mark_around(words: &mut [Word]) {
    let mut around = vec![false; words.len()];
    for saying in AROUND {
        let said: Vec<_> = saying.split(' ').collect();
        for (at, run) in words.windows(said.len()).enumerate() {
            if run.iter().zip(&said).all(|(word, one)| word.is(one)) {
                around[at..at + said.len()].fill(true);
            }
        }
    }
    if around.contains(&false) {
        words.iter_mut().zip(around).for_each(|(word, around)| word.around = around);
    }
}

/// What a name's codes are without their points.
fn without_points(name: &str) -> impl Iterator<Item = Word> {
    let codes = name.split_whitespace().filter(|part| part.contains('.') && part.chars().any(|it| it.is_ascii_digit()));
    codes.map(|code| Word::of(&composed(&code.replace('.', ""))))
}

/// Composed letters in lower case, so that a letter is one character.
fn composed(text: &str) -> String {
    text.nfc().flat_map(char::to_lowercase).collect()
}

fn words(name: &str) -> Vec<Word> {
    pieces(&composed(name)).map(|(word, _)| Word::of(word)).collect()
}

/// The runs of letters and digits, and whether a full stop follows.
fn pieces(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let runs = text.split_inclusive(|letter: char| !letter.is_alphanumeric());
    runs.map(|run| (run.trim_end_matches(|letter: char| !letter.is_alphanumeric()), run.ends_with('.')))
        .filter(|(word, _)| !word.is_empty())
}

/// The words that a word stands for: mostly itself.
fn meant(word: &str, dotted: bool) -> impl Iterator<Item = &str> {
    let long = ABBREVIATIONS.iter().find(|(short, _)| *short == word && (dotted || short.len() > 1));
    long.map_or(word, |(_, long)| long).split(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    const BIRTH: &[&str] = &["1.001193", "Đăng ký khai sinh", "Birth registration", "làm giấy khai sinh"];
    const COPY: &[&str] = &["2.000635", "Cấp bản sao trích lục hộ tịch, bản sao Giấy khai sinh"];
    const WARD: &[&str] = &["Ủy ban nhân dân phường Đồi Chè (minh họa)"];

    fn score(text: &str, names: &[&str]) -> Option<u32> {
        Search::of(text).expect("words").score(names)
    }

    #[test]
    fn case_and_diacritics_make_no_difference_to_a_plain_text() {
        assert_eq!(plain("Đăng ký  KHAI sinh"), "dang ky khai sinh");
        assert_eq!(plain("ĐĂNG KÝ"), plain("đa\u{0306}ng ky\u{0301}"), "composed or not");
        assert_eq!(plain("Ủy ban  nhân dân tỉnh\u{0} Phú Thọ"), "uy ban nhan dan tinh phu tho");
        assert_eq!(plain("a\u{0}b"), "a b");
    }

    #[test]
    fn every_word_counts_wherever_it_stands_with_its_marks_or_without_whole_or_begun() {
        for text in
            ["khai sinh đăng ký", "DANG KY KHAI SINH", "sinh  khai", "đăng k", "giấy đăng ký", "1.0011", "sinh, đăng"]
        {
            assert!(score(text, BIRTH).is_some(), "{text}");
        }
        for text in ["khai tử", "đăng ký kết hôn", "ang ky", "%", "hai sinh"] {
            assert_eq!(score(text, BIRTH), None, "{text}");
        }
        assert!(score("ke\u{0301}t ho\u{0302}n", &["Kết hôn"]).is_some(), "composed or not");
    }

    #[test]
    fn what_is_called_just_so_comes_first_then_what_holds_it_then_what_holds_its_words() {
        assert!(score("làm giấy khai sinh", BIRTH) > score("làm giấy khai sinh", COPY));
        assert!(score("giấy khai sinh", &["Giấy khai sinh"]) > score("giấy khai sinh", COPY));
        assert!(score("giấy khai sinh", COPY) > score("sinh giấy khai", COPY));
        assert!(score("giấy khai sinh", COPY) > score("giấy khai sinh", &["Khai sinh", "Giấy tờ"]));
        assert!(score("đồng hưng", &["xã Đồng Hưng"]) > score("đồng hưng", &["xã Đông Hưng"]), "marks as typed");
        assert!(score("sinh", &["khai sinh"]) > score("sinh", &["sinhh"]), "whole words");
    }

    #[test]
    fn abbreviations_are_read_as_what_they_stand_for() {
        for text in ["p. doi che", "P.Đồi Chè", "p doi che", "ubnd phường đồi chè", "doi che p."] {
            assert!(score(text, WARD).is_some(), "{text}");
        }
        for (text, name) in [
            ("x. suối mây", "xã Suối Mây"),
            ("tp. vinh", "thành phố Vinh"),
            ("tp vinh", "thành phố Vinh"),
            ("q.1", "Quận 1"),
            ("h. củ chi", "huyện Củ Chi"),
        ] {
            assert!(score(text, &[name]).is_some(), "{text}");
        }
        assert_eq!(score("x. doi che", WARD), None, "a ward is no commune");
    }

    #[test]
    fn what_people_say_around_it_hides_nothing_and_counts_where_it_is_found() {
        for text in [
            "tôi muốn làm khai sinh",
            "toi muon lam giay khai sinh",
            "thủ tục đăng ký khai sinh",
            "xin khai sinh",
            "cho em hỏi làm giấy khai sinh ở đâu ạ",
            "khai sinh cho con của tôi",
            "đk khai sinh",
            "dk khai sinh",
            "how to birth",
        ] {
            assert!(score(text, BIRTH).is_some(), "{text}");
        }
        assert!(score("tôi muốn làm giấy khai sinh", BIRTH) > score("tôi muốn làm giấy khai sinh", COPY));
        assert!(
            score("làm khai sinh cho con", &["khai sinh cho con"]) > score("khai sinh cho con", BIRTH),
            "where it is found"
        );
        assert!(score("xin trích lục", COPY) >= score("trích lục", COPY));
        assert_eq!(score("thủ tục hải quan", BIRTH), None, "what is meant must be there");
        assert_eq!(score("thủ tục", BIRTH), None, "alone it is what is looked for");
        assert_eq!(score("thư khai sinh", BIRTH), None, "another word with the same letters");
    }

    #[test]
    fn i_and_y_are_one_and_a_code_is_found_without_its_point() {
        for text in ["đăng kí khai sinh", "dang ki khai sinh", "1001193", "1.001193", "10011"] {
            assert!(score(text, BIRTH).is_some(), "{text}");
        }
        assert!(score("mỹ lí", &["xã Mĩ Lý"]).is_some());
        assert!(score("đăng ký", &["đăng ký"]) > score("đăng kí", &["đăng ký"]));
        assert_eq!(score("1001194", BIRTH), None);
    }

    #[test]
    fn what_is_blank_is_no_search_and_what_has_no_word_finds_nothing() {
        assert_eq!((Search::of("  "), Search::of("\u{0}"), Search::of("")), (None, None, None));
        assert_eq!(score("%", WARD), None);
        assert_eq!(score("_ .", WARD), None);
    }

    #[test]
    fn each_word_stands_in_the_plain_text_of_what_is_found() {
        let search = Search::of("P. Đồi").expect("words");
        assert_eq!(search.words().collect::<Vec<_>>(), ["phuong", "doi"]);
        assert!(search.words().all(|word| folded(&plain(WARD[0])).contains(word)));
        let search = Search::of("tôi muốn đăng ký 1001193").expect("words");
        assert_eq!(search.words().collect::<Vec<_>>(), ["dang", "ki", "1001193"]);
        assert!(search.words().all(|word| folded(&plain(&BIRTH.join(" "))).contains(word)));
    }
}
