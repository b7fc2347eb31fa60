//! What every form is set with: templates and fonts, from the binary. Nothing comes from the machine, the network or the clock.

use std::{collections::HashMap, sync::LazyLock};

use include_dir::{Dir, File, include_dir};
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static FONTS: [&[u8]; 4] = [
    include_bytes!("../fonts/Tinos-Regular.ttf"),
    include_bytes!("../fonts/Tinos-Bold.ttf"),
    include_bytes!("../fonts/Tinos-Italic.ttf"),
    include_bytes!("../fonts/Tinos-BoldItalic.ttf"),
];
static OFFICE: LazyLock<Office> = LazyLock::new(Office::open);

struct Office {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    templates: HashMap<FileId, Source>,
    main: FileId,
    data: FileId,
}

/// The world that a document is made in: the office, and what is to be said.
pub(crate) struct Desk {
    office: &'static Office,
    data: Bytes,
}

/// Every template, one after the other: what a document looks like follows from this and from what it says.
pub(crate) fn templates() -> impl Iterator<Item = &'static [u8]> {
    TEMPLATES.files().map(File::contents)
}

/// Whether the font has this letter.
pub(crate) fn has_letter(letter: char) -> bool {
    OFFICE.fonts[0].info().coverage.contains(letter.into())
}

impl Office {
    fn open() -> Self {
        let fonts: Vec<_> = FONTS.iter().flat_map(|font| Font::iter(Bytes::new(*font))).collect();
        let template = |file: &File<'_>| {
            let id = id(&file.path().to_string_lossy());
            (id, Source::new(id, file.contents_utf8().expect("templates are texts").to_owned()))
        };
        Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            templates: TEMPLATES.files().map(template).collect(),
            main: id("main.typ"),
            data: id("data.json"),
        }
    }
}

fn id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("a plain name is a path");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl Desk {
    /// The world in which `json` is what templates read as `data.json`.
    pub(crate) fn new(json: Vec<u8>) -> Self {
        Self { office: &OFFICE, data: Bytes::new(json) }
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.office.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.office.book
    }

    fn main(&self) -> FileId {
        self.office.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.office.templates.get(&id).cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.office.data { Ok(self.data.clone()) } else { Err(missing(id)) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.office.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
