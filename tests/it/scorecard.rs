//! Scorecards, against a model that adds up in big rationals.

use std::collections::BTreeMap;

use num_rational::BigRational;
use num_traits::{One, Zero};
use proptest::prelude::*;
use yardstick::scorecard::weighting::{B2B_SERVICES, CONSUMER_GOODS, ESTABLISHED, START_UP};
use yardstick::scorecard::{
    Entry, FROM_WORST, OnUndefined, RollUp, Score, Scorecard, ScorecardResult, Standing, Weighting,
};
use yardstick::target::{Band, BandBasis, Bands, Clamp, Goal, Limit, State, Target};
use yardstick::{
    Calendar, Column, Date, ErrorKind, Facts, KpiSet, Measure, Owner, Period, Rational, Reason,
    Schema, Sense, Value,
};

type Exact = Result<BigRational, Reason>;

fn big(value: &Rational) -> BigRational {
    value.to_string().parse().unwrap()
}

fn exact(value: &Value) -> Exact {
    match value {
        Value::Defined(value) => Ok(big(value)),
        Value::Undefined(reason) => Err(*reason),
    }
}

fn rational(text: &str) -> Rational {
    text.parse().unwrap()
}

fn defined(text: &str) -> Value {
    Value::Defined(rational(text))
}

const REASONS: [Reason; 5] = [
    Reason::Missing,
    Reason::NotAdditive,
    Reason::Inconsistent,
    Reason::Unbounded(Sense::Good),
    Reason::NoBase,
];
const BANDS: [&str; 3] = ["green", "amber", "red"];
const FACTORS: [&str; 2] = ["fairs", "referrals"];
const REGIONS: [&str; 3] = ["north", "south", "west"];

/// One entry and where its target stands, in plain numbers.
#[derive(Debug, Clone)]
struct Case {
    weight: (u16, u16),
    attainment: Result<(i16, u16), usize>,
    before: Result<(i16, u16), usize>,
    state: usize,
    owner: Option<usize>,
    factor: Option<usize>,
    region: Option<usize>,
    /// None where it has no bands at all.
    band: Option<Option<usize>>,
}

fn attainments() -> impl Strategy<Value = Result<(i16, u16), usize>> {
    prop_oneof![
        4 => (-300_i16..300, 1_u16..40).prop_map(Ok),
        1 => (0..REASONS.len()).prop_map(Err),
    ]
}

fn cases() -> impl Strategy<Value = Vec<Case>> {
    let case = (
        (1_u16..60, 1_u16..20),
        attainments(),
        attainments(),
        0..State::ALL.len(),
        proptest::option::of(0..Owner::ALL.len()),
        proptest::option::of(0..FACTORS.len()),
        proptest::option::of(0..REGIONS.len()),
        proptest::option::of(proptest::option::of(0..BANDS.len())),
    );
    let case = case.prop_map(|(weight, attainment, before, state, owner, factor, region, band)| {
        Case { weight, attainment, before, state, owner, factor, region, band }
    });
    proptest::collection::vec(case, 1..12)
}

fn value(given: Result<(i16, u16), usize>) -> Value {
    match given {
        Ok((n, d)) => Value::Defined(Rational::new(n, d).unwrap()),
        Err(reason) => Value::Undefined(REASONS[reason]),
    }
}

fn bands() -> Bands {
    let band = |name: &str| Band { name: name.to_owned(), from: None };
    Bands { on: BandBasis::Attainment, list: BANDS.map(band).into() }
}

fn name(place: usize) -> String {
    format!("target {place}")
}

impl Case {
    fn standing<'a>(&self, name: &'a str, bands: &'a Bands) -> Standing<'a> {
        let mut standing = Standing::new(name, State::ALL[self.state], value(self.attainment))
            .before(value(self.before));
        if let Some(owner) = self.owner {
            standing = standing.owner(Owner::ALL[owner]);
        }
        if let Some(factor) = self.factor {
            standing = standing.serves(FACTORS[factor]);
        }
        match self.band {
            Some(band) => standing.banded(bands, band.map(|band| BANDS[band])),
            None => standing,
        }
    }

    fn entry(&self, name: &str, scale: &Rational) -> Entry {
        let weight = Rational::new(self.weight.0, self.weight.1).unwrap();
        let entry = Entry::new(name, &weight * scale);
        match self.region {
            Some(region) => entry.label("region", REGIONS[region]),
            None => entry,
        }
    }

    fn big_weight(&self) -> BigRational {
        BigRational::new(self.weight.0.into(), self.weight.1.into())
    }

    fn now(&self) -> Exact {
        match State::ALL[self.state] {
            State::NotStarted | State::NoData => Err(Reason::Missing),
            _ => exact(&value(self.attainment)),
        }
    }

    fn key(&self, by: &str) -> Option<String> {
        match by {
            "owner" => self.owner.map(|owner| Owner::ALL[owner].name().to_owned()),
            "factor" => self.factor.map(|factor| FACTORS[factor].to_owned()),
            _ => self.region.map(|region| REGIONS[region].to_owned()),
        }
    }
}

/// A scorecard of the cases, grouped by whatever some have.
fn card(order: &[(usize, Case)], scale: &Rational, strict: bool, clamp: bool) -> Scorecard {
    let mut card = Scorecard::new("card");
    for (place, case) in order {
        card = card.entry(case.entry(&name(*place), scale));
    }
    for by in ["region", "owner", "factor"] {
        if order.iter().any(|(_, case)| case.key(by).is_some()) {
            card = card.by(by);
        }
    }
    if strict {
        card = card.on_undefined(OnUndefined::Strict);
    }
    if clamp {
        card = card.clamp(Clamp { low: Some(0.into()), high: Some(rational("1.5")) });
    }
    card
}

fn compute(card: &Scorecard, cases: &[Case]) -> ScorecardResult {
    let (bands, names) = (bands(), (0..cases.len()).map(name).collect::<Vec<_>>());
    let standings: Vec<_> =
        cases.iter().zip(&names).map(|(case, name)| case.standing(name, &bands)).collect();
    card.compute(&standings).unwrap()
}

fn in_order(cases: &[Case]) -> Vec<(usize, Case)> {
    cases.iter().cloned().enumerate().collect()
}

/// The index by its definition, and the weight that it is over.
fn index(cases: &[&Case], of: impl Fn(&Case) -> Exact, strict: bool) -> (Exact, BigRational) {
    let mut sum = BigRational::zero();
    let mut counted = BigRational::zero();
    let mut reasons = Vec::new();
    for case in cases {
        match of(case) {
            Ok(attainment) => {
                sum += case.big_weight() * attainment;
                counted += case.big_weight();
            }
            Err(reason) => reasons.push(reason),
        }
    }
    let first = reasons.iter().min().copied();
    let index = match first {
        Some(reason) if strict || reasons.len() == cases.len() => Err(reason),
        _ => Ok(sum / &counted),
    };
    (index, counted)
}

/// Count and share of each that occurs.
fn tally<K: Ord>(
    cases: &[&Case],
    of: impl Fn(&Case) -> Option<K>,
) -> BTreeMap<K, (usize, BigRational)> {
    let whole: BigRational = cases.iter().map(|case| case.big_weight()).sum();
    let mut tally = BTreeMap::new();
    for case in cases {
        if let Some(key) = of(case) {
            let (count, share) = tally.entry(key).or_insert((0, BigRational::zero()));
            *count += 1;
            *share += case.big_weight() / &whole;
        }
    }
    tally
}

fn parts<T: Clone, K: Ord>(
    roll_up: &RollUp<T>,
    key: impl Fn(&T) -> K,
) -> Vec<(K, (usize, BigRational))> {
    roll_up.parts.iter().map(|part| (key(&part.of), (part.count, big(&part.share)))).collect()
}

fn check_score(score: &Score, cases: &[&Case], strict: bool, clamp: bool) {
    let whole: BigRational = cases.iter().map(|case| case.big_weight()).sum();
    let (now, counted) = index(cases, Case::now, strict);
    assert_eq!(exact(&score.index), now);
    assert_eq!(big(&score.weight), whole);
    assert_eq!(big(&score.covered), counted / &whole);
    let cut = |case: &Case| {
        case.now().map(|a| a.max(BigRational::zero()).min(BigRational::new(3.into(), 2.into())))
    };
    let clamped = clamp.then(|| index(cases, cut, strict).0);
    assert_eq!(score.clamped.as_ref().map(exact), clamped);
    let (before, counted) = index(cases, |case| exact(&value(case.before)), strict);
    assert_eq!(exact(&score.before), before);
    assert_eq!(big(&score.covered_before), counted / &whole);
    let change = match (now, before) {
        (Ok(now), Ok(before)) => Ok(now - before),
        (Err(a), Err(b)) => Err(a.min(b)),
        (Err(reason), _) | (_, Err(reason)) => Err(reason),
    };
    assert_eq!(exact(&score.change), change);
    let severity = |state: State| FROM_WORST.iter().position(|other| *other == state).unwrap();
    let states = tally(cases, |case| Some(severity(State::ALL[case.state])));
    assert_eq!(score.states.worst, states.keys().next().map(|place| FROM_WORST[*place]));
    assert_eq!(
        parts(&score.states, |state| severity(*state)),
        states.into_iter().collect::<Vec<_>>()
    );
    // All have the same bands, so the order of first appearance is that of the list.
    let held = tally(cases, |case| case.band.flatten());
    let place = |band: &String| BANDS.iter().position(|other| other == band).unwrap();
    assert_eq!(score.bands.worst.as_ref().map(place), held.keys().next_back().copied());
    assert_eq!(parts(&score.bands, place), held.into_iter().collect::<Vec<_>>());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn it_is_what_its_definition_says(cases in cases(), strict: bool, clamp: bool) {
        let result = compute(&card(&in_order(&cases), &Rational::ONE, strict, clamp), &cases);
        let all: Vec<&Case> = cases.iter().collect();
        check_score(&result.total, &all, strict, clamp);
        for grouping in &result.groupings {
            let mut counts = 0;
            let mut keys = Vec::new();
            for group in &grouping.groups {
                let members: Vec<&Case> =
                    cases.iter().filter(|case| case.key(&grouping.by) == group.key).collect();
                check_score(&group.score, &members, strict, clamp);
                counts += members.len();
                keys.push(group.key.clone());
            }
            prop_assert_eq!(counts, cases.len());
            let mut first: Vec<Option<String>> = Vec::new();
            for case in &cases {
                let key = case.key(&grouping.by);
                if !first.contains(&key) {
                    first.push(key);
                }
            }
            prop_assert_eq!(keys, first);
        }
    }

    #[test]
    fn contributions_sum_to_the_index(cases in cases(), strict: bool) {
        let result = compute(&card(&in_order(&cases), &Rational::ONE, strict, false), &cases);
        let sum = |values: &mut dyn Iterator<Item = &Value>| {
            values.filter_map(|value| exact(value).ok()).sum::<BigRational>()
        };
        let shares: BigRational = result.entries.iter().map(|entry| big(&entry.share)).sum();
        prop_assert_eq!(shares, BigRational::one());
        let Ok(index) = exact(&result.total.index) else {
            // Its reason, or that of the entry itself.
            for entry in &result.entries {
                let reason = entry.attainment.reason().or(result.total.index.reason());
                prop_assert_eq!(entry.contribution.reason(), reason);
            }
            return Ok(());
        };
        prop_assert_eq!(sum(&mut result.entries.iter().map(|entry| &entry.contribution)), index.clone());
        let covered = |score: &Score| big(&score.covered) * big(&score.weight);
        for grouping in &result.groupings {
            let groups = &grouping.groups;
            prop_assert_eq!(sum(&mut groups.iter().map(|group| &group.contribution)), index.clone());
            let weighed: BigRational = groups
                .iter()
                .filter_map(|group| Some(exact(&group.score.index).ok()? * covered(&group.score)))
                .sum();
            prop_assert_eq!(weighed, &index * covered(&result.total));
        }
    }

    /// Another order of entries changes the order of the result, and nothing else.
    #[test]
    fn order_changes_nothing_else(
        (cases, order) in cases().prop_flat_map(|cases| {
            let order = Just(in_order(&cases)).prop_shuffle();
            (Just(cases), order)
        }),
        strict: bool,
        clamp: bool,
    ) {
        let straight = compute(&card(&in_order(&cases), &Rational::ONE, strict, clamp), &cases);
        let shuffled = compute(&card(&order, &Rational::ONE, strict, clamp), &cases);
        prop_assert_eq!(&straight.total, &shuffled.total);
        for (entry, (place, _)) in shuffled.entries.iter().zip(&order) {
            prop_assert_eq!(entry, &straight.entries[*place]);
        }
        for (a, b) in straight.groupings.iter().zip(&shuffled.groupings) {
            let (mut a, mut b) = (a.clone(), b.clone());
            a.groups.sort_by(|x, y| x.key.cmp(&y.key));
            b.groups.sort_by(|x, y| x.key.cmp(&y.key));
            prop_assert_eq!(a, b);
        }
    }

    #[test]
    fn only_proportions_of_weights_matter(cases in cases(), strict: bool, n in 1_u32..900, d in 1_u32..90) {
        let scale = Rational::new(n, d).unwrap();
        let plain = compute(&card(&in_order(&cases), &Rational::ONE, strict, true), &cases);
        let mut scaled = compute(&card(&in_order(&cases), &scale, strict, true), &cases);
        let unscale = |weight: &mut Rational| *weight = weight.checked_div(&scale).unwrap();
        unscale(&mut scaled.total.weight);
        scaled.entries.iter_mut().for_each(|entry| unscale(&mut entry.weight));
        for grouping in &mut scaled.groupings {
            grouping.groups.iter_mut().for_each(|group| unscale(&mut group.score.weight));
        }
        prop_assert_eq!(plain, scaled);
    }
}

/// By hand: weights 2, 1, 3 and 4; the last is not defined.
fn worked() -> (Scorecard, [Standing<'static>; 4]) {
    let card = Scorecard::new("company")
        .entry(Entry::new("leads", 2).label("region", "north"))
        .entry(Entry::new("events", 1).label("region", "south"))
        .entry(Entry::new("revenue", 3).label("region", "north"))
        .entry(Entry::new("renewals", 4))
        .by("owner")
        .by("region");
    let standings = [
        Standing::new("leads", State::Ahead, defined("1.5"))
            .owner(Owner::Marketing)
            .before(defined("1.2")),
        Standing::new("events", State::Missed, defined("0.6"))
            .owner(Owner::Marketing)
            .before(defined("0.6")),
        Standing::new("revenue", State::Behind, defined("0.9"))
            .owner(Owner::Sales)
            .before(defined("0.8")),
        Standing::new("renewals", State::Undefined, Value::Undefined(Reason::NoBase))
            .owner(Owner::Customer),
    ];
    (card, standings)
}

#[test]
fn a_scorecard_by_hand() {
    let (card, standings) = worked();
    let result = card.compute(&standings).unwrap();
    let total = &result.total;
    // (2 * 1.5 + 1 * 0.6 + 3 * 0.9) / 6 = 6.3 / 6
    assert_eq!(total.index, defined("1.05"));
    assert_eq!(total.weight, Rational::from(10));
    assert_eq!(total.covered, rational("0.6"));
    assert_eq!(total.clamped, None);
    // (2 * 1.2 + 1 * 0.6 + 3 * 0.8) / 6 = 5.4 / 6
    assert_eq!((&total.before, &total.change), (&defined("0.9"), &defined("0.15")));
    assert_eq!(total.covered_before, rational("0.6"));
    let contributions: Vec<_> = result.entries.iter().map(|e| e.contribution.clone()).collect();
    let undefined = Value::Undefined(Reason::NoBase);
    assert_eq!(contributions, [defined("0.5"), defined("0.1"), defined("0.45"), undefined.clone()]);
    let shares: Vec<_> = result.entries.iter().map(|e| e.share.to_string()).collect();
    assert_eq!(shares, ["1/5", "1/10", "3/10", "2/5"]);

    // Marketing (3.0 + 0.6) / 3, sales 0.9, customer undefined.
    let owners = &result.groupings[0];
    assert_eq!(owners.by, "owner");
    let seen: Vec<_> = owners
        .groups
        .iter()
        .map(|g| (g.key.as_deref(), g.score.index.clone(), g.contribution.clone()))
        .collect();
    assert_eq!(
        seen,
        [
            (Some("marketing"), defined("1.2"), defined("0.6")),
            (Some("sales"), defined("0.9"), defined("0.45")),
            (Some("customer"), undefined.clone(), undefined.clone()),
        ]
    );
    assert_eq!(owners.groups[2].score.covered, Rational::ZERO);
    assert_eq!(owners.groups[2].score.states.worst, Some(State::Undefined));
    // North (3.0 + 2.7) / 5, south 0.6, and what has no region.
    let regions: Vec<_> = result.groupings[1]
        .groups
        .iter()
        .map(|g| (g.key.as_deref(), g.score.index.clone()))
        .collect();
    assert_eq!(
        regions,
        [(Some("north"), defined("1.14")), (Some("south"), defined("0.6")), (None, undefined)]
    );

    // The miss is the worst, though what is undefined has more weight.
    assert_eq!(total.states.worst, Some(State::Missed));
    let states: Vec<_> =
        total.states.parts.iter().map(|p| (p.of.name(), p.count, p.share.to_string())).collect();
    let expected = [
        ("missed", 1, "1/10"),
        ("behind", 1, "3/10"),
        ("ahead", 1, "1/5"),
        ("undefined", 1, "2/5"),
    ];
    assert_eq!(states, expected.map(|(n, c, s)| (n, c, s.to_owned())));
    assert_eq!((total.bands.worst.as_ref(), total.bands.parts.len()), (None, 0));
}

#[test]
fn strict_lets_one_undefined_entry_speak_for_all() {
    let (card, standings) = worked();
    let result = card.on_undefined(OnUndefined::Strict).compute(&standings).unwrap();
    let undefined = Value::Undefined(Reason::NoBase);
    assert_eq!(result.total.index, undefined);
    assert_eq!(result.total.covered, rational("0.6"));
    assert!(result.entries.iter().all(|entry| entry.contribution == undefined));
    // The attainment of each is there still, and so is the index of groups without it.
    assert_eq!(result.entries[0].attainment, defined("1.5"));
    let marketing = &result.groupings[0].groups[0];
    assert_eq!((&marketing.score.index, &marketing.contribution), (&defined("1.2"), &undefined));
    // The day before, the last one is missing, which comes before having no base.
    assert_eq!(result.total.before, Value::Undefined(Reason::Missing));
    assert_eq!(result.total.change, Value::Undefined(Reason::Missing));
}

/// Zeros of targets without data, or before they begin, are no failures.
#[test]
fn no_data_is_not_zero() {
    let card = Scorecard::new("card").entry(Entry::new("a", 1)).entry(Entry::new("b", 1));
    for state in [State::NoData, State::NotStarted] {
        let good = Standing::new("b", State::Met, Value::Defined(1.into()));
        let standings = [Standing::new("a", state, Value::Defined(0.into())), good];
        let result = card.compute(&standings).unwrap();
        assert_eq!(result.total.index, Value::Defined(1.into()));
        assert_eq!(result.total.covered, rational("0.5"));
        assert_eq!(result.entries[0].attainment, Value::Undefined(Reason::Missing));
        assert_eq!(result.total.states.worst, Some(State::Met));
    }
}

#[test]
fn where_nothing_is_defined_the_first_reason_is_told() {
    let card = Scorecard::new("card").entry(Entry::new("a", 1)).entry(Entry::new("b", 1));
    let of = |a: Reason, b: Reason| {
        let standings = [
            Standing::new("a", State::Undefined, Value::Undefined(a)),
            Standing::new("b", State::Undefined, Value::Undefined(b)),
        ];
        let total = card.compute(&standings).unwrap().total;
        assert_eq!(total.covered, Rational::ZERO);
        total.index.reason().unwrap()
    };
    assert_eq!(of(Reason::NoBase, Reason::Inconsistent), Reason::Inconsistent);
    assert_eq!(of(Reason::Inconsistent, Reason::NoBase), Reason::Inconsistent);
    assert_eq!(of(Reason::Unbounded(Sense::Good), Reason::Missing), Reason::Missing);
}

/// Each pair of states: the one that stands first is the worst, and those apart never are.
#[test]
fn every_state_has_its_place() {
    for state in State::ALL {
        assert_eq!(FROM_WORST.iter().filter(|other| **other == state).count(), 1, "{state}");
    }
    assert_eq!(
        FROM_WORST.map(State::name).join(" "),
        "missed unreachable over behind under on_pace ahead secured met undefined no_data not_started"
    );
    let apart = [State::NotStarted, State::NoData, State::Undefined];
    let card = Scorecard::new("card").entry(Entry::new("a", 1)).entry(Entry::new("b", 3));
    let standing = |name, state| Standing::new(name, state, Value::Undefined(Reason::Missing));
    for (i, a) in FROM_WORST.into_iter().enumerate() {
        for (j, b) in FROM_WORST.into_iter().enumerate() {
            let result = card.compute(&[standing("a", a), standing("b", b)]).unwrap();
            let states = result.total.states;
            assert_eq!(states.worst, Some(FROM_WORST[i.min(j)]));
            assert_eq!(states.parts.len(), if a == b { 1 } else { 2 });
            if apart.contains(&a) && !apart.contains(&b) {
                assert_eq!(states.worst, Some(b));
            }
        }
    }
}

#[test]
fn the_clamp_is_a_view_beside_the_index() {
    let card = Scorecard::new("card").entry(Entry::new("a", 1)).entry(Entry::new("b", 1));
    let standings = [
        Standing::new("a", State::Ahead, Value::Defined(3.into())),
        Standing::new("b", State::Behind, Value::Defined((-1).into())),
    ];
    let clamped = |low: Option<&str>, high: Option<&str>| {
        let clamp = Clamp { low: low.map(rational), high: high.map(rational) };
        let total = card.clone().clamp(clamp).compute(&standings).unwrap().total;
        // One makes up for the other, unless it is looked at through the clamp.
        assert_eq!(total.index, Value::Defined(1.into()));
        total.clamped.unwrap()
    };
    assert_eq!(clamped(Some("0"), Some("1")), defined("0.5"));
    assert_eq!(clamped(Some("0"), None), defined("1.5"));
    assert_eq!(clamped(None, Some("1.5")), defined("0.25"));
}

#[test]
fn one_entry_is_its_own_index() {
    let card = Scorecard::new("card").entry(Entry::new("a", rational("1/3")));
    let result = card.compute(&[Standing::new("a", State::Behind, defined("-7/9"))]).unwrap();
    assert_eq!(result.total.index, defined("-7/9"));
    assert_eq!(result.entries[0].contribution, defined("-7/9"));
    assert_eq!((result.total.covered, result.groupings.len()), (Rational::ONE, 0));
}

fn banded(names: &[&str]) -> Bands {
    let band = |name: &&str| Band { name: (*name).to_owned(), from: None };
    Bands { on: BandBasis::Attainment, list: names.iter().map(band).collect() }
}

#[test]
fn bands_are_compared_where_they_have_one_order() {
    let (traffic, grades) = (banded(&["green", "amber", "red"]), banded(&["A", "B"]));
    let card = Scorecard::new("card")
        .entry(Entry::new("a", 1))
        .entry(Entry::new("b", 2))
        .entry(Entry::new("c", 5));
    let standing = |name| Standing::new(name, State::Ahead, Value::Defined(1.into()));
    let bands = |standings: [Standing<'_>; 3]| {
        let bands = card.compute(&standings).unwrap().total.bands;
        let parts = bands.parts.iter().map(|p| (p.of.clone(), p.count, p.share.to_string()));
        (bands.worst, parts.collect::<Vec<_>>())
    };
    let part = |name: &str, count, share: &str| (name.to_owned(), count, share.to_owned());
    // The third has no bands, and its share of the weight is in none.
    let alike = bands([
        standing("a").banded(&traffic, Some("red")),
        standing("b").banded(&traffic, Some("green")),
        standing("c"),
    ]);
    assert_eq!(alike, (Some("red".into()), vec![part("green", 1, "1/4"), part("red", 1, "1/8")]));
    // One in no band says nothing.
    let none = bands([
        standing("a").banded(&traffic, None),
        standing("b").banded(&traffic, Some("amber")),
        standing("c"),
    ]);
    assert_eq!(none, (Some("amber".into()), vec![part("amber", 1, "1/4")]));
    // Nobody knows whether B is worse than amber.
    let unlike = bands([
        standing("a").banded(&traffic, Some("amber")),
        standing("b").banded(&grades, Some("B")),
        standing("c").banded(&traffic, Some("amber")),
    ]);
    assert_eq!(unlike, (None, vec![part("amber", 2, "3/4"), part("B", 1, "1/4")]));
    // The same names in another order are no order.
    let turned = banded(&["red", "amber", "green"]);
    let opposed = bands([
        standing("a").banded(&traffic, Some("green")),
        standing("b").banded(&turned, Some("red")),
        standing("c"),
    ]);
    assert_eq!(opposed.0, None);
}

/// A target of leads from the second to the fourth, looked at from the first day to the sixth: without
/// data on its first day, over on the sixth.
#[test]
fn a_standing_is_that_of_its_day() {
    let schema =
        Schema::new(Vec::<String>::new(), [Measure::flow("leads", "lead".parse().unwrap())]);
    let set = KpiSet::new(schema.unwrap(), []).unwrap();
    let day = |number: u32| Date::new(2024, 5, number).unwrap();
    let dates = [day(3), day(4), day(5)];
    let facts = Facts::builder(set.schema()).dates(&dates);
    let facts = facts.measure("leads", Column::integers(&[10, 20, 40])).build().unwrap();
    let period = Period::inclusive(day(2), day(4)).unwrap();
    let goal = Goal::AtLeast(Limit::Fixed(100.into()));
    let target = Target::new("leads", "leads", period, goal)
        .owner(Owner::Marketing)
        .serves("events")
        .bands(banded(&["only"]));
    let assess = |number| target.assess(&set, &facts, Calendar::default(), day(number)).unwrap();
    let missing = Value::Undefined(Reason::Missing);
    let expected = [
        (1, State::NotStarted, missing.clone(), missing.clone()),
        (2, State::NoData, Value::Defined(0.into()), missing.clone()),
        (3, State::Behind, defined("0.1"), missing.clone()),
        (4, State::Missed, defined("0.3"), defined("0.1")),
        (5, State::Missed, defined("0.3"), defined("0.3")),
        (6, State::Missed, defined("0.3"), defined("0.3")),
    ];
    let last = assess(6);
    for (number, state, attainment, before) in expected {
        // The result of the day, and one of a later day that knows it too.
        for result in [&assess(number), &last] {
            let standing = Standing::of(&target, result, day(number));
            assert_eq!((standing.target, standing.owner), ("leads", Some(Owner::Marketing)));
            assert_eq!(standing.factor, Some("events"));
            assert_eq!(standing.state, state, "{number}");
            assert_eq!(standing.attainment, attainment, "{number}");
            assert_eq!(standing.before, before, "{number}");
            let is_banded = !matches!(state, State::NotStarted | State::NoData);
            assert_eq!(standing.band, is_banded.then_some("only"));
        }
    }
    // What was not assessed stands where it was last.
    let early = assess(3);
    let standing = Standing::of(&target, &early, day(9));
    assert_eq!((standing.state, &standing.attainment), (State::Behind, &defined("0.1")));
    assert_eq!(standing.before, defined("0.1"));
    // The first day there is has none before it.
    let first = Date::new(1, 1, 1).unwrap();
    assert_eq!(Standing::of(&target, &early, first).state, State::NotStarted);
}

fn told(card: &Scorecard, standings: &[Standing<'_>]) -> String {
    let error = card.compute(standings).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    format!("{error:#}")
}

#[test]
fn all_problems_are_told_at_once() {
    let standings = [
        Standing::new("leads", State::Ahead, Value::Defined(1.into())),
        Standing::new("revenue", State::Ahead, Value::Defined(1.into())),
    ];
    let card = Scorecard::new("company")
        .entry(Entry::new("lead", 1).label("region", "north").label("region", "south"))
        .entry(Entry::new("revenue", 0).label("owner", "sales"))
        .entry(Entry::new("revenue", rational("-1/2")))
        .by("regin")
        .by("region")
        .by("region")
        .clamp(Clamp { low: Some(2.into()), high: Some(1.into()) });
    assert_eq!(
        told(&card, &standings),
        "9 problems in the scorecard \"company\"\n  \
         entries[0].target: unknown target \"lead\"; did you mean \"leads\"?\n  \
         entries[0].labels.region: label \"region\" is there twice; keep one\n  \
         entries[1].weight: a weight of 0 is not above zero; give one that is, or leave the target out\n  \
         entries[1].labels.owner: a label cannot be called \"owner\", which targets say themselves; rename it\n  \
         entries[2].target: target \"revenue\" is there twice, first at entries[1]; keep one, with the weight of both\n  \
         entries[2].weight: a weight of -1/2 is not above zero; give one that is, or leave the target out\n  \
         by[0]: no entry has a label \"regin\"; did you mean \"region\"?\n  \
         by[2]: \"region\" is there twice; keep one\n  \
         clamp: a clamp from 2 to 1; swap them"
    );
}

#[test]
fn what_nothing_could_be_grouped_by_is_refused() {
    let standings = [Standing::new("leads", State::Ahead, Value::Defined(1.into()))];
    let card = Scorecard::new("x").entry(Entry::new("leads", 1));
    assert_eq!(
        told(&card.clone().by("owner").by("factor").by("team"), &standings),
        "3 problems in the scorecard \"x\"\n  \
         by[0]: no target of an entry has an owner; give one to targets, or remove it\n  \
         by[1]: no target of an entry serves a factor; say so in targets, or remove it\n  \
         by[2]: no entry has a label \"team\"; known are owner, factor"
    );
    assert_eq!(
        told(&Scorecard::new("x").by("region"), &standings),
        "1 problem in the scorecard \"x\"\n  \
         entries: a scorecard without entries; name a target and its weight"
    );
    assert_eq!(
        told(&card.clone().clamp(Clamp::default()), &standings),
        "1 problem in the scorecard \"x\"\n  \
         clamp: a clamp with no end; give \"low\", \"high\" or both, or remove it"
    );
    let mut entry = Entry::new("leads", 1);
    for i in 0..17 {
        entry = entry.label(format!("l{i}"), "v");
    }
    let many = (0..17).fold(Scorecard::new("x").entry(entry), |card, i| card.by(format!("l{i}")));
    assert_eq!(
        told(&many, &standings),
        "1 problem in the scorecard \"x\"\n  \
         by: 17 groupings; the most is 16, so make another scorecard"
    );
    let twice = [standings[0].clone(), standings[0].clone()];
    let error = card.compute(&twice).unwrap_err();
    assert_eq!(error.to_string(), "two standings of target \"leads\"; give one of each");
    assert_eq!(error.kind(), ErrorKind::Duplicate);
}

/// Powers of unlike primes have no small common denominator.
#[test]
fn what_grows_without_bound_is_cut_off_the_same_in_any_order() {
    let primes = [
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
    ];
    // At least 11,000 bits each.
    let unlike = |prime: i32| {
        let bits = 32 - prime.leading_zeros() as i32;
        Rational::from(prime).checked_pow(-16_000 / bits).unwrap()
    };
    let names: Vec<String> = primes.iter().map(ToString::to_string).collect();
    let standings: Vec<_> = names
        .iter()
        .zip(primes)
        .map(|(name, prime)| Standing::new(name, State::Ahead, Value::Defined(unlike(prime))))
        .collect();
    let card = |names: &mut dyn Iterator<Item = &String>| {
        names.fold(Scorecard::new("x"), |card, name| card.entry(Entry::new(name, 1)))
    };
    for card in [card(&mut names.iter()), card(&mut names.iter().rev())] {
        let result = card.compute(&standings).unwrap();
        assert_eq!(result.total.index, Value::Undefined(Reason::Capacity));
        assert_eq!(result.total.covered, Rational::ONE);
    }
    let few = card(&mut names.iter().take(4)).compute(&standings).unwrap();
    assert!(!few.total.index.is_undefined());
    let weights = names.iter().zip(primes).fold(Scorecard::new("x"), |card, (name, prime)| {
        card.entry(Entry::new(name, unlike(prime)))
    });
    assert_eq!(
        told(&weights, &standings),
        "1 problem in the scorecard \"x\"\n  \
         entries: weights that have no common denominator of a sensible size; write them as integers or decimals"
    );
}

#[test]
fn weightings_are_examples_that_are_asked_for() {
    for weighting in [CONSUMER_GOODS, B2B_SERVICES, START_UP, ESTABLISHED] {
        let sum: u32 = Owner::ALL.iter().map(|owner| weighting.of(*owner).unwrap()).sum();
        assert_eq!(sum, 100, "{}", weighting.name);
        assert!(!weighting.meaning.is_empty());
    }
    let standings = [
        Standing::new("leads", State::Ahead, Value::Defined(2.into())).owner(Owner::Marketing),
        Standing::new("revenue", State::Behind, Value::Defined(1.into())).owner(Owner::Sales),
        Standing::new("churn", State::Behind, Value::Defined(1.into())),
    ];
    let card = Scorecard::new("x").entry(Entry::new("leads", 1)).entry(Entry::new("revenue", 2));
    let index = |card: &Scorecard| card.compute(&standings).unwrap().total.index;
    // By itself (2 + 2) / 3; as consumer goods (60 * 2 + 40 * 1) / 100.
    assert_eq!(index(&card), defined("4/3"));
    let weighted = card.clone().weighted_by(&CONSUMER_GOODS, &standings).unwrap();
    assert_eq!(index(&weighted), defined("1.6"));
    assert_eq!(weighted.entries()[1].weight(), &Rational::from(40));

    let card = card.entry(Entry::new("churn", 1)).entry(Entry::new("revenu", 1));
    let half = Weighting { weights: &[(Owner::Sales, 0)], ..START_UP };
    let error = card.weighted_by(&half, &standings).unwrap_err();
    assert_eq!(
        error.to_string(),
        "4 problems in the weighting of scorecard \"x\"\n  \
         entries[0].target: weighting \"start-up\" has no weight for owner marketing; add one\n  \
         entries[1].target: weighting \"start-up\" gives owner sales a weight of 0; give one above zero, or leave their targets out\n  \
         entries[2].target: target \"churn\" has no owner to weigh it by; give it one\n  \
         entries[3].target: unknown target \"revenu\"; did you mean \"revenue\"?"
    );
}

#[cfg(feature = "json")]
mod document {
    use serde_json::{Value as Json, json};
    use yardstick::{Column, Date, Facts, Model, Report};

    const DOCUMENT: &str = r#"{
        "yardstick": 1, "name": "Spring", "display": {"scale": 1, "mode": "half_expand"},
        "dimensions": ["event"],
        "measures": [
            {"name": "leads", "unit": "lead"},
            {"name": "revenue", "unit": "EUR"},
            {"name": "cost", "unit": "EUR"}
        ],
        "factors": [{"name": "events", "strategy": "event", "gain": "revenue", "cost": "cost"}],
        "targets": [
            {"name": "leads", "metric": "leads", "owner": "marketing", "factor": "events",
             "period": {"first": "2024-03-01", "last": "2024-03-04"}, "goal": {"at_least": 40},
             "bands": {"on": "attainment",
                       "list": [{"name": "green", "from": "0.5"}, {"name": "red"}]}},
            {"name": "revenue", "metric": "revenue", "owner": "sales",
             "period": {"first": "2024-03-01", "last": "2024-03-02"}, "goal": {"at_least": 1000},
             "bands": {"on": "attainment",
                       "list": [{"name": "green", "from": 1}, {"name": "red"}]}},
            {"name": "april", "metric": "revenue", "owner": "sales",
             "period": "2024-04", "goal": {"at_least": 9000}}
        ],
        "scorecards": [{
            "name": "company", "description": "for the board",
            "entries": [
                {"target": "leads", "weight": 1, "labels": {"region": "north"}},
                {"target": "revenue", "weight": "1.5"},
                {"target": "april", "weight": "2.5", "labels": {"region": "north"}}
            ],
            "by": ["owner", "factor", "region"],
            "clamp": {"high": 1}
        }, {
            "name": "strict", "undefined": "strict",
            "entries": [{"target": "april", "weight": 1}]
        }]
    }"#;

    fn report(as_of: &str) -> Report {
        let model = Model::from_json(DOCUMENT).unwrap();
        assert_eq!(model.scorecards().len(), 2);
        let days: Vec<Date> =
            ["2024-03-01", "2024-03-02", "2024-03-03"].map(|day| day.parse().unwrap()).into();
        let facts = Facts::builder(model.schema())
            .dates(&days)
            .dimension("event", &["fair", "fair", "fair"])
            .measure("leads", Column::integers(&[10, 14, 26]))
            .measure("revenue", Column::integers(&[300, 500, 70]))
            .measure("cost", Column::integers(&[10, 10, 10]))
            .build()
            .unwrap();
        model.evaluate(&facts, as_of.parse().unwrap()).unwrap()
    }

    fn json(report: &Report) -> Json {
        serde_json::from_str(&report.to_json().unwrap()).unwrap()
    }

    fn rate(fraction: &str, text: &str) -> Json {
        json!({"fraction": fraction, "text": text})
    }

    /// On the second day leads are at 24 of 40 and revenue at 800 of 1000; the day before at 10 and 300.
    #[test]
    fn a_document_gives_scorecards() {
        let report = report("2024-03-02");
        let card = report.scorecard("company").unwrap();
        // (1 * 0.6 + 1.5 * 0.8) / 2.5
        assert_eq!(card.index().to_string(), "18/25");
        let error = report.scorecard("compny").unwrap_err();
        assert_eq!(error.to_string(), "unknown scorecard \"compny\"; did you mean \"company\"?");

        let cards = &json(&report)["scorecards"];
        let company = &cards[0];
        let missing = json!({"undefined": "missing"});
        assert_eq!(company["name"], "company");
        assert_eq!(company["undefined"], "leave_out");
        assert_eq!(company["clamp"], json!({"low": null, "high": rate("1", "100.0%")}));
        let total = &company["total"];
        assert_eq!(
            *total,
            json!({
                "index": rate("18/25", "72.0%"),
                "clamped": rate("18/25", "72.0%"),
                "weight": rate("5", "5.0"),
                "covered": rate("1/2", "50.0%"),
                // (1 * 0.25 + 1.5 * 0.3) / 2.5 = 0.7 / 2.5
                "before": rate("7/25", "28.0%"),
                "covered_before": rate("1/2", "50.0%"),
                "change": rate("11/25", "44.0%"),
                "states": {"worst": "missed", "parts": [
                    {"name": "missed", "count": 1, "share": rate("3/10", "30.0%")},
                    {"name": "ahead", "count": 1, "share": rate("1/5", "20.0%")},
                    {"name": "not_started", "count": 1, "share": rate("1/2", "50.0%")}
                ]},
                "bands": {"worst": "red", "parts": [
                    {"name": "green", "count": 1, "share": rate("1/5", "20.0%")},
                    {"name": "red", "count": 1, "share": rate("3/10", "30.0%")}
                ]}
            })
        );
        assert_eq!(
            company["entries"][0],
            json!({
                "target": "leads", "owner": "marketing", "factor": "events",
                "labels": {"region": "north"},
                "weight": rate("1", "1.0"), "share": rate("1/5", "20.0%"),
                "attainment": rate("3/5", "60.0%"), "contribution": rate("6/25", "24.0%"),
                "state": "ahead", "band": "green"
            })
        );
        assert_eq!(
            company["entries"][2],
            json!({
                "target": "april", "owner": "sales", "factor": null,
                "labels": {"region": "north"},
                "weight": rate("5/2", "2.5"), "share": rate("1/2", "50.0%"),
                "attainment": missing, "contribution": missing,
                "state": "not_started", "band": null
            })
        );
        let groupings = company["groupings"].as_array().unwrap();
        let keys: Vec<_> = groupings
            .iter()
            .map(|grouping| {
                let groups = grouping["groups"].as_array().unwrap();
                let keys: Vec<_> = groups.iter().map(|group| group["key"].clone()).collect();
                (grouping["by"].clone(), keys)
            })
            .collect();
        assert_eq!(
            keys,
            [
                (json!("owner"), vec![json!("marketing"), json!("sales")]),
                (json!("factor"), vec![json!("events"), json!(null)]),
                (json!("region"), vec![json!("north"), json!(null)]),
            ]
        );
        let sales = &groupings[0]["groups"][1];
        assert_eq!(sales["index"], rate("4/5", "80.0%"));
        assert_eq!(sales["contribution"], rate("12/25", "48.0%"));
        // 1.5 of 4
        assert_eq!(sales["covered"], rate("3/8", "37.5%"));

        let strict = &cards[1];
        assert_eq!((&strict["undefined"], &strict["clamp"]), (&json!("strict"), &json!(null)));
        assert_eq!(
            (&strict["total"]["index"], &strict["total"]["clamped"]),
            (&missing, &json!(null))
        );
        assert_eq!(strict["total"]["states"]["worst"], "not_started");
        assert_eq!(strict["groupings"], json!([]));
    }

    /// A target that is over stays where it ended: what changes is the other's doing.
    #[test]
    fn the_day_after_a_target_is_over_it_has_not_changed() {
        let total = &json(&report("2024-03-03"))["scorecards"][0]["total"];
        // Leads at 50 of 40: (1.25 + 1.5 * 0.8) / 2.5, and 1 + 1.2 clamped.
        assert_eq!(total["index"]["fraction"], "49/50");
        assert_eq!(total["clamped"]["fraction"], "22/25");
        assert_eq!(total["before"]["fraction"], "18/25");
        assert_eq!(total["change"]["fraction"], "13/50");
    }

    #[test]
    fn on_the_first_day_there_is_no_day_before() {
        let total = &json(&report("2024-03-01"))["scorecards"][0]["total"];
        assert_eq!(total["index"]["fraction"], "7/25");
        assert_eq!(total["before"], json!({"undefined": "missing"}));
        assert_eq!(total["covered_before"]["fraction"], "0");
        assert_eq!(total["change"], json!({"undefined": "missing"}));
    }

    /// Before all facts there is a row of none of them: no data is no zero.
    #[test]
    fn without_data_the_index_is_undefined() {
        let document = DOCUMENT.replace("2024-03-01\", \"last", "2024-03-02\", \"last");
        let model = Model::from_json(&document).unwrap();
        let day: Date = "2024-02-01".parse().unwrap();
        let facts = Facts::builder(model.schema())
            .dates(&[day])
            .dimension("event", &["fair"])
            .measure("leads", Column::integers(&[1]))
            .measure("revenue", Column::integers(&[1]))
            .measure("cost", Column::integers(&[1]))
            .build()
            .unwrap();
        let report = model.evaluate(&facts, "2024-03-02".parse().unwrap()).unwrap();
        assert_eq!(report.target("leads").unwrap().attainment().to_string(), "0");
        let card = &json(&report)["scorecards"][0];
        assert_eq!(card["total"]["index"], json!({"undefined": "missing"}));
        assert_eq!(card["total"]["states"]["worst"], "no_data");
        assert_eq!(card["entries"][0]["attainment"], json!({"undefined": "missing"}));
    }

    fn spoilt(replacements: &[(&str, &str)]) -> String {
        let mut document = DOCUMENT.to_owned();
        for (from, to) in replacements {
            assert!(document.contains(from), "{from}");
            document = document.replacen(from, to, 1);
        }
        format!("{:#}", Model::from_json(&document).unwrap_err())
    }

    #[test]
    fn all_problems_of_a_document_are_told_with_their_paths() {
        let text = spoilt(&[
            (r#"{"target": "leads", "weight": 1,"#, r#"{"target": "leeds", "weight": 1,"#),
            (
                r#"{"target": "revenue", "weight": "1.5"}"#,
                r#"{"target": "april", "weight": "-1.5"}"#,
            ),
            (r#""by": ["owner", "factor", "region"]"#, r#""by": ["owner", "rejion", "owner"]"#),
            (r#""clamp": {"high": 1}"#, r#""clamp": {"high": 1, "low": "1.1"}"#),
            (r#""name": "strict""#, r#""name": "company""#),
        ]);
        assert_eq!(
            text,
            "7 problems in the model\n  \
             scorecards[0].entries[0].target: unknown target \"leeds\"; did you mean \"leads\"?\n  \
             scorecards[0].entries[1].weight: a weight of -3/2 is not above zero; give one that is, or leave the target out\n  \
             scorecards[0].entries[2].target: target \"april\" is there twice, first at entries[1]; keep one, with the weight of both\n  \
             scorecards[0].by[1]: no entry has a label \"rejion\"; did you mean \"region\"?\n  \
             scorecards[0].by[2]: \"owner\" is there twice; keep one\n  \
             scorecards[0].clamp: a clamp from 11/10 to 1; swap them\n  \
             scorecards[1].name: \"company\" is there twice, first at scorecards[0]; rename or remove one"
        );
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_path() {
        let text = spoilt(&[
            (r#"{"target": "leads", "weight": 1,"#, r#"{"target": "leads", "weight": 0.5,"#),
            (r#"{"target": "revenue", "weight": "1.5"}"#, r#"{"target": "revenue", "wieght": 1}"#),
            (r#""undefined": "strict""#, r#""undefined": "zero""#),
        ]);
        assert_eq!(
            text,
            "4 problems in the model\n  \
             scorecards[0].entries[0].weight: 0.5 is a float where an exact number is due; write it as text, \"0.5\"\n  \
             scorecards[0].entries[1]: \"weight\" is missing; add it\n  \
             scorecards[0].entries[1]: unknown field \"wieght\"; did you mean \"weight\"?\n  \
             scorecards[1].undefined: unknown treatment of undefined entries \"zero\"; known are leave_out, strict"
        );
        assert_eq!(
            spoilt(&[(r#""entries": [{"target": "april", "weight": 1}]"#, r#""entries": []"#)]),
            "1 problem in the model\n  \
             scorecards[1].entries: a scorecard without entries; name a target and its weight"
        );
    }

    /// A target that could not be read is there: it is not unknown as well.
    #[test]
    fn a_target_that_is_wrong_is_told_once() {
        let text = spoilt(&[(r#""owner": "marketing""#, r#""owner": "marketting""#)]);
        assert_eq!(
            text,
            "1 problem in the model\n  \
             targets[0].owner: unknown owner \"marketting\"; did you mean \"marketing\"?"
        );
    }
}
