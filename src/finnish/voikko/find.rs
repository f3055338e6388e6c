//! Where dictionaries are: the folder a user names, or the places where systems install them.
//!
//! Apart from the reader because it knows about folders and homes and nothing of the format.
//! The order is that of libvoikko's users: what is named first, then the user's own, then the
//! system's. Opening what is found is not done here.
use std::path::{Path, PathBuf};

/// The variant of the dictionary that is used if no other is named.
pub const VARIANT: &str = "mor-standard";
/// The file inside the folder of a variant.
const FILE: &str = "mor.vfst";
/// The folder of the format that this program reads, below each of the places.
const FORMAT: &str = "5";
/// Where systems and package managers install dictionaries.
const SYSTEM: &[&str] = &[
    "/etc/voikko",
    "/usr/lib/voikko",
    "/usr/share/voikko",
    "/usr/local/lib/voikko",
    "/usr/local/share/voikko",
    "/opt/homebrew/lib/voikko",
    "/opt/homebrew/share/voikko",
];

/// No dictionary was found; the message says where it was looked for.
#[derive(Debug, thiserror::Error)]
#[error(
    "no Voikko dictionary ({variant}) in {}. Install one (Debian, Ubuntu: apt install voikko-fi) or name its folder.",
    list(places)
)]
pub struct NotFound {
    /// The variant that was looked for.
    pub variant: String,
    /// The places that were tried.
    pub places: Vec<PathBuf>,
}

/// The morphology file of a variant: below the folder that is named, or else below the first
/// of the usual places that has it.
pub fn find(named: Option<&Path>, home: Option<&Path>, variant: &str) -> Result<PathBuf, NotFound> {
    let places = named.map_or_else(|| places(home), |named| vec![named.to_owned()]);
    let found = places
        .iter()
        .flat_map(|place| candidates(place, variant))
        .find(|file| file.is_file());
    found.ok_or_else(|| NotFound {
        variant: variant.to_owned(),
        places,
    })
}

/// The usual places: the user's own, then the system's.
pub fn places(home: Option<&Path>) -> Vec<PathBuf> {
    let own = home.map(|home| home.join(".voikko"));
    own.into_iter()
        .chain(SYSTEM.iter().map(PathBuf::from))
        .collect()
}

/// The files that may be meant by a folder: it may be the place itself, the folder of the
/// format, the folder of the variant, or the file.
fn candidates(place: &Path, variant: &str) -> [PathBuf; 4] {
    [
        place.join(FORMAT).join(variant).join(FILE),
        place.join(variant).join(FILE),
        place.join(FILE),
        place.to_owned(),
    ]
}

fn list(places: &[PathBuf]) -> String {
    places
        .iter()
        .map(|place| place.display().to_string())
        .collect::<Vec<_>>()
        .join(", ")
}
