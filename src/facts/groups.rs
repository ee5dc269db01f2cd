//! Which rows to take, and by which dimensions to keep them apart.

use std::collections::HashSet;

use super::measure::Schema;
use super::table::Facts;
use crate::calendar::Date;
use crate::error::{Error, ErrorKind};

/// Rows by the names of dimensions and their values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    /// A group for each combination of values of these.
    pub(crate) by: Vec<String>,
    /// Only rows with one of these values; a dimension that is not named takes all.
    pub(crate) only: Vec<(String, Vec<String>)>,
}

impl Selection {
    /// Takes only rows whose `dimension` has one of these values, beside what was said before.
    pub(crate) fn only<S: Into<String>>(
        &mut self,
        dimension: impl Into<String>,
        values: impl IntoIterator<Item = S>,
    ) {
        self.only.push((dimension.into(), values.into_iter().map(Into::into).collect()));
    }

    /// The same rows in one group.
    pub(crate) fn in_total(&self) -> Self {
        Self { by: Vec::new(), only: self.only.clone() }
    }

    /// What is wrong with it, each with its path.
    pub(crate) fn problems(&self, schema: &Schema) -> Vec<Error> {
        let mut problems = Vec::new();
        for (i, name) in self.by.iter().enumerate() {
            let place = |error: Error| error.at_path(format!("by[{i}]"));
            if let Err(error) = schema.dimension_index(name) {
                problems.push(place(error));
            } else if self.by[..i].contains(name) {
                let message = format!("dimension \"{name}\" is named twice; name it once");
                problems.push(place(Error::new(ErrorKind::Duplicate, message)));
            }
        }
        for (name, _) in &self.only {
            if let Err(error) = schema.dimension_index(name) {
                problems.push(error.at_path("where"));
            }
        }
        problems
    }
}

/// The leaves that were selected, by group.
#[derive(Debug, Clone)]
pub(crate) struct Groups {
    /// The dimension values of each group, in alphabetical order of the groups.
    pub(crate) keys: Vec<Vec<String>>,
    /// The group of each leaf; `NONE` for a leaf that was not selected.
    pub(super) of_leaf: Vec<u32>,
    /// How many leaves each group has.
    pub(super) sizes: Vec<usize>,
    /// The dimensions of the keys, by their place in the schema.
    by: Vec<usize>,
    /// The values that filters leave of other dimensions.
    fixed: Vec<(usize, Vec<String>)>,
}

impl Groups {
    /// The dimensions on which a row of these groups depends, in the order of the schema.
    pub(super) fn dimensions(&self) -> Vec<usize> {
        let mut dimensions: Vec<_> = self
            .by
            .iter()
            .chain(self.fixed.iter().map(|(dimension, _)| dimension))
            .copied()
            .collect();
        dimensions.sort_unstable();
        dimensions
    }

    /// The values of those dimensions for a group; none where a filter leaves several.
    pub(super) fn values(&self, group: usize) -> Option<Vec<String>> {
        let key = self.by.iter().copied().zip(self.keys[group].iter().map(Some));
        let fixed = self.fixed.iter().map(|(dimension, values)| match values.as_slice() {
            [value] => (*dimension, Some(value)),
            _ => (*dimension, None),
        });
        let mut values: Vec<_> = key.chain(fixed).collect();
        values.sort_unstable_by_key(|(dimension, _)| *dimension);
        values.into_iter().map(|(_, value)| value.cloned()).collect()
    }
}

/// No group, or no period.
pub(super) const NONE: u32 = u32::MAX;

impl Facts<'_> {
    /// Groups the leaves that a selection takes, of those that have a row on the day `until` or
    /// before, where one is given. Without dimensions there is one group, even an empty one.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`] for a dimension that is not there.
    pub(crate) fn groups(
        &self,
        selection: &Selection,
        until: Option<Date>,
    ) -> Result<Groups, Error> {
        let dimension = |name: &String| self.schema.dimension_index(name);
        let by = selection.by.iter().map(dimension).collect::<Result<Vec<_>, _>>()?;
        let mut allowed: Vec<(usize, Vec<bool>)> = Vec::new();
        for (name, values) in &selection.only {
            let index = dimension(name)?;
            let dictionary = &self.dictionaries[index];
            let values: HashSet<&String> = values.iter().collect();
            allowed.push((index, dictionary.iter().map(|text| values.contains(text)).collect()));
        }
        let begun = until.filter(|day| *day < self.period().last()).map(|until| {
            let mut begun = vec![false; self.leaves.len()];
            for (day, leaf) in self.days.iter().zip(&self.leaf) {
                begun[*leaf as usize] |= *day <= until.number();
            }
            begun
        });
        let passes = |leaf: usize| {
            let codes = self.leaves.codes(leaf);
            begun.as_ref().is_none_or(|begun| begun[leaf])
                && allowed.iter().all(|(dimension, allowed)| allowed[codes[*dimension] as usize])
        };
        // One dimension after the other: a group so far, and the rank of a value in the alphabet.
        let group = |leaf: usize| if passes(leaf) { 0 } else { NONE };
        let mut of_leaf: Vec<u32> = (0..self.leaves.len()).map(group).collect();
        let mut keys: Vec<Vec<String>> = vec![Vec::new()];
        for dimension in by.iter().copied() {
            let dictionary = &self.dictionaries[dimension];
            let mut order: Vec<u32> = (0..dictionary.len() as u32).collect();
            order.sort_unstable_by_key(|code| &dictionary[*code as usize]);
            let mut ranks = vec![0_u32; dictionary.len()];
            for (rank, code) in order.iter().enumerate() {
                ranks[*code as usize] = rank as u32;
            }
            let pair = |(leaf, group): (usize, &u32)| {
                let rank = ranks[self.leaves.codes(leaf)[dimension] as usize];
                (*group != NONE).then(|| u64::from(*group) << 32 | u64::from(rank))
            };
            let mut pairs: Vec<u64> = of_leaf.iter().enumerate().filter_map(pair).collect();
            pairs.sort_unstable();
            pairs.dedup();
            let place = |at: Option<u64>| at.and_then(|pair| pairs.binary_search(&pair).ok());
            let next = of_leaf.iter().enumerate().map(|leaf| place(pair(leaf)));
            of_leaf = next.map(|place| place.map_or(NONE, |place| place as u32)).collect();
            let key = |pair: &u64| {
                let (group, rank) = ((pair >> 32) as usize, *pair as u32 as usize);
                let text = dictionary[order[rank] as usize].clone();
                keys[group].iter().cloned().chain([text]).collect()
            };
            keys = pairs.iter().map(key).collect();
        }
        let mut sizes = vec![0; keys.len()];
        for group in of_leaf.iter().filter(|group| **group != NONE) {
            sizes[*group as usize] += 1;
        }
        let mut fixed: Vec<(usize, Vec<String>)> = Vec::new();
        for (name, values) in &selection.only {
            let index = dimension(name)?;
            if by.contains(&index) {
                continue;
            }
            let mut left: Vec<String> = values.clone();
            left.sort_unstable();
            left.dedup();
            match fixed.iter_mut().find(|(known, _)| *known == index) {
                Some((_, known)) => known.retain(|value| left.contains(value)),
                None => fixed.push((index, left)),
            }
        }
        Ok(Groups { keys, of_leaf, sizes, by, fixed })
    }

    /// The same groups with only the leaves that filters take.
    pub(super) fn restricted(&self, groups: &Groups, only: &[(String, Vec<String>)]) -> Groups {
        let allowed: Vec<(usize, Vec<bool>)> = only
            .iter()
            .filter_map(|(name, values)| {
                let index = self.schema.dimension_index(name).ok()?;
                let values: HashSet<&String> = values.iter().collect();
                let dictionary = &self.dictionaries[index];
                Some((index, dictionary.iter().map(|text| values.contains(text)).collect()))
            })
            .collect();
        let mut groups = groups.clone();
        for leaf in 0..self.leaves.len() {
            let codes = self.leaves.codes(leaf);
            let takes = |(index, allowed): &(usize, Vec<bool>)| allowed[codes[*index] as usize];
            let group = groups.of_leaf[leaf];
            if group != NONE && !allowed.iter().all(takes) {
                groups.of_leaf[leaf] = NONE;
                groups.sizes[group as usize] -= 1;
            }
        }
        groups
    }
}
