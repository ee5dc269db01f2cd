//! A tree in columns: its nodes level by level, so that children stand side by side.

use std::collections::VecDeque;
use std::ops::Range;

use super::node::{More, Node};
use super::{MOST_LEVELS, MOST_NODES};
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::number::{Rational, Weights, shown};

/// Problems after so many are not looked for.
const MOST_PROBLEMS: usize = 1_000;

/// Names, and who stands below whom. Nodes are counted from the root, 0, level by level.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shape {
    names: Vec<String>,
    parents: Vec<u32>,
    depths: Vec<u8>,
    /// The children of node i are those from the i-th to before the next one.
    first: Vec<u32>,
    /// For each place of a child, the sibling whose name is so many-eth in the order of names.
    by_name: Vec<u32>,
    /// As they were declared: a node, then what is below it, then its sibling.
    order: Vec<u32>,
}

/// What nodes say beside their place.
pub(super) struct Columns {
    /// Effective ones.
    pub(super) weights: Vec<Rational>,
    /// Of some, in rising order.
    pub(super) more: Vec<(usize, Box<More>)>,
}

/// Problems of a tree, each with its path.
pub(super) struct Problems(pub(super) Vec<Error>);

impl Problems {
    pub(super) fn note(&mut self, shape: &Shape, id: usize, place: (ErrorKind, &str, String)) {
        let (kind, field, message) = place;
        if self.0.len() < MOST_PROBLEMS {
            let error = Error::new(kind, message).at_path(field);
            self.0.push(error.at_path(shape.place(id)));
        }
    }

    /// # Errors
    ///
    /// All of them together, where there are some.
    pub(super) fn none(self) -> Result<(), Error> {
        Error::all("cascade", self.0).map_or(Ok(()), Err)
    }
}

impl Shape {
    /// # Errors
    ///
    /// [`ErrorKind::Capacity`] for a tree too deep or too large.
    pub(super) fn flatten(root: Node) -> Result<(Self, Columns), Error> {
        let too_large = |what: String| Err(Error::new(ErrorKind::Capacity, what));
        if root.too_deep {
            return too_large(format!(
                "a tree of more than {MOST_LEVELS} levels; cascade its branches one by one"
            ));
        }
        let mut shape = Self {
            names: Vec::new(),
            parents: vec![0],
            depths: vec![0],
            first: Vec::new(),
            by_name: Vec::new(),
            order: Vec::new(),
        };
        let mut columns = Columns { weights: Vec::new(), more: Vec::new() };
        let mut queue = VecDeque::from([root]);
        while let Some(node) = queue.pop_front() {
            let id = shape.names.len();
            columns.weights.push(node.effective_weight());
            columns.more.extend(node.more.map(|more| (id, more)));
            shape.names.push(node.name);
            // At most as many as fit: that is checked below.
            shape.first.push(shape.parents.len() as u32);
            if shape.parents.len() + node.children.len() > MOST_NODES {
                return too_large(format!(
                    "a tree of more than {MOST_NODES} nodes; cascade its branches one by one"
                ));
            }
            let depth = shape.depths[id] + 1;
            for child in node.children {
                shape.parents.push(id as u32);
                shape.depths.push(depth);
                queue.push_back(child);
            }
        }
        shape.first.push(shape.parents.len() as u32);
        shape.by_name = (0..shape.len() as u32).collect();
        let mut keys = Vec::new();
        for id in 0..shape.len() {
            let siblings = children(&shape.first, id);
            sort_by_name(&shape.names, &mut shape.by_name[siblings], &mut keys);
        }
        let mut open = vec![0];
        while let Some(id) = open.pop() {
            shape.order.push(id);
            open.extend(children(&shape.first, id as usize).rev().map(|child| child as u32));
        }
        Ok((shape, columns))
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    pub(super) fn children(&self, id: usize) -> Range<usize> {
        children(&self.first, id)
    }

    pub(super) fn is_leaf(&self, id: usize) -> bool {
        self.first[id] == self.first[id + 1]
    }

    pub(super) fn parent(&self, id: usize) -> Option<usize> {
        (id > 0).then(|| self.parents[id] as usize)
    }

    pub(super) fn depth(&self, id: usize) -> usize {
        self.depths[id].into()
    }

    pub(super) fn name(&self, id: usize) -> &str {
        &self.names[id]
    }

    /// All nodes as they were declared.
    pub(super) fn order(&self) -> impl DoubleEndedIterator<Item = usize> + ExactSizeIterator {
        self.order.iter().map(|id| *id as usize)
    }

    /// All leaves as they were declared.
    pub(super) fn leaves(&self) -> impl Iterator<Item = usize> {
        self.order().filter(|id| self.is_leaf(*id))
    }

    /// From the root down to the node.
    fn line(&self, id: usize) -> Vec<usize> {
        let mut line: Vec<usize> = std::iter::successors(Some(id), |id| self.parent(*id)).collect();
        line.reverse();
        line
    }

    pub(super) fn path(&self, id: usize) -> Vec<&str> {
        self.line(id).into_iter().map(|id| self.name(id)).collect()
    }

    /// The bytes of the paths of all nodes together.
    pub(super) fn path_bytes(&self) -> usize {
        let mut lengths: Vec<usize> = Vec::with_capacity(self.len());
        let mut all = 0_usize;
        for id in 0..self.len() {
            let above = self.parent(id).map_or(0, |parent| lengths[parent]);
            let length = above.saturating_add(self.names[id].len());
            lengths.push(length);
            all = all.saturating_add(length);
        }
        all
    }

    /// Where the node stands in a document.
    fn place(&self, id: usize) -> String {
        let below = self.line(id);
        let places = below.windows(2).filter_map(|pair| match pair {
            [above, id] => Some(format!("children[{}]", id - self.first[*above] as usize)),
            _ => None,
        });
        places.collect::<Vec<_>>().join(".")
    }

    /// The path in quotes for a message; long names are cut.
    pub(super) fn called(&self, id: usize) -> String {
        const LONGEST: usize = 60;
        let name = |name: &str| match name.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &name[..end]),
            None => name.to_owned(),
        };
        let names: Vec<String> = self.path(id).into_iter().map(name).collect();
        format!("\"{}\"", names.join(" > "))
    }

    /// The node with these names from the root down.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`] with the nearest name.
    pub(super) fn find<'a>(&self, path: impl IntoIterator<Item = &'a str>) -> Result<usize, Error> {
        let mut here = None;
        for name in path {
            let siblings = match here {
                None => 0..1,
                Some(id) => self.children(id),
            };
            let sorted = &self.by_name[siblings.clone()];
            let found = sorted.binary_search_by(|id| self.names[*id as usize].as_str().cmp(name));
            let Ok(found) = found else {
                let place =
                    here.map_or_else(String::new, |id| format!(" below {}", self.called(id)));
                let names = self.names[siblings].iter().map(String::as_str);
                let message = match names.len() {
                    0 => format!("no node {}{place}, which is a leaf", crate::error::quoted(name)),
                    _ => format!(
                        "unknown node {}{place}; {}",
                        crate::error::quoted(name),
                        did_you_mean(name, names)
                    ),
                };
                return Err(Error::new(ErrorKind::Unknown, message));
            };
            here = Some(sorted[found] as usize);
        }
        here.ok_or_else(|| {
            Error::new(ErrorKind::Missing, "an empty path; begin with the name of the root")
        })
    }

    /// Names that are empty or there twice, and weights below zero.
    pub(super) fn check(&self, weights: &[Rational], problems: &mut Problems) {
        for id in self.order() {
            if self.names[id].trim().is_empty() {
                let message = "an empty name; give it one".to_owned();
                problems.note(self, id, (ErrorKind::Missing, "name", message));
            }
            if weights[id].is_negative() {
                let (weight, called) = (shown(&weights[id]), self.called(id));
                let message =
                    format!("weight {weight} of {called} is below zero; give zero or more");
                problems.note(self, id, (ErrorKind::Domain, "weight", message));
            }
            for pair in self.by_name[self.children(id)].windows(2) {
                let [one, other] = *pair else { continue };
                if self.names[one as usize] == self.names[other as usize] {
                    let other = other as usize;
                    let called = self.called(other);
                    let message = format!("{called} is there twice among its siblings; rename one");
                    problems.note(self, other, (ErrorKind::Duplicate, "name", message));
                }
            }
        }
    }

    /// The weights of the children of each node. None for leaves, and for a node whose children weigh
    /// nothing: which is a problem, but where the node or one above it weighs nothing itself, or `spare`
    /// says so.
    pub(super) fn groups(
        &self,
        weights: &[Rational],
        spare: impl Fn(usize) -> bool,
        problems: &mut Problems,
    ) -> Vec<Option<Box<Weights>>> {
        let mut weightless = vec![false; self.len()];
        let mut groups = Vec::with_capacity(self.len());
        for id in 0..self.len() {
            if let Some(parent) = self.parent(id) {
                weightless[id] = weightless[parent] || weights[id].is_zero();
            }
            let group = &weights[self.children(id)];
            if group.is_empty() || group.iter().all(Rational::is_zero) {
                if !group.is_empty() && !weightless[id] && !spare(id) {
                    let message = format!(
                        "the weights of the children of {} are all zero; give one above zero",
                        self.called(id)
                    );
                    problems.note(self, id, (ErrorKind::Domain, "children", message));
                }
                groups.push(None);
                continue;
            }
            if group.iter().any(Rational::is_negative) {
                // Told where it stands.
                groups.push(None);
                continue;
            }
            groups.push(match Weights::new(group) {
                Ok(weights) => Some(Box::new(weights)),
                Err(error) => {
                    let message = format!("{} below {}", error.message(), self.called(id));
                    problems.note(self, id, (error.kind(), "children", message));
                    None
                }
            });
        }
        groups
    }
}

/// Sorts siblings by name; of equal names the first stands first. Eight bytes behind what all names
/// begin with are compared as one number, and the names only where those are equal.
fn sort_by_name(names: &[String], siblings: &mut [u32], keys: &mut Vec<(u64, u32)>) {
    let name = |id: u32| names[id as usize].as_bytes();
    let Some((first, others)) = siblings.split_first() else { return };
    let begin = name(*first);
    let shared = others.iter().fold(begin.len(), |shared, id| {
        let pairs = begin[..shared].iter().zip(name(*id));
        pairs.take_while(|(a, b)| a == b).count()
    });
    keys.clear();
    keys.extend(siblings.iter().map(|id| {
        let mut head = [0; 8];
        head.iter_mut().zip(&name(*id)[shared..]).for_each(|(head, byte)| *head = *byte);
        (u64::from_be_bytes(head), *id)
    }));
    keys.sort_unstable_by(|(a, one), (b, other)| {
        a.cmp(b).then_with(|| name(*one).cmp(name(*other))).then(one.cmp(other))
    });
    siblings.iter_mut().zip(keys).for_each(|(sibling, (_, id))| *sibling = *id);
}

fn children(first: &[u32], id: usize) -> Range<usize> {
    first[id] as usize..first[id + 1] as usize
}
