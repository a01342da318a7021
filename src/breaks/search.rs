//! The best ends for the lines of a paragraph: as few lines as can be, and of those ways the one that costs least over all of them.

/// How lines are set, which decides what costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Manner {
    /// Running text whose lines are spaced out to the right edge.
    Justified,
    /// Running text with a ragged right edge.
    Ragged,
    /// Titles and lettering: words stay whole.
    Whole,
    /// Cells with room below: words stay whole, if need be with a line more.
    Roomy,
}

/// A place where a line may end, measured. Widths, letters and stretch are counted from the text's beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Stop {
    /// The byte at which the next line would begin.
    pub(crate) at: usize,
    /// Where the next line would begin.
    pub(crate) start: f64,
    /// Where the line's last ink ends, with a hyphen.
    pub(crate) end: f64,
    /// How much of that may hang over the edge.
    pub(crate) hang: f64,
    /// How far what stands before could be spaced out.
    pub(crate) stretch: f64,
    /// The letters and digits before it.
    pub(crate) letters: u32,
    /// How much an end here disturbs.
    pub(crate) strain: f32,
    /// Whether the line must end here.
    pub(crate) forced: bool,
    /// Whether a hyphen is set.
    pub(crate) hyphen: bool,
}

/// Rounding slack, so that text as wide as its column fits it.
const SLACK: f64 = 0.01;

/// What a line costs: more than all else, so that no way with more lines is ever better.
const LINE: f64 = 1.0e6;

/// What a line costs where there is room for one more: less than a broken word of katakana.
const ROOMY: f64 = 1.4;

/// What a letter's width of white at a ragged edge costs, and so much more the more there is: a broken word of kanji is about two letters.
const RAGGED: f64 = 0.1;

/// What a last line of too few letters costs.
const SHORT: f64 = 50.0;

/// The fewest letters of a last line, where the measure allows.
const FEWEST: u32 = 4;

/// How many places a line's beginning is looked for at most; more are in a line only if they have no width.
const TRIED: usize = 400;

/// The places of `stops` at which lines end best, in order. The first stop is the text's beginning, the last its end; `size` is that of the type.
pub(crate) fn best(stops: &[Stop], measure: f64, size: f64, manner: Manner) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut from = 0;
    let last = stops.len().saturating_sub(1);
    for place in 1..stops.len() {
        if !stops[place].forced && place != last {
            continue;
        }
        let found = Search { stops: &stops[from..=place], measure, size, manner }.ends();
        ends.extend(found.into_iter().map(|end| from + end));
        from = place;
    }
    ends
}

/// How many lines [`best`] makes of a text that is set in the fewest, as all is but roomy cells: found without looking at what costs.
pub(crate) fn fewest(stops: &[Stop], measure: f64) -> usize {
    let (mut lines, mut first) = (vec![0; stops.len()], 0);
    for (end, stop) in stops.iter().enumerate().skip(1) {
        while first + 1 < end && over(&stops[first], stop, measure) > 0.0 {
            first += 1;
        }
        lines[end] = lines[first] + 1;
        if stop.forced {
            first = end;
        }
    }
    lines.last().copied().unwrap_or_default()
}

/// How far a line reaches over the measure.
fn over(start: &Stop, end: &Stop, measure: f64) -> f64 {
    end.end - end.hang - start.start - measure - SLACK
}

struct Search<'a> {
    stops: &'a [Stop],
    measure: f64,
    size: f64,
    manner: Manner,
}

impl Search<'_> {
    fn ends(&self) -> Vec<usize> {
        let last = self.stops.len() - 1;
        if last == 1 || self.over(0, last) <= 0.0 {
            return vec![last];
        }
        // The cost of the best way to each place, and where its last line begins.
        let mut ways: Vec<(f64, usize)> = Vec::with_capacity(self.stops.len());
        ways.push((0.0, 0));
        let line = if self.manner == Manner::Roomy { ROOMY } else { LINE };
        let mut first = 0;
        for end in 1..=last {
            while first + 1 < end && self.over(first, end) > 0.0 {
                first += 1;
            }
            let tolerance = if end == last { f64::INFINITY } else { self.tolerance() };
            let mut best = (f64::INFINITY, first);
            for start in (first..end).take(TRIED) {
                // The fullest line is always looked at, so that there is a way to every place.
                if start > first && self.slack(start, end) > tolerance {
                    break;
                }
                let cost = ways[start].0 + line + self.cost(start, end, end == last);
                if cost < best.0 {
                    best = (cost, start);
                }
            }
            ways.push(best);
        }
        let mut ends = vec![last];
        while let Some(start) = ends.last().map(|end| ways[*end].1).filter(|start| *start > 0) {
            ends.push(start);
        }
        ends.reverse();
        ends
    }

    fn over(&self, start: usize, end: usize) -> f64 {
        over(&self.stops[start], &self.stops[end], self.measure)
    }

    fn slack(&self, start: usize, end: usize) -> f64 {
        (self.measure - (self.stops[end].end - self.stops[start].start)).max(0.0)
    }

    /// How much room at a line's end is put up with for a better way.
    fn tolerance(&self) -> f64 {
        let part = match self.manner {
            Manner::Justified => 0.16,
            Manner::Roomy => 0.6,
            _ => 0.4,
        };
        (self.measure * part).max(self.size * 3.0)
    }

    fn cost(&self, from: usize, to: usize, last: bool) -> f64 {
        let (start, end) = (&self.stops[from], &self.stops[to]);
        let slack = self.slack(from, to);
        let part = slack / self.measure;
        if last {
            return self.last(start, end) + if self.manner == Manner::Whole { part * part } else { 0.0 };
        }
        let strain = f64::from(end.strain);
        let twice = if end.hyphen && start.hyphen { 2.0 } else { 0.0 };
        match self.manner {
            Manner::Justified => {
                let stretch = slack / (end.stretch - start.stretch).max(0.001);
                let loose = if stretch <= 1.0 { stretch * stretch } else { 1.0 + 30.0 * part * part + part };
                let hyphen = if end.hyphen { 0.5 } else { 0.0 };
                loose + strain * 0.3 + hyphen + twice
            }
            Manner::Ragged => {
                // What a reader sees of the edge is letters, however long the line is.
                let letters = slack / self.size;
                let ragged = (12.0 * part * part).max(RAGGED * letters * letters);
                ragged + strain * 0.5 + if end.hyphen { 1.0 } else { 0.0 } + twice
            }
            Manner::Whole => 2.0 * part * part + strain,
            Manner::Roomy => part * part + strain,
        }
    }

    /// A last line of a letter or two looks forgotten.
    fn last(&self, start: &Stop, end: &Stop) -> f64 {
        let whole = end.letters - self.stops[0].letters;
        let wanted = FEWEST.min((self.measure / self.size / 3.0).ceil() as u32);
        let is_short = end.letters - start.letters < wanted && whole >= 2 * wanted;
        let is_narrow = end.end - start.start < self.measure * 0.1;
        if is_short {
            SHORT
        } else if is_narrow {
            1.0
        } else {
            0.0
        }
    }
}
