//! Enumerations whose variants are places in a table of numbers.

/// Declares an enumeration together with the list of its variants, in order.
macro_rules! enumerated {
    ($(#[$head:meta])* pub enum $type:ident { $($(#[$doc:meta])* $name:ident,)+ }) => {
        $(#[$head])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $type {
            $($(#[$doc])* $name,)+
        }

        impl $type {
            /// Every variant, in the order of its place.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];
        }
    };
}

pub(super) use enumerated;
