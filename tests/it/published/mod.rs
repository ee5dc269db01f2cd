//! Figures that others published about open data sets, out of models over the raw files.
//!
//! The figures and the files are in a shared folder, where `YARDSTICK_SHARED` names one; without it
//! these tests say so and run none. For each data set there is a model as a document, a reader that
//! makes facts of the raw rows one by one, and an interpreter from the words of a figure (metric and
//! filter) to a query. The value of the query is held against two things that were not computed here:
//! the exact figure, and the text that was printed. A figure that the interpreter does not know fails
//! the test, as does one that differs and has no explanation.
//!
//! `own` needs no shared folder: it has what went into some of these figures, added up.

mod bank_marketing;
mod cac_younger_eats;
mod ecommerce_targets;
mod figure;
mod funnel;
mod kag_facebook;
mod maven_crm;
mod own;
mod payments;
mod raw;
mod run;
