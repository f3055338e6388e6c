//! `esr-search mcp`: answers an assistant on standard input and output.
//! A thin end of `serve`: the same questions, the same JSON, no network.

use std::io::{self, Write};

use anyhow::Result;

use crate::serve::{self, Settings};

use super::source::Source;
use super::thesaurus::Thesaurus;
use super::{Common, say};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  esr-search mcp --index /var/lib/esr-search/index
  echo '{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}' | esr-search mcp

Speaks the Model Context Protocol, a line of JSON each way. An assistant gets
four tools: search, get_project, similar and facets. They take the parameters of
the HTTP interface and answer with its JSON. Nothing is changed and nothing is
sent anywhere. An assistant's settings name the program and its arguments.

Exit codes: 0 no more was asked · 2 error")]
pub(super) struct Args {
    #[command(flatten)]
    thesaurus: Thesaurus,
    #[command(flatten)]
    source: Source,
}

pub(super) fn run(common: &Common, args: &Args, out: &mut dyn Write) -> Result<u8> {
    let library = args.source.library(common, args.thesaurus.read()?)?;
    let mut input = io::stdin().lock();
    serve::assist(library, Settings::new(say), &mut input, out)?;
    Ok(0)
}
