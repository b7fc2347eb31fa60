//! Which modules of its crate a file names: in imports, and in paths anywhere else, macros included. Tests are left out.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use crate::tokens::{Token, tokens};

/// A module, by its path from the crate's root, which is empty.
pub type Module = Vec<String>;

/// A path that a module names, and as what an import makes it known.
#[derive(Debug)]
struct Named {
    path: Vec<String>,
    import: Option<String>,
}

/// The modules of a crate, and what each names.
#[derive(Debug, Default)]
pub struct Source {
    named: BTreeMap<Module, Vec<Named>>,
    tests: BTreeSet<Module>,
}

impl Source {
    /// Reads the files below `src`.
    ///
    /// # Panics
    /// When one cannot be read.
    pub fn read(src: &Path) -> Self {
        let mut source = Self::default();
        let has_lib = src.join("lib.rs").exists();
        for file in rust_files(src) {
            let own = file.strip_prefix(src).expect("a file below it").with_extension("");
            let mut module: Module = own.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            let last = module.last().map(String::as_str);
            if last == Some("main") && has_lib && module.len() == 1 {
                continue;
            }
            if matches!(last, Some("lib" | "main" | "mod")) {
                module.pop();
            }
            let text = fs::read_to_string(&file).expect("a source");
            let mut reader = Reader { tokens: tokens(&text), at: 0, module: module.clone(), source: &mut source };
            reader.source.named.entry(module).or_default();
            reader.block();
        }
        source
    }

    /// From which module to which, without tests and without the way from a module down to its own parts.
    pub fn arrows(&self) -> BTreeSet<(Module, Module)> {
        let mut arrows = BTreeSet::new();
        for (module, named) in self.named.iter().filter(|(module, _)| !self.is_test(module)) {
            for path in named.iter().map(|named| &named.path) {
                if let Some(target) = self.first(module, path, 0)
                    && !target.starts_with(module)
                    && !self.is_test(&target)
                {
                    arrows.insert((module.clone(), target));
                }
            }
        }
        arrows
    }

    fn is_test(&self, module: &Module) -> bool {
        self.tests.iter().any(|test| module.starts_with(test))
    }

    /// The module that a path leads to, from its first word on.
    fn first(&self, module: &Module, path: &[String], depth: usize) -> Option<Module> {
        match path.first()?.as_str() {
            "crate" => Some(self.walk(Module::new(), &path[1..], depth)),
            "self" => Some(self.walk(module.clone(), &path[1..], depth)),
            "super" => {
                let mut parent = module.clone();
                parent.pop()?;
                let rest: Vec<String> = ["self".to_owned()].into_iter().chain(path[1..].iter().cloned()).collect();
                match rest.get(1).is_some_and(|next| next == "super") {
                    true => self.first(&parent, &rest[1..], depth),
                    false => self.first(&parent, &rest, depth),
                }
            }
            name if self.has(module, name) || self.import(module, name).is_some() => {
                Some(self.walk(module.clone(), path, depth)).filter(|target| target != module)
            }
            _ => None,
        }
    }

    fn walk(&self, from: Module, path: &[String], depth: usize) -> Module {
        let mut module = from;
        for (at, name) in path.iter().enumerate() {
            if self.has(&module, name) {
                module.push(name.clone());
                continue;
            }
            let Some(import) = self.import(&module, name).filter(|_| depth < 8) else { break };
            // An import of a name by itself leads nowhere else.
            if import.first() == Some(name) && path.len() == 1 && at == 0 && !self.has(&module, name) {
                break;
            }
            let longer: Vec<String> = import.iter().chain(&path[at + 1..]).cloned().collect();
            return self.first(&module, &longer, depth + 1).unwrap_or(module);
        }
        module
    }

    fn has(&self, module: &Module, name: &str) -> bool {
        let mut child = module.clone();
        child.push(name.to_owned());
        self.named.contains_key(&child)
    }

    fn import(&self, module: &Module, name: &str) -> Option<&Vec<String>> {
        let named = self.named.get(module)?;
        named.iter().find(|named| named.import.as_deref() == Some(name)).map(|named| &named.path)
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        match entry.path() {
            path if path.is_dir() => files.extend(rust_files(&path)),
            path if path.extension().is_some_and(|extension| extension == "rs") => files.push(path),
            _ => {}
        }
    }
    files.sort();
    files
}

/// Reads one file.
struct Reader<'a> {
    tokens: Vec<Token>,
    at: usize,
    module: Module,
    source: &'a mut Source,
}

impl Reader<'_> {
    fn word(&self, ahead: usize) -> Option<&str> {
        self.tokens.get(self.at + ahead)?.word()
    }

    fn sign(&self, ahead: usize, sign: char) -> bool {
        self.tokens.get(self.at + ahead).is_some_and(|token| token.is(sign))
    }

    /// Until the brace that closes what is open, or the end.
    fn block(&mut self) {
        while self.at < self.tokens.len() {
            if self.sign(0, '}') {
                self.at += 1;
                return;
            }
            self.one();
        }
    }

    fn one(&mut self) {
        if self.sign(0, '{') {
            self.at += 1;
            return self.block();
        }
        if self.sign(0, '#') && self.sign(1, '[') {
            return self.attribute();
        }
        match self.word(0) {
            Some("mod") if self.word(1).is_some() && self.sign(2, '{') => {
                let name = self.word(1).unwrap_or_default().to_owned();
                self.at += 3;
                self.module.push(name);
                self.source.named.entry(self.module.clone()).or_default();
                self.block();
                self.module.pop();
            }
            Some("use") => {
                self.at += 1;
                self.tree(Vec::new(), true);
            }
            Some(_) if self.sign(1, ':') && self.sign(2, ':') && !self.follows_a_path() => self.tree(Vec::new(), false),
            _ => self.at += 1,
        }
    }

    /// Whether the word here is the end of a path whose begin is no name, as in `<T>::of`.
    fn follows_a_path(&self) -> bool {
        self.at >= 2 && self.tokens[self.at - 1].is(':') && self.tokens[self.at - 2].is(':')
    }

    /// An attribute; what is for tests only is passed over with it.
    fn attribute(&mut self) {
        let begin = self.at;
        self.at += 1;
        self.balanced();
        let words: Vec<_> = self.tokens[begin..self.at].iter().filter_map(Token::word).collect();
        if !(words.first() == Some(&"cfg") && words.contains(&"test") && !words.contains(&"not")) {
            // Attributes name paths too.
            self.at = begin + 2;
            return;
        }
        while self.sign(0, '#') {
            self.at += 1;
            self.balanced();
        }
        while self.at < self.tokens.len() {
            if self.word(0) == Some("mod") && self.sign(2, ';') {
                let mut module = self.module.clone();
                module.push(self.word(1).unwrap_or_default().to_owned());
                self.source.tests.insert(module);
            }
            if self.sign(0, ';') {
                self.at += 1;
                return;
            }
            if self.sign(0, '{') {
                return self.balanced();
            }
            if self.sign(0, '(') || self.sign(0, '[') {
                self.balanced();
            } else {
                self.at += 1;
            }
        }
    }

    /// Passes over brackets with all they hold.
    fn balanced(&mut self) {
        let mut depth = 0_u32;
        while let Some(token) = self.tokens.get(self.at) {
            self.at += 1;
            match token {
                Token::Sign('(' | '[' | '{') => depth += 1,
                Token::Sign(')' | ']' | '}') => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// A path, or a tree of them.
    fn tree(&mut self, mut path: Vec<String>, import: bool) {
        loop {
            if self.sign(0, '{') {
                self.at += 1;
                while self.at < self.tokens.len() && !self.sign(0, '}') {
                    match self.sign(0, ',') {
                        true => self.at += 1,
                        false => self.tree(path.clone(), import),
                    }
                }
                self.at += 1;
                return;
            }
            let Some(word) = self.word(0).map(str::to_owned) else {
                // `*`, or the sign before generic arguments.
                self.at += 1;
                return self.name(path, None);
            };
            self.at += 1;
            if word != "self" || path.is_empty() {
                path.push(word);
            }
            if self.sign(0, ':') && self.sign(1, ':') {
                self.at += 2;
                continue;
            }
            let mut alias = path.last().cloned().filter(|_| import);
            if import && self.word(0) == Some("as") {
                alias = self.word(1).map(str::to_owned);
                self.at += 2;
            }
            return self.name(path, alias);
        }
    }

    fn name(&mut self, path: Vec<String>, import: Option<String>) {
        self.source.named.entry(self.module.clone()).or_default().push(Named { path, import });
    }
}
