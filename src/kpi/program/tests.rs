use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::number::{Reason, Sense};

/// Cell by cell with rationals, whatever their size.
fn cell_by_cell(program: &Program, inputs: &[Rolled], cells: usize) -> Vec<Vec<Value>> {
    let inputs: Vec<Vec<Value>> = inputs.iter().map(|input| input.clone().into_values()).collect();
    let mut outputs = vec![Vec::new(); program.outputs.len()];
    #[allow(clippy::needless_range_loop, reason = "a cell indexes every input, not one list")]
    for cell in 0..cells {
        let mut values: Vec<Value> = Vec::new();
        for step in &program.steps {
            values.push(match step {
                Step::Input(input) => inputs[*input][cell].clone(),
                step => step.value(|operand| values[operand].clone()).0,
            });
        }
        for (output, step) in outputs.iter_mut().zip(&program.outputs) {
            output.push(values[*step].clone());
        }
    }
    outputs
}

const REASONS: [Reason; 5] = [
    Reason::Missing,
    Reason::NotAdditive,
    Reason::Inconsistent,
    Reason::Unbounded(Sense::Bad),
    Reason::NoBase,
];

/// Integers around zero, and around the ends of 32, 64 and 128 bits.
fn integer() -> impl Strategy<Value = i128> {
    let near = |bits: u32, less: i128| (1_i128 << bits) - less;
    prop_oneof![
        4 => -3_i128..4,
        4 => -1_000_000_i128..1_000_000,
        1 => (0_i128..3).prop_map(move |less| near(31, less)),
        1 => (1_i128..3).prop_map(move |less| near(63, less)),
        1 => (0_i128..3).prop_map(move |more| i128::from(i64::MIN) + more),
        1 => (0_i128..3).prop_map(move |more| near(64, 1) + more),
        1 => (0_i128..3).prop_map(|less| i128::MAX - less),
        1 => (0_i128..3).prop_map(|more| i128::MIN + more),
    ]
}

fn number() -> impl Strategy<Value = Rational> {
    let fraction = (integer(), integer()).prop_map(|(n, d)| {
        Rational::from(n).checked_div(&Rational::from(d)).unwrap_or(Rational::from(n))
    });
    prop_oneof![
        3 => (integer(), 0_u8..4).prop_map(|(n, scale)| Rational::from_scaled(n, scale)),
        2 => fraction,
        1 => (integer(), integer()).prop_map(|(a, b)| Rational::from(a) * Rational::from(b)),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        7 => number().prop_map(Value::Defined),
        1 => (0..REASONS.len()).prop_map(|reason| Value::Undefined(REASONS[reason])),
    ]
}

/// An input of so many cells: a few values in turn, so that blocks are alike and not the same.
fn input(cells: usize) -> impl Strategy<Value = Rolled> {
    let turns = move |cell: usize, count: usize| cell * 7 % count;
    let small = prop_oneof![4 => -9_i64..10, 1 => any::<i64>(), 1 => Just(i64::MIN)];
    let scaled = (vec(-10_000_000_i64..10_000_000, 1..40), 0_u8..25);
    let rough = (vec(small, 1..40), 0_u8..4);
    let of = move |(some, scale): (Vec<i64>, u8)| {
        Rolled::Scaled((0..cells).map(|cell| some[turns(cell, some.len())]).collect(), scale)
    };
    let values = vec(value(), 1..40).prop_map(move |some| {
        Rolled::Values((0..cells).map(|cell| some[turns(cell, some.len())].clone()).collect())
    });
    let holes = (vec(proptest::option::weighted(0.8, -1_000_000_i64..1_000_000), 1..40), 0_u8..4);
    let holes = holes.prop_map(move |(some, scale)| {
        let value = |value: Option<i64>| match value {
            Some(value) => Value::Defined(Rational::from_scaled(value.into(), scale)),
            None => Value::Undefined(Reason::Missing),
        };
        Rolled::Values((0..cells).map(|cell| value(some[turns(cell, some.len())])).collect())
    });
    prop_oneof![3 => scaled.prop_map(of), 2 => rough.prop_map(of), 1 => values, 1 => holes]
}

/// What a step becomes, given how many come before it.
fn step(kind: u32, a: Index, b: Index, number: &Rational, inputs: usize, before: usize) -> Step {
    let on_zero = match kind % 3 {
        0 => OnZero::Inconsistent,
        1 => OnZero::Sense(Sense::Good),
        _ => OnZero::Sense(Sense::Neutral),
    };
    let operators = [Operator::Add, Operator::Subtract, Operator::Multiply, Operator::Divide];
    if before == 0 || kind < 8 {
        return Step::Input(a.index(inputs));
    }
    let (a, b) = (a.index(before), b.index(before));
    match kind {
        8..12 => Step::Number(number.clone()),
        12..14 => Step::Negate(a),
        14 => Step::Power(a, 2, on_zero),
        15 => Step::Power(a, -1, on_zero),
        16 => Step::Call(Function::Max, vec![a, b]),
        17 => Step::Call(Function::IfUndefined, vec![a, b]),
        // Divisors and dividends over the same, as in a / c - b / c.
        kind => Step::Binary(operators[(kind % 4) as usize], a, b, on_zero),
    }
}

fn case() -> impl Strategy<Value = (Program, Vec<Rolled>, usize)> {
    (1..300_usize, 1..5_usize).prop_flat_map(|(cells, count)| {
        let steps = vec((0..50_u32, any::<Index>(), any::<Index>(), number()), 1..16);
        (vec(input(cells), count), steps).prop_map(move |(inputs, steps)| {
            let mut program = Program::default();
            for (kind, a, b, number) in steps {
                let before = program.steps.len();
                program.steps.push(step(kind, a, b, &number, count, before));
            }
            program.outputs = (0..program.steps.len()).collect();
            (program, inputs, cells)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn blocks_agree_with_cells((program, inputs, cells) in case()) {
        let expected = cell_by_cell(&program, &inputs, cells);
        let given = program.evaluate(&inputs, cells).unwrap();
        for (step, (given, expected)) in given.iter().zip(&expected).enumerate() {
            prop_assert_eq!(given.len(), cells);
            for cell in 0..cells {
                prop_assert_eq!(&given[cell], &expected[cell], "step {}, cell {}", step, cell);
            }
        }
    }
}

/// So many steps that a block is one cell.
#[test]
fn a_long_program_goes_cell_by_cell() {
    let mut program = Program::default();
    program.steps.push(Step::Input(0));
    program.steps.push(Step::Number(Rational::from(1)));
    for step in 1..MOST_AT_ONCE {
        program.steps.push(Step::Binary(Operator::Add, step, 1, OnZero::Inconsistent));
    }
    program.steps.push(Step::Binary(Operator::Divide, MOST_AT_ONCE, 0, OnZero::Inconsistent));
    program.outputs = vec![program.steps.len() - 1];
    let values = program.evaluate(&[Rolled::Scaled(vec![2, 0, -5], 1)], 3).unwrap();
    let sum = Rational::from(MOST_AT_ONCE as u64);
    let over = |tenths: i128| sum.checked_div(&Rational::from_scaled(tenths, 1)).unwrap().into();
    assert_eq!(values, [[over(2), Value::Undefined(Reason::Inconsistent), over(-5)]]);
}

/// Every form is reached, and left where it has to be.
#[test]
fn numbers_that_just_fit_and_just_do_not() {
    let max = |bits: u32| (1_i128 << bits) - 1;
    let program = |operator| Program {
        steps: vec![
            Step::Input(0),
            Step::Input(1),
            Step::Binary(operator, 0, 1, OnZero::Inconsistent),
            Step::Binary(Operator::Multiply, 2, 2, OnZero::Inconsistent),
        ],
        outputs: vec![2, 3],
        ..Program::default()
    };
    let mut cases = 0;
    for bits in [30, 31, 32, 62, 63, 64, 95, 126] {
        for other in [1, 2, 3, -1, max(30), max(62), max(63), -max(126), 0] {
            for operator in
                [Operator::Add, Operator::Subtract, Operator::Multiply, Operator::Divide]
            {
                let inputs = [max(bits), other].map(|number| {
                    let value = |cell: usize| {
                        let number = if cell == 77 { number } else { number.min(9) };
                        Value::Defined(Rational::from(number))
                    };
                    Rolled::Values((0..BLOCK + 3).map(value).collect())
                });
                let expected = cell_by_cell(&program(operator), &inputs, BLOCK + 3);
                assert_eq!(program(operator).evaluate(&inputs, BLOCK + 3).unwrap(), expected);
                cases += 1;
            }
        }
    }
    assert_eq!(cases, 8 * 9 * 4);
}
