//! Ready definitions.
