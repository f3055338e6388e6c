//! Text → one project with its sections.
//!
//! Parsing is total: any text gives a [`Project`] and a list of [`Problem`]s,
//! and every line that holds something ends in exactly one [`Place`].

pub mod project;
