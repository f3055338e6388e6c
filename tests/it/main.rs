//! The tests that run the whole program or read its whole source.

mod cli;
mod corpus;
mod docs;
mod house;
mod tidy;
