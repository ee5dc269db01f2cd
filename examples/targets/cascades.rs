//! A goal handed down a tree.

use yardstick::target::cascade::{Handed, Split};
use yardstick::{CascadeReport, Rational, TargetReport, Value};

use crate::table::Table;
use crate::{exact, maybe};

/// An amount by nodes, and whose goal it is.
pub(crate) fn cascade(report: &CascadeReport, targets: &[TargetReport]) -> String {
    let Handed::Amount(split) = &report.handed else { return String::new() };
    let show = |amount: &Rational| exact(amount, report.display);
    let mut text = format!(
        "\n  {}: {} {} in steps of {}\n",
        report.name,
        show(split.total()),
        maybe(report.unit.as_ref()),
        show(split.quantum())
    );
    let total = Value::Defined(split.total().clone());
    for target in targets.iter().filter(|target| target.result.goal().low.as_ref() == Some(&total))
    {
        text += &format!("  That is exactly the goal of \"{}\".\n", target.result.name);
    }
    text.push('\n');
    let mut table = Table::new(1, ["", "gets", "share by weight, rounded here", "bound"]);
    // Days that do not count get nothing.
    for node in split.nodes().filter(|node| !node.amount().is_zero()) {
        table.row(vec![
            "  ".repeat(node.depth()) + node.name(),
            show(&node.amount()),
            show(&node.share()),
            maybe(node.bound()),
        ]);
    }
    text += &table.to_string();
    text += &sums(split, show);
    text
}

/// Every node against the sum of the leaves below it.
fn sums(split: &Split, show: impl Fn(&Rational) -> String) -> String {
    let sums = split.roll_up();
    let agree = split.nodes().zip(&sums).filter(|(node, sum)| node.amount() == **sum).count();
    let root = maybe(sums.first().map(show));
    format!(
        "  The {} leaves sum to {root}; {agree} of {} nodes are exactly what the leaves below them sum to.\n",
        split.leaves().count(),
        sums.len()
    )
}
