//! What cameras write beside a picture (Exif): of it only how the picture is turned is kept. Position, time, camera and preview are
//! nobody's business.

/// The tag that says how the picture is turned.
const ORIENTATION: u16 = 0x0112;
/// Its values that turn or mirror.
const TURNED: std::ops::RangeInclusive<u16> = 2..=8;

/// Exif data (a TIFF file) that say nothing but how the picture is turned, as `tiff` says it; none when it stands upright.
pub(super) fn upright(tiff: &[u8]) -> Option<[u8; 26]> {
    let turned = orientation(tiff).filter(|value| TURNED.contains(value))?;
    let mut own = *b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    own[18..20].copy_from_slice(&turned.to_be_bytes());
    Some(own)
}

fn orientation(tiff: &[u8]) -> Option<u16> {
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let bytes = tiff.get(4..8)?.try_into().ok()?;
    let directory = if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) } as usize;
    let entries = (0..usize::from(short(directory)?)).map(|entry| directory + 2 + 12 * entry);
    let found = entries.take_while(|at| *at < tiff.len()).find(|at| short(*at) == Some(ORIENTATION))?;
    short(found + 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LITTLE: &[u8] =
        b"II*\0\x08\0\0\0\x02\0\x0F\x01\x02\0\x01\0\0\0A\0\0\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";

    #[test]
    fn how_a_picture_is_turned_is_read_in_both_orders_of_bytes() {
        assert_eq!(orientation(LITTLE), Some(6));
        let own = upright(LITTLE).expect("it is turned");
        assert_eq!(orientation(&own), Some(6));
        assert_eq!(upright(&own), Some(own));
    }

    #[test]
    fn what_stands_upright_or_cannot_be_read_says_nothing() {
        let mut straight = LITTLE.to_vec();
        straight[30] = 1;
        assert_eq!(upright(&straight), None);
        for length in 0..LITTLE.len() {
            let _ = upright(&LITTLE[..length]);
        }
        for far in [b"II*\0\xFF\xFF\xFF\xFF".as_slice(), b"MM\0*\0\0\0\x08\xFF\xFF", b"", b"nothing of the kind"] {
            assert_eq!(upright(far), None, "{far:?}");
        }
    }
}
