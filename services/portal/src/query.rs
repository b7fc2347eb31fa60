//! A query string, put together.

use url::form_urlencoded::Serializer;

/// The names and values of a query; what is empty is left out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// With a value, when there is one.
    #[must_use]
    pub fn with(mut self, name: &str, value: Option<&str>) -> Self {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.0.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// The address `path` with this query.
    pub fn after(&self, path: &str) -> String {
        match self.0.is_empty() {
            true => path.to_owned(),
            false => format!("{path}?{}", Serializer::new(String::new()).extend_pairs(&self.0).finish()),
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
        assert_eq!(Query::default().after("/procedures"), "/procedures");
    }
}
