//! Units: products of bases with integer exponents.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::text;
use crate::error::{Error, ErrorKind};
use crate::number::Rational;

/// The largest magnitude of an exponent.
pub(super) const MOST_EXPONENT: u32 = 64;
/// The most bases in one unit.
const MOST_BASES: usize = 32;

/// What a number counts: a product of bases with integer exponents.
///
/// A base is a currency (three capitals: `EUR`), a counted noun (`order`, `lead`; singular or plural
/// is yours to choose, and `order` and `orders` are two nouns) or a unit of time: `nanosecond`,
/// `microsecond`, `millisecond`, `second`, `minute`, `hour`, `day`, `week`, `month`, `quarter`, `year`. A number that counts nothing has the unit `1`.
///
/// **Text.** `1`, or names joined by `*` and `/`, each with an exponent if wanted: `EUR/order`,
/// `EUR*month/customer^2`, `1/day`. A `/` divides by the one name that follows. Spaces may stand
/// around operators. A unit is printed in one order, whatever order it was written in: currencies,
/// nouns, time, and multiplied names before divided ones. What is printed reads back as the same unit.
///
/// **Time.** Nanoseconds to seconds, minutes, hours, days and weeks convert exactly: a day is 24 hours of
/// 3,600 seconds, without leap seconds or changes of the clock. So one unit holds only one of them, and
/// [`times`](Unit::times) and [`over`](Unit::over) say which factor merging two of them costs. Months,
/// quarters and years convert into nothing, not even into each other.
///
/// **Size.** Exponents go to ±64, names to 64 bytes, and a unit holds at most 32 bases; past that
/// is [`ErrorKind::Capacity`].
///
/// With the feature `serde`, a unit is its text.
///
/// ```
/// use yardstick::{Rational, Unit};
///
/// let rate: Unit = "EUR/day".parse()?;
/// let (spend, factor) = rate.times(&"hour".parse()?)?;
/// assert_eq!(spend, Unit::currency("EUR")?);
/// assert_eq!(factor, Rational::new(1, 24)?);
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Unit {
    /// In the order of bases; no exponent is zero; at most one base is a fixed time.
    factors: Vec<(Base, i32)>,
}

/// One base. The order is that of the text.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Base {
    Currency(Box<str>),
    Noun(Box<str>),
    Time(Time),
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Time {
    Nanosecond,
    Microsecond,
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Base {
    fn name(&self) -> &str {
        match self {
            Self::Currency(name) | Self::Noun(name) => name,
            Self::Time(time) => time.name(),
        }
    }

    /// The unit of time, where it is one of a fixed length.
    fn fixed(&self) -> Option<Time> {
        match self {
            Self::Time(time) => time.nanoseconds().map(|_| *time),
            Self::Currency(_) | Self::Noun(_) => None,
        }
    }
}

impl Time {
    pub(super) const ALL: [Self; 11] = [
        Self::Nanosecond,
        Self::Microsecond,
        Self::Millisecond,
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::Year,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Nanosecond => "nanosecond",
            Self::Microsecond => "microsecond",
            Self::Millisecond => "millisecond",
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// The length in nanoseconds, where it is fixed.
    const fn nanoseconds(self) -> Option<i64> {
        match self {
            Self::Nanosecond => Some(1),
            Self::Microsecond => Some(1_000),
            Self::Millisecond => Some(1_000_000),
            Self::Second => Some(1_000_000_000),
            Self::Minute => Some(60_000_000_000),
            Self::Hour => Some(3_600_000_000_000),
            Self::Day => Some(86_400_000_000_000),
            Self::Week => Some(604_800_000_000_000),
            Self::Month | Self::Quarter | Self::Year => None,
        }
    }

    /// How many of `other` one of `self` is; 1 where a length is not fixed.
    fn in_units_of(self, other: Self) -> Result<Rational, Error> {
        Rational::new(self.nanoseconds().unwrap_or(1), other.nanoseconds().unwrap_or(1))
    }
}

impl Unit {
    /// The unit of a pure number, written `1`.
    ///
    /// ```
    /// use yardstick::Unit;
    ///
    /// assert_eq!(Unit::one().to_string(), "1");
    /// ```
    #[must_use]
    pub const fn one() -> Self {
        Self { factors: Vec::new() }
    }

    /// A currency: three upper-case ASCII letters. Which of them exist is not checked.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Syntax`] for anything else; [`ErrorKind::Capacity`] beyond 64 bytes.
    ///
    /// ```
    /// use yardstick::Unit;
    ///
    /// assert!(Unit::currency("EUR")?.is_money());
    /// assert!(Unit::currency("eur").is_err());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn currency(code: &str) -> Result<Self, Error> {
        text::currency(code).map(Self::of)
    }

    /// A counted noun: a lower-case letter, then lower-case letters, digits and underscores, all
    /// ASCII.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Syntax`] for anything else, and for a unit of time or its plural (`day`, `days`),
    /// which would then not convert; [`ErrorKind::Capacity`] beyond 64 bytes.
    ///
    /// ```
    /// use yardstick::Unit;
    ///
    /// assert!(Unit::noun("order")?.is_count());
    /// assert!(Unit::noun("days").is_err());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn noun(name: &str) -> Result<Self, Error> {
        text::noun(name).map(Self::of)
    }

    /// A unit of time by its name: `nanosecond`, `microsecond`, `millisecond`, `second`, `minute`,
    /// `hour`, `day`, `week`, `month`, `quarter` or `year`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`] for anything else; [`ErrorKind::Capacity`] beyond 64 bytes.
    ///
    /// ```
    /// use yardstick::Unit;
    ///
    /// assert!(Unit::time("month")?.is_duration());
    /// assert!(Unit::time("fortnight").is_err());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn time(name: &str) -> Result<Self, Error> {
        text::time(name).map(Self::of)
    }

    fn of(base: Base) -> Self {
        Self { factors: vec![(base, 1)] }
    }

    /// The unit of summed exponents. Limits are judged on the sums, so the order of the text or of
    /// the operands cannot matter.
    pub(super) fn from_exponents(exponents: BTreeMap<Base, i64>) -> Result<Self, Error> {
        let capacity = |message| Err(Error::new(ErrorKind::Capacity, message));
        let mut factors: Vec<(Base, i32)> = Vec::new();
        let mut fixed: Option<Time> = None;
        for (base, exponent) in exponents.into_iter().filter(|(_, exponent)| *exponent != 0) {
            let exponent = match i32::try_from(exponent) {
                Ok(exponent) if exponent.unsigned_abs() <= MOST_EXPONENT => exponent,
                _ => {
                    let name = base.name();
                    return capacity(format!(
                        "the exponent {exponent} of {name} is beyond {MOST_EXPONENT}, the most that a unit holds"
                    ));
                }
            };
            if let (Some(one), Some(other)) = (fixed, base.fixed()) {
                let (one, other) = (one.name(), other.name());
                return Err(Error::new(
                    ErrorKind::Unit,
                    format!("{one} and {other} convert into each other; write it with one of them"),
                ));
            }
            fixed = fixed.or(base.fixed());
            factors.push((base, exponent));
        }
        let count = factors.len();
        if count > MOST_BASES {
            return capacity(format!("{count} bases; the most that a unit holds is {MOST_BASES}"));
        }
        Ok(Self { factors })
    }

    /// Whether this is the unit of a pure number.
    ///
    /// ```
    /// use yardstick::Unit;
    ///
    /// let deal = Unit::noun("deal")?;
    /// assert!(deal.over(&deal)?.0.is_one());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.factors.is_empty()
    }

    /// The unit of a product, and the exact factor that goes with it.
    ///
    /// With `a` in this unit and `b` in `other`, the product is `a * b * factor` in the unit that is
    /// returned. The factor is 1 unless both sides hold a unit of time that converts; then the one on
    /// the left stays. A day times an hour is 1/24 of a day squared.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Capacity`] for an exponent beyond ±64 or more than 32 bases.
    ///
    /// ```
    /// use yardstick::{Rational, Unit};
    ///
    /// let (unit, factor) = Unit::time("day")?.times(&Unit::time("hour")?)?;
    /// assert_eq!(unit.to_string(), "day^2");
    /// assert_eq!(factor, Rational::new(1, 24)?);
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn times(&self, other: &Self) -> Result<(Self, Rational), Error> {
        self.combine(other, 1)
            .map_err(|error| error.within(format_args!("unit \"{self}\" times \"{other}\"")))
    }

    /// The unit of a quotient, and the exact factor that goes with it.
    ///
    /// With `a` in this unit and `b` in `other`, the quotient is `a / b * factor` in the unit that is
    /// returned. The factor is 1 unless both sides hold a unit of time that converts; then the one on
    /// the left stays. A day over an hour is the pure number 24.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Capacity`] for an exponent beyond ±64 or more than 32 bases.
    ///
    /// ```
    /// use yardstick::{Rational, Unit};
    ///
    /// let (unit, factor) = Unit::currency("EUR")?.over(&Unit::noun("order")?)?;
    /// assert_eq!(unit.to_string(), "EUR/order");
    /// assert_eq!(factor, Rational::ONE);
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn over(&self, other: &Self) -> Result<(Self, Rational), Error> {
        self.combine(other, -1)
            .map_err(|error| error.within(format_args!("unit \"{self}\" over \"{other}\"")))
    }

    fn combine(&self, other: &Self, sign: i32) -> Result<(Self, Rational), Error> {
        let mut exponents = self.exponents();
        let mut factor = Rational::ONE;
        let kept = self.factors.iter().find_map(|(base, _)| base.fixed());
        for (base, exponent) in &other.factors {
            let exponent = exponent * sign;
            let base = match (kept, base.fixed()) {
                (Some(kept), Some(merged)) => {
                    factor = merged.in_units_of(kept)?.checked_pow(exponent)?;
                    Base::Time(kept)
                }
                _ => base.clone(),
            };
            *exponents.entry(base).or_default() += i64::from(exponent);
        }
        Ok((Self::from_exponents(exponents)?, factor))
    }

    fn exponents(&self) -> BTreeMap<Base, i64> {
        self.factors.iter().map(|(base, exponent)| (base.clone(), i64::from(*exponent))).collect()
    }

    /// The unit to an integer power; anything to the power of 0 is `1`. It costs no factor.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Capacity`] for an exponent beyond ±64.
    ///
    /// ```
    /// use yardstick::Unit;
    ///
    /// let rate: Unit = "EUR/order".parse()?;
    /// assert_eq!(rate.power(-2)?.to_string(), "order^2/EUR^2");
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn power(&self, exponent: i32) -> Result<Self, Error> {
        let mut exponents = self.exponents();
        for value in exponents.values_mut() {
            *value *= i64::from(exponent);
        }
        Self::from_exponents(exponents)
            .map_err(|error| error.within(format_args!("unit \"{self}\" to the power {exponent}")))
    }

    /// The exact factor that turns a number in this unit into one in `target`; `None` where the two
    /// count different things.
    ///
    /// It is 1 for equal units. Otherwise they may differ only in a unit of time that converts: for
    /// exponent `e` the factor is `(length here / length there)^e`.
    ///
    /// ```
    /// use yardstick::{Rational, Unit};
    ///
    /// let hourly: Unit = "EUR/hour".parse()?;
    /// assert_eq!(hourly.conversion_to(&"EUR/day".parse()?), Some(Rational::from(24)));
    /// assert_eq!(hourly.conversion_to(&"USD/hour".parse()?), None);
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn conversion_to(&self, target: &Self) -> Option<Rational> {
        // A quotient past the limits is not 1, so an error here says that the units differ.
        let (quotient, factor) = self.combine(target, -1).ok()?;
        quotient.is_one().then_some(factor)
    }

    /// The exponent of a base by its name; 0 where the unit does not hold it. Nothing is converted:
    /// `EUR/day` has the exponent 0 of `hour`.
    ///
    /// ```
    /// use yardstick::Unit;
    ///
    /// let unit: Unit = "EUR/customer^2".parse()?;
    /// assert_eq!(unit.exponent_of("customer"), -2);
    /// assert_eq!(unit.exponent_of("order"), 0);
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn exponent_of(&self, base_name: &str) -> i32 {
        self.bases().find(|(name, _)| *name == base_name).map_or(0, |(_, exponent)| exponent)
    }

    /// The bases by name, each with its exponent: currencies, nouns, time. Empty for a pure number.
    ///
    /// ```
    /// use yardstick::Unit;
    ///
    /// let unit: Unit = "order/EUR".parse()?;
    /// assert_eq!(unit.bases().collect::<Vec<_>>(), [("EUR", -1), ("order", 1)]);
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn bases(&self) -> impl Iterator<Item = (&str, i32)> {
        self.factors.iter().map(|(base, exponent)| (base.name(), *exponent))
    }

    /// The currencies, each with its exponent.
    pub(crate) fn currencies(&self) -> impl Iterator<Item = (&str, i32)> {
        let money = self.factors.iter().filter(|(base, _)| matches!(base, Base::Currency(_)));
        money.map(|(base, exponent)| (base.name(), *exponent))
    }

    /// Whether this is one currency to the power of 1 and nothing else.
    ///
    /// ```
    /// use yardstick::Unit;
    ///
    /// assert!("EUR".parse::<Unit>()?.is_money());
    /// assert!(!"EUR/order".parse::<Unit>()?.is_money());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn is_money(&self) -> bool {
        matches!(self.factors.as_slice(), [(Base::Currency(_), 1)])
    }

    /// Whether this is one noun to the power of 1 and nothing else.
    ///
    /// ```
    /// use yardstick::Unit;
    ///
    /// assert!("lead".parse::<Unit>()?.is_count());
    /// assert!(!"deal/lead".parse::<Unit>()?.is_count());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn is_count(&self) -> bool {
        matches!(self.factors.as_slice(), [(Base::Noun(_), 1)])
    }

    /// Whether this is one unit of time to the power of 1 and nothing else; months, quarters and
    /// years are among them.
    ///
    /// ```
    /// use yardstick::Unit;
    ///
    /// assert!("week".parse::<Unit>()?.is_duration());
    /// assert!(!"1/week".parse::<Unit>()?.is_duration());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn is_duration(&self) -> bool {
        matches!(self.factors.as_slice(), [(Base::Time(_), 1)])
    }
}

/// A pure number: `1`.
impl Default for Unit {
    fn default() -> Self {
        Self::one()
    }
}

impl FromStr for Unit {
    type Err = Error;

    /// Reads the text of a unit, in any order of factors. Equal names add their exponents:
    /// `order*order` is `order^2`, and `order/order` is `1`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Syntax`] with the bytes that do not belong; [`ErrorKind::Unit`] for two units of
    /// time that convert, as in `day*hour`, since a text has no room for their factor;
    /// [`ErrorKind::Capacity`] for an exponent beyond ±64, a name beyond 64 bytes, more than 32 bases
    /// or a text beyond 4,096 bytes.
    fn from_str(text: &str) -> Result<Self, Error> {
        text::unit(text)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut write = |joint: &str, base: &Base, exponent: u32| match exponent {
            1 => write!(f, "{joint}{}", base.name()),
            _ => write!(f, "{joint}{}^{exponent}", base.name()),
        };
        let mut joint = "";
        for (base, exponent) in self.factors.iter().filter(|(_, exponent)| *exponent > 0) {
            write(joint, base, exponent.unsigned_abs())?;
            joint = "*";
        }
        joint = if joint.is_empty() { "1/" } else { "/" };
        for (base, exponent) in self.factors.iter().filter(|(_, exponent)| *exponent < 0) {
            write(joint, base, exponent.unsigned_abs())?;
            joint = "/";
        }
        if self.is_one() { f.write_str("1") } else { Ok(()) }
    }
}

impl fmt::Debug for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Unit {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Unit {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl serde::de::Visitor<'_> for Visitor {
            type Value = Unit;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a unit as text, like \"EUR/order\"")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Unit, E> {
                text.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Visitor)
    }
}
