//! Writing a query.

use serde::ser::{Serialize, Serializer};

use crate::events::query::{
    Anchor, Attribution, Counting, Effect, Entry, EventFunnel, Exclusion, Order, QueryStep,
};
use crate::owner::Owner;

/// What a document says; what says no more than its absence is left out.
#[derive(serde::Serialize)]
struct Document<'q> {
    steps: Vec<Step<'q>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    window: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    anchor: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<&'static str>,
    #[serde(skip_serializing_if = "is_false")]
    strict_times: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<&'static str>,
    #[serde(skip_serializing_if = "is_false")]
    open_entry: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    counting: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    exclusions: Vec<Between>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effect: Option<&'static str>,
    #[serde(skip_serializing_if = "is_false")]
    held: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    by_segment: Option<BySegment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trend: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    time_between: Vec<Between>,
    #[serde(skip_serializing_if = "is_false")]
    reasons: bool,
    #[serde(skip_serializing_if = "<[u32]>::is_empty")]
    correlate: &'q [u32],
}

#[derive(serde::Serialize)]
struct Step<'q> {
    name: &'q str,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_least_after: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_most_after: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    optional: bool,
}

#[derive(serde::Serialize)]
struct Between {
    from: u32,
    to: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    bit: Option<u32>,
}

#[derive(serde::Serialize)]
#[serde(untagged)]
enum BySegment {
    Named(&'static str),
    Step { step: u32 },
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "what serde calls")]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl<'q> Step<'q> {
    fn of(step: &'q QueryStep) -> Self {
        let QueryStep { name, owner, least, most, optional } = step;
        Self {
            name,
            owner: (*owner != Owner::Both).then(|| owner.name()),
            at_least_after: least.map(|least| least.to_string()),
            at_most_after: most.map(|most| most.to_string()),
            optional: *optional,
        }
    }
}

impl<'q> Document<'q> {
    fn of(query: &'q EventFunnel) -> Self {
        let exclusion = |exclusion: &Exclusion| {
            let Exclusion { from, to, bit } = *exclusion;
            Between { from, to, bit: Some(bit) }
        };
        let between = |(from, to): &(u32, u32)| Between { from: *from, to: *to, bit: None };
        let EventFunnel { steps, window, anchor, order, entry, counting, effect, .. } = query;
        Self {
            steps: steps.iter().map(Step::of).collect(),
            window: window.map(|window| window.to_string()),
            anchor: (*anchor != Anchor::Start).then(|| anchor.name()),
            order: (*order != Order::Ordered).then(|| order.name()),
            strict_times: query.strict_times,
            entry: (*entry != Entry::Best).then(|| entry.name()),
            open_entry: query.open,
            counting: (*counting != Counting::Uniques).then(|| counting.name()),
            exclusions: query.exclusions.iter().map(exclusion).collect(),
            effect: (*effect != Effect::Breaks).then(|| effect.name()),
            held: query.holds,
            by_segment: query.segments.map(|(by, step)| match by {
                Attribution::Step => BySegment::Step { step },
                by => BySegment::Named(by.name()),
            }),
            trend: query.trend.map(|grain| grain.name()),
            time_between: query.between.iter().map(between).collect(),
            reasons: query.reasons,
            correlate: &query.correlated,
        }
    }
}

impl Serialize for EventFunnel {
    /// As its [`document`](crate::events::document).
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Document::of(self).serialize(serializer)
    }
}

#[cfg(feature = "json")]
impl EventFunnel {
    /// The query as JSON, indented by two spaces, with a line feed at its end; see
    /// [`document`](crate::events::document).
    ///
    /// # Errors
    ///
    /// None that a query can cause; the writer's own, as
    /// [`ErrorKind::Capacity`](crate::ErrorKind::Capacity).
    pub fn to_json(&self) -> Result<String, crate::Error> {
        let text = serde_json::to_string_pretty(self).map_err(|error| {
            crate::Error::new(crate::ErrorKind::Capacity, format!("the query: {error}"))
        })?;
        Ok(text + "\n")
    }
}
