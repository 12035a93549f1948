//! The body map that was drawn last: it changes with a step, the picture around
//! it each second. What is the same is copied.

use std::cell::RefCell;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::{BodyMap, Head, Spot};
use crate::routine::vocabulary::{Position, Region, Side};
use crate::tui::theme::Theme;

/// The last map and what it shows, if any was drawn.
#[derive(Debug, Default)]
pub struct Last(RefCell<Option<Drawn>>);

#[derive(Debug)]
struct Drawn {
    position: Position,
    head: Head,
    now: Option<Spot>,
    next: Option<Spot>,
    worked: Vec<(Region, Option<Side>)>,
    theme: Theme,
    picture: Buffer,
}

impl Last {
    /// Draws `map` in `area`, anew only where it is not the last one.
    pub fn render(&self, map: &BodyMap<'_>, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let mut last = self.0.borrow_mut();
        let drawn = last
            .take()
            .filter(|drawn| drawn.shows(map, area))
            .unwrap_or_else(|| Drawn::new(map, area));
        drawn.copy(buf);
        *last = Some(drawn);
    }
}

impl Drawn {
    fn new(map: &BodyMap<'_>, area: Rect) -> Self {
        let mut picture = Buffer::empty(area);
        picture.set_style(area, map.theme.ground());
        map.render(area, &mut picture);
        Self {
            position: map.position,
            head: map.head,
            now: map.now,
            next: map.next,
            worked: map.worked.to_vec(),
            theme: map.theme.clone(),
            picture,
        }
    }

    fn shows(&self, map: &BodyMap<'_>, area: Rect) -> bool {
        self.picture.area == area
            && self.position == map.position
            && self.head == map.head
            && self.now == map.now
            && self.next == map.next
            && self.worked == map.worked
            && self.theme == *map.theme
    }

    fn copy(&self, buf: &mut Buffer) {
        let mut untouched = Cell::EMPTY;
        untouched.set_style(self.theme.ground());
        for (position, cell) in self.picture.area.positions().zip(&self.picture.content) {
            // Beside the figure stands whatever stood there.
            if *cell != untouched
                && let Some(there) = buf.cell_mut(position)
            {
                there.clone_from(cell);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::Depth;

    /// What is copied is what would be drawn, whatever changes in between.
    #[test]
    fn it_shows_what_is_asked_for_and_not_what_was() {
        let themes = [Theme::new(Depth::True), Theme::new(Depth::Sixteen)];
        let spot = |region, side| {
            Some(Spot {
                region,
                side: Some(side),
                toward: None,
            })
        };
        let worked = [(Region::Glutes, Some(Side::Left))];
        let first = BodyMap {
            position: Position::Prone,
            head: Head::Up,
            now: spot(Region::UpperBack, Side::Left),
            next: None,
            worked: &[],
            theme: &themes[0],
        };
        let area = Rect::new(3, 1, 20, 20);
        let maps = [
            (first, area),
            (first, area),
            (
                BodyMap {
                    now: spot(Region::UpperBack, Side::Right),
                    ..first
                },
                area,
            ),
            (
                BodyMap {
                    next: spot(Region::Glutes, Side::Left),
                    ..first
                },
                area,
            ),
            (
                BodyMap {
                    worked: &worked,
                    ..first
                },
                area,
            ),
            (
                BodyMap {
                    head: Head::Down,
                    ..first
                },
                area,
            ),
            (
                BodyMap {
                    position: Position::Supine,
                    ..first
                },
                area,
            ),
            (
                BodyMap {
                    theme: &themes[1],
                    ..first
                },
                area,
            ),
            (first, Rect { height: 22, ..area }),
            (first, Rect { x: 4, ..area }),
            (first, Rect { height: 60, ..area }),
        ];
        let last = Last::default();
        for (map, area) in maps {
            let blank = || {
                let mut buf = Buffer::empty(Rect::new(0, 0, 30, 24));
                buf.set_style(buf.area, map.theme.ground());
                buf
            };
            let (mut copied, mut drawn) = (blank(), blank());
            last.render(&map, area, &mut copied);
            (&map).render(area, &mut drawn);
            assert_eq!(copied, drawn, "{map:?}");
        }
    }
}
