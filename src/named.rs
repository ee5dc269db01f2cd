//! Enums whose variants have a name in documents.

/// Declares such an enum, with `ALL`, `name`, `Display` and a `FromStr` that knows the nearest name.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident $what:literal { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            /// All of them, in the order of their declaration.
            pub const ALL: [Self; [$($text),*].len()] = [$(Self::$variant),*];

            /// As it is written in documents.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::error::Error;

            /// Reads a `name`.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)*
                    _ => {
                        let remedy = $crate::error::did_you_mean(text, [$($text),*]);
                        Err($crate::error::Error::new(
                            $crate::error::ErrorKind::Unknown,
                            format!(concat!("unknown ", $what, " \"{}\"; {}"), text, remedy),
                        ))
                    }
                }
            }
        }
    };
}
pub(crate) use named;
