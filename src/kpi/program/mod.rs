//! Formulas compiled into one list of steps, each computed once a cell.
//!
//! Cells are computed by the block, step by step: `lanes` holds the values of a step as integers
//! under one `factor`, with `marks` for undefined cells, `kernel` adds, multiplies and divides them,
//! and `view` reads them. What does not fit there is computed cell by cell with rationals of any
//! size, in `cell`. All give the same values.

mod cell;
mod factor;
mod kernel;
mod lanes;
mod marks;
#[cfg(test)]
mod tests;
mod view;

use std::borrow::Cow;
use std::ops::Range;

use self::factor::Factor;
use self::lanes::{BLOCK, Lanes};
use self::view::View;
use super::definition::OnZero;
pub(super) use super::frames::Frame;
use super::frames::Frames;
use crate::error::{Error, ErrorKind};
use crate::facts::{Facts, Groups, Rolled};
use crate::formula::{Function, Operator};
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
        let mut inputs: Vec<Rolled> = vec![Rolled::Values(Vec::new()); self.inputs.len()];
        for (frame, periods) in frames.0.iter().enumerate() {
            let here: Vec<usize> =
                (0..inputs.len()).filter(|input| self.inputs[*input].1 == frame).collect();
            let measures: Vec<usize> = here.iter().map(|input| self.inputs[*input].0).collect();
            let values = facts.roll_up_columns(&measures, groups, periods);
            for (input, values) in here.into_iter().zip(values) {
                inputs[input] = values;
            }
        }
        self.evaluate(&inputs, cells)
    }

    /// The same, as integers at one scale where a result is a measure as it is.
    pub(crate) fn run_columns(
        &self,
        facts: &Facts<'_>,
        groups: &Groups,
        frames: &Frames,
    ) -> Result<Vec<Rolled>, Error> {
        if let ([Step::Input(0)], [(measure, 0)], [periods]) =
            (self.steps.as_slice(), self.inputs.as_slice(), frames.0.as_slice())
        {
            let rolled = facts.roll_up_columns(&[*measure], groups, periods);
            return Ok(self.outputs.iter().flat_map(|_| rolled.clone()).collect());
        }
        let results = self.run(facts, groups, frames)?;
        Ok(results.into_iter().map(Rolled::Values).collect())
    }

    /// The results for each cell, given the inputs.
    fn evaluate(&self, inputs: &[Rolled], cells: usize) -> Result<Vec<Vec<Value>>, Error> {
        let mut outputs: Vec<Vec<Value>> =
            self.outputs.iter().map(|_| Vec::with_capacity(cells)).collect();
        // However many steps there are, a block of all of them takes a few megabytes.
        let at_once = (MOST_AT_ONCE / self.steps.len().max(1)).clamp(1, BLOCK);
        let mut lanes: Vec<Lanes> = self.steps.iter().map(|_| Lanes::default()).collect();
        for (step, lanes) in self.steps.iter().zip(&mut lanes) {
            if let Step::Number(number) = step {
                lanes.set_number(number, at_once);
            }
        }
        let mut block = Block {
            steps: &self.steps,
            inputs: inputs.iter().map(Source::new).collect(),
            cells: 0..0,
        };
        let mut room = Default::default();
        let mut work = 0;
        for start in (0..cells).step_by(at_once) {
            block.begin(start..cells.min(start + at_once));
            for (index, step) in self.steps.iter().enumerate() {
                let (before, own) = lanes.split_at_mut(index);
                let own = &mut own[0];
                let operand = |step: &usize| block.view(*step, before);
                let done = match step {
                    Step::Number(_) | Step::Input(_) => true,
                    Step::Negate(a) => own.negate(operand(a)),
                    Step::Binary(operator, a, b, on_zero) => {
                        let operands = (operand(a), operand(b));
                        own.combine(*operator, operands, *on_zero, block.number(index), &mut room)
                    }
                    Step::Power(..) | Step::Call(..) => false,
                };
                if !done {
                    let values = (0..block.cells.len()).map(|cell| {
                        let (value, words) = step.value(|a| operand(&a).value(cell));
                        work += words;
                        value
                    });
                    own.set_values(values, block.number(index));
                    if work > MOST_WORK {
                        return Err(too_long(cells));
                    }
                }
            }
            for (output, step) in outputs.iter_mut().zip(&self.outputs) {
                block.view(*step, &lanes).append_to(output);
            }
        }
        Ok(outputs)
    }
}

/// An input as steps read it.
enum Source<'a> {
    /// Integers as they lie in memory.
    Scaled(&'a [i64], Factor),
    /// Values, and those of the block.
    Values(Cow<'a, [Value]>, Lanes),
}

impl<'a> Source<'a> {
    fn new(input: &'a Rolled) -> Self {
        match input {
            Rolled::Values(values) => Self::Values(Cow::Borrowed(values), Lanes::default()),
            Rolled::Scaled(values, scale) => match Factor::of_scale(*scale) {
                Some(factor) => Self::Scaled(values, factor),
                None => Self::Values(Cow::Owned(input.clone().into_values()), Lanes::default()),
            },
        }
    }
}

/// The cells at hand.
struct Block<'a> {
    steps: &'a [Step],
    inputs: Vec<Source<'a>>,
    cells: Range<usize>,
}

impl Block<'_> {
    fn begin(&mut self, cells: Range<usize>) {
        for (input, source) in self.inputs.iter_mut().enumerate() {
            if let Source::Values(values, lanes) = source {
                lanes.set_values(values[cells.clone()].iter().cloned(), number_of_input(input));
            }
        }
        self.cells = cells;
    }

    /// What tells the numbers of a step from those of all others; never 0.
    fn number(&self, step: usize) -> usize {
        match &self.steps[step] {
            Step::Input(input) => number_of_input(*input),
            _ => 2 * step + 2,
        }
    }

    fn view<'b>(&'b self, step: usize, lanes: &'b [Lanes]) -> View<'b> {
        let number = self.number(step);
        match &self.steps[step] {
            Step::Input(input) => match &self.inputs[*input] {
                Source::Scaled(values, factor) => {
                    View::scaled(&values[self.cells.clone()], *factor, number)
                }
                Source::Values(_, lanes) => lanes.view(self.cells.len(), number),
            },
            _ => lanes[step].view(self.cells.len(), number),
        }
    }
}

/// The same for every step that reads it.
fn number_of_input(input: usize) -> usize {
    2 * input + 1
}

/// The most cells times steps that are held at once, beyond one cell.
const MOST_AT_ONCE: usize = 1 << 17;

/// The most products of 64-bit words, of numbers beyond 128 bits: some seconds.
const MOST_WORK: u64 = 1 << 29;

fn too_long(cells: usize) -> Error {
    Error::new(
        ErrorKind::Capacity,
        format!(
            "the numbers of {cells} cells grow too long to go on with; take fewer cells, or formulas with smaller powers and fewer unlike denominators"
        ),
    )
}
