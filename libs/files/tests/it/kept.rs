//! Files that lie in the folder, and what becomes of them there.

use std::{fs, path::Path};

use files::{Damage, Kept, Received};

use crate::{fixture::Fixture, papers::pdf};

fn kept(file: &Received) -> Kept<'_> {
    Kept { key: &file.key, size: file.size, sha256: &file.sha256 }
}

#[tokio::test]
async fn a_file_that_is_gone_cut_longer_or_altered_is_never_given() {
    let fixture = Fixture::open();
    let file = [pdf(), vec![b' '; 700_000]].concat();
    let received = fixture.send(&file, "application/pdf").await.expect("taken");
    let given = fixture.files.get(kept(&received)).await.expect("as it was received");
    assert_eq!(given.bytes().await.expect("readable"), file);
    let altered: Vec<u8> = [&file[..file.len() - 1], b"x"].concat();
    let harm: [(&dyn Fn(&Path), Damage); 4] = [
        (&|path| fs::write(path, &file[..10]).expect("cut"), Damage::Size(10)),
        (&|path| fs::write(path, [&*file, b"x"].concat()).expect("longer"), Damage::Size(file.len() as u64 + 1)),
        (&|path| fs::write(path, &altered).expect("altered"), Damage::Bytes),
        (&|path| fs::remove_file(path).expect("gone"), Damage::Missing),
    ];
    for (harm, damage) in harm {
        harm(&fixture.folder.join("a"));
        assert_eq!(fixture.files.check(kept(&received)).await.expect("looked at"), Some(damage));
        let refused = fixture.files.get(kept(&received)).await.expect_err("refused");
        assert_eq!(refused.kind.status, 500, "{damage}");
    }
}
