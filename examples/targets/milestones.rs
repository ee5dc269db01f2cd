//! On which day a target was decided.

use yardstick::{Date, TargetReport};

use crate::table::Table;

/// A row for each target, and a sentence for each on which nothing was decided.
pub(crate) fn table(targets: &[TargetReport]) -> String {
    let mut table = Table::new(
        1,
        ["milestones", "met first", "met since", "secured", "beyond any day before", "unreachable"],
    );
    let mut none = String::new();
    for target in targets {
        let name = &target.result.name;
        let found = target.result.milestones();
        let days =
            [found.first_met, found.met_since, found.secured, found.beyond_best, found.unreachable];
        if days.iter().all(Option::is_none) {
            none += &format!(
                "  {name}: no day up to {} decided anything; it was never met, never secured, and never asked for more than was seen.\n",
                target.current().as_of
            );
            continue;
        }
        let show = |day: &Option<Date>| day.map_or("never".to_owned(), |day| day.to_string());
        let mut row = vec![name.clone()];
        row.extend(days.iter().map(show));
        table.row(row);
    }
    format!("\n{table}{none}")
}
