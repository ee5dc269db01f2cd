//! How many durations are how long.

use super::durations::Durations;
use super::time::TimeUnit;
use crate::error::{Error, ErrorKind};

/// The most bins of equal width.
const MOST_BINS: u64 = 65_536;

/// Durations counted in bins between edges.
///
/// A bin holds what is as long as its lower edge or longer, and shorter than its upper one. Those below
/// the first edge and those from the last on are counted beside the bins, so that all counts together
/// are the number of durations.
///
/// ```
/// use yardstick::Column;
/// use yardstick::funnel::{HandOff, Leads, Outcome, TimeUnit};
///
/// let leads = Leads::new(TimeUnit::Hour, Column::integers(&[0; 5]), &[Outcome::Accepted; 5])
///     .responded(Column::integers(&[0, 1, 2, 3, 24]));
/// let hand_off = HandOff::of(&leads, 24)?;
/// let times = hand_off.total().response_times();
///
/// let histogram = times.histogram(&[1, 3, 4])?;
/// assert_eq!((histogram.below(), histogram.counts(), histogram.beyond()), (1, &[2, 1][..], 1));
/// // Of a day each: from 0 and from 24 hours on.
/// let days = times.histogram_by(24)?;
/// assert_eq!((days.edges(), days.counts()), (&[0, 24, 48][..], &[4, 1][..]));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Histogram {
    unit: TimeUnit,
    edges: Vec<u64>,
    below: u64,
    counts: Vec<u64>,
    beyond: u64,
}

impl Histogram {
    /// What edges are counted in.
    #[must_use]
    pub fn unit(&self) -> TimeUnit {
        self.unit
    }

    /// The edges, ascending: one more than there are bins.
    #[must_use]
    pub fn edges(&self) -> &[u64] {
        &self.edges
    }

    /// How many are in each bin.
    #[must_use]
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// How many are shorter than the first edge.
    #[must_use]
    pub fn below(&self) -> u64 {
        self.below
    }

    /// How many are as long as the last edge, or longer.
    #[must_use]
    pub fn beyond(&self) -> u64 {
        self.beyond
    }
}

impl Durations {
    /// Counts them in bins between these edges, which are in their unit.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Shape`] for fewer than two edges, [`ErrorKind::Domain`] for one that is not above the
    /// one before.
    pub fn histogram(&self, edges: &[u64]) -> Result<Histogram, Error> {
        if edges.len() < 2 {
            let message =
                format!("a histogram with {} of the edges; give at least two", edges.len());
            return Err(Error::new(ErrorKind::Shape, message));
        }
        if let Some(pair) = edges.windows(2).find(|pair| pair[1] <= pair[0]) {
            let message = format!(
                "edge {} of a histogram after {}; give them in ascending order, each once",
                pair[1], pair[0]
            );
            return Err(Error::new(ErrorKind::Domain, message));
        }
        let sorted = self.sorted();
        let places: Vec<usize> =
            edges.iter().map(|edge| sorted.partition_point(|time| time < edge)).collect();
        let counts = places.windows(2).map(|pair| (pair[1] - pair[0]) as u64).collect();
        let below = places.first().map_or(0, |place| *place as u64);
        let beyond = places.last().map_or(0, |place| (sorted.len() - place) as u64);
        Ok(Histogram { unit: self.unit(), edges: edges.to_vec(), below, counts, beyond })
    }

    /// Counts them in bins of this width in their unit, from multiples of it on: from the one at or
    /// below the shortest up to the one above the longest. None have a single bin from 0 on.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] for a width of zero, [`ErrorKind::Capacity`] for more than 65,536 bins,
    /// [`ErrorKind::Overflow`] for a last edge beyond 64 bits.
    pub fn histogram_by(&self, width: u64) -> Result<Histogram, Error> {
        if width == 0 {
            let message = "a histogram in bins without width; give one above zero";
            return Err(Error::new(ErrorKind::Domain, message));
        }
        let place = |time: Option<&u64>| time.map_or(0, |time| time / width);
        let (first, last) = (place(self.sorted().first()), place(self.sorted().last()));
        if last - first >= MOST_BINS {
            let message = format!(
                "more than {MOST_BINS} bins of width {width}, from {} to {}; give a larger width",
                first * width,
                last * width
            );
            return Err(Error::new(ErrorKind::Capacity, message));
        }
        let edge = |place: u64| place.checked_add(1)?.checked_mul(width);
        let edges = (first..=last).map(edge).collect::<Option<Vec<u64>>>().ok_or_else(|| {
            let message = format!(
                "a bin of width {width} from {} on ends beyond 64 bits; give edges",
                last * width
            );
            Error::new(ErrorKind::Overflow, message)
        })?;
        self.histogram(&[&[first * width], &edges[..]].concat())
    }
}
