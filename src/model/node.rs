//! A document as a tree of values, before anything is asked of it.
//!
//! Read through serde, so from any format. Numbers are integers; a float is kept as such, to be
//! refused where it stands instead of by the format's own message.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use crate::number::{JSON_NUMBER, integer};

/// A value of a document.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Null,
    Flag(bool),
    Integer(i128),
    /// A number with a fraction or exponent, or one beyond 64 bits, as text.
    Float(String),
    Text(String),
    List(Vec<Node>),
    /// In the order of the document; a key may be there twice.
    Object(Vec<(String, Node)>),
}

impl Node {
    /// What the value is, for a message.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Flag(flag) => flag.to_string(),
            Self::Integer(number) => number.to_string(),
            Self::Float(number) => number.clone(),
            Self::Text(text) => format!("\"{text}\""),
            Self::List(_) => "a list".to_owned(),
            Self::Object(_) => "an object".to_owned(),
        }
    }

    fn number(text: &str) -> Self {
        integer(text).map_or_else(|| Self::Float(text.to_owned()), Self::Integer)
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a model document")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Node::deserialize(deserializer)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Node, E> {
        Ok(Node::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Integer(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Integer(number.into()))
    }

    fn visit_i128<E>(self, number: i128) -> Result<Node, E> {
        Ok(Node::number(&number.to_string()))
    }

    fn visit_u128<E>(self, number: u128) -> Result<Node, E> {
        Ok(Node::number(&number.to_string()))
    }

    // Only to be refused with its place: nothing is computed with it.
    #[allow(clippy::disallowed_types, reason = "serde's signature; kept as text, to be refused")]
    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Float(number.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = list.next_element()? {
            nodes.push(node);
        }
        Ok(Node::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut fields = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            let node: Node = map.next_value()?;
            fields.push((key, node));
        }
        match fields.as_slice() {
            [(key, Node::Text(number))] if key == JSON_NUMBER => Ok(Node::number(number)),
            [(key, _)] if key == JSON_NUMBER => Err(A::Error::custom("a number without digits")),
            _ => Ok(Node::Object(fields)),
        }
    }
}
