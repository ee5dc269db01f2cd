//! Columns on their own: what they hold, and what is wrong with them.

use proptest::prelude::*;
use yardstick::{Column, ErrorKind, Rational};

use super::model::rational;

proptest! {
    /// Both widths, and the same owned, have the cells that the bitmap leaves.
    #[test]
    fn cells_are_the_values_whose_bit_is_set(
        values in prop::collection::vec(any::<i64>(), 0..40),
        bits in prop::collection::vec(any::<u8>(), 5),
        scale in 0_u8..=38,
    ) {
        let wide: Vec<_> = values.iter().map(|value| i128::from(*value)).collect();
        let expected: Vec<_> = values
            .iter()
            .enumerate()
            .map(|(i, value)| {
                let there = (bits[i / 8] >> (i % 8)) % 2 == 1;
                there.then(|| Rational::from_scaled((*value).into(), scale))
            })
            .collect();
        let scale = u32::from(scale);
        for column in [
            Column::scaled(&values, scale),
            Column::wide(&wide, scale),
            Column::owned(wide.clone(), scale),
        ] {
            prop_assert_eq!((column.len(), column.scale()), (values.len(), scale));
            let all: Vec<_> = column.cells().unwrap().flatten().collect();
            prop_assert_eq!(all.len(), values.len());
            let column = column.with_validity(&bits);
            let cells = column.cells().unwrap();
            prop_assert_eq!(cells.len(), values.len());
            prop_assert_eq!(cells.collect::<Vec<_>>(), expected.clone());
        }
    }
}

#[test]
fn text_has_the_largest_of_its_scales() {
    let column = Column::optional_text(&[Some("1.5"), None, Some("-0.25")]);
    assert_eq!((column.len(), column.scale(), column.is_empty()), (3, 2, false));
    let cells: Vec<_> = column.cells().unwrap().collect();
    assert_eq!(cells, [Some(rational("1.5")), None, Some(rational("-0.25"))]);
    assert!(Column::integers(&[]).is_empty());
}

#[test]
fn what_is_wrong_is_said_with_its_remedy() {
    let refused = |column: Column<'_>| {
        let error = column.check().unwrap_err();
        assert_eq!(column.cells().unwrap_err(), error);
        (error.kind(), error.to_string())
    };
    let nine = [0; 9];
    assert!(Column::integers(&nine).with_validity(&[0, 0]).check().is_ok());
    assert_eq!(
        refused(Column::integers(&nine).with_validity(&[0])),
        (
            ErrorKind::Shape,
            "a validity bitmap of 1 bytes for 9 rows; give 2, a bit for each row".to_owned()
        )
    );
    assert!(Column::scaled(&nine, 38).check().is_ok());
    assert_eq!(
        refused(Column::scaled(&nine, 39)),
        (
            ErrorKind::Domain,
            "scale 39 of a column is above 38, the most; give it fewer decimals".to_owned()
        )
    );
    let text = Column::text(&["1", "x", "3"]);
    assert_eq!(text.len(), 3);
    assert_eq!(text.check().unwrap_err().row(), Some(1));
    assert_eq!(refused(text).0, ErrorKind::Syntax);
    let uneven = Column::text(&["1e38", "0.1"]);
    assert_eq!((uneven.len(), uneven.check().unwrap_err().kind()), (2, ErrorKind::Overflow));
}
