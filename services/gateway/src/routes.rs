//! The routing table: path template, then method. What is not in it does not exist.

use std::sync::Arc;

use actix_web::http::Method;
use anyhow::{Result, anyhow};
use edge::{Problem, kinds};
use matchit::{Match, Router};

use crate::{operation::Operation, pages::Page, upstream::Upstream};

/// Every path that the gateway answers.
pub(crate) struct Routes {
    /// What the document and the gateway's own pages name.
    table: Router<Endpoint>,
    /// Everything else that is not of the API: the portal's.
    rest: Router<Endpoint>,
}

/// One path template.
pub(crate) struct Endpoint {
    /// The template, which names the path in metrics.
    pub template: Arc<str>,
    /// The methods there are, as `Allow` says them.
    pub allow: String,
    /// Failures here are OAuth's.
    pub own_errors: bool,
    targets: Vec<(Method, Target)>,
}

/// Who answers.
pub(crate) enum Target {
    /// A service behind the gateway.
    Operation(Box<Operation>),
    /// The gateway itself.
    Page(Page),
    /// The portal, which knows its pages itself.
    Portal(Arc<Upstream>),
}

impl Routes {
    /// A table with the gateway's own pages and the portal's only.
    pub fn new(portal: &Arc<Upstream>) -> Result<Self> {
        let mut routes = Self { table: Router::new(), rest: Router::new() };
        for (path, page) in Page::ALL {
            insert(&mut routes.table, path, vec![(Method::GET, Target::Page(page))])?;
        }
        for path in ["/", "/{*page}"] {
            let methods = [Method::GET, Method::POST];
            insert(&mut routes.rest, path, methods.map(|it| (it, Target::Portal(Arc::clone(portal)))).into())?;
        }
        Ok(routes)
    }

    /// Adds the operations of one path.
    ///
    /// # Errors
    /// When the path cannot be told from another one.
    pub fn add(&mut self, path: &str, operations: Vec<(Method, Operation)>) -> Result<()> {
        let targets = operations.into_iter().map(|(method, it)| (method, Target::Operation(Box::new(it))));
        insert(&mut self.table, path, targets.collect())
    }

    /// The endpoint that a raw path leads to.
    ///
    /// # Errors
    /// 404 when there is none, 400 when the path holds characters that no path may hold (RFC 3986 §3.3).
    pub fn at<'a>(&'a self, path: &'a str) -> Result<Match<'a, 'a, &'a Endpoint>, Problem> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@%/".contains(&byte);
        if !path.bytes().all(plain) {
            return Err(kinds::MALFORMED.into());
        }
        // A service's HTTP library would climb where the table saw a value.
        if path.split('/').any(is_dots) {
            return Err(kinds::NOT_FOUND.into());
        }
        let known = self.table.at(path);
        let found =
            if path == "/api" || path.starts_with("/api/") { known } else { known.or_else(|_| self.rest.at(path)) };
        found.map_err(|_| kinds::NOT_FOUND.into())
    }
}

fn insert(router: &mut Router<Endpoint>, path: &str, targets: Vec<(Method, Target)>) -> Result<()> {
    let mut methods: Vec<_> = targets.iter().map(|(method, _)| method.as_str()).collect();
    if methods.contains(&"GET") {
        methods.push("HEAD");
    }
    methods.push("OPTIONS");
    let own_errors = targets.iter().any(|(_, target)| matches!(target, Target::Operation(it) if it.own_errors));
    let endpoint = Endpoint { template: path.into(), allow: methods.join(", "), own_errors, targets };
    router.insert(path, endpoint).map_err(|why| anyhow!("the path {path} cannot be routed: {why}"))
}

impl Endpoint {
    /// Who answers `method` here; HEAD is answered by whoever answers GET.
    ///
    /// # Errors
    /// 405 naming the methods that there are.
    pub fn target(&self, method: &Method) -> Result<&Target, Problem> {
        let wanted = if method == Method::HEAD { &Method::GET } else { method };
        let target = self.targets.iter().find(|(method, _)| method == wanted).map(|(_, target)| target);
        target.ok_or_else(|| Problem::from(kinds::METHOD_NOT_ALLOWED).allow(self.allow.clone()))
    }
}

fn is_dots(segment: &str) -> bool {
    let decoded = segment.replace("%2e", ".").replace("%2E", ".");
    decoded == "." || decoded == ".."
}
