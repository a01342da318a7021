//! Days, as releases are dated.

use std::time::{SystemTime, UNIX_EPOCH};

const SECONDS: u64 = 24 * 60 * 60;

/// A day as `2022-08-31`, if it is one of the calendar.
pub(super) fn parse(text: &str) -> Option<String> {
    let mut parts = text.split('-');
    let mut number = |digits: usize| -> Option<u64> {
        let part = parts.next()?;
        let plain = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse().ok()).flatten()
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    let there =
        parts.next().is_none() && (1..=12).contains(&month) && (1..=length(year, month)).contains(&day);
    there.then(|| text.to_owned())
}

/// The day of `SOURCE_DATE_EPOCH`, or else today, in UTC.
///
/// # Errors
/// When the variable is set and is no number of seconds.
pub(super) fn today() -> Result<String, String> {
    let seconds = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text
            .trim()
            .parse()
            .map_err(|_| format!("SOURCE_DATE_EPOCH is `{text}`, and not a number of seconds since 1970"))?,
        Err(_) => SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs()),
    };
    Ok(of(seconds))
}

/// The day that so many seconds after 1970 fall on.
fn of(seconds: u64) -> String {
    let mut days = seconds / SECONDS;
    let mut year = 1970;
    while days >= if leaps(year) { 366 } else { 365 } && year < 9999 {
        days -= if leaps(year) { 366 } else { 365 };
        year += 1;
    }
    let mut month = 1;
    while month < 12 && days >= length(year, month) {
        days -= length(year, month);
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", days + 1)
}

fn leaps(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn length(year: u64, month: u64) -> u64 {
    match month {
        2 if leaps(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_fall_on_days_of_the_calendar() {
        assert_eq!(of(0), "1970-01-01");
        assert_eq!(of(951_782_400), "2000-02-29");
        assert_eq!(of(1_630_367_999), "2021-08-30");
        assert_eq!(of(1_630_368_000), "2021-08-31");
    }

    #[test]
    fn days_are_days() {
        assert!(parse("2024-02-29").is_some());
        for text in ["2023-02-29", "2022-13-01", "2022-8-31", "31-08-2022", "2022-08-31-1", ""] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
