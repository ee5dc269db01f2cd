//! Decimals as text, by our own formatter: no locale, no rounding, no negative zero.

use rust_decimal::Decimal;

/// How a decimal is laid out: groups of three digits, a percent sign, a minimum width.
///
/// It writes every digit that the decimal has and no other, so nothing is rounded here. As a percent
/// the point moves by two places, exactly: a ratio that was rounded once to four places shows two
/// behind the point.
///
/// ```
/// use yardstick::number::Format;
/// use yardstick::{Rational, Rounding};
///
/// let rate = Rational::new(263, 2500)?.round(Rounding::half_even(4))?;
/// assert_eq!(Format::plain().format(&rate), "0.1052");
/// assert_eq!(Format::plain().percent().format(&rate), "10.52%");
/// assert_eq!(Format::plain().percent().width(9).format(&rate), "   10.52%");
/// let loss = Rational::from(-1_234_567).round(Rounding::half_even(2))?;
/// assert_eq!(Format::plain().grouped(',').format(&loss), "-1,234,567.00");
/// assert_eq!(Format::plain().width(12).zeros().format(&loss), "-01234567.00");
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Format {
    separator: Option<char>,
    percent: bool,
    width: u16,
    zeros: bool,
}

impl Format {
    /// Plain digits with exactly the scale of the decimal: `-1234.50`.
    #[must_use]
    pub const fn plain() -> Self {
        Self { separator: None, percent: false, width: 0, zeros: false }
    }

    /// The same with the integer digits in groups of three: `-1,234.50` for the separator `,`.
    #[must_use]
    pub const fn grouped(self, separator: char) -> Self {
        Self { separator: Some(separator), ..self }
    }

    /// The same in hundredths, with the percent sign: `12.5%` for 0.125, `300%` for 3.
    ///
    /// What has fewer than two decimals shows none: `50%` for 0.5.
    #[must_use]
    pub const fn percent(self) -> Self {
        Self { percent: true, ..self }
    }

    /// The same with at least so many characters, filled up with spaces in front. What is longer
    /// stays whole.
    #[must_use]
    pub const fn width(self, width: u16) -> Self {
        Self { width, ..self }
    }

    /// The same filled up to the width with zeros, between the sign and the digits, instead of
    /// spaces. In groups they are digits like the others: `-0,001,234`; where a separator would come
    /// first there is one more of them, and the text is one longer than the width.
    #[must_use]
    pub const fn zeros(self) -> Self {
        Self { zeros: true, ..self }
    }

    /// The decimal as text.
    ///
    /// ```
    /// use yardstick::number::{Format, parse_decimal};
    ///
    /// let format = Format::plain().grouped(',').percent();
    /// assert_eq!(format.format(&parse_decimal("-12.345")?), "-1,234.5%");
    /// assert_eq!(format.format(&parse_decimal("-0.00")?), "0%");
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn format(&self, value: &Decimal) -> String {
        self.layout(value.mantissa(), value.scale())
    }

    /// `mantissa / 10^scale` as text.
    fn layout(&self, mantissa: i128, scale: u32) -> String {
        let moved = if self.percent { 2 } else { 0 };
        let places = scale.saturating_sub(moved) as usize;
        let zero_places = moved.saturating_sub(scale) as usize;
        let mut digits = mantissa.unsigned_abs().to_string();
        if mantissa != 0 {
            digits.extend(std::iter::repeat_n('0', zero_places));
        }
        let sign = if mantissa < 0 { "-" } else { "" };
        let percent = if self.percent { "%" } else { "" };
        let fraction = if places > 0 { places + 1 } else { 0 };
        let around = sign.len() + fraction + percent.len();
        let width = usize::from(self.width);

        let written = digits.len().saturating_sub(places).max(1);
        let integer = match self.zeros {
            true => self.digits_for(width.saturating_sub(around)).max(written),
            false => written,
        };
        let length = around + integer + self.separators(integer);
        let mut text = String::with_capacity(length.max(width) + 8);
        text.extend(std::iter::repeat_n(' ', width.saturating_sub(length)));
        text.push_str(sign);
        let zeros = (integer + places).saturating_sub(digits.len());
        let all = std::iter::repeat_n('0', zeros).chain(digits.chars());
        for (i, digit) in all.enumerate() {
            if i == integer {
                text.push('.');
            } else if i > 0 && i < integer && (integer - i) % 3 == 0 {
                text.extend(self.separator);
            }
            text.push(digit);
        }
        text.push_str(percent);
        text
    }

    /// How many separators stand in so many integer digits.
    const fn separators(&self, digits: usize) -> usize {
        match self.separator {
            Some(_) => digits.saturating_sub(1) / 3,
            None => 0,
        }
    }

    /// The fewest integer digits that fill so many characters together with their separators.
    const fn digits_for(&self, width: usize) -> usize {
        match self.separator {
            // Four characters hold three digits; one that would be a separator holds a digit.
            Some(_) => width - width / 4 + (width > 0 && width % 4 == 0) as usize,
            None => width,
        }
    }
}

/// A decimal as plain digits with exactly its scale: `-1234.50`. Never a negative zero.
///
/// ```
/// use yardstick::number::{parse_decimal, plain};
///
/// assert_eq!(plain(&parse_decimal("-0.00")?), "0.00");
/// assert_eq!(plain(&parse_decimal("15e2")?), "1500");
/// # Ok::<(), yardstick::Error>(())
/// ```
#[must_use]
pub fn plain(value: &Decimal) -> String {
    Format::plain().format(value)
}

/// The same with the integer digits in groups of three: `-1,234.50` for the separator `,`.
///
/// ```
/// use yardstick::number::{grouped, parse_decimal};
///
/// assert_eq!(grouped(&parse_decimal("-1234567.50")?, ','), "-1,234,567.50");
/// # Ok::<(), yardstick::Error>(())
/// ```
#[must_use]
pub fn grouped(value: &Decimal, separator: char) -> String {
    Format::plain().grouped(separator).format(value)
}

/// `mantissa / 10^scale` as plain digits.
pub(crate) fn plain_scaled(mantissa: i128, scale: u32) -> String {
    Format::plain().layout(mantissa, scale)
}
