//! Files that lie in the folder, and what becomes of them there.

use std::fs;

use files::Damage;

use crate::{
    fixture::{Fixture, kept, read},
    papers::pdf,
};

#[tokio::test]
async fn a_file_that_is_gone_cut_longer_or_altered_is_never_given() {
    let fixture = Fixture::open();
    let file = [pdf(), vec![b' '; 700_000]].concat();
    let received = fixture.send(&file, "application/pdf").await.expect("taken");
    let given = fixture.files.get(kept(&received)).await.expect("as it was received");
    assert_eq!((given.size, read(given).await), (file.len() as u64, file.clone()));
    let altered = [&file[..file.len() - 1], b"x"].concat();
    let longer = [&*file, b"x"].concat();
    for (left, damage) in [
        (Some(&file[..10]), Damage::Size(10)),
        (Some(&longer), Damage::Size(file.len() as u64 + 1)),
        (Some(&altered), Damage::Bytes),
        (None, Damage::Missing),
    ] {
        let path = fixture.folder.join("a");
        match left {
            Some(bytes) => fs::write(path, bytes).expect("damaged"),
            None => fs::remove_file(path).expect("gone"),
        }
        assert_eq!(fixture.files.check(kept(&received)).await.expect("looked at"), Some(damage));
        let refused = fixture.files.get(kept(&received)).await.err().expect("refused");
        assert_eq!((refused.kind.status, refused.kind.code), (500, "file-damaged"), "{damage}");
    }
}
