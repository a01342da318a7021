//! How years and dates are worded.

use super::Notation;
use crate::model::{FiscalYear, Lang, MONTHS, PartialDate, YearStyle};
use crate::words;

impl Notation {
    /// A fiscal year: `令和4年度`, `2022年度`, `FY2022`.
    pub fn fiscal_year(&self, year: FiscalYear) -> String {
        match (self.lang, self.years) {
            _ if year.is_stand_in() => words::unknown_year(self.lang).to_owned(),
            (Lang::En, _) => format!("FY{}", year.western()),
            (Lang::Ja, YearStyle::Western) => format!("{}年度", year.western()),
            (Lang::Ja, YearStyle::Era) => {
                let (era, number) = year.era();
                format!("{}年度", era.year_name(number))
            }
        }
    }

    /// A date as precisely as it is known: `令和3年6月18日`, `2021年6月`, `18 June 2021`, `2021`.
    pub fn date(&self, date: &PartialDate) -> String {
        if self.lang == Lang::En {
            return english_date(date);
        }

        let mut text = match self.years {
            YearStyle::Western => format!("{}年", date.year()),
            YearStyle::Era => {
                let (era, number) = date.era();
                format!("{}年", era.year_name(number))
            }
        };
        let parts = [(date.month(), '月'), (date.day(), '日')];
        for (number, mark) in parts {
            if let Some(number) = number {
                text.push_str(&format!("{number}{mark}"));
            }
        }
        text
    }
}

fn english_date(date: &PartialDate) -> String {
    let month = date.month().and_then(|month| MONTHS.get(usize::from(month) - 1));
    match (date.day(), month) {
        (Some(day), Some(month)) => format!("{day} {month} {}", date.year()),
        (None, Some(month)) => format!("{month} {}", date.year()),
        (_, None) => date.year().to_string(),
    }
}
