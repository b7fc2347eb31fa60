//! How many files one caller may be sending at once: each holds a connection here and one to the service.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use civic::LocalText;
use edge::{Problem, kinds};

use super::Who;

/// Files that one account or API client may be sending: more than a browser does by itself.
const OF_CALLER: u32 = 16;
/// Files that may be under way from one address, behind which a whole office may stand.
const OF_ADDRESS: u32 = 128;
/// Until some of them may be done.
const RETRY_AFTER: u32 = 10;

/// The files that are under way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Uploads(Arc<Mutex<HashMap<Who, u32>>>);

/// The right to send a file; given back when it is dropped.
#[derive(Debug)]
pub(crate) struct UploadPermit {
    who: Who,
    uploads: Uploads,
}

impl Uploads {
    /// Lets `who` send one more.
    ///
    /// # Errors
    /// 429 when as many are under way as may be.
    pub fn begin(&self, who: Who) -> Result<UploadPermit, Problem> {
        let most = if matches!(who, Who::Caller(_)) { OF_CALLER } else { OF_ADDRESS };
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let under_way = all.entry(who).or_default();
        if *under_way >= most {
            return Err(too_many());
        }
        *under_way += 1;
        Ok(UploadPermit { who, uploads: self.clone() })
    }
}

impl Drop for UploadPermit {
    fn drop(&mut self) {
        let mut all = self.uploads.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(under_way) = all.get_mut(&self.who) {
            *under_way -= 1;
            // Who sends nothing is not remembered.
            if *under_way == 0 {
                all.remove(&self.who);
            }
        }
    }
}

fn too_many() -> Problem {
    let text = LocalText::new(
        "Đang có quá nhiều tệp được gửi cùng lúc. Hãy đợi các tệp đó gửi xong rồi thử lại.",
        "Too many files are being sent at once. Wait until they are done, then try again.",
    );
    Problem::from(kinds::TOO_MANY).field("", "too-many-uploads", text).retry_after(RETRY_AFTER)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn one_caller_has_so_many_under_way_others_are_not_held_up_and_nobody_is_remembered() {
        let (uploads, an, binh) = (Uploads::default(), Who::Caller(Uuid::nil()), Who::Caller(Uuid::max()));
        let mut begun: Vec<_> = (0..OF_CALLER).map(|_| uploads.begin(an).expect("a permit")).collect();
        assert_eq!(uploads.begin(an).expect_err("refused").kind, kinds::TOO_MANY);
        drop(uploads.begin(binh).expect("another's"));
        begun.pop();
        begun.push(uploads.begin(an).expect("one was done"));
        drop(begun);
        assert!(uploads.0.lock().expect("whole").is_empty());
    }
}
