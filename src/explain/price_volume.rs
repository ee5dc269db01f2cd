//! Price, volume and mix of revenue, or of contribution, over products.

use super::arithmetic::{midpoint, minus, plus, sum, times, within, zero};
use super::change::Change;
use super::convention::{Convention, Presence};
use super::keys;
use crate::error::Error;
use crate::number::{Rational, Value};

/// What was sold of a product in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sales {
    /// How many units.
    pub quantity: Value,
    /// For how much in all.
    pub revenue: Value,
    /// At which variable cost in all; zero where only revenue is looked at.
    pub cost: Value,
}

impl Sales {
    /// A quantity and its revenue.
    #[must_use]
    pub fn new(quantity: impl Into<Rational>, revenue: impl Into<Rational>) -> Self {
        Self {
            quantity: Value::Defined(quantity.into()),
            revenue: Value::Defined(revenue.into()),
            cost: zero(),
        }
    }

    /// A quantity at a price for each unit.
    #[must_use]
    pub fn at_price(quantity: impl Into<Rational>, price: impl Into<Rational>) -> Self {
        let quantity = quantity.into();
        let revenue = &quantity * price.into();
        Self::new(quantity, revenue)
    }

    /// Nothing sold.
    #[must_use]
    pub fn none() -> Self {
        Self::new(0, 0)
    }

    /// The same at this variable cost in all.
    #[must_use]
    pub fn cost(self, cost: impl Into<Rational>) -> Self {
        Self { cost: Value::Defined(cost.into()), ..self }
    }

    /// The same at this variable cost for each unit.
    #[must_use]
    pub fn unit_cost(self, cost: impl Into<Rational>) -> Self {
        let cost = cost.into();
        Self { cost: self.quantity.as_ref().map(|quantity| quantity * cost), ..self }
    }

    /// Revenue less cost.
    fn contribution(&self) -> Value {
        minus(&self.revenue, &self.cost)
    }
}

/// A product with its sales before (or planned) and after (or actual).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// A value for each dimension.
    pub key: Vec<String>,
    /// Its sales before.
    pub before: Sales,
    /// Its sales after.
    pub after: Sales,
}

impl Product {
    /// Under this key: one name, or a value for each dimension.
    #[must_use]
    pub fn new<S: Into<String>>(
        key: impl IntoIterator<Item = S>,
        before: Sales,
        after: Sales,
    ) -> Self {
        Self { key: keys::of(key), before, after }
    }
}

/// How much of the change of revenue came from prices, from the quantity sold, and from the mix of
/// products; with costs given, of the change of the contribution, which is revenue less variable
/// cost.
///
/// A product has quantity `q`, price `p`, unit cost `c` and unit contribution `m = p - c`; primes are
/// after, and `Q` is the quantity of all products that are sold in both periods.
///
/// | | price | cost | volume | of it quantity |
/// |---|---|---|---|---|
/// | new weights | `(p' - p) q'` | `-(c' - c) q'` | `(q' - q) m` | `(Q' / Q - 1) q m` |
/// | old weights | `(p' - p) q` | `-(c' - c) q` | `(q' - q) m'` | `(1 - Q / Q') q' m'` |
///
/// The symmetric convention takes the mean of both. New weights are those of management accounting:
/// sales price, sales volume and sales quantity variance against a budget. The mix effect is volume
/// less quantity: what came from selling more of one product and less of another. A new or lost
/// product, and one with revenue or cost but no quantity in a period, has one effect, unsplit: its
/// whole change.
///
/// **Price, cost, volume, new, lost and unpriced sum to the change exactly**, for any numbers.
/// Quantity and mix sum to volume; where the products' quantities sum to zero in a period that is
/// divided by, these two are undefined, and only they.
///
/// ```
/// use yardstick::explain::{Convention, PriceVolumeMix, Product, Sales};
/// use yardstick::Value;
///
/// // 4,000 at 300 were planned, and 3,600 were sold at 260; a unit costs 180.
/// let product = Product::new(
///     ["chair"],
///     Sales::at_price(4_000, 300).unit_cost(180),
///     Sales::at_price(3_600, 260).unit_cost(180),
/// );
/// let causes = PriceVolumeMix::of([product], Convention::NewWeights)?;
/// assert_eq!(causes.price, Value::Defined((-144_000).into()));
/// assert_eq!(causes.volume, Value::Defined((-48_000).into()));
/// assert_eq!(causes.change.absolute(), Value::Defined((-192_000).into()));
///
/// // As many units as before, but more of the dear ones.
/// let causes = PriceVolumeMix::of(
///     [
///         Product::new(["dear"], Sales::at_price(10, 8), Sales::at_price(15, 8)),
///         Product::new(["cheap"], Sales::at_price(10, 2), Sales::at_price(5, 2)),
///     ],
///     Convention::NewWeights,
/// )?;
/// assert_eq!(causes.quantity, Value::Defined(0.into()));
/// assert_eq!(causes.mix, Value::Defined(30.into()));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PriceVolumeMix {
    /// How the effects are counted.
    pub convention: Convention,
    /// Of the contribution of all products; that is their revenue, where no cost is given.
    pub change: Change,
    /// The contribution for each unit, over all products that are sold in both periods.
    pub average: Change,
    /// The price effects of all products.
    pub price: Value,
    /// The cost effects of all products; a cost that rises is below zero.
    pub cost: Value,
    /// The volume effects of all products: quantity and mix together.
    pub volume: Value,
    /// What the whole quantity did, at the same mix.
    pub quantity: Value,
    /// What the mix did.
    pub mix: Value,
    /// The contribution of new products.
    pub new: Value,
    /// The contribution of lost products, negated.
    pub lost: Value,
    /// The change of products without a price before or after.
    pub unpriced: Value,
    /// The products in the order given.
    pub products: Vec<ProductEffect>,
}

/// What a product did to revenue, or to the contribution.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProductEffect {
    /// A value for each dimension.
    pub key: Vec<String>,
    /// In which periods it is sold.
    pub presence: Presence,
    /// Of its contribution; the absolute one is the sum of its effects.
    pub change: Change,
    /// What its price did. This and all that follow but the last are zero unless it is sold in both
    /// periods.
    pub price: Value,
    /// What its unit cost did.
    pub cost: Value,
    /// What its quantity did.
    pub volume: Value,
    /// What its quantity would have done, had all grown alike: its sales quantity variance.
    pub quantity: Value,
    /// Volume less quantity: its sales mix variance. Positive where it grew more than all together,
    /// and earns something.
    pub mix: Value,
    /// Another cut of volume: what its quantity would have done at the average contribution of a
    /// unit. Those of all products sum to the quantity effect too.
    pub quantity_at_average: Value,
    /// Volume less quantity at the average: positive where it grew and a unit of it earns more than
    /// the average. Those of all products sum to the mix effect too.
    pub mix_to_average: Value,
    /// Its whole change, where it is new, lost or without a price.
    pub unsplit: Value,
}

impl PriceVolumeMix {
    /// Splits the change over products.
    ///
    /// Effects of very many with unlike denominators may have no common one within 262,144 bits:
    /// what they sum to is then [`Capacity`](crate::Reason::Capacity), and each is there still.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Duplicate`](crate::ErrorKind::Duplicate) for a key that is there twice.
    pub fn of(
        products: impl IntoIterator<Item = Product>,
        convention: Convention,
    ) -> Result<Self, Error> {
        let products: Vec<_> = products.into_iter().collect();
        keys::check(products.iter().map(|product| product.key.as_slice()))?;
        let total = |values: Vec<Value>| sum(&values);
        let change = Change::between(
            &total(products.iter().map(|product| product.before.contribution()).collect()),
            &total(products.iter().map(|product| product.after.contribution()).collect()),
        );
        let presences: Vec<Presence> = products.iter().map(Product::presence).collect();
        let in_both = |of: &dyn Fn(&Product) -> Value| {
            let both = products.iter().zip(&presences);
            total(both.filter(|(_, p)| **p == Presence::Both).map(|(p, _)| of(p)).collect())
        };
        let quantity = Change::between(
            &in_both(&|product| product.before.quantity.clone()),
            &in_both(&|product| product.after.quantity.clone()),
        );
        let average = Change::between(
            &in_both(&|product| product.before.contribution()).quotient(&quantity.before),
            &in_both(&|product| product.after.contribution()).quotient(&quantity.after),
        );
        let whole = Whole { convention, whole: change.absolute(), quantity, average };
        let effects = products.into_iter().zip(presences);
        let products: Vec<_> =
            effects.map(|(product, presence)| whole.effect(product, presence)).collect();
        let all = |of: &dyn Fn(&ProductEffect) -> &Value| sum(products.iter().map(of));
        let unsplit = |presence: Presence| {
            let those = products.iter().filter(|product| product.presence == presence);
            within(&whole.whole, || sum(those.map(|product| &product.unsplit)))
        };
        Ok(Self {
            convention,
            price: all(&|product| &product.price),
            cost: all(&|product| &product.cost),
            volume: all(&|product| &product.volume),
            quantity: all(&|product| &product.quantity),
            mix: all(&|product| &product.mix),
            new: unsplit(Presence::New),
            lost: unsplit(Presence::Lost),
            unpriced: unsplit(Presence::Unrated),
            products,
            average: whole.average,
            change,
        })
    }

    /// The products by their change, the largest of either sign first; equals by key.
    #[must_use]
    pub fn ranked(&self) -> Vec<&ProductEffect> {
        keys::ranked(&self.products, |product| product.change.absolute(), |product| &product.key)
    }
}

impl Product {
    fn presence(&self) -> Presence {
        let (before, after) = (&self.before, &self.after);
        Presence::of(
            (&[&before.revenue, &before.cost], &before.quantity),
            (&[&after.revenue, &after.cost], &after.quantity),
        )
    }
}

/// The products that are sold in both periods.
struct Whole {
    convention: Convention,
    /// The change of all products.
    whole: Value,
    quantity: Change,
    average: Change,
}

impl Whole {
    fn effect(&self, product: Product, presence: Presence) -> ProductEffect {
        let Product { key, before, after } = product;
        let change = Change::between(&before.contribution(), &after.contribution());
        let part = |effect: &dyn Fn() -> Value| {
            within(&self.whole, || if presence == Presence::Both { effect() } else { zero() })
        };
        let convention = self.convention;
        let quantity_change = minus(&after.quantity, &before.quantity);
        let weight = convention.weight(&before.quantity, &after.quantity);
        let each = |of: &dyn Fn(&Sales) -> Value| {
            let (a, b) = (of(&before), of(&after));
            Change::between(&a.quotient(&before.quantity), &b.quotient(&after.quantity))
        };
        let price = part(&|| times(&weight, &each(&|sales| sales.revenue.clone()).absolute()));
        let cost =
            part(&|| times(&weight, &each(&|sales| sales.cost.clone()).absolute()).map(|c| -c));
        let volume = part(&|| {
            let margin = each(&Sales::contribution);
            times(&quantity_change, &convention.rate(&margin.before, &margin.after))
        });
        let quantity = part(&|| {
            let all = self.quantity.absolute();
            let grown = |own: &Value, whole: &Value| times(&all.quotient(whole), own);
            let before = || grown(&change.before, &self.quantity.before);
            let after = || grown(&change.after, &self.quantity.after);
            match convention {
                Convention::NewWeights => before(),
                Convention::OldWeights => after(),
                Convention::Symmetric => midpoint(&before(), &after()),
            }
        });
        let quantity_at_average = part(&|| {
            times(&quantity_change, &convention.rate(&self.average.before, &self.average.after))
        });
        let unsplit = within(&self.whole, || match presence {
            Presence::Both => zero(),
            _ => change.absolute(),
        });
        ProductEffect {
            mix: minus(&volume, &quantity),
            mix_to_average: minus(&volume, &quantity_at_average),
            key,
            presence,
            change,
            price,
            cost,
            volume,
            quantity,
            quantity_at_average,
            unsplit,
        }
    }
}

impl ProductEffect {
    /// All effects together: the absolute change.
    #[must_use]
    pub fn total(&self) -> Value {
        let parts = [&self.price, &self.cost, &self.volume, &self.unsplit];
        parts.into_iter().fold(zero(), |sum, part| plus(&sum, part))
    }
}
