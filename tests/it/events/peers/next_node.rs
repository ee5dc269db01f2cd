//! `sequenceNextNode` of ClickHouse.
//!
//! Events without a label are not there. The base is the first event (`head`), the last (`tail`), or
//! the first or the last that is the beginning of the chain; it has to meet the base condition. From
//! there on the events, one after another or one before another, are those of the chain; what comes
//! next is the answer.

use serde_json::Value as Json;

use super::cases::{Case, texts};

/// An event that has a label.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node<'a> {
    pub(super) time: i64,
    pub(super) label: &'a str,
    pub(super) can_be_base: bool,
}

pub(super) fn nodes(case: &Case) -> Vec<Node<'_>> {
    let base = &case.param("base_condition")["attr"];
    let node = |event| {
        let event: &Json = event;
        let can_be_base = base.is_null() || event[2] == *base;
        Some(Node { time: event[0].as_i64().unwrap(), label: event[1].as_str()?, can_be_base })
    };
    let mut nodes: Vec<Node<'_>> =
        case.field("events").as_array().unwrap().iter().filter_map(node).collect();
    nodes.sort_by_key(|node| node.time);
    nodes
}

pub(super) fn next<'a>(case: &Case, nodes: &[Node<'a>]) -> Option<&'a str> {
    let chain = texts(case.param("chain"));
    let begins = |node: &Node<'_>| node.can_be_base && Some(&node.label) == chain.first();
    let base = match case.param("base").as_str().unwrap() {
        "head" => nodes.first().filter(|node| node.can_be_base).map(|_| 0),
        "tail" => nodes.last().filter(|node| node.can_be_base).map(|_| nodes.len() - 1),
        "first_match" => nodes.iter().position(begins),
        "last_match" => nodes.iter().rposition(begins),
        other => panic!("no base {other}"),
    }?;
    let forward = case.param("direction") == "forward";
    let from_base: Vec<&Node<'a>> = match forward {
        true => nodes[base..].iter().collect(),
        false => nodes[..=base].iter().rev().collect(),
    };
    let follows = chain.iter().zip(&from_base).all(|(wanted, node)| *wanted == node.label);
    let next = from_base.get(chain.len())?;
    follows.then_some(next.label)
}
