//! Queries of every kind that goes together, and small sets of events that tie.

use proptest::prelude::*;
use yardstick::events::{Anchor, Attribution, Counting, Effect, Entry, Order};
use yardstick::funnel::TimeUnit;

use super::settings::{Row, Settings};

/// Which settings a query has, without their numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    pub(super) order: Order,
    pub(super) window: bool,
    pub(super) anchor: Anchor,
    pub(super) strict_times: bool,
    pub(super) gaps: bool,
    pub(super) optional: bool,
    pub(super) entry: Entry,
    pub(super) open: bool,
    pub(super) counting: Counting,
    pub(super) exclusions: Option<Effect>,
    pub(super) held: bool,
    pub(super) segments: Option<Attribution>,
    pub(super) reasons: bool,
}

impl Kind {
    /// All of them, whether they go together or not.
    pub(super) fn all() -> Vec<Self> {
        let flags = [false, true];
        let plain = Self {
            order: Order::Ordered,
            window: false,
            anchor: Anchor::Start,
            strict_times: false,
            gaps: false,
            optional: false,
            entry: Entry::Best,
            open: false,
            counting: Counting::Uniques,
            exclusions: None,
            held: false,
            segments: None,
            reasons: false,
        };
        let kinds = each(&[plain], &Order::ALL, |kind, order| kind.order = order);
        let kinds = each(&kinds, &flags, |kind, window| kind.window = window);
        let kinds = each(&kinds, &Anchor::ALL, |kind, anchor| kind.anchor = anchor);
        let kinds = each(&kinds, &flags, |kind, strict| kind.strict_times = strict);
        let kinds = each(&kinds, &flags, |kind, gaps| kind.gaps = gaps);
        let kinds = each(&kinds, &flags, |kind, optional| kind.optional = optional);
        let kinds = each(&kinds, &flags, |kind, open| kind.open = open);
        let kinds = each(&kinds, &Entry::ALL, |kind, entry| kind.entry = entry);
        let kinds = each(&kinds, &Counting::ALL, |kind, counting| kind.counting = counting);
        let effects = [None, Some(Effect::Breaks), Some(Effect::Drops)];
        let kinds = each(&kinds, &effects, |kind, effect| kind.exclusions = effect);
        let kinds = each(&kinds, &flags, |kind, held| kind.held = held);
        let attributions: Vec<_> = Attribution::ALL.map(Some).into_iter().chain([None]).collect();
        let kinds = each(&kinds, &attributions, |kind, segments| kind.segments = segments);
        each(&kinds, &flags, |kind, reasons| kind.reasons = reasons)
    }

    /// Whether they go together.
    pub(super) fn allowed(&self) -> bool {
        let any = self.order == Order::Any;
        let ordered = self.order == Order::Ordered;
        let totals = ordered
            && self.anchor == Anchor::Start
            && self.entry == Entry::First
            && self.exclusions != Some(Effect::Drops)
            && !self.held
            && !self.reasons;
        let open = ordered
            && !self.optional
            && self.entry == Entry::Best
            && self.counting != Counting::Totals
            && self.exclusions.is_none();
        (self.window || self.anchor == Anchor::Start)
            && (ordered || !self.optional)
            && (open || !self.open)
            && (ordered || self.exclusions.is_none())
            && !(any && (self.anchor == Anchor::Previous || self.strict_times || self.gaps))
            && !(any && self.entry == Entry::Latest)
            && (self.counting != Counting::Totals || totals)
    }

    /// A query of this kind, of three steps.
    pub(super) fn example(self) -> Settings {
        self.settings(&Numbers {
            steps: 3,
            unit: TimeUnit::Second,
            window: 4,
            gaps: vec![(Some(1), Some(2)); 2],
            exclusions: vec![(0, 0)],
            segment_step: 1,
            optional: 0,
            observed: None,
        })
    }

    /// A query of this kind.
    fn settings(self, numbers: &Numbers) -> Settings {
        let steps = numbers.steps;
        let mut settings = Settings {
            order: self.order,
            window: self.window.then_some(numbers.window),
            anchor: self.anchor,
            strict_times: self.strict_times,
            entry: self.entry,
            open: self.open,
            counting: self.counting,
            effect: self.exclusions.unwrap_or(Effect::Breaks),
            held: self.held,
            segments: self.segments,
            segment_step: numbers.segment_step % steps,
            reasons: self.reasons,
            unit: numbers.unit,
            trend: numbers.unit == TimeUnit::Day,
            ..Settings::plain(steps)
        };
        if self.optional && steps > 2 {
            // One of the steps between, or all of them.
            let one = 1 + numbers.optional % (steps - 1);
            (1..steps - 1)
                .for_each(|step| settings.optional[step] = one >= steps - 1 || step == one);
        }
        if self.gaps {
            let required = (1..steps).filter(|step| !settings.optional[*step]);
            for (step, (least, most)) in required.zip(&numbers.gaps) {
                settings.least[step] = *least;
                settings.most[step] = most.map(|most| most + least.unwrap_or(0));
            }
        }
        let pairs: Vec<(usize, usize)> =
            (0..steps).flat_map(|to| (0..to).map(move |from| (from, to))).collect();
        let optional = &settings.optional;
        let is_required = |(from, to): &&(usize, usize)| !optional[*from] && !optional[*to];
        let required: Vec<_> = pairs.iter().filter(is_required).copied().collect();
        if self.exclusions.is_some() && !required.is_empty() {
            let exclusion = |(pair, bit): &(usize, usize)| {
                let (from, to) = required[pair % required.len()];
                (from, to, (steps + bit) as u32)
            };
            settings.exclusions = numbers.exclusions.iter().map(exclusion).collect();
        }
        settings.between = pairs;
        settings.correlated = vec![steps as u32 + 1, steps as u32];
        settings
    }
}

/// Each of the kinds with each of the settings.
fn each<T: Copy>(kinds: &[Kind], settings: &[T], set: impl Fn(&mut Kind, T)) -> Vec<Kind> {
    let with = |kind: &Kind, setting: T| {
        let mut kind = *kind;
        set(&mut kind, setting);
        kind
    };
    kinds.iter().flat_map(|kind| settings.iter().map(move |it| with(kind, *it))).collect()
}

/// The numbers of a query.
#[derive(Debug, Clone)]
struct Numbers {
    steps: usize,
    unit: TimeUnit,
    window: u64,
    gaps: Vec<(Option<u64>, Option<u64>)>,
    /// Which pair of steps, and which bit after those of the steps.
    exclusions: Vec<(usize, usize)>,
    segment_step: usize,
    optional: usize,
    /// So long after the last event.
    observed: Option<i64>,
}

/// A query and events.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) settings: Settings,
    pub(super) rows: Vec<Row>,
}

impl Case {
    /// Whether any two events of an entity have one time.
    pub(super) fn ties(&self) -> bool {
        let rows = &self.rows;
        rows.iter().enumerate().any(|(i, row)| {
            rows[..i].iter().any(|other| (other.entity, other.time) == (row.entity, row.time))
        })
    }
}

fn any_numbers() -> impl Strategy<Value = Numbers> {
    let gap = (prop::option::of(0_u64..=3), prop::option::of(0_u64..=2));
    (
        prop_oneof![1 => Just(1_usize), 3 => Just(2), 4 => Just(3), 2 => Just(4)],
        prop::sample::select(vec![TimeUnit::Second, TimeUnit::Day]),
        0_u64..=4,
        prop::collection::vec(gap, 3),
        prop::collection::vec((0_usize..6, 0_usize..2), 1..=2),
        0_usize..4,
        0_usize..6,
        prop::option::of(0_i64..=4),
    )
        .prop_map(
            |(steps, unit, window, gaps, exclusions, segment_step, optional, observed)| Numbers {
                steps,
                unit,
                window,
                gaps,
                exclusions,
                segment_step,
                optional,
                observed,
            },
        )
}

/// Events of up to three entities, of up to seven each, with times from 0 to 4.
fn any_rows(steps: usize) -> impl Strategy<Value = Vec<Row>> {
    let all = 1_u64 << (steps + 2);
    let mask = prop_oneof![
        3 => (0..steps).prop_map(|step| 1 << step),
        3 => 0..all,
        1 => (steps..steps + 2).prop_map(|bit| 1 << bit),
    ];
    let value = prop_oneof![1 => Just(None), 3 => (-2_i64..=3).prop_map(Some)];
    let event = (0_i64..=4, mask, 0_u32..3, value, 0_u64..2, 0_u64..2);
    let events = prop::collection::vec(event, 0..=7);
    prop::collection::vec(events, 1..=3).prop_map(|entities| {
        let mut rows = Vec::new();
        for (entity, events) in (1..).zip(entities) {
            rows.extend(events.into_iter().map(|(time, mask, segment, value, key, session)| Row {
                entity,
                time,
                mask,
                segment,
                value,
                key,
                session,
            }));
        }
        rows
    })
}

/// A case of one of the kinds.
pub(super) fn any_case(kinds: Vec<Kind>) -> impl Strategy<Value = Case> {
    (prop::sample::select(kinds), any_numbers())
        .prop_flat_map(|(kind, numbers)| (Just((kind, numbers.clone())), any_rows(numbers.steps)))
        .prop_map(|((kind, numbers), rows)| {
            let last = rows.iter().map(|row| row.time).max().unwrap_or(0);
            let observed_until = numbers.observed.map(|longer| last + longer);
            Case { settings: Settings { observed_until, ..kind.settings(&numbers) }, rows }
        })
}
