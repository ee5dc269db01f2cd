//! What the library may use of `rust_decimal`: a container, built by one function and read by two.
//!
//! No list of clippy can name an implementation of a trait, so none can forbid a decimal's `Display`,
//! its `FromStr`, its sums or its conversions. Against this crate in the place of `rust_decimal` they
//! do not compile. See `tests/it/bans.rs`.

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal(i128, u32);

#[derive(Debug)]
pub struct Error;

impl Decimal {
    pub const fn try_from_i128_with_scale(mantissa: i128, scale: u32) -> Result<Self, Error> {
        Ok(Self(mantissa, scale))
    }

    pub const fn mantissa(&self) -> i128 {
        self.0
    }

    pub const fn scale(&self) -> u32 {
        self.1
    }
}
