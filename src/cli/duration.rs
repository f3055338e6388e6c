//! Lengths of time on the command line: `45s`, `10m`, `26h`, `7d`.
//! One number and one letter, since that is what people write in a schedule.

use std::time::Duration;

/// Reads a length of time.
pub(super) fn parse(typed: &str) -> Result<Duration, String> {
    let wrong = || format!("{typed:?} is no length of time; write it as 45s, 10m, 26h or 7d");
    let unit = typed.chars().last().ok_or_else(wrong)?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => return Err(wrong()),
    };
    let number: u32 = typed[..typed.len() - 1].parse().map_err(|_| wrong())?;
    match number {
        0 => Err(wrong()),
        _ => Ok(Duration::from_secs(u64::from(number) * seconds)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_and_nonsense_is_explained() {
        let seconds = |typed| parse(typed).map(|length| length.as_secs()).ok();
        assert_eq!(seconds("45s"), Some(45));
        assert_eq!(seconds("10m"), Some(600));
        assert_eq!(seconds("26h"), Some(93_600));
        assert_eq!(seconds("7d"), Some(604_800));
        for wrong in ["", "10", "m", "0m", "-1h", "1.5h", "10 m", "1ä"] {
            assert!(parse(wrong).unwrap_err().contains("26h"), "{wrong}");
        }
    }
}
