//! The container of an XLS file: sectors that lead from one to the next, as a small file system has them. Its reader in calamine follows
//! them wherever they lead, round in circles too; so the one stream that holds the workbook is taken out here and put into a new container.

/// The end of a chain of sectors, and the first number that names none.
const END: u32 = 0xFFFF_FFFE;
const RESERVED: u32 = 0xFFFF_FFFA;
/// The bytes of an entry of the directory, and of a sector of the small streams.
const ENTRY: usize = 128;
const SMALL: usize = 64;
/// Shorter streams lie among the small ones.
const LEAST: usize = 4096;
/// The bytes of a sector of a new container, whose header names as many tables of sectors as any file needs that is read.
const SECTOR: usize = 4096;
const HEADER_TABLES: usize = 109;

/// What a file with such a container holds.
pub(super) enum Held {
    /// The stream of a workbook.
    Workbook(Vec<u8>),
    /// What a password protects.
    Protected,
}

struct Container<'a> {
    sectors: &'a [u8],
    size: usize,
    next: Vec<u32>,
}

impl Container<'_> {
    fn sector(&self, at: u32) -> Option<&[u8]> {
        let start = (at as usize).checked_mul(self.size)?;
        let rest = self.sectors.get(start..).filter(|rest| !rest.is_empty())?;
        rest.get(..self.size.min(rest.len()))
    }

    /// What a chain of sectors holds, up to so many bytes. `None` where it leads out of the file or round in a circle.
    fn chain(&self, from: u32, most: usize) -> Option<Vec<u8>> {
        let (mut held, mut at) = (Vec::new(), from);
        while at != END && held.len() < most {
            // None can be longer than all of the file.
            if held.len() > self.sectors.len() {
                return None;
            }
            let sector = self.sector(at)?;
            held.extend_from_slice(sector.get(..sector.len().min(most - held.len()))?);
            at = *self.next.get(at as usize)?;
        }
        Some(held)
    }
}

/// The stream of the workbook in a container; `None` where there is none, or no way leads to it.
pub(super) fn held(bytes: &[u8]) -> Option<Held> {
    let size = match number16(bytes, 30)? {
        9 => 512,
        12 => 4096,
        _ => return None,
    };
    let mut container = Container { sectors: bytes.get(size..)?, size, next: Vec::new() };
    container.next = table(&container, bytes)?;
    let directory = container.chain(number(bytes, 48)?, usize::MAX)?;
    let entries: Vec<(String, u32, usize)> = directory.chunks_exact(ENTRY).filter_map(entry).collect();
    let named = |name: &str| entries.iter().find(|(own, ..)| own.eq_ignore_ascii_case(name));
    if named("EncryptedPackage").is_some() {
        return Some(Held::Protected);
    }
    let (_, start, length) = named("Workbook").or_else(|| named("Book"))?;
    if *length >= LEAST {
        return container.chain(*start, *length).map(Held::Workbook);
    }
    let (_, small, all) = entries.first()?;
    let sectors = container.chain(*small, *all)?;
    let table = container.chain(number(bytes, 60)?, usize::MAX)?;
    let small = Container { sectors: &sectors, size: SMALL, next: numbers(&table).collect() };
    small.chain(*start, *length).map(Held::Workbook)
}

/// Which sector follows each.
fn table(container: &Container<'_>, bytes: &[u8]) -> Option<Vec<u32>> {
    let mut tables: Vec<u32> = numbers(bytes.get(76..512)?).collect();
    let (mut more, mut count) = (number(bytes, 68)?, 0);
    while more < RESERVED {
        count += 1;
        if count * container.size > container.sectors.len() + container.size {
            return None;
        }
        tables.extend(numbers(container.sector(more)?));
        more = tables.pop()?;
    }
    let tables: Vec<u32> = tables.into_iter().filter(|at| *at < RESERVED).collect();
    if tables.len() * container.size > container.sectors.len() + container.size {
        return None;
    }
    let mut next = Vec::new();
    for at in tables {
        next.extend(numbers(container.sector(at)?));
    }
    Some(next)
}

/// The name of an entry, where it begins and how long it is.
fn entry(entry: &[u8]) -> Option<(String, u32, usize)> {
    let (name, _) = entry.get(..64)?.as_chunks::<2>();
    let name = name.iter().map(|pair| u16::from_le_bytes(*pair)).take_while(|unit| *unit != 0);
    let name = char::decode_utf16(name).map(|c| c.unwrap_or('\u{FFFD}')).collect();
    Some((name, number(entry, 116)?, number(entry, 120)? as usize))
}

/// A container of nothing but the stream of a workbook. `None` where it is larger than any file.
pub(super) fn of(mut workbook: Vec<u8>) -> Option<Vec<u8>> {
    workbook.resize(workbook.len().max(LEAST).next_multiple_of(SECTOR), 0);
    let own = workbook.len() / SECTOR;
    // The tables come first, then the directory, then the stream.
    let tables = (1..=HEADER_TABLES).find(|tables| tables * SECTOR / 4 > own + tables)?;
    let count = u32::try_from(own + tables + 1).ok()?;
    let first = u32::try_from(tables).ok()?;
    let follow = |at: u32| match at {
        at if at < first => 0xFFFF_FFFD,
        at if at == first || at + 1 == count => END,
        at if at < count => at + 1,
        _ => u32::MAX,
    };
    let slots = u32::try_from(tables * SECTOR / 4).ok()?;
    let mut file = vec![0; SECTOR];
    let mut put =
        |at: usize, value: &[u8]| file.splice(at..at + value.len(), value.iter().copied()).for_each(drop);
    put(0, &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    put(24, &[0x3E, 0, 4, 0, 0xFE, 0xFF, 12, 0, 6, 0]);
    put(44, &first.to_le_bytes());
    put(48, &first.to_le_bytes());
    put(56, &4096_u32.to_le_bytes());
    put(60, &END.to_le_bytes());
    put(68, &END.to_le_bytes());
    for place in 0..HEADER_TABLES {
        let at = u32::try_from(place).ok().filter(|at| *at < first).unwrap_or(u32::MAX);
        put(76 + 4 * place, &at.to_le_bytes());
    }
    file.extend((0..slots).flat_map(|at| follow(at).to_le_bytes()));
    let mut directory = entry_of("Root Entry", 5, first, 0);
    directory.extend(entry_of("Workbook", 2, first + 1, workbook.len() as u64));
    directory.resize(SECTOR, 0);
    file.extend(directory);
    file.extend(workbook);
    Some(file)
}

fn entry_of(name: &str, kind: u8, start: u32, length: u64) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    entry.resize(ENTRY - 12, 0);
    let head = [(name.len() as u8 + 1) * 2, 0, kind, 1];
    entry.splice(64..68, head).for_each(drop);
    entry.splice(68..80, [0xFF; 12]).for_each(drop);
    entry.extend(start.to_le_bytes());
    entry.extend(length.to_le_bytes());
    entry
}

pub(super) fn number16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub(super) fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four))
}
