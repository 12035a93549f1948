//! RON text with its comments and byte positions. It knows nothing of what a
//! routine means.

pub mod place;
