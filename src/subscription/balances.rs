//! What is given: balances by customer, and what is known of the customers.

use crate::number::Column;

/// What each customer pays at one moment, or at many: rows of a customer and an amount.
///
/// Customers are told apart by a key: text, or a number such as a code. The order of rows plays no
/// part. A customer without a row pays nothing; an empty cell is no row.
///
/// ```
/// use yardstick::Column;
/// use yardstick::subscription::Balances;
///
/// let by_name = Balances::of(&["ann", "bob"], Column::scaled(&[99_00, 19_50], 2));
/// let by_code = Balances::of(&[70_001_u64, 70_002], Column::text(&["99.00", "19.50"]));
/// ```
#[derive(Debug, Clone)]
pub struct Balances<'a, K> {
    pub(super) customers: &'a [K],
    pub(super) amounts: Column<'a>,
}

impl<'a, K> Balances<'a, K> {
    /// Balances of these customers, an amount for each. They are checked where they are used.
    #[must_use]
    pub fn of(customers: &'a [K], amounts: Column<'a>) -> Self {
        Self { customers, amounts }
    }
}

/// What is known of customers beside their balances, and what is to be told of them.
///
/// ```
/// use yardstick::subscription::Customers;
///
/// let customers = Customers::new()
///     .known_before(&["cy"])
///     .segments(&["ann", "bob", "cy"], &["b2b", "shop", "shop"])
///     .listed();
/// ```
#[derive(Debug, Clone)]
pub struct Customers<'a, K> {
    pub(super) before: &'a [K],
    pub(super) segments: Option<(&'a [K], Vec<&'a str>)>,
    pub(super) listed: bool,
}

impl<'a, K> Customers<'a, K> {
    /// Nothing is known: whoever has no opening balance, and none in an earlier month of the same
    /// rows, is new.
    #[must_use]
    pub fn new() -> Self {
        Self { before: &[], segments: None, listed: false }
    }

    /// Those who were customers at any time before the first balances: with a first purchase then,
    /// or any balance. Where they come again it is a reactivation. One may be named more than once;
    /// those who have no balance are not looked at.
    #[must_use]
    pub fn known_before(self, customers: &'a [K]) -> Self {
        Self { before: customers, ..self }
    }

    /// The segment of each customer. One may be named more than once, with the same segment; those
    /// who have no balance are not looked at.
    #[must_use]
    pub fn segments<S: AsRef<str>>(self, customers: &'a [K], segments: &'a [S]) -> Self {
        let segments = segments.iter().map(AsRef::as_ref).collect();
        Self { segments: Some((customers, segments)), ..self }
    }

    /// Asks for the movement of each customer too: see [`Bridge::customers`](super::Bridge::customers).
    #[must_use]
    pub fn listed(self) -> Self {
        Self { listed: true, ..self }
    }
}

impl<K> Default for Customers<'_, K> {
    fn default() -> Self {
        Self::new()
    }
}
