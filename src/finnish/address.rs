//! Addresses: e-mail and web addresses as one token, found by their parts too.
//!
//! Apart from words because an address ignores their grammar. `name(at)host` and `name@host` are
//! the same address, as are `http://www.laukaa.fi/` and `laukaa.fi`. No list of every top-level
//! domain is kept: a bare host name is believed only with the few endings these texts use.

use unicode_normalization::char::is_combining_mark;

use super::letter::{Class, class, glyph, push_normal};

/// Endings that make an address of a bare host name.
const DOMAINS: &[&str] = &["fi", "com", "org", "net", "eu", "info"];
/// How an address hides its `@`.
const AT_SIGNS: &[&str] = &["(at)", "[at]", " (at) ", " [at] ", "@"];
/// What stands before the host without being part of what a person remembers.
const SCHEMES: &[&str] = &["https://", "http://", "ftp://"];
/// Punctuation that a web address holds beside letters and digits.
const WEB_MARKS: &str = "-._~/?#@!$&*+;=:%,";
/// The longest address believed, in characters.
const MAX_CHARS: usize = 256;

/// The characters ahead, each with the place behind it.
type Run = [(char, usize)];

/// Reads the address that starts at `start`, adds its normal form to `out` and gives its end.
///
/// On a miss the error is the place before which no other look is worth while.
pub(super) fn scan(text: &str, start: usize, out: &mut String) -> Result<usize, usize> {
    hint(text, start)?;
    let run = ahead(text, start);
    if run.is_empty() {
        return Err(start + 1);
    }
    let end = |len: usize| if len == 0 { start } else { run[len - 1].1 };
    let scheme = SCHEMES
        .iter()
        .find(|s| begins(&run, s))
        .map_or(0, |s| s.len());
    let web = web_len(&run[scheme..]);
    if scheme > 0 && web > 0 {
        push_web(&text[end(scheme)..end(scheme + web)], out);
        return Ok(end(scheme + web));
    }
    let local = run_len(&run, |c| is_name(c) || "._-+".contains(c));
    if local > 0
        && is_name(run[local - 1].0)
        && let Some(sign) = AT_SIGNS.iter().find(|s| begins(&run[local..], s))
    {
        let from = local + sign.len();
        let host = host_len(&run[from..]);
        if host > 0 || sign.starts_with(['(', '[']) {
            push_normal(&text[start..end(local)], out);
            out.push('@');
            push_normal(&text[end(from)..end(from + host)], out);
            return Ok(end(from + host));
        }
    }
    let host = host_len(&run);
    if host > 0 && (begins(&run, "www.") || is_known(&run[..host])) {
        let len = web_len(&run).max(host);
        push_web(&text[start..end(len)], out);
        return Ok(end(len));
    }
    Err(end(local.max(1)))
}

/// The parts of a normal address that a person might search for.
pub fn parts(form: &str) -> impl Iterator<Item = &str> {
    form.split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
}

/// Tells cheaply whether an address is possible before the next space.
fn hint(text: &str, start: usize) -> Result<(), usize> {
    let bytes = text.as_bytes();
    let byte = |i: usize| bytes.get(i).copied().unwrap_or(b' ');
    let mut at = start;
    while at < start + 4 * MAX_CHARS {
        match byte(at) {
            b'@' => return Ok(()),
            b'.' if !byte(at + 1).is_ascii_whitespace() => return Ok(()),
            b':' if byte(at + 1) == b'/' => return Ok(()),
            b'(' | b'[' if byte(at + 1) | 0x20 == b'a' => return Ok(()),
            b' ' if matches!(byte(at + 1), b'(' | b'[') && byte(at + 2) | 0x20 == b'a' => {
                return Ok(());
            }
            b' ' | b'\n' | b'\r' | b'\t' => return Err(at.min(text.len())),
            _ => at += 1,
        }
    }
    Err(at)
}

/// The characters ahead; a letter with marks on it stands as some letter, other marks end the run.
fn ahead(text: &str, start: usize) -> Vec<(char, usize)> {
    let mut run = Vec::with_capacity(64);
    let mut at = start;
    while run.len() < MAX_CHARS
        && let Some(g) = glyph(text, at)
    {
        let marked = text[at + g.ch.len_utf8()..g.next]
            .chars()
            .any(is_combining_mark);
        let ch = match g.class {
            Class::Letter if marked => 'ä',
            Class::Newline => break,
            Class::Hyphen => '-',
            _ if marked => break,
            _ => g.ch,
        };
        run.push((ch, g.next));
        at = g.next;
    }
    run
}

fn begins(run: &Run, small: &str) -> bool {
    run.len() >= small.len()
        && small
            .chars()
            .zip(run)
            .all(|(a, (b, _))| a == b.to_ascii_lowercase())
}

fn is_name(ch: char) -> bool {
    matches!(class(ch), Class::Letter | Class::Digit)
}

fn run_len(run: &Run, pass: impl Fn(char) -> bool) -> usize {
    run.iter().take_while(|(c, _)| pass(*c)).count()
}

/// The length of a host name: labels with full stops between them.
fn host_len(run: &Run) -> usize {
    let mut len = run_len(run, |c| is_name(c) || c == '.' || c == '-');
    while len > 0 && matches!(run[len - 1].0, '.' | '-') {
        len -= 1;
    }
    let mut labels = run[..len].split(|(c, _)| *c == '.');
    let whole = labels.clone().count() > 1 && labels.all(|label| !label.is_empty());
    if whole { len } else { 0 }
}

fn is_known(host: &Run) -> bool {
    let Some(stop) = host.iter().rposition(|(c, _)| *c == '.') else {
        return false;
    };
    let (name, domain) = (&host[..stop], &host[stop + 1..]);
    let shouted = !name.iter().any(|(c, _)| c.is_lowercase());
    let small = domain.iter().all(|(c, _)| c.is_lowercase());
    name.iter().any(|(c, _)| class(*c) == Class::Letter)
        && (small || shouted)
        && DOMAINS
            .iter()
            .any(|d| d.len() == domain.len() && begins(domain, d))
}

/// The length of host and path, without the punctuation of the sentence around it.
fn web_len(run: &Run) -> usize {
    let mut len = run_len(run, |c| is_name(c) || WEB_MARKS.contains(c));
    while len > 0 && !is_name(run[len - 1].0) && run[len - 1].0 != '/' {
        len -= 1;
    }
    len
}

/// The normal form of a web address: no `www.`, no slash at the end.
fn push_web(address: &str, out: &mut String) {
    let from = out.len();
    push_normal(address.trim_end_matches('/'), out);
    if out[from..].starts_with("www.") {
        out.replace_range(from..from + 4, "");
    }
}
