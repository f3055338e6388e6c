//! PDF files and Word documents are read in a process apart: this program,
//! started again with little memory and little time.
//!
//! Their formats are programs in disguise, and any of them may be made to hang,
//! to swell or to break its reader. What becomes of that process is a reason in
//! the account of the run, and nothing else: it gets the bytes, not the file,
//! and gives back text of a bounded length.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use crate::walk::Kind;

use super::{MAX_FILE, MAX_TEXT, Refusal, docx, pdf};

/// The first argument of a process that reads, before the kind of the file.
pub const ARGUMENT: &str = "read-apart";

/// Memory that such a process may take, in bytes.
pub(super) const MEMORY: u64 = 512 << 20;

/// Time of a processor that it may take, in seconds.
pub(super) const SECONDS: u64 = 5;

/// What its allocator takes at once of the system, by the name it knows that by,
/// in KiB: mimalloc would take a gibibyte before the limit is set, and then get no
/// page more.
const AT_ONCE: (&str, &str) = ("MIMALLOC_ARENA_RESERVE", "65536");

/// How long it is waited for. It only computes, so its own time ends it before,
/// unless the machine has next to none for it.
const PATIENCE: Duration = Duration::from_secs(300);

/// Text that it gives: enough to see that there was more.
const MOST: usize = MAX_TEXT + 1;

/// Why such a file gives no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Not what its name says.
    Other,
    /// Locked with a password.
    Locked,
    /// It can't be made out.
    Damaged,
    /// It shows nothing but pictures.
    Pictures,
    /// It takes too much memory or time.
    Heavy,
    /// Nobody waited for its end.
    Late,
    /// Its reader broke.
    Broken,
    /// There is no program to read it with.
    Unread,
}

/// Exit codes of the process; 0 is that the text is there.
const CODES: [(u8, Trouble); 5] = [
    (10, Trouble::Other),
    (11, Trouble::Locked),
    (12, Trouble::Damaged),
    (13, Trouble::Pictures),
    (14, Trouble::Heavy),
];

impl Trouble {
    /// Whether it is a failure rather than a file that is left out by a rule.
    pub(super) fn is_failure(self) -> bool {
        matches!(
            self,
            Self::Damaged | Self::Late | Self::Broken | Self::Unread
        )
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Other => f.write_str("not what its name says"),
            Self::Locked => f.write_str("locked with a password"),
            Self::Damaged => f.write_str("damaged, can't be made out"),
            Self::Pictures => f.write_str("pictures only, perhaps a scanned paper; no text"),
            Self::Heavy => write!(
                f,
                "takes more than {SECONDS} s or {} MiB to be read",
                MEMORY >> 20
            ),
            Self::Late => f.write_str("reading it took too long"),
            Self::Broken => f.write_str("the program failed on this file; please report it"),
            Self::Unread => f.write_str("can't be read apart from this program"),
        }
    }
}

/// The program that is started to read.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Says which program reads PDF files and Word documents: one that calls
/// [`serve`] when its first argument is [`ARGUMENT`]. Until then they are
/// refused. The first word counts.
pub fn set_program(program: PathBuf) {
    let _ = PROGRAM.set(program);
}

/// The text of a file's bytes, from a process apart.
pub(super) fn text_of(kind: Kind, bytes: &[u8]) -> Result<String, Refusal> {
    let program = PROGRAM.get().ok_or(Refusal::Apart(Trouble::Unread))?;
    let child = start(program, kind).map_err(Refusal::Unreadable)?;
    let (text, status) = converse(child, bytes).map_err(Refusal::Unreadable)?;
    match judge(status) {
        None => String::from_utf8(text).map_err(|_| Refusal::Apart(Trouble::Broken)),
        Some(trouble) => Err(Refusal::Apart(trouble)),
    }
}

fn start(program: &Path, kind: Kind) -> io::Result<Child> {
    let mut command = Command::new(program);
    command.arg(ARGUMENT).arg(kind.name());
    // It needs nothing of what this process was told.
    command.env_clear().env(AT_ONCE.0, AT_ONCE.1);
    command.current_dir("/");
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command.stderr(Stdio::null()).spawn()
}

/// Gives a process the bytes and takes what it answers; ends it when it is
/// late. `None` is that it had to be ended.
fn converse(mut child: Child, bytes: &[u8]) -> io::Result<(Vec<u8>, Option<ExitStatus>)> {
    let (input, output) = (child.stdin.take(), child.stdout.take());
    std::thread::scope(|scope| {
        // Who ends early does not take all that it is given.
        scope.spawn(move || input.map(|mut input| input.write_all(bytes)));
        let (sender, receiver) = mpsc::channel();
        scope.spawn(move || {
            let mut text = Vec::new();
            let all = output.map(|output| output.take(MOST as u64 + 8).read_to_end(&mut text));
            // Nobody listens any more when it is late.
            let _ = sender.send(all.transpose().map(|_| text));
        });
        let answer = receiver.recv_timeout(PATIENCE);
        let is_late = matches!(answer, Err(RecvTimeoutError::Timeout));
        if is_late {
            child.kill()?;
        }
        let status = child.wait()?;
        let text = answer.unwrap_or_else(|_| Ok(Vec::new()))?;
        Ok((text, (!is_late).then_some(status)))
    })
}

/// What the end of a process tells.
fn judge(status: Option<ExitStatus>) -> Option<Trouble> {
    let Some(status) = status else {
        return Some(Trouble::Late);
    };
    match status.code() {
        Some(0) => None,
        Some(code) => {
            let told = CODES.iter().find(|(own, _)| i32::from(*own) == code);
            Some(told.map_or(Trouble::Broken, |(_, trouble)| *trouble))
        }
        // By a signal: the limits of memory and time end it so.
        None => Some(Trouble::Heavy),
    }
}

/// What the process apart does: standard input → standard output.
#[must_use]
pub fn serve(kind: &str) -> ExitCode {
    ExitCode::from(match answer(kind) {
        Ok(()) => 0,
        Err(trouble) => {
            let code = CODES.iter().find(|(_, own)| *own == trouble);
            code.map_or(1, |(code, _)| *code)
        }
    })
}

fn answer(kind: &str) -> Result<(), Trouble> {
    let io = |_| Trouble::Broken;
    limit().map_err(io)?;
    let mut bytes = Vec::new();
    let input = io::stdin().lock();
    input.take(MAX_FILE).read_to_end(&mut bytes).map_err(io)?;
    let mut text = match Kind::named(kind) {
        Some(Kind::Pdf) => pdf::text_of(bytes, MOST)?,
        Some(Kind::Docx) => docx::text_of(bytes, MOST)?,
        _ => return Err(Trouble::Broken),
    };
    text.truncate(text.floor_char_boundary(MOST));
    io::stdout().lock().write_all(text.as_bytes()).map_err(io)
}

/// Lets this process take no more than its share, and nothing of the disk; and
/// end with the one that began it.
#[cfg(unix)]
fn limit() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let most = |most: u64| Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
    for (resource, limit) in [
        (Resource::As, MEMORY),
        (Resource::Cpu, SECONDS),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ] {
        setrlimit(resource, most(limit))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn limit() -> io::Result<()> {
    Ok(())
}
