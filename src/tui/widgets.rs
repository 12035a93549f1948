//! What the screens are made of. Each draws what it is given; none knows a
//! screen.

pub mod bands;
pub mod big_text;
pub mod body;
pub mod field;
pub mod hints;
pub mod list;
pub mod pacer;
pub mod sheet;
pub mod swell;
pub mod text;
pub mod timeline;
