//! Numbers.

use yardstick::{Rational, Rounding};

fn rational(text: &str) -> Rational {
    text.parse().unwrap()
}

/// The rational rows of the table of what chained decimals get wrong.
#[test]
fn ltv_is_rounded_once() {
    let ltv = rational("40654.60").checked_div(&67.into()).unwrap() * rational("0.45");
    let ltv = ltv.checked_div(&rational("18/67")).unwrap();
    assert_eq!(ltv.to_string(), "203273/200");
    assert_eq!(ltv.round(Rounding::half_expand(2)).unwrap().to_string(), "1016.37");
}
