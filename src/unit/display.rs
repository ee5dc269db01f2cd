//! How a number is shown.

use crate::error::Error;
use crate::number::{Rational, Rounding, Value, grouped, plain};

/// Between groups of three integer digits.
const SEPARATOR: char = ',';

/// How a number is shown: a [`Style`], one [`Rounding`], and groups of three digits if wanted.
///
/// It changes no value. The number is multiplied exactly by 1, 100 or 1000, rounded once, and written
/// with the sign of the style. The rounding, its step included, is that of the digits shown: scale 2
/// of a percent is `12.34%`. A currency adds no sign, since where it stands depends on the reader.
///
/// What is shown decides nothing. 99.996 % at scale 2 shows as `100.00%` and is still below 1.
///
/// ```
/// use yardstick::{Display, Rational, Rounding};
///
/// let rate = Rational::new(263, 2500)?;
/// assert_eq!(Display::percent(Rounding::half_even(2)).show(&rate)?, "10.52%");
/// assert_eq!(Display::per_mille(Rounding::half_even(2)).show(&rate)?, "105.20‰");
/// assert_eq!(Display::plain(Rounding::half_even(2)).show(&rate)?, "0.11");
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Display {
    style: Style,
    rounding: Rounding,
    grouped: bool,
}

/// What a number is multiplied with when it is shown, and the sign behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// The number itself, without a sign.
    Plain,
    /// Hundredths, with `%`.
    Percent,
    /// Thousandths, with `‰`.
    PerMille,
}

impl Style {
    /// What the number is multiplied with.
    const fn factor(self) -> i64 {
        match self {
            Self::Plain => 1,
            Self::Percent => 100,
            Self::PerMille => 1000,
        }
    }

    /// What stands behind the digits.
    const fn sign(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Percent => "%",
            Self::PerMille => "‰",
        }
    }
}

impl Display {
    const fn new(style: Style, rounding: Rounding) -> Self {
        Self { style, rounding, grouped: false }
    }

    /// The number itself: 1/8 at scale 2, half even, shows as `0.12`.
    #[must_use]
    pub const fn plain(rounding: Rounding) -> Self {
        Self::new(Style::Plain, rounding)
    }

    /// Hundredths: 1/8 at scale 2 shows as `12.50%`.
    #[must_use]
    pub const fn percent(rounding: Rounding) -> Self {
        Self::new(Style::Percent, rounding)
    }

    /// Thousandths: 1/8 at scale 2 shows as `125.00‰`.
    #[must_use]
    pub const fn per_mille(rounding: Rounding) -> Self {
        Self::new(Style::PerMille, rounding)
    }

    /// The same with the integer digits in groups of three, parted by a comma.
    ///
    /// ```
    /// use yardstick::{Display, Rational, Rounding};
    ///
    /// let money = Display::plain(Rounding::half_even(2)).grouped();
    /// assert_eq!(money.show(&Rational::from(-1_234_567))?, "-1,234,567.00");
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub const fn grouped(self) -> Self {
        Self { grouped: true, ..self }
    }

    /// The style.
    #[must_use]
    pub const fn style(&self) -> Style {
        self.style
    }

    /// The rounding of the digits shown.
    #[must_use]
    pub const fn rounding(&self) -> Rounding {
        self.rounding
    }

    /// Whether integer digits stand in groups of three.
    #[must_use]
    pub const fn is_grouped(&self) -> bool {
        self.grouped
    }

    /// The number as a reader sees it: digits, and the sign of the style. Rounded once.
    ///
    /// # Errors
    ///
    /// As [`Rational::round`], for the number times 1, 100 or 1000.
    ///
    /// ```
    /// use yardstick::{Display, Rational, Rounding};
    ///
    /// let percent = Display::percent(Rounding::half_even(2));
    /// assert_eq!(percent.show(&Rational::new(1, 3)?)?, "33.33%");
    /// assert!(Display::percent(Rounding::exact(2)).show(&Rational::new(1, 3)?).is_err());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn show(&self, value: &Rational) -> Result<String, Error> {
        let mut text = self.text(value)?;
        text.push_str(self.style.sign());
        Ok(text)
    }

    /// The digits that [`show`](Display::show) writes, without the sign: for a column whose head has
    /// it.
    ///
    /// # Errors
    ///
    /// As [`show`](Display::show).
    ///
    /// ```
    /// use yardstick::{Display, Rational, Rounding};
    ///
    /// let percent = Display::percent(Rounding::half_even(2));
    /// assert_eq!(percent.text(&Rational::new(1, 3)?)?, "33.33");
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn text(&self, value: &Rational) -> Result<String, Error> {
        let shown = (value * Rational::from(self.style.factor())).round(self.rounding)?;
        Ok(match self.grouped {
            true => grouped(&shown, SEPARATOR),
            false => plain(&shown),
        })
    }

    /// A value as a reader sees it: as [`show`](Display::show) where it is defined, and otherwise the
    /// reason why it is not.
    ///
    /// # Errors
    ///
    /// As [`show`](Display::show); an undefined value is no error.
    ///
    /// ```
    /// use yardstick::{Display, Reason, Rounding, Value};
    ///
    /// let percent = Display::percent(Rounding::half_even(2));
    /// assert_eq!(percent.show_value(&Value::Undefined(Reason::NoBase))?, "undefined (no_base)");
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn show_value(&self, value: &Value) -> Result<String, Error> {
        match value {
            Value::Defined(value) => self.show(value),
            Value::Undefined(_) => Ok(value.to_string()),
        }
    }
}
