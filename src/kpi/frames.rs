//! Which days a program reads for each period that is asked for.

use super::context::Context;
use crate::calendar::{Calendar, Date, Grain, Period};
use crate::formula::Window;

/// A window over another frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frame {
    /// 0 is what is asked for, `i` the frame at `i - 1` of the program.
    pub(crate) parent: usize,
    pub(crate) window: Window,
    /// How many windows there are up to here.
    pub(crate) depth: usize,
}

/// What windows depend on beside the period that is asked for.
pub(crate) struct Surroundings<'a> {
    pub(crate) context: &'a Context,
    pub(crate) calendar: Calendar,
    /// The grain of the buckets that are asked for.
    pub(crate) grain: Option<Grain>,
    /// What `prior` means for what is asked for, instead of the days or bucket before; `Some(None)`
    /// where it has no days that may be looked at.
    pub(crate) compare: Option<Option<Period>>,
    /// Later days are not looked at.
    pub(crate) as_of: Option<Date>,
    /// The first day of the facts.
    pub(crate) start: Date,
}

/// The periods of each frame: first those asked for, then those of the program's frames. One that
/// has no days that exist and may be looked at is none: its measures are missing.
#[derive(Debug, Clone)]
pub(crate) struct Frames(pub(crate) Vec<Vec<Option<Period>>>);

/// A period, and whether it is one that was asked for, or a bucket before one.
type Place = Option<(Period, bool)>;

impl Frames {
    pub(crate) fn new(asked: &[Period], frames: &[Frame], around: &Surroundings<'_>) -> Self {
        let mut places: Vec<Vec<Place>> =
            vec![asked.iter().map(|period| Some((*period, true))).collect()];
        for frame in frames {
            let is_asked = frame.parent == 0;
            let through = |place: &Place| around.through(&frame.window, (*place)?, is_asked);
            places.push(places[frame.parent].iter().map(through).collect());
        }
        let periods = |places: Vec<Place>| places.into_iter().map(|place| Some(place?.0)).collect();
        Self(places.into_iter().map(periods).collect())
    }

    /// Only what is asked for.
    pub(crate) fn plain(asked: impl IntoIterator<Item = Period>) -> Self {
        Self(vec![asked.into_iter().map(Some).collect()])
    }
}

impl Surroundings<'_> {
    fn through(&self, window: &Window, place: (Period, bool), is_asked: bool) -> Place {
        let (period, bucketed) = place;
        let other = |period: Period| {
            // A whole bucket counts as one, wherever it came from.
            let whole = |grain| self.calendar.bucket(period.first(), grain) == period;
            Some((period, self.grain.is_some_and(whole)))
        };
        match window {
            Window::Prior => match (self.compare, self.grain) {
                (Some(compare), _) if is_asked => compare.map(|period| (period, true)),
                (_, Some(grain)) if bucketed => {
                    let whole = self.calendar.bucket(period.first(), grain);
                    let day = whole.first().plus_days(-1).ok()?;
                    Some((self.calendar.bucket(day, grain), true))
                }
                _ => Some((period.preceding().ok()?, false)),
            },
            Window::Ago(span) => other(period.back(*span).ok()?),
            Window::Trailing(span) => other(period.trailing(*span).ok()?),
            Window::ToDate(grain) => {
                let first = self.calendar.bucket(period.last(), *grain).first();
                other(Period::inclusive(first, period.last()).ok()?)
            }
            Window::SinceStart => other(Period::inclusive(self.start, period.last()).ok()?),
            Window::Baseline(name) => {
                let named = self.context.baselines.iter().find(|(known, _)| known == name)?;
                match self.as_of {
                    Some(as_of) => other(named.1.until(as_of)?),
                    None => other(named.1),
                }
            }
        }
    }
}
