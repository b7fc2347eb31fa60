//! A query string, put together.

use url::form_urlencoded::{self, Serializer};

/// The names and values of a query; what is empty is left out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// A query as it stood in an address, with or without its question mark.
    pub fn read(text: &str) -> Self {
        Self(form_urlencoded::parse(text.trim_start_matches('?').as_bytes()).into_owned().collect())
    }

    /// With a value, when there is one.
    #[must_use]
    pub fn with(mut self, name: &str, value: Option<&str>) -> Self {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.0.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// Without a value.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self
    }

    /// A value, when there is one.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether there is anything in it.
    pub fn has_any(&self) -> bool {
        !self.0.is_empty()
    }

    /// The address `path`, which may have a query of its own, with this one.
    pub fn after(&self, path: &str) -> String {
        self.behind(path, if path.contains('?') { '&' } else { '?' })
    }

    /// The same behind `#`, which a browser keeps to itself: no server and no log sees it. For the page's script.
    pub fn in_fragment_of(&self, path: &str) -> String {
        self.behind(path, '#')
    }

    fn behind(&self, path: &str, mark: char) -> String {
        match self.0.is_empty() {
            true => path.to_owned(),
            false => format!("{path}{mark}{}", Serializer::new(String::new()).extend_pairs(&self.0).finish()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_cannot_become_another_parameter() {
        let query =
            Query::default().with("q", Some("khai sinh&page_size=1")).with("field", None).with("cursor", Some(""));
        assert_eq!(query.after("/procedures"), "/procedures?q=khai+sinh%26page_size%3D1");
        assert_eq!(query.after("/procedures?page_size=50"), "/procedures?page_size=50&q=khai+sinh%26page_size%3D1");
        assert_eq!(Query::default().after("/procedures"), "/procedures");
        assert_eq!(Query::read("?q=a+b&next=//x").after("/work"), "/work?q=a+b&next=%2F%2Fx");
        assert_eq!(Query::read("q=a&cursor=b").without("cursor").after("/work"), "/work?q=a");
        let secret = Query::default().with("secret", Some("a&b"));
        assert_eq!(secret.in_fragment_of("/tracking"), "/tracking#secret=a%26b");
    }
}
