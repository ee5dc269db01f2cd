//! The two doors for binary floats. Nothing is computed with one: its bits are taken apart, or its
//! shortest text is read.
//!
//! A float enters nowhere else. Which door is meant is for the caller to say, since the two give
//! different numbers: the float that prints as 0.1 is not one tenth.

#![allow(clippy::disallowed_types, reason = "the one place where a float comes in")]

use super::Rational;
use crate::error::{Error, ErrorKind};

/// The bits of an `f64` below its exponent.
const FRACTION_BITS: u32 = 52;
/// The exponent field of infinities and of what is not a number.
const NOT_FINITE: u64 = 0x7ff;
/// What the exponent field of a float with the value of its 53 bits as an integer would be.
const INTEGER: i32 = 1_075;

impl Rational {
    /// The value that the float has in binary, exactly: an integer times a power of two.
    ///
    /// For a measured quantity that is a float by nature. Every finite float has such a value, of up
    /// to 1,024 bits above the line and 1,074 below; a zero of either sign is 0. The value of an
    /// `f32` is that of the `f64` it widens to.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] for an infinity and for what is not a number (NaN).
    ///
    /// ```
    /// use yardstick::Rational;
    ///
    /// assert_eq!(Rational::from_f64_exact(0.375)?.to_string(), "3/8");
    /// let tenth = Rational::from_f64_exact(0.1)?;
    /// assert_eq!(tenth.to_string(), "3602879701896397/36028797018963968");
    /// assert!(Rational::from_f64_exact(f64::NAN).is_err());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn from_f64_exact(value: f64) -> Result<Self, Error> {
        let bits = finite(value)?;
        let fraction = bits & ((1 << FRACTION_BITS) - 1);
        let field = exponent_field(bits);
        let (digits, exponent) = match field {
            // Subnormal: no leading bit, and the exponent of the smallest normal numbers.
            0 => (fraction, 1 - INTEGER),
            // At most 2046.
            _ => (fraction | 1 << FRACTION_BITS, field as i32 - INTEGER),
        };
        let magnitude = Self::from(digits) * Self::from(2_u8).checked_pow(exponent)?;
        Ok(if bits >> 63 == 1 { -magnitude } else { magnitude })
    }

    /// The shortest decimal that reads back as this float: what most programs print for it.
    ///
    /// For an amount that was a decimal before some format or program made a float of it: up to 15
    /// significant digits come back as they were. The decimal has at most 17 digits; where several
    /// are as short, it is the nearest to the binary value, and of two that are equally near the one with
    /// the even last digit, as in Python and JavaScript. A zero of either sign is 0. An `f32` must
    /// not be widened first, since the shortest decimal of the `f64` is a longer one; print it, and
    /// read the text.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] for an infinity and for what is not a number (NaN).
    ///
    /// ```
    /// use yardstick::Rational;
    ///
    /// assert_eq!(Rational::from_f64_shortest(0.1)?, Rational::new(1, 10)?);
    /// assert_eq!(Rational::from_f64_shortest(-1234.5)?, "-1234.5".parse()?);
    /// assert_eq!(Rational::from_f64_shortest(5e-324)?, "5e-324".parse()?);
    /// assert!(Rational::from_f64_shortest(f64::INFINITY).is_err());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn from_f64_shortest(value: f64) -> Result<Self, Error> {
        finite(value)?;
        let text = format!("{value:e}");
        let shortest: Self = text.parse()?;
        // The language leaves open which of two that are equally near it writes.
        for text in even_neighbours(&text).into_iter().flatten() {
            let (other, exact) = (text.parse::<Self>()?, Self::from_f64_exact(value)?);
            if &shortest + &other == &exact + &exact && text.parse() == Ok(value) {
                return Ok(other);
            }
        }
        Ok(shortest)
    }
}

/// The decimals one unit of the last place beside one with an odd last digit. Only among those of 16
/// digits and more can two be one float.
fn even_neighbours(text: &str) -> Option<[String; 2]> {
    const LEAST: u64 = 1_000_000_000_000_000;
    let (digits, exponent) = text.split_once('e')?;
    let places = digits.split_once('.')?.1.len();
    let digits: i64 = digits.replace('.', "").parse().ok()?;
    let exponent = exponent.parse::<i32>().ok()? - i32::try_from(places).ok()?;
    let beside = digits % 2 != 0 && digits.unsigned_abs() >= LEAST;
    beside.then(|| [digits - 1, digits + 1].map(|digits| format!("{digits}e{exponent}")))
}

/// The bits of a float that is a number.
fn finite(value: f64) -> Result<u64, Error> {
    let bits = value.to_bits();
    match exponent_field(bits) {
        NOT_FINITE => Err(Error::new(
            ErrorKind::Domain,
            format!("the float {value} is no number; leave the value out where there is none"),
        )),
        _ => Ok(bits),
    }
}

const fn exponent_field(bits: u64) -> u64 {
    bits >> FRACTION_BITS & NOT_FINITE
}
