//! Tables for a terminal.

use std::fmt;

/// Rows of text under a header; the first column is aligned left, the others right.
pub(crate) struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    /// How many columns are aligned left.
    left: usize,
}

impl Table {
    pub(crate) fn new<S: Into<String>>(left: usize, header: impl IntoIterator<Item = S>) -> Self {
        Self { header: header.into_iter().map(Into::into).collect(), rows: Vec::new(), left }
    }

    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = || std::iter::once(&self.header).chain(&self.rows);
        let width = |column: usize| {
            let cells = all().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.header.len()).map(width).collect();
        for (i, row) in all().enumerate() {
            let mut line = String::from(" ");
            for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let padding = " ".repeat(width - cell.chars().count());
                line += " ";
                line += &match column < self.left {
                    true => format!("{cell}{padding} "),
                    false => format!("{padding}{cell} "),
                };
            }
            writeln!(f, "{}", line.trim_end())?;
            if i == 0 {
                let rule: Vec<String> = widths.iter().map(|width| "─".repeat(width + 2)).collect();
                writeln!(f, "  {}", rule.concat().trim_end())?;
            }
        }
        Ok(())
    }
}
