//! Amounts in words, as receipts want them.

use civic::Vnd;

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
const THOUSANDS: [(i64, &str); 3] = [(1_000_000_000, "tỷ"), (1_000_000, "triệu"), (1_000, "nghìn")];

/// An amount in words, as `Hai mươi mốt nghìn không trăm linh năm đồng`.
#[must_use]
pub fn amount_in_words(amount: Vnd) -> String {
    let words = format!("{} đồng", number(amount.dong()).join(" "));
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A number of up to twelve digits.
fn number(number: i64) -> Vec<&'static str> {
    if number == 0 {
        return vec![DIGITS[0]];
    }
    let (mut left, mut words) = (number, Vec::new());
    for (size, name) in THOUSANDS {
        group(left / size, &mut words, Some(name));
        left %= size;
    }
    group(left, &mut words, None);
    words
}

/// Three digits; behind others their hundreds are said even when there are none. Three zeros are not said at all.
fn group(number: i64, words: &mut Vec<&'static str>, name: Option<&'static str>) {
    if number == 0 {
        return;
    }
    let digit = |place: i64| usize::try_from(number / place % 10).unwrap_or_default();
    let (hundreds, tens, ones) = (digit(100), digit(10), digit(1));
    let says_hundreds = hundreds > 0 || !words.is_empty();
    if says_hundreds {
        words.extend([DIGITS[hundreds], "trăm"]);
    }
    match tens {
        0 if ones > 0 && says_hundreds => words.push("linh"),
        0 => {}
        1 => words.push("mười"),
        _ => words.extend([DIGITS[tens], "mươi"]),
    }
    match (tens, ones) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (1.., 5) => words.push("lăm"),
        _ => words.push(DIGITS[ones]),
    }
    words.extend(name);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(dong: i64) -> String {
        amount_in_words(Vnd::new(dong).expect("an amount"))
    }

    #[test]
    fn amounts_are_said_as_people_say_them() {
        for (dong, words) in [
            (0, "Không đồng"),
            (5, "Năm đồng"),
            (10, "Mười đồng"),
            (11, "Mười một đồng"),
            (15, "Mười lăm đồng"),
            (21, "Hai mươi mốt đồng"),
            (25, "Hai mươi lăm đồng"),
            (101, "Một trăm linh một đồng"),
            (110, "Một trăm mười đồng"),
            (8_000, "Tám nghìn đồng"),
            (16_000, "Mười sáu nghìn đồng"),
            (21_005, "Hai mươi mốt nghìn không trăm linh năm đồng"),
            (75_000, "Bảy mươi lăm nghìn đồng"),
            (1_000_000, "Một triệu đồng"),
            (1_000_005, "Một triệu không trăm linh năm đồng"),
            (1_050_000, "Một triệu không trăm năm mươi nghìn đồng"),
            (100_000_000_000, "Một trăm tỷ đồng"),
            (
                999_999_999_999,
                "Chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín \
                 mươi chín đồng",
            ),
        ] {
            assert_eq!(said(dong), words, "{dong}");
        }
    }

    /// What the words say, read by the grammar of numbers and not by the code above.
    fn heard(words: &str) -> i64 {
        let (mut all, mut group, mut last) = (0, 0, 0);
        for word in words.to_lowercase().split(' ') {
            match word {
                "trăm" => (group, last) = (last * 100, 0),
                "mươi" => (group, last) = (group + last * 10, 0),
                "mười" => (group, last) = (group + 10, 0),
                "linh" => {}
                "tỷ" | "triệu" | "nghìn" => {
                    let size = THOUSANDS.iter().find(|(_, name)| *name == word).expect("a size").0;
                    all += (group + last) * size;
                    (group, last) = (0, 0);
                }
                "đồng" => return all + group + last,
                "mốt" => last = 1,
                "lăm" => last = 5,
                digit => {
                    let digit = DIGITS.iter().position(|it| *it == digit).expect("a digit");
                    last = i64::try_from(digit).expect("a digit");
                }
            }
        }
        panic!("no đồng in {words}")
    }

    #[test]
    fn every_amount_is_heard_as_it_was_said_and_no_two_alike() {
        let steps = (0..=40_000).chain((0..200_000_i64).map(|step| step * 4_999_999 + step % 1_009));
        for dong in steps.chain([999_999_999_999]) {
            assert_eq!(heard(&said(dong)), dong, "{}", said(dong));
        }
    }

    #[test]
    fn one_and_five_change_their_names_only_behind_tens() {
        for dong in 0..100_000 {
            let words = said(dong);
            for wrong in ["mươi một", "mươi năm", "linh mốt", "linh lăm", "mười mốt"] {
                assert!(!words.contains(wrong), "{words}");
            }
        }
    }
}
