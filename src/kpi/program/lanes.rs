//! The values of a step for a block of cells.

use super::factor::Factor;
use super::kernel::{self, Parts, Room, Word};
use super::marks::{DEFINED, mark};
use super::view::{NONE, Numbers, View};
use crate::formula::{Operator, bounded};
use crate::kpi::definition::OnZero;
use crate::number::{Rational, Reason, Value};

/// How many cells are computed at a time: so many that a step costs more than to choose what to do,
/// and few enough for the steps of many KPIs to stay in the cache.
pub(super) const BLOCK: usize = 128;

/// How the values of a block are held.
#[derive(Debug, Clone, Copy)]
enum Form {
    Narrow,
    Wide,
    /// One by one, for one of them needs more.
    Values,
}

/// The values of a step, and room for those of the next block.
#[derive(Debug)]
pub(super) struct Lanes {
    form: Form,
    narrow: Room<i64>,
    wide: Room<i128>,
    values: Vec<Value>,
    /// Empty where all are defined. The numerator of an undefined cell is 0.
    marks: Vec<u8>,
    factor: Factor,
    /// Where two have the same, they have the same denominators.
    denominators: usize,
    /// Whether it is a constant, and each cell 1 times the factor.
    is_factor: bool,
}

impl Default for Lanes {
    fn default() -> Self {
        Self {
            form: Form::Values,
            narrow: Room::default(),
            wide: Room::default(),
            values: Vec::new(),
            marks: Vec::new(),
            factor: Factor::ONE,
            denominators: NONE,
            is_factor: false,
        }
    }
}

impl Lanes {
    /// A constant, for blocks of up to so many cells.
    pub(super) fn set_number(&mut self, number: &Rational, cells: usize) {
        let sign = match Factor::of_number(number) {
            Some((negative, factor)) => {
                self.factor = factor;
                self.is_factor = !negative;
                if negative { -1 } else { 1 }
            }
            None if number.is_zero() => 0,
            None => {
                self.values = vec![bounded(number.clone()); cells];
                return;
            }
        };
        self.form = Form::Narrow;
        self.narrow.n = vec![sign; cells];
    }

    /// Values one by one, as integers where they are such; `own` is the number of these lanes.
    pub(super) fn set_values(&mut self, values: impl Iterator<Item = Value>, own: usize) {
        self.form = Form::Values;
        self.values.clear();
        self.values.extend(values);
        self.marks.clear();
        self.factor = Factor::ONE;
        let parts = |value: &Value| match value {
            Value::Undefined(_) => Some((0, 1)),
            Value::Defined(value) => {
                let (num, den) = value.narrow_parts()?;
                Some((num, i128::try_from(den).ok()?))
            }
        };
        let defined = self.values.iter().filter(|value| !value.is_undefined());
        let mut dens = defined.map(|value| parts(value).map(|(_, den)| den));
        let common = dens.next().unwrap_or(Some(1)).filter(|den| dens.all(|d| d == Some(*den)));
        let common = common.and_then(|den| Factor::new(1, den.unsigned_abs()));
        let fits = fill_parts(&self.values, parts, common.is_some(), &mut self.wide);
        if !fits {
            return;
        }
        self.form = Form::Wide;
        self.factor = common.unwrap_or(Factor::ONE);
        self.denominators = if common.is_some() { NONE } else { own };
        if self.values.iter().any(Value::is_undefined) {
            let mark = |value: &Value| value.reason().map_or(DEFINED, mark);
            self.marks.extend(self.values.iter().map(mark));
        }
        let narrow = |wide: &[i128], room: &mut Vec<i64>| {
            room.clear();
            wide.iter().try_for_each(|value| i64::try_from(*value).map(|value| room.push(value)))
        };
        let both = narrow(&self.wide.n, &mut self.narrow.n)
            .and_then(|()| narrow(&self.wide.d, &mut self.narrow.d));
        if both.is_ok() {
            self.form = Form::Narrow;
        }
    }

    pub(super) fn view(&self, cells: usize, own: usize) -> View<'_> {
        let numbers = match self.form {
            Form::Narrow => {
                Numbers::Narrow(Parts { n: &self.narrow.n[..cells], d: &self.narrow.d })
            }
            Form::Wide => Numbers::Wide(Parts { n: &self.wide.n[..cells], d: &self.wide.d }),
            Form::Values => Numbers::Values(&self.values[..cells]),
        };
        View {
            numbers,
            marks: &self.marks,
            factor: self.factor,
            own,
            denominators: self.denominators,
            is_factor: self.is_factor,
        }
    }

    /// The negated values, where they fit; else nothing that means anything.
    pub(super) fn negate(&mut self, a: View<'_>) -> bool {
        self.form = match a.numbers {
            Numbers::Narrow(parts) if kernel::negate(parts, &mut self.narrow) => Form::Narrow,
            Numbers::Wide(parts) if kernel::negate(parts, &mut self.wide) => Form::Wide,
            _ => return false,
        };
        self.marks.clear();
        self.marks.extend_from_slice(a.marks);
        (self.factor, self.denominators) = (a.factor, a.denominators);
        true
    }

    /// The sum, difference, product or quotient, where it fits; else nothing that means anything.
    /// `own` is the number of these lanes.
    pub(super) fn combine(
        &mut self,
        operator: Operator,
        (a, b): (View<'_>, View<'_>),
        on_zero: OnZero,
        own: usize,
        room: &mut [Room<i128>; 2],
    ) -> bool {
        let alike = a.denominators == b.denominators;
        let factors = match operator {
            Operator::Add | Operator::Subtract => a.factor.common(b.factor),
            Operator::Multiply => a.factor.times(b.factor).map(|factor| (factor, 1, 1)),
            Operator::Divide => a.factor.over(b.factor).map(|factor| (factor, 1, 1)),
        };
        let Some((factor, left, right)) = factors else { return false };
        let plan = Plan { operator, left, right, alike };
        let narrow = match (a.numbers, b.numbers) {
            (Numbers::Values(_), _) | (_, Numbers::Values(_)) => return false,
            (Numbers::Narrow(x), Numbers::Narrow(y)) => {
                let (one_left, one_right) = (a.is_factor, b.is_factor);
                plan.run((x, y), (one_left, one_right), &mut self.narrow)
            }
            _ => false,
        };
        self.form = Form::Narrow;
        if !narrow {
            let [x, y] = room;
            let (Some(x), Some(y)) = (a.widened(x), b.widened(y)) else { return false };
            if !plan.run((x, y), (a.is_factor, b.is_factor), &mut self.wide) {
                return false;
            }
            self.form = Form::Wide;
        }
        self.factor = factor;
        self.denominators = match (operator, a.denominators, b.denominators) {
            (Operator::Divide, _, _) if b.is_factor => a.denominators,
            // The magnitudes of the divisor, which has no denominators, or that of both was the same.
            (Operator::Divide, NONE, NONE) => b.own,
            (Operator::Divide, _, _) => own,
            (Operator::Add | Operator::Subtract, x, y) if x == y => x,
            (_, NONE, one) | (_, one, NONE) => one,
            _ => own,
        };
        self.set_marks(a, b);
        if operator == Operator::Divide && !b.is_factor {
            self.mark_zeros(a, b, on_zero);
        }
        true
    }

    fn set_marks(&mut self, a: View<'_>, b: View<'_>) {
        self.marks.clear();
        match (a.marks, b.marks) {
            ([], []) => {}
            ([], marks) | (marks, []) => self.marks.extend_from_slice(marks),
            (a, b) => self.marks.extend(a.iter().zip(b).map(|(a, b)| *a.min(b))),
        }
        if self.marks.is_empty() {
            return;
        }
        // Whatever its operands were.
        for (cell, _) in self.marks.iter().enumerate().filter(|(_, mark)| **mark != DEFINED) {
            match self.form {
                Form::Narrow => self.narrow.n[cell] = 0,
                Form::Wide => self.wide.n[cell] = 0,
                Form::Values => {}
            }
        }
    }

    /// Marks what was divided by zero.
    fn mark_zeros(&mut self, a: View<'_>, b: View<'_>, on_zero: OnZero) {
        let cells = a.len();
        let any = match b.numbers {
            Numbers::Narrow(parts) => parts.n.contains(&0),
            Numbers::Wide(parts) => parts.n.contains(&0),
            Numbers::Values(_) => false,
        };
        if !any {
            return;
        }
        self.marks.resize(cells, DEFINED);
        for (cell, place) in self.marks.iter_mut().enumerate() {
            if *place == DEFINED && b.sign(cell) == 0 {
                *place = mark(match a.sign(cell) {
                    0 => Reason::NoBase,
                    sign => on_zero.reason(sign < 0),
                });
            }
        }
    }
}

/// Numerators and denominators one by one, without denominators where all have a common one.
fn fill_parts(
    values: &[Value],
    parts: impl Fn(&Value) -> Option<(i128, i128)>,
    common: bool,
    room: &mut Room<i128>,
) -> bool {
    room.n.clear();
    room.d.clear();
    for value in values {
        let Some((num, den)) = parts(value) else { return false };
        room.n.push(num);
        if !common {
            room.d.push(den);
        }
    }
    true
}

/// What is to be computed.
#[derive(Clone, Copy)]
struct Plan {
    operator: Operator,
    /// What the operands of a sum are multiplied by.
    left: i64,
    right: i64,
    alike: bool,
}

impl Plan {
    /// `ones` says which operand is 1 in each cell.
    fn run<W: Word + From<i64>>(
        self,
        (a, b): (Parts<'_, W>, Parts<'_, W>),
        ones: (bool, bool),
        out: &mut Room<W>,
    ) -> bool {
        let minus = self.operator == Operator::Subtract;
        match (self.operator, ones) {
            (Operator::Multiply | Operator::Divide, (_, true)) => kernel::copy(a, out),
            (Operator::Multiply, (true, _)) => kernel::copy(b, out),
            (Operator::Multiply, _) => kernel::multiply(a, b, out),
            (Operator::Divide, _) => kernel::divide(a, b, self.alike, out),
            (Operator::Add | Operator::Subtract, _) => {
                let factors = (self.left.into(), self.right.into());
                kernel::add((a, b), factors, minus, self.alike, out)
            }
        }
    }
}
