//! Keys of segments: each once, and the order of a ranking.

use std::cmp::Ordering;
use std::collections::HashSet;

use crate::error::{Error, ErrorKind, quoted};
use crate::number::Value;

/// Refuses a key that is there twice.
pub(super) fn check<'a>(keys: impl Iterator<Item = &'a [String]>) -> Result<(), Error> {
    let mut seen = HashSet::new();
    for key in keys {
        if !seen.insert(key) {
            let named: Vec<_> = key.iter().map(|value| quoted(value)).collect();
            let message =
                format!("{} is there twice; add its sums up, or rename one", named.join(", "));
            return Err(Error::new(ErrorKind::Duplicate, message));
        }
    }
    Ok(())
}

pub(super) fn of<S: Into<String>>(key: impl IntoIterator<Item = S>) -> Vec<String> {
    key.into_iter().map(Into::into).collect()
}

/// What ranks first by size, whatever its sign, then by key; what is undefined ranks last.
pub(super) fn ranked<'a, T, K: Ord + ?Sized + 'a>(
    items: &'a [T],
    size: impl Fn(&'a T) -> Value,
    key: impl Fn(&'a T) -> &'a K,
) -> Vec<&'a T> {
    let magnitude = |item: &'a T| size(item).map(|size| size.abs());
    let mut ranked: Vec<_> = items.iter().map(|item| (magnitude(item), item)).collect();
    ranked
        .sort_by(|(a, left), (b, right)| descending(a, b).then_with(|| key(left).cmp(key(right))));
    ranked.into_iter().map(|(_, item)| item).collect()
}

/// The larger first, what is undefined last.
pub(super) fn descending(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Defined(a), Value::Defined(b)) => b.cmp(a),
        (Value::Defined(_), Value::Undefined(_)) => Ordering::Less,
        (Value::Undefined(_), Value::Defined(_)) => Ordering::Greater,
        (Value::Undefined(_), Value::Undefined(_)) => Ordering::Equal,
    }
}
