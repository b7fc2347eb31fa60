//! How a file lies on the disk when there is a key: a header, then chunks, each sealed for its place in this one file.
//!
//! The header is [`MAGIC`], the key's id and a random salt. From key and salt a key of the file's own is derived (HKDF-SHA256, RFC
//! 5869), so its nonces are simply the chunks' numbers. A nonce also tells the last chunk, so that nothing can be cut off, swapped or
//! added (STREAM, Hoang, Reyhanitabar, Rogaway and Vizár 2015); and each chunk is bound to the file's name in the store.

use std::mem;

use actix_web::web::Bytes;
use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, MAX_TAG_LEN, NONCE_LEN, Nonce, Tag, UnboundKey},
    error::Unspecified,
    hkdf::{HKDF_SHA256, Salt},
};
use runtime::Random;

use crate::{
    Unreadable,
    keys::{Key, Keys},
};

/// What a sealed file begins with, and no other that is taken (`foreign.rs`): the 1 is the version of all that follows.
pub(crate) const MAGIC: &[u8; 8] = b"MOTCUA\x01\n";
const SALT: usize = 32;
const HEADER: usize = MAGIC.len() + Key::ID + SALT;
/// Bytes of the file in a chunk, and of the chunk on the disk. Only the last one has fewer.
const CHUNK: usize = 64 * 1024;
const SEALED: usize = CHUNK + MAX_TAG_LEN;
const KEY_LABEL: &[u8] = b"motcua file";

/// The chunks of one file, in order.
struct Chunks {
    key: LessSafeKey,
    name: String,
    next: u32,
}

impl Chunks {
    fn of(name: &str, key: &Key, salt: &[u8]) -> Result<Self, Unspecified> {
        let own = Salt::new(HKDF_SHA256, salt).extract(&key.secret);
        let own = UnboundKey::from(own.expand(&[KEY_LABEL], &AES_256_GCM)?);
        Ok(Self { key: LessSafeKey::new(own), name: name.to_owned(), next: 0 })
    }

    fn nonce(&mut self, last: bool) -> Result<Nonce, Unspecified> {
        let mut nonce = [0; NONCE_LEN];
        nonce[NONCE_LEN - 5..NONCE_LEN - 1].copy_from_slice(&self.next.to_be_bytes());
        nonce[NONCE_LEN - 1] = last.into();
        self.next = self.next.checked_add(1).ok_or(Unspecified)?;
        Ok(Nonce::assume_unique_for_key(nonce))
    }

    /// Seals `chunk` where it is; gives its tag.
    fn seal(&mut self, chunk: &mut [u8], last: bool) -> Result<Tag, Unspecified> {
        let nonce = self.nonce(last)?;
        self.key.seal_in_place_separate_tag(nonce, Aad::from(&self.name), chunk)
    }

    fn open<'a>(&mut self, chunk: &'a mut [u8], last: bool) -> Result<&'a [u8], Unreadable> {
        let nonce = self.nonce(last).map_err(damaged)?;
        let plain = self.key.open_in_place(nonce, Aad::from(&self.name), chunk);
        Ok(plain.map_err(damaged)?)
    }
}

/// Seals a file while it streams.
pub(crate) struct Sealer {
    chunks: Chunks,
    /// A chunk that may be the last.
    held: Vec<u8>,
    ready: Vec<u8>,
}

impl Sealer {
    /// For the file `name`.
    pub(crate) fn begin(name: &str, key: &Key) -> Result<Self, Unspecified> {
        let salt: [u8; SALT] = Random::system().bytes();
        let ready = [MAGIC.as_slice(), &key.id, &salt].concat();
        Ok(Self { chunks: Chunks::of(name, key, &salt)?, held: Vec::with_capacity(CHUNK), ready })
    }

    /// Takes what comes next of the file; gives what can be written by now.
    pub(crate) fn seal(&mut self, mut bytes: &[u8]) -> Result<Bytes, Unspecified> {
        while !bytes.is_empty() {
            if self.held.len() == CHUNK {
                self.close(false)?;
            }
            let (now, later) = bytes.split_at(bytes.len().min(CHUNK - self.held.len()));
            self.held.extend_from_slice(now);
            bytes = later;
        }
        Ok(mem::take(&mut self.ready).into())
    }

    /// The file's end; gives the rest to be written.
    pub(crate) fn finish(mut self) -> Result<Bytes, Unspecified> {
        self.close(true)?;
        Ok(self.ready.into())
    }

    fn close(&mut self, last: bool) -> Result<(), Unspecified> {
        let tag = self.chunks.seal(&mut self.held, last)?;
        self.ready.extend_from_slice(&self.held);
        self.ready.extend_from_slice(tag.as_ref());
        self.held.clear();
        Ok(())
    }
}

/// Reads a file while it streams: a sealed one is opened, one without [`MAGIC`] was kept when there was no key.
pub(crate) struct Opener {
    name: String,
    keys: Keys,
    held: Vec<u8>,
    form: Form,
}

enum Form {
    NotToldYet,
    Clear,
    Sealed(Box<Chunks>),
}

impl Opener {
    /// For the file `name`.
    pub(crate) fn begin(name: &str, keys: Keys) -> Self {
        Self { name: name.to_owned(), keys, held: Vec::new(), form: Form::NotToldYet }
    }

    /// Takes what comes next from the disk; gives what is known of the file by now.
    pub(crate) fn open(&mut self, bytes: Bytes) -> Result<Bytes, Unreadable> {
        if matches!(self.form, Form::Clear) {
            return Ok(bytes);
        }
        self.held.extend_from_slice(&bytes);
        if matches!(self.form, Form::NotToldYet) {
            self.recognise()?;
        }
        match &mut self.form {
            Form::NotToldYet => Ok(Bytes::new()),
            Form::Clear => Ok(mem::take(&mut self.held).into()),
            Form::Sealed(chunks) => {
                // A chunk that nothing follows may be the last.
                let followed = self.held.len().saturating_sub(1) / SEALED * SEALED;
                let mut plain = Vec::with_capacity(followed);
                for chunk in self.held[..followed].chunks_mut(SEALED) {
                    plain.extend_from_slice(chunks.open(chunk, false)?);
                }
                self.held.drain(..followed);
                Ok(plain.into())
            }
        }
    }

    /// The end of what is on the disk; gives the rest of the file.
    pub(crate) fn finish(mut self) -> Result<Bytes, Unreadable> {
        match self.form {
            Form::NotToldYet if self.held.starts_with(MAGIC) => Err(Unreadable::Damaged),
            Form::NotToldYet | Form::Clear => Ok(self.held.into()),
            Form::Sealed(mut chunks) => Ok(Bytes::copy_from_slice(chunks.open(&mut self.held, true)?)),
        }
    }

    fn recognise(&mut self) -> Result<(), Unreadable> {
        if self.held.len() >= MAGIC.len() && !self.held.starts_with(MAGIC) {
            self.form = Form::Clear;
        } else if self.held.len() >= HEADER {
            let (id, salt) = self.held[MAGIC.len()..HEADER].split_at(Key::ID);
            let key = self.keys.find(id).ok_or_else(|| Unreadable::Key(hex::encode(id)))?;
            self.form = Form::Sealed(Box::new(Chunks::of(&self.name, key, salt).map_err(damaged)?));
            self.held.drain(..HEADER);
        }
        Ok(())
    }
}

fn damaged(_: Unspecified) -> Unreadable {
    Unreadable::Damaged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::KeySettings;

    fn keys() -> Keys {
        let key = "8f0b6c9d2e4a71355d9c0e83a6f2b4c7193e5a7d4b60c8f2e1d3957a0b6c4e8f";
        let settings = KeySettings { file_key: Some(civic::Secret::new(key)), previous_file_keys: None };
        settings.keys().expect("a key")
    }

    #[test]
    fn whatever_its_size_and_however_it_comes_a_file_is_opened_as_it_was() {
        let keys = keys();
        for size in [0, 1, 7, 8, 48, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 1] {
            let file: Vec<u8> = (0..size).map(|at| (at % 251) as u8).collect();
            for (sent, read) in [(1 << 20, 1 << 20), (1000, 8192), (CHUNK, SEALED), (SEALED, 1)] {
                let mut sealer = Sealer::begin("a", keys.present.as_ref().expect("a key")).expect("begun");
                let mut on_disk: Vec<u8> =
                    file.chunks(sent).flat_map(|piece| sealer.seal(piece).expect("sealed")).collect();
                on_disk.extend(sealer.finish().expect("sealed"));
                let mut opener = Opener::begin("a", keys.clone());
                let mut opened: Vec<u8> = on_disk
                    .chunks(read)
                    .flat_map(|piece| opener.open(Bytes::copy_from_slice(piece)).expect("opened"))
                    .collect();
                opened.extend(opener.finish().expect("opened"));
                assert!(opened == file, "{size} bytes, {sent} at once, read {read} at once");
            }
        }
    }
}
