//! Rate and mix effect of a quotient of sums over segments.

use super::arithmetic::{minus, plus, sum, times, within, zero};
use super::change::Change;
use super::convention::{Convention, Presence};
use super::keys;
use crate::error::Error;
use crate::number::{Rational, Value};

/// Numerator and denominator of a quotient, for one segment and period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sums {
    /// What is counted: orders.
    pub numerator: Value,
    /// What it is counted by: visits.
    pub denominator: Value,
}

impl Sums {
    /// Of two numbers.
    #[must_use]
    pub fn new(numerator: impl Into<Rational>, denominator: impl Into<Rational>) -> Self {
        Self {
            numerator: Value::Defined(numerator.into()),
            denominator: Value::Defined(denominator.into()),
        }
    }

    fn rate(&self) -> Value {
        self.numerator.quotient(&self.denominator)
    }
}

/// A segment with its sums before and after. One that is not there in a period has zeros.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatioSegment {
    /// A value for each dimension.
    pub key: Vec<String>,
    /// Its sums before.
    pub before: Sums,
    /// Its sums after.
    pub after: Sums,
}

impl RatioSegment {
    /// Under this key: one name, or a value for each dimension.
    #[must_use]
    pub fn new<S: Into<String>>(
        key: impl IntoIterator<Item = S>,
        before: Sums,
        after: Sums,
    ) -> Self {
        Self { key: keys::of(key), before, after }
    }
}

/// How much of the change of a rate came from the rates of its segments, and how much from their
/// mix.
///
/// A segment has numerator `n`, denominator `d`, rate `r = n / d` and weight `w = d / D`, with `N`
/// and `D` the sums over all segments and `R = N / D` the overall rate. Primes are after.
///
/// | | rate effect | mix effect |
/// |---|---|---|
/// | symmetric | `(w + w') / 2 * (r' - r)` | `(w' - w) * ((r + r') / 2 - (R + R') / 2)` |
/// | old weights | `w * (r' - r)` | `(w' - w) * (r' - R')` |
/// | new weights | `w' * (r' - r)` | `(w' - w) * (r - R)` |
///
/// The mix effect is counted from the overall rate, so a segment that grows with a rate above it
/// contributes positively, and one that grows below it negatively. As the weights sum to one both
/// times, the overall rate taken off changes no total. A segment that is new or lost, or without a
/// rate, has one effect, unsplit: `(n' - M d') / D' - (n - M d) / D`, where `M` is the overall rate
/// of the mix effect above. **All effects together are `R' - R`, exactly**, for any numbers, negative
/// ones and zeros too, wherever `R` and `R'` are defined. Where one is not, every effect is undefined
/// for the reason of the change.
///
/// ```
/// use yardstick::explain::{Convention, RateMix, RatioSegment, Sums};
/// use yardstick::Value;
///
/// // Orders of visits. Both channels convert better than before, and the whole does worse.
/// let causes = RateMix::of(
///     [
///         RatioSegment::new(["paid"], Sums::new(2, 100), Sums::new(9, 300)), // 2 % to 3 %
///         RatioSegment::new(["search"], Sums::new(30, 300), Sums::new(11, 100)), // 10 % to 11 %
///     ],
///     Convention::Symmetric,
/// )?;
/// assert_eq!(causes.change.absolute(), Value::Defined("-0.03".parse()?)); // 8 % to 5 %
/// assert_eq!(causes.rate, Value::Defined("0.01".parse()?));
/// assert_eq!(causes.mix, Value::Defined("-0.04".parse()?));
/// assert!(causes.reversal);
/// // Paid grew by half of the visits, at 2.5 % where 6.5 % was the average.
/// assert_eq!(causes.segments[0].mix, Value::Defined("-0.02".parse()?));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateMix {
    /// How the effects are counted.
    pub convention: Convention,
    /// Of the overall rate.
    pub change: Change,
    /// The rate effects of all segments.
    pub rate: Value,
    /// The mix effects of all segments.
    pub mix: Value,
    /// The effects of new segments.
    pub new: Value,
    /// The effects of lost segments.
    pub lost: Value,
    /// The effects of segments without a rate before or after.
    pub unrated: Value,
    /// The segments in the order given.
    pub segments: Vec<SegmentEffect>,
    /// Simpson's reversal: the rate of every segment of both periods moved one way, none stood
    /// still, and the overall rate moved the other way. New and lost segments, and those without a
    /// rate, have no say.
    pub reversal: bool,
}

/// What a segment did to the overall rate. Effects are in the unit of the rate.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SegmentEffect {
    /// A value for each dimension.
    pub key: Vec<String>,
    /// In which periods it is there.
    pub presence: Presence,
    /// Its own rate, undefined where it has no denominator.
    pub own_rate: Change,
    /// Its share of the denominator.
    pub weight: Change,
    /// What its own rate did; zero unless it is there in both periods.
    pub rate: Value,
    /// What its share of the denominator did; zero unless it is there in both periods.
    pub mix: Value,
    /// What it did by being new, lost or without a rate; zero where it is there in both periods.
    pub unsplit: Value,
    /// All three together.
    pub total: Value,
}

impl RateMix {
    /// Splits the change of a rate over segments. Without segments there is no rate, and its change
    /// is [`NoBase`](crate::Reason::NoBase).
    ///
    /// Effects of very many with unlike denominators may have no common one within 262,144 bits:
    /// what they sum to is then [`Capacity`](crate::Reason::Capacity), and each is there still.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Duplicate`](crate::ErrorKind::Duplicate) for a key that is there twice.
    pub fn of(
        segments: impl IntoIterator<Item = RatioSegment>,
        convention: Convention,
    ) -> Result<Self, Error> {
        Self::with(segments.into_iter().collect(), convention, &Value::quotient)
    }

    /// The same with a quotient for the overall rate that says more about a zero denominator.
    pub(super) fn with(
        segments: Vec<RatioSegment>,
        convention: Convention,
        quotient: &dyn Fn(&Value, &Value) -> Value,
    ) -> Result<Self, Error> {
        keys::check(segments.iter().map(|segment| segment.key.as_slice()))?;
        let total = |period: &dyn Fn(&RatioSegment) -> &Sums| Sums {
            numerator: sum(segments.iter().map(|segment| &period(segment).numerator)),
            denominator: sum(segments.iter().map(|segment| &period(segment).denominator)),
        };
        let (before, after) = (total(&|segment| &segment.before), total(&|segment| &segment.after));
        let rate = |total: &Sums| quotient(&total.numerator, &total.denominator);
        let change = Change::between(&rate(&before), &rate(&after));
        let whole = Whole { convention, whole: change.absolute(), before, after, change: &change };
        let segments: Vec<_> = segments.into_iter().map(|segment| whole.effect(segment)).collect();
        let all = |of: &dyn Fn(&SegmentEffect) -> Value| {
            let effects: Vec<_> = segments.iter().map(of).collect();
            within(&whole.whole, || sum(&effects))
        };
        let unsplit = |presence: Presence| {
            all(&|segment| match segment.presence == presence {
                true => segment.unsplit.clone(),
                false => zero(),
            })
        };
        Ok(Self {
            convention,
            rate: all(&|segment| segment.rate.clone()),
            mix: all(&|segment| segment.mix.clone()),
            new: unsplit(Presence::New),
            lost: unsplit(Presence::Lost),
            unrated: unsplit(Presence::Unrated),
            reversal: reversal(&whole.whole, &segments),
            segments,
            change,
        })
    }

    /// The segments by what they did, the largest effect of either sign first; equals by key.
    #[must_use]
    pub fn ranked(&self) -> Vec<&SegmentEffect> {
        keys::ranked(&self.segments, |segment| segment.total.clone(), |segment| &segment.key)
    }
}

/// The sums over all segments.
struct Whole<'a> {
    convention: Convention,
    before: Sums,
    after: Sums,
    change: &'a Change,
    /// The change in points.
    whole: Value,
}

impl Whole<'_> {
    fn effect(&self, segment: RatioSegment) -> SegmentEffect {
        let RatioSegment { key, before, after } = segment;
        let presence = Presence::of(
            (&[&before.numerator], &before.denominator),
            (&[&after.numerator], &after.denominator),
        );
        let own_rate = Change::between(&before.rate(), &after.rate());
        let weight = Change::between(
            &before.denominator.quotient(&self.before.denominator),
            &after.denominator.quotient(&self.after.denominator),
        );
        let convention = self.convention;
        let average = convention.rate(&self.change.before, &self.change.after);
        let part = |of: Presence, effect: &dyn Fn() -> Value| {
            within(&self.whole, || if of == presence { effect() } else { zero() })
        };
        let rate = part(Presence::Both, &|| {
            times(&convention.weight(&weight.before, &weight.after), &own_rate.absolute())
        });
        let mix = part(Presence::Both, &|| {
            let rate = convention.rate(&own_rate.before, &own_rate.after);
            times(&weight.absolute(), &minus(&rate, &average))
        });
        // What it adds to the overall rate beyond the average.
        let beyond = |own: &Sums, total: &Sums| {
            minus(&own.numerator, &times(&average, &own.denominator)).quotient(&total.denominator)
        };
        let unsplit = within(&self.whole, || match presence {
            Presence::Both => zero(),
            _ => minus(&beyond(&after, &self.after), &beyond(&before, &self.before)),
        });
        let total = plus(&plus(&rate, &mix), &unsplit);
        SegmentEffect { key, presence, own_rate, weight, rate, mix, unsplit, total }
    }
}

fn reversal(whole: &Value, segments: &[SegmentEffect]) -> bool {
    let both = || segments.iter().filter(|segment| segment.presence == Presence::Both);
    let moved = |up: bool, change: &Value| match change {
        Value::Defined(change) if up => change.is_positive(),
        Value::Defined(change) => change.is_negative(),
        Value::Undefined(_) => false,
    };
    let all = |up: bool| both().all(|segment| moved(up, &segment.own_rate.absolute()));
    let against = |up: bool| moved(up, whole) && all(!up);
    both().next().is_some() && (against(true) || against(false))
}
