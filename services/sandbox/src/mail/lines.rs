//! Lines from a socket, never longer than allowed (RFC 5321 §4.5.3.1).

use std::io;

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt};

/// Octets in a line with its CRLF: RFC 5321 asks for 512 in commands and 1,000 in text, and
/// extensions lengthen commands.
pub(crate) const LONGEST: u64 = 1_000;

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum SmtpLine {
    /// Without its CRLF.
    Whole(Vec<u8>),
    /// Ended by LF alone, which no two servers read alike: a way to smuggle mail.
    BareLf,
    TooLong,
    /// The client has gone.
    End,
}

pub(crate) async fn read<R: AsyncBufRead + Unpin>(reader: &mut R) -> io::Result<SmtpLine> {
    let mut line = Vec::new();
    let length = reader.take(LONGEST).read_until(b'\n', &mut line).await? as u64;
    if line.ends_with(b"\r\n") {
        line.truncate(line.len() - 2);
        Ok(SmtpLine::Whole(line))
    } else if line.ends_with(b"\n") {
        Ok(SmtpLine::BareLf)
    } else if length == LONGEST {
        Ok(SmtpLine::TooLong)
    } else {
        Ok(SmtpLine::End)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_crlf_ends_a_line_and_no_line_is_endless() {
        let mut whole = &b"NOOP\r\nrest"[..];
        assert_eq!(read(&mut whole).await.unwrap(), SmtpLine::Whole(b"NOOP".into()));
        assert_eq!(read(&mut whole).await.unwrap(), SmtpLine::End);
        assert_eq!(read(&mut &b"NOOP\n"[..]).await.unwrap(), SmtpLine::BareLf);
        let endless = vec![b'x'; 2_000];
        assert_eq!(read(&mut &endless[..]).await.unwrap(), SmtpLine::TooLong);
    }
}
