//! Terms that are already analysed, on their way through tantivy.
//!
//! tantivy wants to tokenize text itself, once a field. Here a text is
//! analysed once, and each of its tantivy fields gets the finished
//! terms as one string that this trivial tokenizer only cuts. A control
//! character ends a token, another one parts the terms that share its place.
//! Surface forms go past all this into a file of their own.

use std::path::Path;
use std::sync::Arc;

use tantivy::schema::Schema;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};
use tantivy::{Index as Engine, IndexSettings};

use super::forms;

/// The name under which the tokenizer is registered with tantivy.
pub(super) const NAME: &str = "terms";

/// Ends a token: what follows stands one position further.
pub(super) const NEXT: char = '\u{1e}';

/// Between two terms of one token: both stand at one position.
pub(super) const SAME: char = '\u{1f}';

/// Makes an empty engine in a generation's folder.
pub(super) fn create(folder: &Path, schema: &Schema) -> tantivy::Result<Engine> {
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor::default()),
        ..IndexSettings::default()
    };
    let engine = Engine::builder()
        .schema(schema.clone())
        .settings(settings)
        .register_plugin(Arc::new(forms::Plugin))
        .create_in_dir(folder)?;
    tokenize(&engine);
    Ok(engine)
}

/// Opens the engine in a generation's folder.
pub(super) fn open(folder: &Path) -> tantivy::Result<Engine> {
    let mut engine = Engine::open_in_dir(folder)?;
    engine.register_plugin(Arc::new(forms::Plugin));
    tokenize(&engine);
    Ok(engine)
}

/// Tells the engine of the tokenizer that its schema names.
fn tokenize(engine: &Engine) {
    let cutter = TextAnalyzer::builder(Cutter::default()).build();
    engine.tokenizers().register(NAME, cutter);
}

/// Cuts streams into terms.
#[derive(Clone, Default)]
pub(super) struct Cutter {
    token: Token,
}

impl Tokenizer for Cutter {
    type TokenStream<'a> = Cut<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Cut<'a> {
        self.token.reset();
        self.token.position = 0;
        Cut {
            rest: text,
            position: 0,
            token: &mut self.token,
        }
    }
}

/// The terms of one stream.
pub(super) struct Cut<'a> {
    rest: &'a str,
    position: usize,
    token: &'a mut Token,
}

impl TokenStream for Cut<'_> {
    fn advance(&mut self) -> bool {
        while !self.rest.is_empty() {
            let end = self
                .rest
                .bytes()
                .position(|b| b == NEXT as u8 || b == SAME as u8)
                .unwrap_or(self.rest.len());
            let term = &self.rest[..end];
            let position = self.position;
            if self.rest.as_bytes().get(end) == Some(&(NEXT as u8)) {
                self.position += 1;
            }
            self.rest = self.rest.get(end + 1..).unwrap_or("");
            if !term.is_empty() {
                self.token.text.clear();
                self.token.text.push_str(term);
                self.token.position = position;
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(stream: &str) -> Vec<(usize, String)> {
        let mut cutter = Cutter::default();
        let mut stream = cutter.token_stream(stream);
        let mut out = Vec::new();
        while stream.advance() {
            out.push((stream.token().position, stream.token().text.clone()));
        }
        out
    }

    #[test]
    fn terms_come_back_at_their_positions() {
        let expected = [(0, "maine"), (0, "maa"), (2, "työ\u{3}")];
        let stream = "maine\u{1f}maa\u{1e}\u{1e}työ\u{3}\u{1f}";
        assert_eq!(cut(stream), expected.map(|(p, t)| (p, t.to_owned())));
        assert_eq!(cut(""), []);
    }
}
