//! The sRGB color profile, made here from the published numbers: the smallest profile that says what our colors mean.

/// Primaries and white on the profile connection space (D50), in 1/65536.
const RED: [i32; 3] = [28578, 14581, 912];
const GREEN: [i32; 3] = [25241, 46981, 6362];
const BLUE: [i32; 3] = [9376, 3972, 46799];
const WHITE: [i32; 3] = [63190, 65536, 54061];

/// From the white of a screen (D65) to that of paper (D50), by Bradford's method.
const ADAPTATION: [i32; 9] = [68674, 1502, -3290, 1939, 64912, -1119, -605, 988, 49262];

/// The transfer curve: g, a, b, c, d of the parametric function of type 3.
const CURVE: [i32; 5] = [157_286, 62_119, 3_417, 5_072, 2_651];

/// The bytes of the profile, ICC version 4.
pub(super) fn srgb() -> Vec<u8> {
    let curve = tagged(b"para", &[&[0, 3, 0, 0], &numbers(&CURVE)]);
    let tags: [(&[u8; 4], Vec<u8>); 10] = [
        (b"desc", text("sRGB")),
        (b"cprt", text("CC0")),
        (b"wtpt", tagged(b"XYZ ", &[&numbers(&WHITE)])),
        (b"chad", tagged(b"sf32", &[&numbers(&ADAPTATION)])),
        (b"rXYZ", tagged(b"XYZ ", &[&numbers(&RED)])),
        (b"gXYZ", tagged(b"XYZ ", &[&numbers(&GREEN)])),
        (b"bXYZ", tagged(b"XYZ ", &[&numbers(&BLUE)])),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let mut table = (tags.len() as u32).to_be_bytes().to_vec();
    let mut data = Vec::new();
    let start = 128 + 4 + 12 * tags.len();
    for (name, body) in tags {
        table.extend_from_slice(name);
        table.extend(((start + data.len()) as u32).to_be_bytes());
        table.extend((body.len() as u32).to_be_bytes());
        data.extend(body);
        data.resize(data.len().next_multiple_of(4), 0);
    }

    let mut profile = Vec::with_capacity(start + data.len());
    profile.extend(((start + data.len()) as u32).to_be_bytes());
    profile.extend([0; 4]);
    profile.extend([4, 0x20, 0, 0]);
    profile.extend(b"mntrRGB XYZ ");
    // The profile's own date: the day that sRGB became a standard.
    profile.extend([1999_u16, 10, 18, 0, 0, 0].into_iter().flat_map(u16::to_be_bytes));
    profile.extend(b"acsp");
    profile.extend([0; 28]);
    profile.extend(numbers(&WHITE));
    profile.resize(128, 0);
    profile.extend(table);
    profile.extend(data);
    profile
}

fn numbers(numbers: &[i32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

fn tagged(kind: &[u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let mut body = kind.to_vec();
    body.extend([0; 4]);
    for part in parts {
        body.extend_from_slice(part);
    }
    body
}

fn text(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let head = [1_u32, 12, u32::from_be_bytes(*b"enUS"), units.len() as u32, 28];
    let head: Vec<u8> = head.into_iter().flat_map(u32::to_be_bytes).collect();
    tagged(b"mluc", &[&head, &units])
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_profile_knows_its_length() {
        let profile = super::srgb();
        assert_eq!(profile.get(..4), Some(&(profile.len() as u32).to_be_bytes()[..]));
        assert_eq!(profile.get(36..40), Some(&b"acsp"[..]));
    }
}
