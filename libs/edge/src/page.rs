//! Pages of a list by keyset: a cursor names the last row seen, never a number of rows to skip.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use civic::LocalText;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use crate::{Problem, kinds};

const CHECKSUM: usize = 8;

/// A page of a list.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Cursor of the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// The paging parameters of a list; flattened into its query.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Rows a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub page_size: Option<u32>,
    /// The `next` of the page before.
    #[param(max_length = 512, pattern = "^[A-Za-z0-9_-]+$")]
    pub cursor: Option<String>,
}

impl PageQuery {
    /// Rows a page: 20 when the client does not say, 100 at most.
    pub fn size(&self) -> usize {
        self.page_size.unwrap_or(20).clamp(1, 100) as usize
    }

    /// The row after which this page begins. `bound` names the list: operation, caller and filter.
    ///
    /// # Errors
    /// 400 for a cursor of another list, or none of ours.
    pub fn after<K: DeserializeOwned>(&self, bound: &str) -> Result<Option<K>, Problem> {
        self.cursor.as_deref().map(|text| Cursor(text).open(bound)).transpose()
    }
}

/// A cursor as the client holds it.
pub struct Cursor<'a>(pub &'a str);

impl Cursor<'_> {
    fn open<K: DeserializeOwned>(&self, bound: &str) -> Result<K, Problem> {
        let opened = BASE64_URL_SAFE_NO_PAD.decode(self.0).ok().and_then(|bytes| {
            let (sum, key) = bytes.split_at_checked(CHECKSUM)?;
            let ours = sum == checksum(bound, key) && !names_a_year_before_christ(key);
            ours.then(|| serde_json::from_slice(key).ok())?
        });
        opened.ok_or_else(|| {
            Problem::from(kinds::INVALID).field(
                "cursor",
                "cursor-of-another-list",
                LocalText {
                    vi: "Con trỏ không thuộc danh sách này.".into(),
                    en: "The cursor is not one of this list.".into(),
                },
            )
        })
    }
}

impl<T> Page<T> {
    /// The page made of `rows`, which the store read up to one more than `query.size()`; `key` is what a row is ordered by.
    pub fn of<K: Serialize>(mut rows: Vec<T>, query: &PageQuery, bound: &str, key: impl Fn(&T) -> K) -> Self {
        let more = rows.len() > query.size();
        rows.truncate(query.size());
        let last = rows.last().filter(|_| more);
        let next = last.map(|row| {
            let key = serde_json::to_vec(&key(row)).unwrap_or_default();
            BASE64_URL_SAFE_NO_PAD.encode([&checksum(bound, &key)[..], &key].concat())
        });
        Self { items: rows, next }
    }

    /// The same page with other rows: stored rows into views.
    pub fn map<U>(self, view: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(view).collect(), next: self.next }
    }
}

/// The checksum has no key, so a cursor can be forged. chrono reads years that PostgreSQL refuses, and no list is ordered by.
fn names_a_year_before_christ(key: &[u8]) -> bool {
    key.windows(2).any(|pair| pair == b"\"-")
}

fn checksum(bound: &str, key: &[u8]) -> [u8; CHECKSUM] {
    let digest = Sha256::new().chain_update(bound).chain_update([0]).chain_update(key).finalize();
    let mut sum = [0; CHECKSUM];
    sum.copy_from_slice(&digest[..CHECKSUM]);
    sum
}
