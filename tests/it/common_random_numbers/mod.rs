//! Two worlds that differ in one thing share every other draw.

/// What the thing does not touch stays as it was, to the byte.
mod untouched;

/// What the thing touches moves one way for every seller, not only on average.
mod monotone;

/// Differences between policies are known far better than from independent runs.
mod variance;
