//! Formulas, KPI sets and queries.
