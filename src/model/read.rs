//! Asking a document for its fields, and noting every problem with its path.

use std::cell::RefCell;
use std::collections::HashSet;
use std::str::FromStr;

use super::node::Node;
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::number::{Rational, refused_float};

/// All problems found so far.
pub(super) type Problems = RefCell<Vec<Error>>;

/// A value of the document and where it stands.
pub(super) struct Field<'a> {
    node: &'a Node,
    path: String,
    problems: &'a Problems,
}

/// An object, which notes which fields were asked for.
pub(super) struct Object<'a> {
    fields: &'a [(String, Node)],
    path: String,
    problems: &'a Problems,
    known: Vec<&'static str>,
}

impl<'a> Field<'a> {
    pub(super) fn root(node: &'a Node, problems: &'a Problems) -> Self {
        Self { node, path: String::new(), problems }
    }

    /// Notes a problem of this value.
    pub(super) fn refuse(&self, error: Error) {
        self.problems.borrow_mut().push(error.at_path(&self.path));
    }

    fn wrong<T>(&self, due: &str) -> Option<T> {
        let found = self.node.describe();
        self.refuse(Error::new(ErrorKind::Type, format!("{found} where {due} is due")));
        None
    }

    pub(super) fn is_text(&self) -> bool {
        matches!(self.node, Node::Text(_))
    }

    pub(super) fn is_object(&self) -> bool {
        matches!(self.node, Node::Object(_))
    }

    /// Whether it is an object with this field.
    pub(super) fn has(&self, name: &str) -> bool {
        matches!(self.node, Node::Object(fields) if fields.iter().any(|(key, _)| key == name))
    }

    pub(super) fn text(&self) -> Option<&'a str> {
        match self.node {
            Node::Text(text) => Some(text),
            _ => self.wrong("text"),
        }
    }

    /// What an object calls itself, whatever else is wrong with it.
    pub(super) fn name(&self) -> Option<&'a str> {
        let Node::Object(fields) = self.node else { return None };
        fields.iter().find_map(|(key, node)| match node {
            Node::Text(text) if key == "name" => Some(text.as_str()),
            _ => None,
        })
    }

    /// A text that is read as `T`.
    pub(super) fn parsed<T: FromStr<Err = Error>>(&self) -> Option<T> {
        self.checked(self.text()?.parse())
    }

    /// What the text stands for, among a few.
    pub(super) fn one_of<T, const N: usize>(
        &self,
        what: &str,
        choices: [(&'static str, T); N],
    ) -> Option<T> {
        let text = self.text()?;
        let names = choices.each_ref().map(|(name, _)| *name);
        let found = choices.into_iter().find(|(name, _)| *name == text);
        if found.is_none() {
            let remedy = did_you_mean(text, names);
            let message = format!("unknown {what} \"{text}\"; {remedy}");
            self.refuse(Error::new(ErrorKind::Unknown, message));
        }
        found.map(|(_, choice)| choice)
    }

    /// The value of a result, or its error noted.
    pub(super) fn checked<T>(&self, result: Result<T, Error>) -> Option<T> {
        result.map_err(|error| self.refuse(error)).ok()
    }

    /// An exact number: an integer, or text.
    pub(super) fn number(&self) -> Option<Rational> {
        match self.node {
            Node::Integer(number) => Some(Rational::from(*number)),
            Node::Text(_) => self.parsed(),
            Node::Float(number) => {
                self.refuse(Error::new(ErrorKind::Type, refused_float(number)));
                None
            }
            _ => self.wrong("an integer or a number as text"),
        }
    }

    /// A small whole number.
    pub(super) fn count(&self) -> Option<u32> {
        match self.node {
            Node::Integer(number) => match u32::try_from(*number) {
                Ok(number) => Some(number),
                Err(_) => self.wrong("a whole number from 0 to 4294967295"),
            },
            _ => self.wrong("a whole number"),
        }
    }

    pub(super) fn flag(&self) -> Option<bool> {
        match self.node {
            Node::Flag(flag) => Some(*flag),
            _ => self.wrong("true or false"),
        }
    }

    pub(super) fn list(&self) -> Option<Vec<Field<'a>>> {
        let Node::List(nodes) = self.node else {
            return self.wrong("a list");
        };
        let field = |(i, node)| Field {
            node,
            path: format!("{}[{i}]", self.path),
            problems: self.problems,
        };
        Some(nodes.iter().enumerate().map(field).collect())
    }

    /// A list of texts.
    pub(super) fn texts(&self) -> Option<Vec<String>> {
        self.list()?.iter().map(|field| field.text().map(str::to_owned)).collect()
    }

    /// Reads an object; fields that `read` does not ask for are noted as unknown.
    pub(super) fn object<T>(&self, read: impl FnOnce(&mut Object<'a>) -> Option<T>) -> Option<T> {
        let Node::Object(fields) = self.node else {
            return self.wrong("an object");
        };
        let mut object =
            Object { fields, path: self.path.clone(), problems: self.problems, known: Vec::new() };
        let result = read(&mut object);
        object.finish();
        result
    }

    /// The fields of an object whose keys are the user's own names.
    pub(super) fn entries(&self) -> Option<Vec<(&'a str, Field<'a>)>> {
        let Node::Object(fields) = self.node else {
            return self.wrong("an object");
        };
        let mut entries: Vec<(&'a str, Field<'a>)> = Vec::new();
        let mut seen: HashSet<&str> = HashSet::new();
        for (key, node) in fields {
            let field = Field { node, path: join(&self.path, key), problems: self.problems };
            match seen.insert(key) {
                true => entries.push((key, field)),
                false => field.refuse(Error::new(ErrorKind::Duplicate, "is there twice; keep one")),
            }
        }
        Some(entries)
    }
}

fn join(path: &str, key: &str) -> String {
    match path.is_empty() {
        true => key.to_owned(),
        false => format!("{path}.{key}"),
    }
}

impl<'a> Object<'a> {
    /// A field that may be absent; null counts as absent.
    pub(super) fn get(&mut self, name: &'static str) -> Option<Field<'a>> {
        self.known.push(name);
        let (_, node) = self.fields.iter().find(|(key, _)| key == name)?;
        let path = join(&self.path, name);
        (*node != Node::Null).then_some(Field { node, path, problems: self.problems })
    }

    /// A field that must be there.
    pub(super) fn need(&mut self, name: &'static str) -> Option<Field<'a>> {
        let field = self.get(name);
        if field.is_none() {
            self.refuse(Error::new(ErrorKind::Missing, format!("\"{name}\" is missing; add it")));
        }
        field
    }

    /// Notes a problem of this object.
    pub(super) fn refuse(&self, error: Error) {
        self.problems.borrow_mut().push(error.at_path(&self.path));
    }

    /// Notes fields that nobody asked for, and those that are there twice.
    fn finish(self) {
        let mut seen: Vec<&str> = Vec::new();
        for (key, _) in self.fields {
            let error = match (self.known.contains(&key.as_str()), seen.contains(&key.as_str())) {
                (false, _) => {
                    let remedy = did_you_mean(key, self.known.iter().copied());
                    Error::new(ErrorKind::Unknown, format!("unknown field \"{key}\"; {remedy}"))
                }
                (_, true) => {
                    let message = format!("field \"{key}\" is there twice; keep one");
                    Error::new(ErrorKind::Duplicate, message)
                }
                _ => {
                    seen.push(key);
                    continue;
                }
            };
            self.refuse(error);
        }
    }
}
