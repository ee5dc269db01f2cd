//! Plans, against exhaustive search and plain arithmetic on big fractions.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};
use proptest::prelude::*;
use yardstick::target::{
    Needs, Plan, PlanBuilder, PlanGoal, PlanSegment, StuckReason, Unreachable,
};
use yardstick::{
    Calendar, Error, ErrorKind, Funnel, Grain, Owner, Period, Rational, Reason, Sense, Value,
};

const OWNERS: [Owner; 4] = [Owner::Marketing, Owner::Sales, Owner::Both, Owner::Customer];

fn name(stage: usize) -> String {
    format!("stage {stage}")
}

fn rational(text: &str) -> Rational {
    text.parse().unwrap()
}

fn number(number: i64) -> Value {
    Value::Defined(Rational::from(number))
}

fn integer(value: &Value) -> Option<BigInt> {
    value.as_ref().defined().map(|value| value.to_string().parse().unwrap())
}

fn wins(count: u64) -> PlanGoal {
    PlanGoal::Wins(count.into())
}

/// A plan with these rates as numerator and denominator.
fn builder(rates: &[(u32, u32)]) -> PlanBuilder {
    let mut builder = Plan::builder().stage(name(0), OWNERS[0]);
    for (i, (num, den)) in rates.iter().enumerate() {
        let owner = OWNERS[(i + 1) * OWNERS.len() / (rates.len() + 1)];
        let rate = Rational::new(i128::from(*num), i128::from(*den)).unwrap();
        builder = builder.stage(name(i + 1), owner).rate(name(i + 1), rate);
    }
    builder
}

fn plan(rates: &[(u32, u32)]) -> Plan {
    builder(rates).build().unwrap()
}

/// Forwards from some stage, each rounded down; in integers and by hand.
fn forwards(rates: &[(u32, u32)], from: usize, count: &BigInt) -> BigInt {
    let mut count = count.clone();
    for (num, den) in &rates[from..] {
        // No number is below zero, so a division that cuts off rounds down.
        count = count * num / den;
    }
    count
}

/// Rates from a tenth to above 1.
fn any_rates(most: usize) -> impl Strategy<Value = Vec<(u32, u32)>> {
    prop::collection::vec((1_u32..12, 1_u32..12), 1..=most)
}

fn counts(needs: &Needs) -> Vec<BigInt> {
    let needs = needs.stages.iter().filter_map(|stage| stage.need.as_ref());
    needs.map(|need| integer(need).unwrap()).collect()
}

proptest! {
    #[test]
    fn what_is_needed_reaches_the_goal_and_one_less_at_any_stage_does_not(
        rates in prop_oneof![
            any_rates(6),
            prop::collection::vec((1_u32.., 1_u32..), 1..8),
        ],
        goal in prop_oneof![0_u64..50, any::<u64>()],
    ) {
        let needs = plan(&rates).needs(&wins(goal)).unwrap();
        let counts = counts(&needs);
        prop_assert_eq!(counts.len(), rates.len() + 1);
        for (stage, count) in counts.iter().enumerate() {
            prop_assert!(forwards(&rates, stage, count) >= BigInt::from(goal));
            if !count.is_zero() {
                prop_assert!(forwards(&rates, stage, &(count - 1)) < BigInt::from(goal));
            }
        }
        // What arrives is what the first need leads to.
        let mut arriving = counts[0].clone();
        for (i, stage) in needs.stages.iter().enumerate() {
            prop_assert_eq!(integer(&stage.reach), Some(arriving.clone()));
            prop_assert!(arriving >= counts[i]);
            if i < rates.len() {
                arriving = arriving * rates[i].0 / rates[i].1;
            }
        }
        prop_assert_eq!(needs.unreachable, None);
        prop_assert_eq!(needs.binding, None);
        prop_assert_eq!(integer(&needs.attainable), Some(goal.into()));
    }

    #[test]
    fn the_need_is_the_least_entry_that_a_search_finds(
        rates in any_rates(4), goal in 0_u64..12,
    ) {
        let found = (0_u32..)
            .map(BigInt::from)
            .find(|entry| forwards(&rates, 0, entry) >= BigInt::from(goal));
        let needs = plan(&rates).needs(&wins(goal)).unwrap();
        prop_assert_eq!(Some(counts(&needs)[0].clone()), found);
    }

    #[test]
    fn a_goal_of_a_stage_is_a_shorter_plan(
        rates in any_rates(5), goal in 1_u64..99, stage in any::<prop::sample::Index>(),
    ) {
        let stage = stage.index(rates.len() + 1);
        let goal_of = PlanGoal::Stage { stage: name(stage), count: goal.into() };
        let needs = plan(&rates).needs(&goal_of).unwrap();
        prop_assert_eq!(needs.goal_stage, stage);
        if stage > 0 {
            let shorter = plan(&rates[..stage]).needs(&wins(goal)).unwrap();
            prop_assert_eq!(counts(&needs), counts(&shorter));
        }
        let behind = &needs.stages[stage + 1..];
        prop_assert!(behind.iter().all(|stage| stage.need.is_none() && stage.yields.is_none()));
        // For each owner the last of its stages up to the goal.
        let owners = plan(&rates).stages()[..=stage].iter().map(|stage| stage.owner).collect::<Vec<_>>();
        for owner in &needs.owners {
            prop_assert_eq!(owners.iter().rposition(|other| *other == owner.owner), Some(owner.stage));
            prop_assert_eq!(Some(&owner.need), needs.stages[owner.stage].need.as_ref());
        }
        prop_assert!(owners.iter().all(|owner| needs.owners.iter().any(|known| known.owner == *owner)));
    }

    #[test]
    fn a_revenue_takes_the_fewest_wins_that_bring_it(
        revenue in 0_u64..100_000, value in 1_u64..1_000, cents in 1_u64..100,
    ) {
        let plan = plan(&[(1, 3)]);
        let goal = PlanGoal::Revenue {
            revenue: revenue.into(),
            value: Some(Rational::new(i128::from(value), i128::from(cents)).unwrap()),
        };
        let needs = plan.needs(&goal).unwrap();
        let wins = integer(&needs.goal).unwrap();
        let brings = |wins: &BigInt| wins * value >= BigInt::from(revenue) * cents;
        prop_assert!(brings(&wins));
        prop_assert!(wins.is_zero() || !brings(&(&wins - 1)));
    }

    #[test]
    fn capacities_leave_what_a_search_over_all_entries_finds(
        rates in any_rates(3),
        capacities in prop::collection::vec(prop::option::of(0_u32..25), 4),
        goal in 0_u64..20,
    ) {
        let mut builder = builder(&rates);
        let capacities = &capacities[..=rates.len()];
        for (i, most) in capacities.iter().enumerate() {
            if let Some(most) = most {
                builder = builder.capacity(name(i), *most);
            }
        }
        let needs = builder.build().unwrap().needs(&wins(goal)).unwrap();
        let capped = |stage: usize, count: BigInt| match capacities[stage] {
            Some(most) => count.min(most.into()),
            None => count,
        };
        // More entries than are needed bring no more than the goal.
        let reached = |entry: u32| {
            let mut count = capped(0, entry.into());
            for (i, (num, den)) in rates.iter().enumerate() {
                count = capped(i + 1, count * num / den);
            }
            count
        };
        let enough = u32::try_from(counts(&needs)[0].clone()).unwrap();
        let best = (0..=enough).map(reached).max().unwrap().min(goal.into());
        prop_assert_eq!(integer(&needs.attainable), Some(best.clone()));
        prop_assert_eq!(needs.binding.is_some(), best < goal.into());
        let yields: Vec<_> = capacities
            .iter()
            .enumerate()
            .map(|(i, most)| most.map(|most| forwards(&rates, i, &most.into())))
            .collect();
        let least = yields.iter().flatten().min();
        let binding = yields.iter().position(|most| most.as_ref() == least && most.is_some());
        prop_assert_eq!(needs.binding, binding.filter(|_| best < goal.into()));
        for (i, stage) in needs.stages.iter().enumerate() {
            prop_assert_eq!(stage.yields.as_ref().and_then(integer), yields[i].clone());
            let most = capacities[i].map(BigInt::from);
            prop_assert_eq!(stage.exceeds, most.is_some_and(|most| counts(&needs)[i] > most));
        }
    }

    #[test]
    fn a_forecast_adds_what_arrives_and_a_shortfall_is_closed_by_the_least_more(
        rates in any_rates(4),
        open in prop::collection::vec(0_u32..30, 5),
        entries in 0_u32..30,
        goal in 0_u64..40,
    ) {
        let plan = plan(&rates);
        let open = &open[..=rates.len()];
        // So many more at one stage.
        let result = |more_at: usize, more: u32| {
            let mut total = BigInt::from(open[0]) + entries;
            for stage in 0..=rates.len() {
                if stage > 0 {
                    total = total * rates[stage - 1].0 / rates[stage - 1].1 + open[stage];
                }
                if stage == more_at {
                    total += more;
                }
            }
            total
        };
        let given = open.iter().enumerate().map(|(i, n)| (name(i), Rational::from(*n)));
        let forecast = plan.forecast(given, Rational::from(entries)).unwrap();
        prop_assert_eq!(integer(forecast.result()), Some(result(0, 0)));
        let shortfall = plan.shortfall(&forecast, &wins(goal)).unwrap();
        let lacking = (BigInt::from(goal) - result(0, 0)).max(BigInt::zero());
        prop_assert_eq!(integer(&shortfall.lacking), Some(lacking));
        for (stage, more) in shortfall.more.iter().enumerate() {
            let more = more.as_ref().and_then(integer).unwrap();
            let least = (0..).find(|more| result(stage, *more) >= goal.into()).unwrap();
            prop_assert_eq!(more, least.into());
        }
    }

    #[test]
    fn segments_sum_to_the_goal_and_need_what_their_own_plans_say(
        segments in prop::collection::vec(((1_u32..9, 1_u32..9), 0_u32..9), 1..6),
        goal in 0_u64..200,
    ) {
        prop_assume!(segments.iter().any(|(_, weight)| *weight > 0));
        let whole = plan(&[(1, 2)]);
        let parts: Vec<_> = segments
            .iter()
            .enumerate()
            .map(|(i, (rate, weight))| PlanSegment::new([name(i)], *weight, plan(&[*rate])))
            .collect();
        let needs = whole.needs_by_segment(&wins(goal), &parts).unwrap();
        let sum: u32 = segments.iter().map(|(_, weight)| weight).sum();
        let mut goals = BigInt::zero();
        let mut firsts = BigInt::zero();
        for (segment, (rate, weight)) in needs.segments.iter().zip(&segments) {
            let part = integer(&segment.needs.goal).unwrap();
            // Within one of its exact share.
            let share = BigRational::new(BigInt::from(goal) * weight, sum.into());
            let off = BigRational::from(part.clone()) - share;
            prop_assert!(off < BigRational::one() && off > -BigRational::one());
            goals += &part;
            let alone = plan(&[*rate]).needs(&wins(part.try_into().unwrap())).unwrap();
            prop_assert_eq!(&alone, &segment.needs);
            firsts += counts(&alone)[0].clone();
        }
        prop_assert_eq!(goals, goal.into());
        prop_assert_eq!(needs.stages[0].as_ref().and_then(integer), Some(firsts.clone()));
        prop_assert_eq!(needs.stages[1].as_ref().and_then(integer), Some(goal.into()));
        prop_assert_eq!(integer(&needs.owners[0].need), Some(firsts));
    }

    #[test]
    fn buckets_sum_to_needs_and_never_ask_for_less_than_is_due(
        rates in any_rates(3),
        goals in prop::collection::vec((0_i32..700, 1_i32..90, 0_u64..50), 1..5),
        days in prop::collection::vec(0_u32..200, 3),
        grain in prop::sample::select(Grain::ALL.to_vec()),
    ) {
        let mut builder = builder(&rates);
        for (i, days) in days.iter().enumerate().take(rates.len()) {
            builder = builder.lead_days(name(i + 1), *days);
        }
        let plan = builder.build().unwrap();
        let start: yardstick::Date = "2018-01-01".parse().unwrap();
        let goals: Vec<_> = goals
            .iter()
            .map(|(from, length, count)| {
                let first = start.plus_days(*from).unwrap();
                let last = first.plus_days(length - 1).unwrap();
                (Period::inclusive(first, last).unwrap(), wins(*count))
            })
            .collect();
        let schedule = plan.schedule(&goals, Calendar::default(), grain).unwrap();
        prop_assert!(schedule.buckets.is_sorted_by(|a, b| a.period.last() < b.period.first()));
        for stage in 0..=rates.len() {
            let ahead: u32 = days[stage..rates.len()].iter().sum();
            let mut total = BigInt::zero();
            for (i, (period, _)) in goals.iter().enumerate() {
                let due = schedule.due[i][stage];
                prop_assert_eq!(due.days(), period.days());
                prop_assert_eq!(period.first().number() - due.first().number(), ahead as i32);
                total += counts(&schedule.goals[i])[stage].clone();
            }
            let parts: Vec<_> =
                schedule.buckets.iter().map(|b| integer(&b.needs[stage]).unwrap()).collect();
            prop_assert_eq!(parts.iter().sum::<BigInt>(), total);
            // At the end of each bucket, day by day.
            let mut asked = BigInt::zero();
            for (bucket, part) in schedule.buckets.iter().zip(&parts) {
                asked += part;
                let mut due = BigRational::zero();
                for (i, needs) in schedule.goals.iter().enumerate() {
                    let days = schedule.due[i][stage];
                    let by_then = days.iter().filter(|day| *day <= bucket.period.last()).count();
                    due += BigRational::new(counts(needs)[stage].clone() * by_then, days.days().into());
                }
                let over = BigRational::from(asked.clone()) - &due;
                prop_assert!(over >= BigRational::zero());
                prop_assert!(over < BigRational::from(BigInt::from(goals.len())));
            }
        }
    }
}

#[test]
fn the_olist_funnel_backwards() {
    // Closed deals of 8,000 qualified leads; Olist's marketing funnel, tests/oracle/olist_published.json.
    let funnel = Funnel::builder()
        .stage("qualified lead", Owner::Marketing, 8_000)
        .stage("deal", Owner::Sales, 842)
        .worth(rational("61.1"))
        .build()
        .unwrap();
    let plan = Plan::from_funnel(&funnel).build().unwrap();
    assert_eq!(plan.value(), Some(&Value::Defined(rational("611/8420"))));
    let needs = plan.needs(&wins(1_000)).unwrap();
    // 1000 * 8000 / 842 = 9501.18…
    assert_eq!(needs.stages[0].need, Some(number(9_502)));
    assert_eq!((needs.hand_off, needs.owners[0].stage), (Some(0), 0));
    assert_eq!(needs.owners[1].need, number(1_000));
    // As the funnel itself did: none for none.
    assert_eq!(plan.needs(&wins(0)).unwrap().stages[0].need, Some(number(0)));
}

#[test]
fn rounding_each_stage_needs_more_than_rounding_once() {
    // 3 / (1/2 * 2/3) is 9, and 3 / (2/3) = 4.5 is 5, which takes 10.
    let needs = plan(&[(1, 2), (2, 3)]).needs(&wins(3)).unwrap();
    assert_eq!(counts(&needs), [10, 5, 3].map(BigInt::from));
    // A lead that gives two offers on average.
    let needs = plan(&[(2, 1)]).needs(&wins(5)).unwrap();
    assert_eq!(counts(&needs), [3, 5].map(BigInt::from));
    assert_eq!(needs.stages[1].reach, number(6));
}

#[test]
fn a_rate_that_is_zero_or_undefined_puts_a_goal_out_of_reach() {
    let broken = |rate: Value| {
        let builder = builder(&[(1, 2), (1, 2), (1, 2)]).rate(name(2), rate).capacity(name(3), 4);
        builder.build().unwrap()
    };
    let zero = broken(number(0));
    let needs = zero.needs(&wins(5)).unwrap();
    let bad = Reason::Unbounded(Sense::Bad);
    assert!(
        matches!(needs.unreachable, Some(Unreachable { stage: Some(2), reason, .. }) if reason == bad)
    );
    assert_eq!(needs.stages[2].need, Some(number(10)));
    assert_eq!(needs.stages[1].need, Some(Value::Undefined(bad)));
    assert_eq!(needs.stages[0].need, Some(Value::Undefined(bad)));
    assert_eq!(needs.stages[3].reach, Value::Undefined(bad));
    assert_eq!((needs.attainable, needs.binding), (number(0), Some(3)));
    // Nothing needs nothing, and of nothing comes nothing.
    let needs = zero.needs(&wins(0)).unwrap();
    assert_eq!((needs.unreachable, &needs.stages[0].need), (None, &Some(number(0))));
    // A stage before the step can be reached all the same.
    let goal = PlanGoal::Stage { stage: name(1), count: 5.into() };
    assert_eq!(zero.needs(&goal).unwrap().stages[0].need, Some(number(10)));

    let none = broken(Value::Undefined(Reason::NoBase));
    let needs = none.needs(&wins(5)).unwrap();
    assert_eq!(needs.unreachable.map(|u| (u.stage, u.reason)), Some((Some(2), Reason::NoBase)));
    assert_eq!(needs.attainable, Value::Undefined(Reason::NoBase));

    // A funnel whose step was never taken.
    let funnel = Funnel::builder()
        .stage("lead", Owner::Marketing, 0)
        .stage("deal", Owner::Sales, 0)
        .build()
        .unwrap();
    let needs = Plan::from_funnel(&funnel).build().unwrap().needs(&wins(1)).unwrap();
    assert_eq!(needs.unreachable.map(|u| (u.stage, u.reason)), Some((Some(1), Reason::NoBase)));
    let given = Plan::from_funnel(&funnel).rate("deal", rational("0.1")).build().unwrap();
    assert_eq!(given.needs(&wins(1)).unwrap().stages[0].need, Some(number(10)));

    let open = [(name(1), Rational::from(8)), (name(3), 2.into())];
    let forecast = zero.forecast(open.clone(), Rational::ZERO).unwrap();
    assert_eq!(forecast.result(), &number(2));
    let short = zero.shortfall(&forecast, &wins(3)).unwrap();
    let undefined = Some(Value::Undefined(bad));
    let more = [undefined.clone(), undefined, Some(number(2)), Some(number(1))];
    assert_eq!(short.more, more);
    // What stands open behind the step suffices.
    assert_eq!(zero.shortfall(&forecast, &wins(2)).unwrap().more[0], Some(number(0)));
    let forecast = none.forecast(open, Rational::ZERO).unwrap();
    assert_eq!(forecast.result(), &Value::Undefined(Reason::NoBase));
}

#[test]
fn a_revenue_needs_a_value_above_zero() {
    let revenue = |value: Option<&str>| PlanGoal::Revenue {
        revenue: 1_000.into(),
        value: value.map(rational),
    };
    let bare = plan(&[(1, 2)]);
    let error = bare.needs(&revenue(None)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Missing);
    assert_eq!(
        error.to_string(),
        "a revenue, and nothing says what an entity of the last stage is worth; give a value"
    );
    let bad = Reason::Unbounded(Sense::Bad);
    for value in ["0", "-5"] {
        let plan = builder(&[(1, 2)]).value(rational(value)).build().unwrap();
        let needs = plan.needs(&revenue(None)).unwrap();
        assert_eq!(needs.unreachable.map(|u| (u.stage, u.reason)), Some((None, bad)), "{value}");
        assert_eq!(needs.stages[0].need, Some(Value::Undefined(bad)));
        assert_eq!(needs.attainable, Value::Undefined(bad));
        // What the goal says itself goes before.
        assert_eq!(plan.needs(&revenue(Some("300"))).unwrap().goal, number(4));
    }
    let unknown = builder(&[(1, 2)]).value(Value::Undefined(Reason::Missing)).build().unwrap();
    let needs = unknown.needs(&revenue(None)).unwrap();
    assert_eq!(needs.goal, Value::Undefined(Reason::Missing));
    let segments = [PlanSegment::new(["a"], 1, bare)];
    let split = unknown.needs_by_segment(&revenue(None), &segments).unwrap();
    assert_eq!(split.stages[0], Some(Value::Undefined(Reason::Missing)));
}

#[test]
fn a_forecast_is_worth_what_its_result_is() {
    let plan = builder(&[(1, 2)]).value(rational("0.30")).build().unwrap();
    let forecast = plan.forecast([(name(0), rational("7.9"))], rational("2.9")).unwrap();
    // 7 and 2 whole ones, of which 4 come through.
    assert_eq!(forecast.result(), &number(4));
    assert_eq!(forecast.value, Some(Value::Defined(rational("1.20"))));
    assert_eq!(forecast.stages[0].total, number(9));
    let nothing = plan.forecast(Vec::<(&str, Value)>::new(), Rational::ZERO).unwrap();
    assert_eq!(nothing.result(), &number(0));
}

#[test]
fn problems_of_a_plan_are_told_at_once() {
    let error = Plan::builder()
        .stage("lead", Owner::Marketing)
        .stage("demo", Owner::Sales)
        .stage("demo", Owner::Sales)
        .stage("deal", Owner::Sales)
        .rate("demo", rational("-0.5"))
        .rate("leed", Rational::ONE)
        .rate("lead", Rational::ONE)
        .lead_days("lead", 3)
        .lead_days("dael", 3)
        .capacity("lead", rational("2.5"))
        .capacity("demo", -1)
        .build()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "9 problems in the plan\n  \
         stages[2]: stage \"demo\" is there twice; rename or remove one\n  \
         stages[3]: no rate leads to stage \"deal\"; give one\n  \
         rates.demo: a rate of -1/2 is below zero; give zero or more\n  \
         rates.leed: unknown stage \"leed\"; did you mean \"lead\"?\n  \
         rates.lead: no step leads to \"lead\", the first stage; a step is named by the stage that it leads to\n  \
         lead_days.lead: no step leads to \"lead\", the first stage; a step is named by the stage that it leads to\n  \
         lead_days.dael: unknown stage \"dael\"; did you mean \"deal\"?\n  \
         capacity.lead: a capacity of 5/2 is no whole number; give one\n  \
         capacity.demo: a capacity of -1 is below zero; give zero or more"
    );
    let one = Plan::builder().stage("lead", Owner::Marketing).build().unwrap_err();
    assert_eq!(
        one.to_string(),
        "1 problem in the plan\n  stages: a plan of 1 stages; it needs at least 2"
    );
    let many = builder(&[(1, 1); 64]).build().unwrap_err();
    assert_eq!(
        many.to_string(),
        "1 problem in the plan\n  stages: a plan of 65 stages; the most is 64"
    );
    assert!(builder(&[(1, 1); 63]).build().is_ok());
}

#[test]
fn problems_of_a_goal_name_their_place() {
    let plan = plan(&[(1, 2)]);
    let text = |goal: PlanGoal| plan.needs(&goal).unwrap_err().to_string();
    assert_eq!(
        text(PlanGoal::Wins((-1).into())),
        "1 problem in the goal\n  wins: a goal of -1 is below zero; give zero or more"
    );
    assert_eq!(
        text(PlanGoal::Revenue { revenue: (-1).into(), value: Some(0.into()) }),
        "2 problems in the goal\n  \
         revenue: a goal of -1 is below zero; give zero or more\n  \
         value: a value of 0 for an entity; give one above zero"
    );
    assert_eq!(
        text(PlanGoal::Stage { stage: "stage 3".to_owned(), count: 1.into() }),
        "unknown stage \"stage 3\"; did you mean \"stage 0\"?"
    );
    // A part of a deal is a deal.
    let half = PlanGoal::Wins(rational("9.5"));
    assert_eq!(plan.needs(&half).unwrap().goal, number(10));
}

#[test]
fn problems_of_forecasts_and_segments_are_errors() {
    let plan = plan(&[(1, 2)]);
    let kind = |open: &[(&str, i64)]| {
        let open = open.iter().map(|(stage, count)| (*stage, Rational::from(*count)));
        plan.forecast(open, Rational::ZERO).map_err(|error| error.kind())
    };
    assert_eq!(kind(&[("stage 9", 1)]), Err(ErrorKind::Unknown));
    assert_eq!(kind(&[("stage 0", 1), ("stage 0", 1)]), Err(ErrorKind::Duplicate));
    assert_eq!(kind(&[("stage 0", -1)]), Err(ErrorKind::Domain));
    let longer = self::plan(&[(1, 2), (1, 2)]);
    let forecast = longer.forecast([("stage 0", Rational::ONE)], Rational::ZERO).unwrap();
    let error = plan.shortfall(&forecast, &wins(1)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Shape);

    let split = |weights: &[i64], other: &Plan| -> Result<_, Error> {
        let segments: Vec<_> =
            weights.iter().map(|weight| PlanSegment::new(["x"], *weight, other.clone())).collect();
        plan.needs_by_segment(&wins(5), &segments)
    };
    assert_eq!(split(&[], &plan).unwrap_err().kind(), ErrorKind::Domain);
    assert_eq!(split(&[0, 0], &plan).unwrap_err().kind(), ErrorKind::Domain);
    assert_eq!(
        split(&[1, -2], &plan).unwrap_err().to_string(),
        "segments[1]: a weight of -2 is below zero; give zero or more"
    );
    assert_eq!(split(&[1], &longer).unwrap_err().kind(), ErrorKind::Shape);
}

#[test]
fn a_need_before_the_first_day_there_is_is_an_error() {
    let plan = builder(&[(1, 2)]).lead_days(name(1), u32::MAX).build().unwrap();
    let june = Calendar::default().period("2018-06").unwrap();
    let error = plan.schedule(&[(june, wins(1))], Calendar::default(), Grain::Month).unwrap_err();
    assert_eq!(
        error.to_string(),
        "goals[0]: 4294967295 days before 2018-06-01 to 2018-06-30 is before year 1; shorten the lead times"
    );
    assert_eq!(error.kind(), ErrorKind::Date);
    let early = builder(&[(1, 2)]).lead_days(name(1), 30).build().unwrap();
    let first = Calendar::default().period("0001-01").unwrap();
    assert!(early.schedule(&[(first, wins(1))], Calendar::default(), Grain::Day).is_err());
    let stages = early.needs(&wins(1)).unwrap().stages;
    assert_eq!(stages[0].due(june).unwrap().to_string(), "2018-05-02 to 2018-05-31");
    assert_eq!(stages[1].due(june).unwrap(), june);
}

#[test]
fn sizes_are_bounded() {
    let tiny = format!("1e-{}", 4_000);
    let rates = vec![(1, 1); 63];
    let mut all = builder(&rates);
    for i in 1..=63 {
        all = all.rate(name(i), rational(&tiny)).capacity(name(i), 7);
    }
    let plan = all.capacity(name(0), 3).build().unwrap();
    let needs = plan.needs(&wins(5)).unwrap();
    assert_eq!(needs.unreachable.map(|u| (u.stage, u.reason)), Some((Some(62), Reason::Capacity)));
    assert_eq!(needs.stages[0].need, Some(Value::Undefined(Reason::Capacity)));
    // No matter how much arrives, the first stage can take 3 and that is nothing at the end.
    assert_eq!((needs.binding, needs.attainable), (Some(0), number(0)));
    let huge = format!("1e{}", 4_000);
    let mut all = builder(&rates);
    for i in 1..=63 {
        all = all.rate(name(i), rational(&huge));
    }
    let forecast =
        all.build().unwrap().forecast([(name(0), Rational::ONE)], Rational::ZERO).unwrap();
    assert_eq!(forecast.result(), &Value::Undefined(Reason::Capacity));
    // A goal for ten thousand years, day by day.
    let ever = Period::inclusive(yardstick::Date::MIN, yardstick::Date::MAX).unwrap();
    let error = self::plan(&[(1, 2)])
        .schedule(&[(ever, wins(1))], Calendar::default(), Grain::Day)
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Capacity);
    assert!(error.to_string().ends_with("so take a coarser grain or fewer goals"), "{error}");
}

#[test]
fn reasons_have_names() {
    assert_eq!("no_lever".parse::<StuckReason>().unwrap(), StuckReason::NoLever);
}
