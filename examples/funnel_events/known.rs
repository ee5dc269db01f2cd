//! What was set down beforehand, beside what was found.

use yardstick::events::{EventFunnelResult, RetentionMatrix, Stopped};
use yardstick::{Rational, Value};

use crate::shop::{Known, SUBSCRIBES, WEEKS};

/// Figures that are compared, and those that differ.
#[derive(Default)]
struct Comparison {
    count: usize,
    wrong: Vec<String>,
}

impl Comparison {
    fn add<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, known: T, found: T) {
        self.count += 1;
        if known != found {
            self.wrong.push(format!("{what}: {known:?}, and {found:?} was found"));
        }
    }
}

/// How many figures were compared, and those that are others.
pub(crate) fn compare(
    known: &Known,
    result: &EventFunnelResult,
    retention: &RetentionMatrix,
) -> (usize, Vec<String>) {
    let mut all = Comparison::default();
    let total = result.total();
    all.add("visitors at each step", &known.reached[..], total.counts());
    for step in 0..known.reached.len() as u32 {
        for reason in Stopped::ALL {
            let stopped = known.stopped.get(&(step, reason)).copied().unwrap_or(0);
            all.add(&format!("{reason} before step {step}"), stopped, total.stopped(step, reason));
        }
    }
    let worth = total.values().and_then(|values| values.last());
    all.add("worth of orders", Rational::new(known.cents, 100).ok().as_ref(), worth);
    let seconds = Value::Defined(Rational::from(known.seconds.iter().sum::<u64>()));
    let longest = known.seconds.iter().max().map(|seconds| Value::Defined((*seconds).into()));
    if let Some(times) = total.time_between(0, 3) {
        all.add("orders with a time", known.seconds.len() as u64, times.count());
        all.add("seconds to order", seconds, Value::Defined(times.total()));
        all.add("longest time to order", longest, Some(times.max()));
    }
    for (code, counts) in result.segments() {
        let of_channel = known.channels.get(&code).copied().unwrap_or_default();
        all.add("channel", of_channel, [counts.counts()[0], counts.counts()[3]]);
    }
    if let Some(found) = total.correlation(SUBSCRIBES) {
        let subscribers = [found.successes_with(), found.failures_with()];
        all.add("subscribers", known.subscribers, subscribers);
    }
    all.add("weeks", known.weeks.len(), retention.cohorts().len());
    for (cohort, (week, (size, opened))) in retention.cohorts().iter().zip(&known.weeks) {
        all.add(&format!("visitors of week {week}"), *size, cohort.size());
        for later in 1..WEEKS {
            // What lies behind the end is not known.
            let count = (week + later < WEEKS).then(|| opened.get(&later).copied().unwrap_or(0));
            let what = format!("visitors of week {week} in week {later} after it");
            all.add(&what, count, cohort.count(later as usize));
        }
    }
    (all.count, all.wrong)
}
