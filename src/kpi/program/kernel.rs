//! Sums, products and quotients of a block of fractions, in integers of 64 or of 128 bits.
//!
//! Nothing is reduced: a denominator is multiplied, or left alone where both sides have the same.
//! Each says whether everything fitted; where something did not, the result means nothing.

/// Numerators, and positive denominators; no denominators where all are 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts<'a, W> {
    pub(super) n: &'a [W],
    pub(super) d: &'a [W],
}

/// Where results go.
#[derive(Debug, Clone, Default)]
pub(super) struct Room<W> {
    pub(super) n: Vec<W>,
    pub(super) d: Vec<W>,
}

/// An integer that says when it overflows.
pub(super) trait Word: Copy + Default + PartialOrd {
    const ONE: Self;
    fn plus(self, other: Self) -> (Self, bool);
    fn minus(self, other: Self) -> (Self, bool);
    fn times(self, other: Self) -> (Self, bool);
}

macro_rules! word {
    ($($type:ty)*) => {$(
        impl Word for $type {
            const ONE: Self = 1;
            #[inline(always)]
            fn plus(self, other: Self) -> (Self, bool) {
                self.overflowing_add(other)
            }
            #[inline(always)]
            fn minus(self, other: Self) -> (Self, bool) {
                self.overflowing_sub(other)
            }
            #[inline(always)]
            fn times(self, other: Self) -> (Self, bool) {
                self.overflowing_mul(other)
            }
        }
    )*};
}

word!(i64 i128);

/// Fills with `of` each cell; whether all fitted.
#[inline(always)]
fn fill<W>(room: &mut Vec<W>, cells: usize, of: impl Fn(usize) -> (W, bool)) -> bool {
    let mut over = false;
    room.clear();
    room.extend((0..cells).map(|cell| {
        let (value, overflows) = of(cell);
        over |= overflows;
        value
    }));
    !over
}

/// Fills with products.
fn multiply_each<W: Word>(room: &mut Vec<W>, a: &[W], b: &[W]) -> bool {
    let b = &b[..a.len()];
    fill(room, a.len(), |cell| a[cell].times(b[cell]))
}

/// The product of two denominators, of which one may be 1.
fn denominators<W: Word>(room: &mut Vec<W>, a: &[W], b: &[W]) -> bool {
    match (a, b) {
        ([], one) | (one, []) => {
            room.clear();
            room.extend_from_slice(one);
            true
        }
        (a, b) => multiply_each(room, a, b),
    }
}

pub(super) fn copy<W: Word>(a: Parts<'_, W>, out: &mut Room<W>) -> bool {
    out.n.clear();
    out.n.extend_from_slice(a.n);
    denominators(&mut out.d, a.d, &[])
}

pub(super) fn negate<W: Word>(a: Parts<'_, W>, out: &mut Room<W>) -> bool {
    let done = fill(&mut out.n, a.n.len(), |cell| W::default().minus(a.n[cell]));
    denominators(&mut out.d, a.d, &[]) && done
}

pub(super) fn multiply<W: Word>(a: Parts<'_, W>, b: Parts<'_, W>, out: &mut Room<W>) -> bool {
    multiply_each(&mut out.n, a.n, b.n) && denominators(&mut out.d, a.d, b.d)
}

/// `a` times the first of `factors` plus `b` times the second, or minus; `alike` says that both have
/// the same denominators.
pub(super) fn add<W: Word>(
    (a, b): (Parts<'_, W>, Parts<'_, W>),
    factors: (W, W),
    minus: bool,
    alike: bool,
    out: &mut Room<W>,
) -> bool {
    let cells = a.n.len();
    let (an, bn) = (&a.n[..cells], &b.n[..cells]);
    let join = |left: (W, bool), right: (W, bool)| {
        let (sum, over) = match minus {
            true => left.0.minus(right.0),
            false => left.0.plus(right.0),
        };
        (sum, left.1 | right.1 | over)
    };
    let scale = |value: (W, bool), factor: W| {
        let (product, over) = value.0.times(factor);
        (product, value.1 | over)
    };
    let (left, right) = if alike { (&[][..], &[][..]) } else { (a.d, b.d) };
    let done = match (left, right) {
        ([], []) if factors.0 == W::ONE && factors.1 == W::ONE && minus => {
            fill(&mut out.n, cells, |cell| an[cell].minus(bn[cell]))
        }
        ([], []) if factors.0 == W::ONE && factors.1 == W::ONE => {
            fill(&mut out.n, cells, |cell| an[cell].plus(bn[cell]))
        }
        ([], []) => fill(&mut out.n, cells, |cell| {
            join(an[cell].times(factors.0), bn[cell].times(factors.1))
        }),
        (left, right) => fill(&mut out.n, cells, |cell| {
            // Crosswise: each numerator takes the denominator of the other.
            let over = |d: &[W]| d.get(cell).copied().unwrap_or(W::ONE);
            let left_n = scale(an[cell].times(factors.0), over(right));
            join(left_n, scale(bn[cell].times(factors.1), over(left)))
        }),
    };
    done && denominators(&mut out.d, if alike { &[] } else { a.d }, b.d)
}

/// Where the divisor is zero, the quotient is 0/1, for whoever knows what it means.
pub(super) fn divide<W: Word>(
    a: Parts<'_, W>,
    b: Parts<'_, W>,
    alike: bool,
    out: &mut Room<W>,
) -> bool {
    let cells = a.n.len();
    let (an, bn) = (&a.n[..cells], &b.n[..cells]);
    let zero = W::default();
    let (left, right) = if alike { (&[][..], &[][..]) } else { (a.d, b.d) };
    let signed = |cell: usize| match bn[cell] {
        sign if sign == zero => (zero, false),
        sign if sign < zero => zero.minus(an[cell]),
        _ => (an[cell], false),
    };
    let magnitude = |cell: usize| match bn[cell] {
        value if value == zero => (W::ONE, false),
        value if value < zero => zero.minus(value),
        value => (value, false),
    };
    let times = |(value, over): (W, bool), other: W| {
        let (product, overflows) = value.times(other);
        (product, over | overflows)
    };
    let done = match right {
        [] => fill(&mut out.n, cells, signed),
        right => {
            let right = &right[..cells];
            fill(&mut out.n, cells, |cell| times(signed(cell), right[cell]))
        }
    };
    done && match left {
        [] => fill(&mut out.d, cells, magnitude),
        left => {
            let left = &left[..cells];
            fill(&mut out.d, cells, |cell| times(magnitude(cell), left[cell]))
        }
    }
}
