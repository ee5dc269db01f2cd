//! Measures that are computed for each row from others, before anything is rolled up.

use super::measure::{Measure, Schema};
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::formula::{Formula, Function, Kind, Node, Operator};
use crate::number::{Column, Stored};
use crate::unit::Unit;

/// What is wrong with the formula of a measure, if anything.
pub(super) fn problem(measure: &Measure, formula: &Formula, schema: &Schema) -> Option<Error> {
    let check = Check { formula, schema };
    let given = match check.unit(formula.root()) {
        Ok(given) => given,
        Err(error) => return Some(error.at_path("formula")),
    };
    given.filter(|given| *given != measure.unit).map(|given| {
        let (name, unit, text) = (&measure.name, &measure.unit, formula.text());
        let message = format!(
            "measure \"{name}\": declared unit {unit}, but \"{text}\" gives {given}; declare {given} or mend the formula"
        );
        Error::new(ErrorKind::Unit, message).at_path("unit")
    })
}

struct Check<'a> {
    formula: &'a Formula,
    schema: &'a Schema,
}

impl Check<'_> {
    fn refuse(&self, kind: ErrorKind, node: &Node, what: &str, remedy: &str) -> Error {
        let (start, end, text) = (node.span.start, node.span.end, self.formula.text());
        let message = format!("{what} at {start}..{end} in \"{text}\"; {remedy}");
        Error::new(kind, message).in_text(text, node.span.clone())
    }

    /// The unit of a part; none for a zero that fits any.
    fn unit(&self, node: &Node) -> Result<Option<Unit>, Error> {
        Ok(match &node.kind {
            Kind::Number(number, unit) => match unit {
                _ if number.to_decimal().is_err() => {
                    let remedy = "give it at most 28 decimals";
                    return Err(self.refuse(
                        ErrorKind::Capacity,
                        node,
                        "a number too long",
                        remedy,
                    ));
                }
                None if number.is_zero() => None,
                unit => Some(unit.clone().unwrap_or(Unit::one())),
            },
            Kind::Name(name) => Some(self.name(node, name)?),
            Kind::Negate(inner) => self.unit(inner)?,
            Kind::Power(inner, exponent) if *exponent >= 0 => {
                let unit = self.unit(inner)?.unwrap_or(Unit::one());
                Some(unit.power(*exponent).map_err(|error| self.within(error, node))?)
            }
            Kind::Binary(Operator::Multiply, left, right) => {
                match (self.unit(left)?, self.unit(right)?) {
                    (Some(left), Some(right)) => {
                        let product = left.times(&right);
                        let (unit, factor) = product.map_err(|error| self.within(error, node))?;
                        if factor != 1.into() {
                            return Err(self.unlike(node, "multiply", &left, &right));
                        }
                        Some(unit)
                    }
                    _ => None,
                }
            }
            Kind::Binary(Operator::Add | Operator::Subtract, left, right) => {
                self.alike(node, [&**left, right])?
            }
            Kind::Call(_, arguments) => self.alike(node, arguments)?,
            Kind::Binary(Operator::Divide, ..) | Kind::Power(..) => {
                let (what, remedy) = (
                    "a quotient of single rows",
                    "divide rolled-up measures in a KPI, or multiply by a decimal",
                );
                return Err(self.refuse(ErrorKind::Domain, node, what, remedy));
            }
            Kind::Over(window, _) => {
                let what = format!("{} of a single row", window.name());
                let remedy = "use it in a KPI";
                return Err(self.refuse(ErrorKind::Domain, node, &what, remedy));
            }
            Kind::Reported(_) | Kind::KpiName(_) => {
                let (what, remedy) =
                    ("no measure", "a row has measures only; multiply by the rate measure");
                return Err(self.refuse(ErrorKind::Domain, node, what, remedy));
            }
        })
    }

    fn within(&self, error: Error, node: &Node) -> Error {
        self.refuse(error.kind(), node, "a unit past its limits", error.message())
    }

    fn unlike(&self, node: &Node, verb: &str, left: &Unit, right: &Unit) -> Error {
        let what = format!("cannot {verb} {left} and {right}");
        self.refuse(ErrorKind::Unit, node, &what, "rows are not converted; bring both to one unit")
    }

    fn alike<'n>(
        &self,
        node: &Node,
        parts: impl IntoIterator<Item = &'n Node>,
    ) -> Result<Option<Unit>, Error> {
        let mut common: Option<Unit> = None;
        for part in parts {
            let unit = self.unit(part)?;
            match (&common, &unit) {
                (Some(common), Some(unit)) if common != unit => {
                    return Err(self.unlike(node, "add or compare", common, unit));
                }
                (None, Some(_)) => common = unit,
                _ => {}
            }
        }
        Ok(common)
    }

    fn name(&self, node: &Node, name: &str) -> Result<Unit, Error> {
        let schema = self.schema;
        let Some(measure) = schema.measure(name) else {
            let remedy = did_you_mean(name, schema.measures().iter().map(Measure::name));
            let what = format!("unknown measure \"{name}\"");
            return Err(self.refuse(ErrorKind::Unknown, node, &what, &remedy));
        };
        if measure.formula.is_some() {
            let what = format!("measure \"{name}\" is computed itself");
            let remedy = "write its formula out";
            return Err(self.refuse(ErrorKind::Domain, node, &what, remedy));
        }
        if measure.distinct {
            let what = format!("measure \"{name}\" counts distinct things");
            return Err(self.refuse(ErrorKind::Domain, node, &what, "it does not add up"));
        }
        Ok(measure.unit.clone())
    }
}

/// The values of a computed measure for each row; a row that lacks a value that it needs has none.
///
/// # Errors
///
/// [`ErrorKind::Overflow`] for a value beyond 128 bits, with its row.
pub(super) fn column(
    formula: &Formula,
    schema: &Schema,
    columns: &[Option<Stored<'_>>],
    rows: usize,
) -> Result<Stored<'static>, Error> {
    let read = |name: &str, row: usize| -> Option<Cell> {
        let column = columns.get(schema.measure_index(name)?)?.as_ref()?;
        let value = || (column.values.get(row), u32::from(column.scale));
        column.is_valid(row).then(value)
    };
    let mut cells = Vec::with_capacity(rows);
    for row in 0..rows {
        let value = cell(formula.root(), &|name| read(name, row)).map_err(|TooLong| {
            let text = formula.text();
            let message = format!(
                "\"{text}\" does not fit 128 bits; give the columns that it reads fewer decimals"
            );
            Error::new(ErrorKind::Overflow, message).at_row(row)
        })?;
        cells.push(value);
    }
    Column::from_cells(&cells).store(rows)
}

/// A mantissa and its scale.
type Cell = (i128, u32);

struct TooLong;

/// The value of a part for a row.
fn cell(node: &Node, read: &dyn Fn(&str) -> Option<Cell>) -> Result<Option<Cell>, TooLong> {
    let two = |left, right| Ok(cell(left, read)?.zip(cell(right, read)?));
    Ok(match &node.kind {
        Kind::Number(number, _) => {
            let number = number.to_decimal().map_err(|_| TooLong)?;
            Some((number.mantissa(), number.scale()))
        }
        Kind::Name(name) => read(name),
        Kind::Negate(inner) => match cell(inner, read)? {
            Some((value, scale)) => Some((value.checked_neg().ok_or(TooLong)?, scale)),
            None => None,
        },
        Kind::Power(inner, exponent) => match cell(inner, read)? {
            Some(base) => {
                let mut product = (1, 0);
                for _ in 0..*exponent {
                    product = times(product, base)?;
                }
                Some(product)
            }
            None => None,
        },
        Kind::Binary(operator, left, right) => match two(left, right)? {
            Some((a, b)) => Some(match operator {
                Operator::Multiply => times(a, b)?,
                _ => {
                    let (a, b, scale) = level(a, b)?;
                    let sum = match operator {
                        Operator::Add => a.checked_add(b),
                        _ => a.checked_sub(b),
                    };
                    (sum.ok_or(TooLong)?, scale)
                }
            }),
            None => None,
        },
        Kind::Call(Function::IfUndefined, arguments) => {
            for argument in arguments {
                if let Some(value) = cell(argument, read)? {
                    return Ok(Some(value));
                }
            }
            None
        }
        Kind::Call(function, arguments) => {
            let mut best: Option<Cell> = None;
            for argument in arguments {
                let Some(value) = cell(argument, read)? else { return Ok(None) };
                best = Some(match (best, function) {
                    (_, Function::Abs) => (value.0.checked_abs().ok_or(TooLong)?, value.1),
                    (None, _) => value,
                    (Some(best), _) => {
                        let (a, b, _) = level(best, value)?;
                        let takes = if *function == Function::Min { b < a } else { b > a };
                        if takes { value } else { best }
                    }
                });
            }
            best
        }
        // Refused when the schema was checked.
        Kind::KpiName(_) | Kind::Over(..) | Kind::Reported(_) => None,
    })
}

fn times(a: Cell, b: Cell) -> Result<Cell, TooLong> {
    let product = a.0.checked_mul(b.0).ok_or(TooLong)?;
    let scale = a.1 + b.1;
    // A zero has any scale.
    if product == 0 {
        return Ok((0, 0));
    }
    match scale > 38 {
        true => Err(TooLong),
        false => Ok((product, scale)),
    }
}

/// Both at the larger scale.
fn level(a: Cell, b: Cell) -> Result<(i128, i128, u32), TooLong> {
    let scale = a.1.max(b.1);
    let raise = |(value, own): Cell| {
        let power = 10_i128.checked_pow(scale - own).ok_or(TooLong)?;
        value.checked_mul(power).ok_or(TooLong)
    };
    Ok((raise(a)?, raise(b)?, scale))
}
