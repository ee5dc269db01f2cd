//! Rolling measures up: dense by day, then over time, then across.

use std::borrow::Cow;

use super::groups::{Groups, NONE};
use super::measure::{Across, Measure, MissingDay, OverTime};
use super::overlap::Pieces;
use super::rolled::{Rolled, Totals};
use super::sums::{Source, sums};
use super::table::Facts;
use crate::calendar::{Date, Period};
use crate::error::{Error, ErrorKind};
use crate::number::{Reason, Stored, Value, WideSum};

/// The most combinations times periods of a roll-up that goes through series: a few seconds.
const MOST_STEPS: u64 = 1 << 28;

impl Facts<'_> {
    /// Refuses a roll-up that would go on for too long: measures that do not simply add up are
    /// looked at for each combination and each period.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Capacity`].
    pub(crate) fn check_cost(
        &self,
        measures: impl Iterator<Item = usize>,
        groups: &Groups,
        periods: usize,
    ) -> Result<(), Error> {
        let series =
            measures.filter(|index| !self.schema.measures()[*index].is_plain_sum()).count();
        let leaves: usize = groups.sizes.iter().sum();
        let steps = [series, leaves, periods]
            .iter()
            .fold(1_u64, |steps, count| steps.saturating_mul(*count as u64));
        if steps <= MOST_STEPS {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::Capacity,
            format!(
                "{series} measures that do not simply add up, for {leaves} combinations of dimension values and {periods} periods; the most is {MOST_STEPS} in all, so take a coarser grain or fewer combinations"
            ),
        ))
    }

    /// Refuses windows that would go on for too long: measures that do not simply add up read all
    /// rows of a period, and periods that overlap read them again.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Capacity`].
    pub(crate) fn check_overlap<'p>(
        &self,
        inputs: impl Iterator<Item = (usize, &'p [Option<Period>])>,
    ) -> Result<(), Error> {
        /// Rows read, some of them again and again: a few seconds.
        const MOST: u64 = 1 << 31;
        let days = u64::from(self.period.days());
        let read = |(index, periods): (usize, &[Option<Period>])| {
            let measure = &self.schema.measures()[index];
            let ends_only = matches!(measure.over_time, OverTime::First | OverTime::Last);
            if measure.is_plain_sum() || ends_only {
                return 0;
            }
            let inside = periods.iter().flatten().filter_map(|p| p.intersection(self.period));
            let looked_at: u64 = inside.map(|period| u64::from(period.days())).sum();
            (self.rows() as u64).saturating_mul(looked_at) / days
        };
        let steps = inputs.map(read).fold(0_u64, u64::saturating_add);
        if steps <= MOST {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::Capacity,
            format!(
                "periods that overlap would read {steps} rows of measures that do not simply add up; the most is {MOST}, so take shorter windows or a coarser grain"
            ),
        ))
    }

    /// Rolls measures up into `periods` x groups. The periods may come in any order and overlap; where
    /// there is none, everything is missing. The result has, for each measure, the value of period
    /// `p` and group `g` at `p * groups + g`.
    pub(crate) fn roll_up(
        &self,
        measures: &[usize],
        groups: &Groups,
        periods: &[Option<Period>],
    ) -> Vec<Vec<Value>> {
        let rolled = self.roll_up_columns(measures, groups, periods);
        rolled.into_iter().map(Rolled::into_values).collect()
    }

    /// The same, as integers where they are such.
    pub(crate) fn roll_up_columns(
        &self,
        measures: &[usize],
        groups: &Groups,
        periods: &[Option<Period>],
    ) -> Vec<Rolled> {
        let mut distinct: Vec<Period> = periods.iter().flatten().copied().collect();
        let is_each = distinct.len() == periods.len() && distinct.is_sorted_by(|a, b| a < b);
        if is_each {
            return self.roll_up_ordered(measures, groups, &distinct);
        }
        distinct.sort_unstable();
        distinct.dedup();
        let count = groups.keys.len();
        let places: Vec<_> = periods
            .iter()
            .map(|period| period.and_then(|period| distinct.binary_search(&period).ok()))
            .collect();
        let rolled = self.roll_up_ordered(measures, groups, &distinct);
        let spread = rolled.into_iter().map(|rolled| match rolled {
            Rolled::Scaled(values, scale) if places.iter().all(Option::is_some) => {
                let of = |place: &usize| &values[place * count..(place + 1) * count];
                Rolled::Scaled(places.iter().flatten().flat_map(of).copied().collect(), scale)
            }
            rolled => {
                let values = rolled.into_values();
                let of = |place: &Option<usize>| match place {
                    Some(place) => values[place * count..(place + 1) * count].to_vec(),
                    None => vec![Value::Undefined(Reason::Missing); count],
                };
                Rolled::Values(places.iter().flat_map(of).collect())
            }
        });
        spread.collect()
    }

    /// The same for periods in order, each once.
    fn roll_up_ordered(
        &self,
        measures: &[usize],
        groups: &Groups,
        periods: &[Period],
    ) -> Vec<Rolled> {
        let of = |index: &usize| &self.schema.measures()[*index];
        // Sums are taken together where they take the same rows.
        let mut sums: Vec<Option<Rolled>> = measures.iter().map(|_| None).collect();
        for (place, index) in measures.iter().enumerate() {
            let measure = of(index);
            if !measure.is_plain_sum() || sums[place].is_some() {
                continue;
            }
            let alike: Vec<usize> = (place..measures.len())
                .filter(|other| {
                    let other = of(&measures[*other]);
                    other.is_plain_sum() && other.only == measure.only
                })
                .collect();
            let columns: Vec<_> = alike
                .iter()
                .filter_map(|place| Some((of(&measures[*place]), self.column(measures[*place])?)))
                .collect();
            let own = self.own_groups(measure, groups);
            let rolled = self.plain_sums(&columns, &own, periods);
            for (place, values) in alike.into_iter().zip(rolled) {
                sums[place] = Some(values);
            }
        }
        let rolled = measures.iter().zip(sums).map(|(index, sums)| {
            let measure = of(index);
            match sums {
                Some(sums) => sums,
                None if measure.distinct => {
                    Rolled::Values(self.distinct(*index, measure, groups, periods))
                }
                None => {
                    let own = self.own_groups(measure, groups);
                    let column = self.column(*index);
                    let values =
                        column.map(|column| self.by_series(column, measure, &own, periods));
                    Rolled::Values(values.unwrap_or_default())
                }
            }
        });
        rolled.collect()
    }

    /// The column of a measure; none for a distinct one that only tables of their own have.
    fn column(&self, index: usize) -> Option<&Stored<'_>> {
        self.columns[index].as_ref()
    }

    /// The groups with the combinations that count for a measure.
    fn own_groups<'g>(&self, measure: &Measure, groups: &'g Groups) -> Cow<'g, Groups> {
        match measure.only.is_empty() {
            true => Cow::Borrowed(groups),
            false => Cow::Owned(self.restricted(groups, &measure.only)),
        }
    }

    /// Sums over time and across, of all columns in one pass over the rows, in any order.
    fn plain_sums(
        &self,
        measures: &[(&Measure, &Stored<'_>)],
        groups: &Groups,
        periods: &[Period],
    ) -> Vec<Rolled> {
        let mut sources: Vec<_> = measures.iter().map(|(_, c)| Source::Values(c)).collect();
        // Which source says how often each was observed, where that matters.
        let observed: Vec<Option<usize>> = measures
            .iter()
            .map(|(measure, column)| {
                let rows = |source: &Source<'_>| matches!(source, Source::Rows);
                let known = sources.iter().position(rows).filter(|_| column.all_valid());
                (measure.missing == MissingDay::Unknown).then(|| {
                    known.unwrap_or_else(|| {
                        sources.push(match column.all_valid() {
                            true => Source::Rows,
                            false => Source::Presence(column),
                        });
                        sources.len() - 1
                    })
                })
            })
            .collect();
        let mut sums = self.sums(&sources, groups, periods);
        let observations = sums.split_off(measures.len());
        let all = measures.iter().zip(sums).zip(observed).map(|(((_, column), own), observed)| {
            let Some(observed) = observed.map(|source| &observations[source - measures.len()])
            else {
                return own.at_scale(column.scale);
            };
            // Every leaf must have been observed on every day.
            let known = |cell: usize| {
                let (period, group) = (cell / groups.keys.len(), cell % groups.keys.len());
                let needed = i128::from(periods[period].days()) * groups.sizes[group] as i128;
                observed.get(cell) == WideSum::from(needed) && needed > 0
            };
            if (0..periods.len() * groups.keys.len()).all(known) {
                return own.at_scale(column.scale);
            }
            let values = own.at_scale(column.scale).into_values().into_iter().enumerate();
            let values = values.map(|(cell, value)| match known(cell) {
                true => value,
                false => Value::Undefined(Reason::Missing),
            });
            Rolled::Values(values.collect())
        });
        all.collect()
    }

    /// Sums of rows by period and group.
    fn sums(&self, sources: &[Source<'_>], groups: &Groups, periods: &[Period]) -> Vec<Totals> {
        let count = groups.keys.len();
        let of = |periods: &[Period]| {
            let places = Places::new(self, groups, periods);
            sums(sources, self.rows(), periods.len() * count, |rows, cells| {
                places.fill(&self.days[rows.clone()], &self.leaf[rows], cells);
            })
        };
        if periods.windows(2).all(|pair| pair[0].last() < pair[1].first()) {
            return of(periods);
        }
        let cut = Pieces::new(periods);
        let gather = |sums: Totals| Totals::Wide(cut.gather(sums.wide(), count));
        of(&cut.pieces).into_iter().map(gather).collect()
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
            let (mut days, mut rows) = self.series.of(leaf);
            let seen: (Vec<i32>, Vec<u32>);
            if !column.all_valid() {
                let pairs =
                    days.iter().zip(rows).filter(|(_, row)| column.is_valid(**row as usize));
                seen = pairs.unzip();
                (days, rows) = (&seen.0, &seen.1);
            }
            let value = |i: usize| column.values.get(rows[i] as usize);
            for (p, period) in periods.iter().enumerate() {
                let cell = &mut cells[p * count + group as usize];
                *cell = combine(*cell, reduce(days, value, measure, *period), measure.across);
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

    /// Distinct counts: as a table of their own has them, or where a cell is one day of one leaf.
    fn distinct(
        &self,
        index: usize,
        measure: &Measure,
        groups: &Groups,
        periods: &[Period],
    ) -> Vec<Value> {
        let count = groups.keys.len();
        let single = measure.clone().over_time(OverTime::Sum).across(Across::None);
        let rows =
            self.column(index).map(|column| self.by_series(column, &single, groups, periods));
        let values = periods.iter().enumerate().flat_map(|(p, period)| {
            let supplied = self.supplied.iter();
            let mut known = supplied.filter_map(|s| s.counts(index, measure, groups, *period));
            match (known.next(), &rows) {
                (Some(counts), _) => counts,
                (None, Some(rows)) if period.days() == 1 => {
                    rows[p * count..(p + 1) * count].to_vec()
                }
                _ => vec![Value::Undefined(Reason::NotAdditive); count],
            }
        });
        values.collect()
    }
}

/// Where rows go: the cell `p * groups + g`, or a last one for rows outside.
struct Places<'a> {
    groups: &'a [u32],
    outside: u32,
    first_day: i32,
    /// `p * groups` of each day from the first on; `NONE` between the periods.
    start_of_day: Vec<u32>,
    /// Whether all rows are in the only period.
    one_period: bool,
}

impl<'a> Places<'a> {
    fn new(facts: &Facts<'_>, groups: &'a Groups, periods: &[Period]) -> Self {
        let count = groups.keys.len() as u32;
        let first_day = periods.first().map_or(0, |period| period.first().number());
        let offset = |day: Date| day.number().abs_diff(first_day) as usize;
        let days = periods.last().map_or(0, |period| offset(period.last()) + 1);
        let mut start_of_day = vec![NONE; days];
        for (p, period) in periods.iter().enumerate() {
            start_of_day[offset(period.first())..=offset(period.last())].fill(p as u32 * count);
        }
        let whole = |period: &Period| period.intersection(facts.period()) == Some(facts.period());
        let one_period = matches!(periods, [period] if whole(period));
        let outside = periods.len() as u32 * count;
        Self { groups: &groups.of_leaf, outside, first_day, start_of_day, one_period }
    }

    fn fill(&self, days: &[i32], leaves: &[u32], cells: &mut [u32]) {
        if self.one_period {
            for (cell, leaf) in cells.iter_mut().zip(leaves) {
                *cell = self.groups[*leaf as usize].min(self.outside);
            }
            return;
        }
        for ((cell, day), leaf) in cells.iter_mut().zip(days).zip(leaves) {
            // A day before the first wraps to one far behind the last.
            let day = day.wrapping_sub(self.first_day) as u32 as usize;
            let start = self.start_of_day.get(day).copied().unwrap_or(NONE);
            *cell = start.saturating_add(self.groups[*leaf as usize]).min(self.outside);
        }
    }
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

/// The days of a leaf, reduced over a period; `None` where the leaf did not exist yet. `days` are
/// those on which it was observed, in order, and `value(i)` is what was seen on day `i` of them.
fn reduce(
    days: &[i32],
    value: impl Fn(usize) -> i128,
    measure: &Measure,
    period: Period,
) -> Option<Value<WideSum>> {
    let (first, last) = (period.first().number(), period.last().number());
    let from = days.partition_point(|day| *day < first);
    let to = from + days[from..].partition_point(|day| *day <= last);
    let inside = &days[from..to];
    let complete = inside.len() == period.days() as usize;
    if measure.missing == MissingDay::Unknown {
        let known = match measure.over_time {
            OverTime::First => inside.first() == Some(&first),
            OverTime::Last => inside.last() == Some(&last),
            OverTime::Sum | OverTime::Min | OverTime::Max => complete,
        };
        if !known {
            return Some(Value::Undefined(Reason::Missing));
        }
    }

    // What the days before the first observation inside are worth, if there are such days.
    let lead = match measure.missing {
        _ if inside.first() == Some(&first) => None,
        MissingDay::Zero => Some(0),
        MissingDay::Carry => from.checked_sub(1).map(&value),
        MissingDay::Unknown => None,
    };
    let values = || lead.into_iter().chain((from..to).map(&value));
    let zero = (measure.missing == MissingDay::Zero && !complete).then_some(0);
    let single = match measure.over_time {
        OverTime::Sum if measure.missing == MissingDay::Carry => {
            let starts = lead.map(|_| first).into_iter().chain(inside.iter().copied());
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
        // What begins later in the period was not there when it opened.
        OverTime::First => {
            values().next().filter(|_| lead.is_some() || inside.first() == Some(&first))
        }
        OverTime::Last => match (measure.missing, inside.last()) {
            (MissingDay::Zero, Some(day)) if *day < last => Some(0),
            (_, Some(_)) => Some(value(to - 1)),
            (_, None) => lead,
        },
        OverTime::Min => values().chain(zero).min(),
        OverTime::Max => values().chain(zero).max(),
    };
    single.map(|value| Value::Defined(WideSum::from(value)))
}
