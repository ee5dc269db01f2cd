//! Facts from rows.

use super::Schema;
use super::table::Facts;
use crate::calendar::Date;
use crate::error::{Error, ErrorKind};
use crate::number::{Column, Decimal};

/// One row of facts: a day, a value for each dimension and one for each measure, in the order of
/// the schema.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// The day.
    pub date: Date,
    /// A value for each dimension.
    pub dimensions: &'a [&'a str],
    /// A value for each measure; `None` is an empty cell.
    pub measures: &'a [Option<Decimal>],
}

impl Facts<'static> {
    /// Facts from rows, copied.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Shape`] for a row with too many or too few values, and as
    /// [`FactsBuilder::build`](super::FactsBuilder::build).
    ///
    /// ```
    /// use yardstick::{Date, Facts, Measure, Row, Schema};
    ///
    /// let schema = Schema::new(["country"], [Measure::flow("orders", "order".parse()?)])?;
    /// let rows = [
    ///     Row { date: Date::new(2011, 12, 1)?, dimensions: &["DE"], measures: &[Some(3.into())] },
    ///     Row { date: Date::new(2011, 12, 1)?, dimensions: &["FR"], measures: &[Some(2.into())] },
    /// ];
    /// assert_eq!(Facts::from_rows(&schema, rows)?.rows(), 2);
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn from_rows<'r>(
        schema: &Schema,
        rows: impl IntoIterator<Item = Row<'r>>,
    ) -> Result<Self, Error> {
        let mut dates = Vec::new();
        let mut dimensions = vec![Vec::new(); schema.dimensions().len()];
        let mut measures = vec![Vec::new(); schema.measures().len()];
        for (i, row) in rows.into_iter().enumerate() {
            let check = |what: &str, given: usize, needed: usize| match given == needed {
                true => Ok(()),
                false => Err(Error::new(
                    ErrorKind::Shape,
                    format!("{given} {what} where the schema has {needed}; give one for each"),
                )
                .at_row(i)),
            };
            check("dimension values", row.dimensions.len(), dimensions.len())?;
            check("measure values", row.measures.len(), measures.len())?;
            dates.push(row.date);
            for (column, value) in dimensions.iter_mut().zip(row.dimensions) {
                column.push((*value).to_owned());
            }
            for (column, value) in measures.iter_mut().zip(row.measures) {
                column.push(value.map(|value| (value.mantissa(), value.scale())));
            }
        }
        let mut builder = Facts::builder(schema).owned_dates(&dates);
        for (name, values) in schema.dimensions().iter().zip(&dimensions) {
            builder = builder.dimension(name, values);
        }
        for (measure, cells) in schema.measures().iter().zip(&measures) {
            builder = builder.measure(measure.name(), Column::from_cells(cells));
        }
        builder.build()
    }
}
