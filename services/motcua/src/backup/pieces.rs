//! The pieces of PostgreSQL's log, by their names, and how far they can be followed from a copy of the databases on.

use std::{
    fmt,
    fs::{self, File},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use flate2::read::GzDecoder;
use serde_json::Value;

/// What a piece holds: PostgreSQL's default, which `provision` leaves as it is.
const SIZE: u64 = 16 << 20;
/// A name is three numbers of eight digits: timeline, and twice the place.
const NAME: usize = 24;
/// The archiver's note of the piece that it kept last.
const NEWEST: &str = "newest";

/// A piece of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Piece {
    /// Counted up by each restore.
    pub timeline: u32,
    number: u64,
}

impl Piece {
    /// Reads a name, with or without something behind it.
    pub fn named(name: &str) -> Option<Self> {
        let part = |from: usize| u32::from_str_radix(name.get(from..from + 8)?, 16).ok();
        let number = u64::from(part(8)?) * (1 << 32) / SIZE + u64::from(part(16)?);
        Some(Self { timeline: part(0)?, number })
    }

    /// The piece that a log which ends at `end` ends in, as PostgreSQL writes places: `0/3000100`.
    pub fn ending(timeline: u32, end: &str) -> Option<Self> {
        let (high, low) = end.trim().split_once('/')?;
        let end = u64::from_str_radix(high, 16).ok()? << 32 | u64::from_str_radix(low, 16).ok()?;
        Some(Self { timeline, number: end.checked_sub(1)? / SIZE })
    }

    fn next(self) -> Self {
        Self { number: self.number + 1, ..self }
    }

    fn file(self, log: &Path) -> PathBuf {
        log.join(format!("{self}.gz"))
    }
}

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_a_high = (1 << 32) / SIZE;
        write!(f, "{:08X}{:08X}{:08X}", self.timeline, self.number / of_a_high, self.number % of_a_high)
    }
}

/// The log after a copy, as far as it can be followed, and what is missing of it.
#[derive(Debug, Default)]
pub struct Followed {
    /// Files of the pieces without a gap.
    pub whole: Vec<PathBuf>,
    /// The last of them.
    pub last: Option<Piece>,
    /// Pieces that should be there, each with what is wrong.
    pub missing: Vec<String>,
    /// Timelines of other servers that this log or its copies know.
    pub taken: Vec<u32>,
}

/// Follows the log in `log` from the copy of the databases in `copy` on, through its last piece there, the one that the archiver
/// kept last, and `least`. What the copy carries itself need not be there.
///
/// # Errors
/// A sentence when the copy does not say where it ends, or a file cannot be read.
pub fn follow(log: &Path, copy: &Path, least: Option<Piece>) -> Result<Followed> {
    let ends = end_of(copy)?;
    let kept = kept(log)?;
    let newest = fs::read_to_string(log.join(NEWEST)).ok().and_then(|name| Piece::named(&name));
    let own = |piece: &Piece| piece.timeline == ends.timeline;
    let last = kept.iter().copied().chain(newest).chain(least).filter(own).max();
    let mut followed = Followed { taken: taken(&kept, ends.timeline), ..Followed::default() };
    let mut piece = ends;
    while last.is_some_and(|last| piece <= last) {
        match sound(&piece.file(log))? {
            Ok(()) if followed.missing.is_empty() => {
                followed.whole.push(piece.file(log));
                followed.last = Some(piece);
            }
            Ok(()) => {}
            // The copy carries this one itself.
            Err(_) if piece == ends => {}
            Err(why) => followed.missing.push(format!("{} {why}", piece.file(log).display())),
        }
        piece = piece.next();
    }
    if least.is_some_and(|least| own(&least)) && followed.whole.is_empty() && followed.missing.is_empty() {
        followed.missing.push(format!("{} is not there, or nothing is in it", log.display()));
    }
    Ok(followed)
}

/// The piece that the copy's own part of the log ends in.
fn end_of(copy: &Path) -> Result<Piece> {
    let list = copy.join("backup_manifest");
    let read = || -> Option<Piece> {
        let list: Value = serde_json::from_slice(&fs::read(&list).ok()?).ok()?;
        let range = list["WAL-Ranges"].as_array()?.last()?;
        Piece::ending(range["Timeline"].as_u64()?.try_into().ok()?, range["End-LSN"].as_str()?)
    };
    read().with_context(|| format!("The copy {} is not whole ({}): take an older one.", copy.display(), list.display()))
}

fn kept(log: &Path) -> Result<Vec<Piece>> {
    let entries = match fs::read_dir(log) {
        Err(why) if why.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.with_context(|| format!("{} cannot be read", log.display()))?,
    };
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let whole = names.filter(|name| name.len() == NAME + ".gz".len() && name.ends_with(".gz"));
    Ok(whole.filter_map(|name| Piece::named(&name)).collect())
}

fn taken(kept: &[Piece], own: u32) -> Vec<u32> {
    let highest = kept.iter().map(|piece| piece.timeline).max().unwrap_or(own);
    (own + 1..=highest).collect()
}

/// Whether a file is a whole piece; else what is wrong with it.
///
/// # Errors
/// When it is there and cannot be read.
fn sound(file: &Path) -> Result<Result<(), &'static str>> {
    let piece = match File::open(file) {
        Err(why) if why.kind() == ErrorKind::NotFound => return Ok(Err("is not there")),
        piece => piece.with_context(|| format!("{} cannot be read", file.display()))?,
    };
    match io::copy(&mut GzDecoder::new(piece), &mut io::sink()) {
        Ok(SIZE) => Ok(Ok(())),
        Ok(_) => Ok(Err("is damaged (it is not a whole piece)")),
        Err(why)
            if matches!(why.kind(), ErrorKind::UnexpectedEof | ErrorKind::InvalidInput | ErrorKind::InvalidData) =>
        {
            Ok(Err("is damaged (it cannot be decompressed)"))
        }
        Err(why) => Err(why).with_context(|| format!("{} cannot be read", file.display())),
    }
}

/// Sees that recovery, which began a timeline of its own in `cluster`, came as far as the pieces that were laid; else says where
/// it ended.
///
/// # Errors
/// When it cannot be found out.
pub fn came_to(cluster: &Path, last: Piece) -> Result<Result<(), String>> {
    let end = end_of_recovery(cluster).context("PostgreSQL does not say where its recovery ended")?;
    ensure!(end.timeline == last.timeline, "recovery left timeline {} for {}", last.timeline, end.timeline);
    Ok(match end >= last {
        true => Ok(()),
        false => Err(format!("{end} could be followed in part only, though {last} is there")),
    })
}

/// The last line of the newest history says where its timeline began: `1 0/5000000 no recovery target specified`.
fn end_of_recovery(cluster: &Path) -> Option<Piece> {
    let files = fs::read_dir(cluster.join("pg_wal")).ok()?.flatten();
    let histories = files.filter_map(|file| file.file_name().into_string().ok());
    let newest = histories.filter(|name| name.ends_with(".history")).max()?;
    let text = fs::read_to_string(cluster.join("pg_wal").join(newest)).ok()?;
    let mut words = text.lines().rfind(|line| !line.trim().is_empty())?.split_whitespace();
    Piece::ending(words.next()?.parse().ok()?, words.next()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_its_name() {
        for name in ["000000010000000000000003", "0000000200000001000000FF"] {
            assert_eq!(Piece::named(name).expect("a piece").to_string(), name);
        }
        assert_eq!(
            Piece::named("0000000100000000000000FF").expect("one").next(),
            Piece::named("000000010000000100000000").expect("one")
        );
        assert_eq!(Piece::named("newest"), None);
    }

    #[test]
    fn a_log_ends_in_the_piece_before_a_border() {
        let ending = |end| Piece::ending(1, end).expect("a place").to_string();
        assert_eq!(ending("0/3000100"), "000000010000000000000003");
        assert_eq!(ending("0/4000000"), "000000010000000000000003");
        assert_eq!(ending("1/100"), "000000010000000100000000");
    }
}
