//! Drafts to file: complete, made by SQL, each filed once. A draft's number makes its id, its citizen and its agency.

use anyhow::Result;
use uuid::Uuid;

use crate::installation::Installation;

/// Citizens who file.
pub const CITIZENS: u64 = 512;

/// The id of a citizen.
pub fn citizen(number: u64) -> Uuid {
    Uuid::from_u128(0xcccc_cccc_0000_4000_8000_0000_0000_0000 | u128::from(number))
}

/// Which agencies drafts are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Eight of them in turn.
    Spread,
    /// One.
    Hot,
}

impl Kind {
    /// The beginning of an id.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Spread => "00000000-0000-7000-8000-",
            Self::Hot => "00000001-0000-7000-8000-",
        }
    }

    /// The id of a draft.
    pub fn id(self, number: u64) -> String {
        format!("{}{number:012x}", self.prefix())
    }

    /// The agency of draft `n`, in SQL.
    fn agency(self) -> &'static str {
        match self {
            Self::Spread => "'H44.' || (101 + n % 8)",
            Self::Hot => "'H44.100'",
        }
    }
}

/// How far drafts are made and filed.
pub struct Drafts {
    /// The answers of every draft, JSON.
    pub answers: String,
    spread: Range,
    hot: Range,
}

#[derive(Clone, Copy, Default)]
struct Range {
    next: u64,
    made: u64,
}

impl Drafts {
    /// None yet.
    pub fn new(answers: String) -> Self {
        Self { answers, spread: Range::default(), hot: Range::default() }
    }

    fn range(&mut self, kind: Kind) -> &mut Range {
        match kind {
            Kind::Spread => &mut self.spread,
            Kind::Hot => &mut self.hot,
        }
    }

    /// Makes sure that `count` drafts of this kind are there to be filed, and gives the number of the first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn reserve(&mut self, installation: &Installation, kind: Kind, count: u64) -> Result<u64> {
        let Range { next, made } = *self.range(kind);
        let until = next + count;
        if made < until {
            let sql = include_str!("drafts.sql").replace("{prefix}", kind.prefix()).replace("{agency}", kind.agency());
            let sql = sql.replace("{answers}", &self.answers.replace('\'', "''"));
            let sql = sql.replace("{first}", &made.to_string()).replace("{last}", &(until - 1).to_string());
            installation.db.batch_execute(&sql).await?;
            self.range(kind).made = until;
        }
        Ok(next)
    }

    /// Notes how far drafts were asked for: some may still be on their way when the load has ended.
    pub fn asked(&mut self, kind: Kind, next: u64) {
        self.range(kind).next = next;
    }

    /// Notes how far drafts were filed: the next load begins behind the last one that is no draft any more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn filed(&mut self, installation: &Installation, kind: Kind) -> Result<()> {
        let Range { next, made } = *self.range(kind);
        let last = "select right(id::text, 12) from dossiers
            where id >= $1::text::uuid and id < $2::text::uuid and status <> 'DRAFT' order by id desc limit 1";
        if let Some(row) = installation.db.query_opt(last, &[&kind.id(next), &kind.id(made)]).await? {
            self.range(kind).next = u64::from_str_radix(row.get(0), 16)? + 1;
        }
        Ok(())
    }
}
