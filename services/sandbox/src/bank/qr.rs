//! Reads a VietQR code as a payer's banking app does.

/// What a code says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Code {
    pub(super) bank: String,
    pub(super) account: String,
    pub(super) amount: Option<i64>,
    pub(super) purpose: String,
}

/// The code of this text, or why it is none.
pub(super) fn read(text: &str) -> Result<Code, String> {
    let (said, sum) = text.len().checked_sub(4).and_then(|at| text.split_at_checked(at)).ok_or("it is too short")?;
    if format!("{:04X}", crc(said.as_bytes())) != sum {
        return Err("its check sum is wrong".to_owned());
    }
    let (mut code, mut is_dong) = (Code::default(), false);
    for (tag, value) in fields(said.strip_suffix("6304").ok_or("it has no check sum")?)? {
        match tag {
            "38" => {
                for (tag, value) in fields(value)? {
                    match (tag, value) {
                        ("00", "A000000727") => {}
                        ("00", _) => return Err("it is no VietQR".to_owned()),
                        ("01", value) => {
                            for (tag, value) in fields(value)? {
                                match tag {
                                    "00" => value.clone_into(&mut code.bank),
                                    "01" => value.clone_into(&mut code.account),
                                    _ => {}
                                }
                            }
                        }
                        _ => {}
                    }
                }
            }
            "53" => is_dong = value == "704",
            "54" => code.amount = Some(value.parse().map_err(|_| "its amount is no number")?),
            "62" => {
                if let Some((_, value)) = fields(value)?.into_iter().find(|(tag, _)| *tag == "08") {
                    value.clone_into(&mut code.purpose);
                }
            }
            _ => {}
        }
    }
    is_dong.then_some(code).ok_or_else(|| "it is not over đồng".to_owned())
}

/// Tag, length, value, one after the other.
fn fields(mut text: &str) -> Result<Vec<(&str, &str)>, String> {
    let mut found = Vec::new();
    while !text.is_empty() {
        let cut = || "a field is cut off".to_owned();
        let (tag, rest) = text.split_at_checked(2).ok_or_else(cut)?;
        let (length, rest) = rest.split_at_checked(2).ok_or_else(cut)?;
        let length: usize = length.parse().map_err(|_| cut())?;
        let (value, rest) = rest.split_at_checked(length).ok_or_else(cut)?;
        found.push((tag, value));
        text = rest;
    }
    Ok(found)
}

/// CRC-16/CCITT-FALSE.
fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |sum, byte| {
        (0..8).fold(
            sum ^ (u16::from(*byte) << 8),
            |sum, _| if sum & 0x8000 == 0 { sum << 1 } else { (sum << 1) ^ 0x1021 },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_codes_are_read_and_a_changed_letter_is_not() {
        assert_eq!(crc(b"123456789"), 0x29B1);
        let text = "00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA5303704540575000\
            5802VN62230819H44.100-260721-00016304A0A0";
        let code = Code {
            bank: "970415".into(),
            account: "113366668888".into(),
            amount: Some(75_000),
            purpose: "H44.100-260721-0001".into(),
        };
        assert_eq!(read(text), Ok(code));
        assert!(read(&text.replace("75000", "75001")).is_err());
        assert!(read("").is_err() && read("6304FFFF").is_err());
    }
}
