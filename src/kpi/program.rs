//! Formulas compiled into one list of steps, each computed once a cell.

use super::definition::OnZero;
pub(super) use super::frames::Frame;
use super::frames::Frames;
use crate::error::{Error, ErrorKind};
use crate::facts::{Facts, Groups};
use crate::formula::{Function, Operator, binary, bounded, call, power};
use crate::number::{Rational, Value};

/// One step; operands are the numbers of earlier steps.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Number(Rational),
    /// One of the program's inputs.
    Input(usize),
    Negate(usize),
    Binary(Operator, usize, usize, OnZero),
    Power(usize, i32, OnZero),
    Call(Function, Vec<usize>),
}

/// Steps, what they read, and which of them are results.
#[derive(Debug, Clone, Default)]
pub(crate) struct Program {
    pub(crate) steps: Vec<Step>,
    /// Measure and frame of each input. Frame 0 is the period asked for, `i` is `frames[i - 1]`.
    pub(crate) inputs: Vec<(usize, usize)>,
    pub(crate) frames: Vec<Frame>,
    pub(crate) outputs: Vec<usize>,
}

impl Program {
    /// The results for each period and group, at `period * groups + group`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Capacity`] where numbers beyond 128 bits would take too long. The work is that
    /// of all cells together, so it does not depend on their order.
    pub(crate) fn run(
        &self,
        facts: &Facts<'_>,
        groups: &Groups,
        frames: &Frames,
    ) -> Result<Vec<Vec<Value>>, Error> {
        let cells = frames.0.first().map_or(0, Vec::len) * groups.keys.len();
        let mut inputs: Vec<Vec<Value>> = vec![Vec::new(); self.inputs.len()];
        for (frame, periods) in frames.0.iter().enumerate() {
            let here: Vec<usize> =
                (0..inputs.len()).filter(|input| self.inputs[*input].1 == frame).collect();
            let measures: Vec<usize> = here.iter().map(|input| self.inputs[*input].0).collect();
            let values = facts.roll_up(&measures, groups, periods);
            for (input, values) in here.into_iter().zip(values) {
                inputs[input] = values;
            }
        }
        let mut outputs: Vec<Vec<Value>> =
            self.outputs.iter().map(|_| Vec::with_capacity(cells)).collect();
        let mut values: Vec<Value> = Vec::with_capacity(self.steps.len());
        let mut work = 0_u64;
        #[allow(clippy::needless_range_loop, reason = "a cell indexes every input, not one list")]
        for cell in 0..cells {
            values.clear();
            if work > MOST_WORK {
                return Err(too_long(cells));
            }
            for step in &self.steps {
                let value = match step {
                    Step::Number(number) => bounded(number.clone()),
                    Step::Input(input) => inputs[*input][cell].clone(),
                    Step::Negate(a) => values[*a].as_ref().map(|value| -value),
                    Step::Binary(operator, a, b, on_zero) => {
                        work += words(&values[*a]) * words(&values[*b]);
                        binary(*operator, &values[*a], &values[*b], |negative| {
                            on_zero.reason(negative)
                        })
                    }
                    Step::Power(a, exponent, on_zero) => {
                        let power =
                            power(&values[*a], *exponent, |negative| on_zero.reason(negative));
                        work += words(&power) * words(&power);
                        power
                    }
                    Step::Call(function, arguments) => {
                        call(*function, arguments.iter().map(|a| values[*a].clone()).collect())
                    }
                };
                values.push(value);
            }
            for (output, step) in outputs.iter_mut().zip(&self.outputs) {
                output.push(values[*step].clone());
            }
        }
        match work > MOST_WORK {
            true => Err(too_long(cells)),
            false => Ok(outputs),
        }
    }
}

/// The most products of 64-bit words, of numbers beyond 128 bits: some seconds.
const MOST_WORK: u64 = 1 << 29;

/// The size of a number in 64-bit words, where it is one beyond 128 bits; else 0, for it costs next
/// to nothing.
fn words(value: &Value) -> u64 {
    match value {
        Value::Defined(value) if value.is_wide() => value.bits().div_ceil(64) as u64,
        _ => 0,
    }
}

fn too_long(cells: usize) -> Error {
    Error::new(
        ErrorKind::Capacity,
        format!(
            "the numbers of {cells} cells grow too long to go on with; take fewer cells, or formulas with smaller powers and fewer unlike denominators"
        ),
    )
}
