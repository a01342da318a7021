//! Closed sets whose members have names in YAML, on the command line and in exports.
//!
//! In: a set and its names, each written once. Out: all members in order, the name of one, the member of a name, and the name in JSON.

/// Makes a set whose members have names, in the order in which they are told.
macro_rules! named {
    ($(#[$about:meta])* pub enum $set:ident { $($(#[$meaning:meta])* $member:ident = $name:literal,)+ }) => {
        $(#[$about])*
        pub enum $set {
            $($(#[$meaning])* $member,)+
        }

        impl $set {
            /// All of them, in the order in which they are told.
            pub const ALL: [Self; [$($name),+].len()] = [$(Self::$member),+];

            /// The name in YAML, on the command line and in exports.
            pub fn slug(self) -> &'static str {
                match self {
                    $(Self::$member => $name),+
                }
            }

            /// The one of this name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|member| member.slug() == name)
            }
        }

        impl serde::Serialize for $set {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.slug())
            }
        }
    };
}

pub(crate) use named;
