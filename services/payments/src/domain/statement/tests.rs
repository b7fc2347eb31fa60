//! Statements as providers and banks write them, and what is wrong with others, by line.

use super::*;

const VNPAY: &str = "vnp_TmnCode,vnp_TxnRef,vnp_TransactionNo,vnp_Amount,vnp_PayDate,vnp_TransactionType,vnp_TransactionStatus\n\
    DEMOTMN1,H44100260721000101,14226112,7500000,20260721101712,01,00\n\
    DEMOTMN1,H44100260721000101,14300001,2500000,20260721153000,03,06\n";

const MT940: &str = "{1:F01BANKVNVXAXXX0000000000}{2:I940BANKVNVXXXXXN}{4:\n:20:SK260721\n:25:0123456789\n:28C:202/1\n\
    :60F:C260720VND1000000,\n:61:2607210721C16000,NTRFNONREF//FT26202A1\n:86:NGUYEN VAN AN CT\nH44.100-260721-0001\n\
    :61:260721D5000,00NTRFUNC0042//FT26202A2\nHOAN PHI\n:62F:C260721VND1011000,\n-}\n";

fn beside() -> Beside {
    Beside { account: Some("0123456789".into()), ..Beside::default() }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn dong(amount: i64) -> Vnd {
    Vnd::new(amount).unwrap()
}

/// The line that is named, and a word of what is wrong there.
fn refused(source: Source, text: &str, beside: &Beside) -> (usize, String) {
    let why = source.read(text.as_bytes(), beside).unwrap_err();
    assert!(!why.why.vi.is_empty());
    (why.line, why.why.en)
}

#[test]
fn vnpays_statement_has_the_names_of_its_protocol_and_hundredths() {
    let read = Source::Vnpay.read(VNPAY.as_bytes(), &Beside::default()).unwrap();
    assert_eq!((read.account.as_str(), read.from, read.until), ("DEMOTMN1", day("2026-07-21"), day("2026-07-21")));
    let [paid, back] = &read.lines[..] else { panic!("{read:?}") };
    assert_eq!(
        (paid.number, paid.direction, paid.amount, paid.status),
        (2, Direction::In, dong(75_000), LineStatus::Done)
    );
    assert_eq!(paid.reference.as_deref(), Some("H44100260721000101"));
    assert_eq!(paid.number_there.as_deref(), Some("14226112"));
    assert_eq!(
        (back.number, back.direction, back.amount, back.status),
        (3, Direction::Out, dong(25_000), LineStatus::Done)
    );
}

#[test]
fn a_statement_that_sums_itself_up_is_whole_or_refused() {
    use sha2::{Digest, Sha256};
    let summed =
        |lines: usize, sum: i64| format!("{VNPAY}total,{lines},{sum},{}\n", hex::encode(Sha256::digest(VNPAY)));
    let whole = summed(2, 10_000_000);
    assert_eq!(Source::Vnpay.read(whole.as_bytes(), &Beside::default()).unwrap().lines.len(), 2);
    let cut = whole.replace("DEMOTMN1,H44100260721000101,14300001,2500000,20260721153000,03,06\n", "");
    let altered = whole.replace("14226112", "14226113");
    for (text, line) in [(cut, 3), (altered, 4), (summed(3, 10_000_000), 4), (summed(2, 10_000_001), 4)] {
        let (at, why) = refused(Source::Vnpay, &text, &Beside::default());
        assert_eq!((at, why.contains("cut off or was altered")), (line, true), "{why}");
    }
    let (at, why) = refused(Source::Vnpay, &format!("{VNPAY}total,2,10000000\n"), &Beside::default());
    assert_eq!((at, why.contains("like total,lines")), (4, true), "{why}");
}

#[test]
fn what_is_wrong_in_vnpays_statement_is_said_with_its_line() {
    for (from, to, line, word) in [
        ("vnp_PayDate,", "vnp_Paid,", 1, "vnp_PayDate"),
        ("7500000", "7500050", 2, "times 100"),
        ("7500000", "-7500000", 2, "times 100"),
        ("20260721153000", "20260732153000", 3, "not a day"),
        (",03,06", ",09,06", 3, "01, 02 or 03"),
        (",01,00", ",01,42", 2, "no status"),
        ("DEMOTMN1,H44100260721000101,14300001", "OTHER,H44100260721000101,14300001", 3, "another merchant"),
    ] {
        let (at, why) = refused(Source::Vnpay, &VNPAY.replacen(from, to, 1), &Beside::default());
        assert_eq!(at, line, "{to}: {why}");
        assert!(why.contains(word), "{to}: {why}");
    }
    let days = Some((day("2026-07-22"), day("2026-07-22")));
    let (at, why) = refused(Source::Vnpay, VNPAY, &Beside { days, ..Beside::default() });
    assert_eq!((at, why.contains("outside")), (2, true));
    let only_headings = VNPAY.lines().next().unwrap();
    assert_eq!(refused(Source::Vnpay, only_headings, &Beside::default()).0, 1);
    assert_eq!(Source::Vnpay.read(b"a\nb\xff\n", &Beside::default()).unwrap_err().line, 2);
}

#[test]
fn a_banks_csv_is_read_by_the_words_of_its_headings_below_whatever_stands_above_them() {
    let csv = "NGÂN HÀNG A\nSố tài khoản: 0123456789\n\nSTT;Ngày giao dịch;Số tham chiếu;Ghi nợ;Ghi có;Nội dung\n\
        1;21/07/2026 10:17:12;FT26202A1;;16.000;NGUYEN VAN AN  CT H44.100-260721-0001\n\
        2;21/07/2026;FT26202A2;5,000.00;;HOAN PHI\n;Tổng cộng;;5.000;16.000;\nIn lúc 17:00;;;;;\n";
    let read = Source::Bank.read(csv.as_bytes(), &beside()).unwrap();
    let [paid, back] = &read.lines[..] else { panic!("{read:?}") };
    assert_eq!(
        (paid.number, paid.day, paid.direction, paid.amount),
        (5, day("2026-07-21"), Direction::In, dong(16_000))
    );
    assert_eq!(paid.text, "NGUYEN VAN AN CT H44.100-260721-0001");
    assert_eq!(
        (back.direction, back.amount, back.number_there.as_deref()),
        (Direction::Out, dong(5_000), Some("FT26202A2"))
    );
    let other = "When,What,How much\n2026-07-21,CT,\"-1,000\"\n2026-07-21,CT,2000\n";
    assert_eq!(refused(Source::Bank, other, &beside()).0, 1);
    let columns = Columns::parse("date=When; text=What; amount=How much").unwrap();
    let read = Source::Treasury.read(other.as_bytes(), &Beside { columns, ..beside() }).unwrap();
    let money: Vec<_> = read.lines.iter().map(|line| (line.direction, line.amount.dong())).collect();
    assert_eq!(money, [(Direction::Out, 1_000), (Direction::In, 2_000)]);
    assert_eq!(Columns::parse("date=When; price=How much").unwrap_err(), "price=How much");
}

#[test]
fn what_is_wrong_in_a_banks_csv_is_said_with_its_line() {
    let csv = "Ngày,Ghi có,Ghi nợ,Nội dung\n21/07/2026,16.000,,a\n21/07/2026,,5.000,b\n";
    for (from, to, line, word) in [
        ("16.000,,a", "16.00x,,a", 2, "amount of đồng"),
        ("16.000,,a", "\"16,50\",,a", 2, "amount of đồng"),
        ("16.000,,a", "16.000,1,a", 2, "came and went"),
        (",5.000,b", "0,0,b", 3, "no amount"),
        ("21/07/2026,,5", "31/02/2026,,5", 3, "not a day"),
    ] {
        let (at, why) = refused(Source::Bank, &csv.replacen(from, to, 1), &beside());
        assert_eq!(at, line, "{to}: {why}");
        assert!(why.contains(word), "{to}: {why}");
    }
    assert!(refused(Source::Bank, csv, &Beside::default()).1.contains("which account"));
}

#[test]
fn amounts_are_read_as_people_write_them_and_never_guessed() {
    for (text, dong) in [
        ("16000", 16_000),
        ("16.000", 16_000),
        ("16,000", 16_000),
        ("16,000.00", 16_000),
        ("1.234.567,00", 1_234_567),
        ("+16 000 ₫", 16_000),
        ("16.000 VND", 16_000),
        ("0", 0),
    ] {
        assert_eq!(values::amount(text), Some((false, Vnd::new(dong).unwrap())), "{text}");
    }
    assert_eq!(values::amount("-16.000"), Some((true, dong(16_000))));
    for text in
        ["", "16.0000", "1.6000", "16,50", "1,234.567", "1e3", "12345.678", "9.999.999.999.999", ".000", "16.00.000"]
    {
        assert_eq!(values::amount(text), None, "{text}");
    }
}

#[test]
fn mt940_is_read_with_its_references_and_texts() {
    let read = Source::Bank.read(MT940.as_bytes(), &Beside::default()).unwrap();
    assert_eq!((read.account.as_str(), read.from, read.until), ("0123456789", day("2026-07-21"), day("2026-07-21")));
    let [paid, back] = &read.lines[..] else { panic!("{read:?}") };
    assert_eq!((paid.number, paid.direction, paid.amount), (6, Direction::In, dong(16_000)));
    assert_eq!(paid.number_there.as_deref(), Some("FT26202A1"));
    assert_eq!(paid.text, "NGUYEN VAN AN CT H44.100-260721-0001");
    assert_eq!((back.direction, back.amount, back.text.as_str()), (Direction::Out, dong(5_000), "UNC0042 HOAN PHI"));
}

#[test]
fn a_reversal_goes_the_other_way() {
    let reversed = MT940.replacen("0721C16000", "0721RC16000", 1).replacen("VND1011000", "VND979000", 1);
    let read = Source::Bank.read(reversed.as_bytes(), &Beside::default()).unwrap();
    assert_eq!(read.lines[0].direction, Direction::Out);
}

#[test]
fn what_is_wrong_in_mt940_is_said_with_its_line() {
    for (from, to, line, word) in [
        (":62F:C260721VND1011000,", ":62F:C260721VND1012000,", 11, "the lines make 1011000"),
        (":62F:C260721VND1011000,\n", "", 11, "closing balance"),
        (":60F:C260720VND1000000,", ":60F:C260720USD1000000,", 5, "in VND"),
        (":60F:C260720VND1000000,\n", "", 5, "opening balance"),
        ("0721C16000,", "0721X16000,", 6, "must be like"),
        ("0721C16000,", "0721C16000,50", 6, "must be like"),
    ] {
        let (at, why) = refused(Source::Bank, &MT940.replacen(from, to, 1), &Beside::default());
        assert!(why.contains(word), "{to}: {why}");
        assert_eq!(at, line, "{to}: {why}");
    }
    let other = Beside { account: Some("99".into()), ..Beside::default() };
    assert!(refused(Source::Bank, MT940, &other).1.contains("not 99"));
}
