//! Rolling measures up: dense by day, then over time, then across.

use std::cmp::Ordering;

use super::column::{Stored, Values};
use super::measure::{Across, Measure, MissingDay, OverTime};
use super::table::Facts;
use crate::calendar::{Date, Period};
use crate::number::{Rational, Reason, Value};

/// Which dimension values to take; a dimension that is not named takes all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    /// By dimension index.
    pub(crate) allowed: Vec<(usize, Vec<String>)>,
    /// Only combinations that have a row on this day or before.
    pub(crate) until: Option<Date>,
}

/// The leaves that passed a filter, by group.
#[derive(Debug, Clone)]
pub(crate) struct Groups {
    /// The dimension values of each group, in alphabetical order of the groups.
    pub(crate) keys: Vec<Vec<String>>,
    /// The group of each leaf; `NONE` for a leaf that did not pass.
    of_leaf: Vec<u32>,
    /// How many leaves each group has.
    sizes: Vec<usize>,
}

const NONE: u32 = u32::MAX;

impl Facts<'_> {
    /// Groups the leaves by the dimensions `by`. Without dimensions there is one group, even an
    /// empty one.
    pub(crate) fn groups(&self, by: &[usize], filter: &Filter) -> Groups {
        let leaves = 0..self.leaves.len();
        let allowed: Vec<(usize, Vec<bool>)> = filter
            .allowed
            .iter()
            .map(|(dimension, values)| {
                let dictionary = &self.dictionaries[*dimension];
                (*dimension, dictionary.iter().map(|text| values.contains(text)).collect())
            })
            .collect();
        let begun = filter.until.filter(|day| *day < self.period().last()).map(|until| {
            let mut begun = vec![false; self.leaves.len()];
            for (day, leaf) in self.days.iter().zip(&self.leaf) {
                begun[*leaf as usize] |= *day <= until.number();
            }
            begun
        });
        let passes = |leaf: usize| {
            if begun.as_ref().is_some_and(|begun| !begun[leaf]) {
                return false;
            }
            let codes = self.leaves.codes(leaf);
            allowed.iter().all(|(dimension, allowed)| allowed[codes[*dimension] as usize])
        };
        let key = |leaf: usize| -> Vec<String> {
            let codes = self.leaves.codes(leaf);
            by.iter().map(|d| self.dictionaries[*d][codes[*d] as usize].clone()).collect()
        };
        let keyed: Vec<Option<Vec<String>>> =
            leaves.map(|leaf| passes(leaf).then(|| key(leaf))).collect();
        let mut keys: Vec<_> = keyed.iter().flatten().cloned().collect();
        keys.sort_unstable();
        keys.dedup();
        if by.is_empty() {
            keys = vec![Vec::new()];
        }
        let mut sizes = vec![0; keys.len()];
        let of_leaf = keyed
            .iter()
            .map(|key| {
                let group = key.as_ref().and_then(|key| keys.binary_search(key).ok());
                group.map_or(NONE, |group| {
                    sizes[group] += 1;
                    group as u32
                })
            })
            .collect();
        Groups { keys, of_leaf, sizes }
    }

    /// Rolls measures up into `periods` x groups. The periods are in order and do not overlap. The
    /// result has, for each measure, the value of period `p` and group `g` at `p * groups + g`.
    pub(crate) fn roll_up(
        &self,
        measures: &[usize],
        groups: &Groups,
        periods: &[Period],
    ) -> Vec<Vec<Value>> {
        let mut cells = None;
        let mut values = Vec::with_capacity(measures.len());
        for index in measures {
            let measure = &self.schema.measures()[*index];
            let column = &self.columns[*index];
            values.push(if measure.distinct {
                self.distinct(column, measure, groups, periods)
            } else if measure.is_plain_sum() {
                let cells = cells.get_or_insert_with(|| self.cells(groups, periods));
                self.plain_sums(column, measure, groups, periods, cells)
            } else {
                self.by_series(column, measure, groups, periods)
            });
        }
        values
    }

    /// The cell `p * groups + g` of each row, and `periods * groups` for rows outside.
    fn cells(&self, groups: &Groups, periods: &[Period]) -> Vec<u32> {
        let count = groups.keys.len();
        let outside = (periods.len() * count) as u32;
        let (Some(first), Some(last)) = (periods.first(), periods.last()) else {
            return vec![outside; self.rows()];
        };
        let start = first.first().number();
        let span = last.last().number().abs_diff(start) as usize + 1;
        let mut period_of_day = vec![NONE; span];
        for (p, period) in periods.iter().enumerate() {
            let from = period.first().number().abs_diff(start) as usize;
            period_of_day[from..from + period.days() as usize].fill(p as u32);
        }
        self.days
            .iter()
            .zip(&self.leaf)
            .map(|(day, leaf)| {
                let offset = i64::from(*day) - i64::from(start);
                let period = usize::try_from(offset)
                    .ok()
                    .and_then(|offset| period_of_day.get(offset))
                    .copied()
                    .unwrap_or(NONE);
                let group = groups.of_leaf[*leaf as usize];
                if period == NONE || group == NONE {
                    outside
                } else {
                    period * count as u32 + group
                }
            })
            .collect()
    }

    /// Sums over time and across in one pass over the rows, in any order.
    fn plain_sums(
        &self,
        column: &Stored<'_>,
        measure: &Measure,
        groups: &Groups,
        periods: &[Period],
        cells: &[u32],
    ) -> Vec<Value> {
        let count = periods.len() * groups.keys.len();
        let sums = grouped_sums(column, cells, count);
        let scale = column.scale;
        let values = sums.into_iter().map(|sum| Value::Defined(sum.at_scale(scale)));
        if measure.missing == MissingDay::Zero {
            return values.collect();
        }
        // Every leaf must have been observed on every day.
        let mut observed = vec![0_u64; count + 1];
        for (row, cell) in cells.iter().enumerate() {
            observed[*cell as usize] += u64::from(column.is_valid(row));
        }
        values
            .enumerate()
            .map(|(cell, value)| {
                let (period, group) = (cell / groups.keys.len(), cell % groups.keys.len());
                let needed = u64::from(periods[period].days()) * groups.sizes[group] as u64;
                match observed[cell] == needed && needed > 0 {
                    true => value,
                    false => Value::Undefined(Reason::Missing),
                }
            })
            .collect()
    }

    /// Any rules: leaf by leaf, first over time, then across.
    fn by_series(
        &self,
        column: &Stored<'_>,
        measure: &Measure,
        groups: &Groups,
        periods: &[Period],
    ) -> Vec<Value> {
        let count = groups.keys.len();
        let mut cells: Vec<Option<Value<WideSum>>> = vec![None; periods.len() * count];
        for leaf in 0..self.leaves.len() {
            let group = groups.of_leaf[leaf];
            if group == NONE {
                continue;
            }
            let series: Vec<(i32, i128)> = self
                .series
                .of(leaf)
                .iter()
                .map(|row| *row as usize)
                .filter(|row| column.is_valid(*row))
                .map(|row| (self.days[row], column.values.get(row)))
                .collect();
            for (p, period) in periods.iter().enumerate() {
                let cell = &mut cells[p * count + group as usize];
                *cell = combine(*cell, reduce(&series, measure, *period), measure.across);
            }
        }
        // Where no leaf existed, nothing was observed; a sum of nothing is zero where the measure
        // says that nothing means zero.
        let nothing = match (measure.missing, measure.across) {
            (MissingDay::Zero, Across::Sum) => Value::Defined(WideSum::default()),
            _ => Value::Undefined(Reason::Missing),
        };
        let value = |cell: Option<Value<WideSum>>| cell.unwrap_or(nothing);
        cells.into_iter().map(|cell| value(cell).map(|sum| sum.at_scale(column.scale))).collect()
    }

    /// Distinct counts: only where a cell is one day of one leaf, as supplied.
    fn distinct(
        &self,
        column: &Stored<'_>,
        measure: &Measure,
        groups: &Groups,
        periods: &[Period],
    ) -> Vec<Value> {
        let single = measure.clone().over_time(OverTime::Sum).across(Across::None);
        let values = self.by_series(column, &single, groups, periods);
        let count = groups.keys.len();
        values
            .into_iter()
            .enumerate()
            .map(|(cell, value)| match periods[cell / count].days() == 1 {
                true => value,
                false => Value::Undefined(Reason::NotAdditive),
            })
            .collect()
    }
}

/// A sum of up to 2^32 integers of 128 bits, a multiple of days each: `high * 2^64 + low`, which
/// cannot overflow.
#[derive(Debug, Clone, Copy, Default)]
struct WideSum {
    high: i128,
    low: u128,
}

impl WideSum {
    fn add_times(&mut self, value: i128, times: u32) {
        self.high += (value >> 64) * i128::from(times);
        self.low += u128::from(value as u64) * u128::from(times);
    }

    fn plus(self, other: Self) -> Self {
        let (a, b) = (self.carried(), other.carried());
        Self { high: a.high + b.high, low: a.low + b.low }
    }

    /// The same with a lower half below 2^64.
    fn carried(self) -> Self {
        let low = u128::from(self.low as u64);
        Self { high: self.high + (self.low >> 64) as i128, low }
    }

    fn at_scale(self, scale: u8) -> Rational {
        match Rational::from_halves(self.high, self.low) {
            Ok(sum) => Rational::from_scaled(sum, scale),
            Err(sum) => sum * Rational::from_scaled(1, scale),
        }
    }
}

impl From<i128> for WideSum {
    fn from(value: i128) -> Self {
        let mut sum = Self::default();
        sum.add_times(value, 1);
        sum
    }
}

impl PartialEq for WideSum {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for WideSum {}

impl PartialOrd for WideSum {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for WideSum {
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b) = (self.carried(), other.carried());
        (a.high, a.low).cmp(&(b.high, b.low))
    }
}

/// One sum for each cell; rows of the cell `count` are outside.
fn grouped_sums(column: &Stored<'_>, cells: &[u32], count: usize) -> Vec<WideSum> {
    let mut sums: Vec<WideSum> = match &column.values {
        Values::Narrow(values) if column.all_valid() => {
            // At most 2^32 rows of 64 bits: 128 bits hold every sum.
            let mut sums = vec![0_i128; count + 1];
            for (value, cell) in values.iter().zip(cells) {
                sums[*cell as usize] += i128::from(*value);
            }
            sums.into_iter().map(WideSum::from).collect()
        }
        values => {
            let mut sums = vec![WideSum::default(); count + 1];
            for (row, cell) in cells.iter().enumerate() {
                if column.is_valid(row) {
                    sums[*cell as usize].add_times(values.get(row), 1);
                }
            }
            sums
        }
    };
    sums.truncate(count);
    sums
}

/// Takes one more leaf into a cell; `None` is a leaf that did not exist yet.
fn combine(
    cell: Option<Value<WideSum>>,
    leaf: Option<Value<WideSum>>,
    across: Across,
) -> Option<Value<WideSum>> {
    let (Some(cell), Some(leaf)) = (cell, leaf) else {
        return cell.or(leaf);
    };
    if across == Across::None {
        return Some(Value::Undefined(Reason::NotAdditive));
    }
    Some(cell.zip(leaf, |a, b| match across {
        Across::Min => a.min(b),
        Across::Max => a.max(b),
        Across::Sum | Across::None => a.plus(b),
    }))
}

/// The days of a leaf, reduced over a period; `None` where the leaf did not exist yet. The series
/// is in order of days.
fn reduce(series: &[(i32, i128)], measure: &Measure, period: Period) -> Option<Value<WideSum>> {
    let (first, last) = (period.first().number(), period.last().number());
    let from = series.partition_point(|(day, _)| *day < first);
    let to = series.partition_point(|(day, _)| *day <= last);
    let inside = &series[from..to];
    let complete = inside.len() == period.days() as usize;
    if measure.missing == MissingDay::Unknown {
        let known = match measure.over_time {
            OverTime::First => inside.first().is_some_and(|(day, _)| *day == first),
            OverTime::Last => inside.last().is_some_and(|(day, _)| *day == last),
            OverTime::Sum | OverTime::Min | OverTime::Max => complete,
        };
        if !known {
            return Some(Value::Undefined(Reason::Missing));
        }
    }

    // What the days before the first observation inside are worth, if there are such days.
    let lead = match measure.missing {
        _ if inside.first().is_some_and(|(day, _)| *day == first) => None,
        MissingDay::Zero => Some(0),
        MissingDay::Carry => from.checked_sub(1).map(|i| series[i].1),
        MissingDay::Unknown => None,
    };
    let values = || lead.into_iter().chain(inside.iter().map(|(_, value)| *value));
    let zero = (measure.missing == MissingDay::Zero && !complete).then_some(0);
    let single = match measure.over_time {
        OverTime::Sum if measure.missing == MissingDay::Carry => {
            let starts = lead.map(|_| first).into_iter().chain(inside.iter().map(|(day, _)| *day));
            let ends = starts.clone().skip(1).chain([last + 1]);
            let mut sum = WideSum::default();
            let mut any = false;
            for ((start, end), value) in starts.zip(ends).zip(values()) {
                sum.add_times(value, end.abs_diff(start));
                any = true;
            }
            return any.then_some(Value::Defined(sum));
        }
        OverTime::Sum => {
            let mut sum = WideSum::default();
            values().for_each(|value| sum.add_times(value, 1));
            return Some(Value::Defined(sum));
        }
        OverTime::First => values().next(),
        OverTime::Last => match (measure.missing, inside.last()) {
            (MissingDay::Zero, Some((day, _))) if *day < last => Some(0),
            _ => values().last(),
        },
        OverTime::Min => values().chain(zero).min(),
        OverTime::Max => values().chain(zero).max(),
    };
    single.map(|value| Value::Defined(WideSum::from(value)))
}
