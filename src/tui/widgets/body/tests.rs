//! What one sees on the body map, by its cells.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Color;

use super::*;
use crate::tui::theme::Depth;

const SIDES: [Option<Side>; 5] = [
    None,
    Some(Side::Left),
    Some(Side::Right),
    Some(Side::Both),
    Some(Side::Midline),
];
const HEADS: [Head; 2] = [Head::Up, Head::Down];
const SIZES: [(u16, u16); 2] = [(12, 12), (18, 20)];

#[expect(clippy::unnecessary_wraps, reason = "the map's fields want it so")]
fn spot(region: Region, side: Option<Side>, toward: Option<Region>) -> Option<Spot> {
    Some(Spot {
        region,
        side,
        toward,
    })
}

fn theme() -> Theme {
    Theme::new(Depth::True)
}

fn map(theme: &Theme, position: Position, head: Head, now: Option<Spot>) -> BodyMap<'_> {
    BodyMap {
        position,
        head,
        now,
        next: None,
        worked: &[],
        theme,
    }
}

fn drawn(map: &BodyMap<'_>, (width, height): (u16, u16)) -> Buffer {
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    map.render(area, &mut buf);
    buf
}

/// How much of a cell is filled, from 0 to 4 quarters, by its symbol alone.
fn quarters(cell: &Cell) -> u32 {
    match cell.symbol() {
        "█" => 4,
        "▛" | "▜" | "▙" | "▟" => 3,
        "▀" | "▄" | "▌" | "▐" | "▚" | "▞" => 2,
        "▘" | "▝" | "▖" | "▗" => 1,
        _ => 0,
    }
}

/// Where a cell's filled quarters are, in quarters: across, down.
fn filled(buf: &Buffer) -> Vec<(f64, f64)> {
    let mut all = Vec::new();
    for y in 0..buf.area.height {
        for x in 0..buf.area.width {
            let symbol = buf[(x, y)].symbol();
            for (dx, dy, with) in [
                (0.5, 0.5, "█▛▜▙▀▌▚▘"),
                (1.5, 0.5, "█▛▜▟▀▐▞▝"),
                (0.5, 1.5, "█▛▙▟▄▌▞▖"),
                (1.5, 1.5, "█▜▙▟▄▐▚▗"),
            ] {
                if with.contains(symbol) {
                    all.push((f64::from(x) * 2.0 + dx, f64::from(y) * 2.0 + dy));
                }
            }
        }
    }
    all
}

fn middle(points: &[(f64, f64)]) -> (f64, f64) {
    let count = f64::from(u32::try_from(points.len()).unwrap());
    let sum = points
        .iter()
        .fold((0.0, 0.0), |sum, point| (sum.0 + point.0, sum.1 + point.1));
    (sum.0 / count, sum.1 / count)
}

/// Whether the client's left is on the screen's left, by what one knows of
/// people who lie on tables.
fn left_is_left(position: Position, head: Head) -> bool {
    !matches!(
        (position, head),
        (Position::Supine, Head::Up) | (Position::Prone, Head::Down)
    )
}

const WITH_SIDES: [Position; 3] = [Position::Prone, Position::Supine, Position::Sitting];

#[test]
fn the_lit_side_is_the_one_that_the_word_says() {
    let theme = theme();
    for position in WITH_SIDES {
        for head in HEADS {
            for &region in Region::ALL {
                for size in SIZES {
                    for side in [Side::Left, Side::Right] {
                        let now = spot(region, Some(side), None);
                        let buf = drawn(&map(&theme, position, head, now), size);
                        let lit = filled(&buf);
                        let what = format!("{position:?} {head:?} {region:?} {side:?} {size:?}");
                        assert!(!lit.is_empty(), "{what}");
                        let on_left = (side == Side::Left) == left_is_left(position, head);
                        let half = f64::from(size.0);
                        assert!(
                            lit.iter().all(|&(x, _)| (x < half) == on_left),
                            "{what}: all of it is on the {}",
                            if on_left { "left" } else { "right" }
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn the_letters_say_the_same_as_the_lit_side() {
    let theme = theme();
    for position in WITH_SIDES {
        for head in HEADS {
            let now = spot(Region::Back, Some(Side::Left), None);
            let buf = drawn(&map(&theme, position, head, now), (18, 20));
            let find = |letter: &str| {
                (0..19)
                    .flat_map(|y| (0..18).map(move |x| (x, y)))
                    .find(|&at| buf[at].symbol() == letter)
                    .unwrap()
            };
            let (left, right) = (find("L"), find("R"));
            assert_eq!(left.0 < right.0, left_is_left(position, head));
            assert_eq!(left.1, right.1);
            assert!(buf[left].modifier.contains(Modifier::BOLD));
            assert!(!buf[right].modifier.contains(Modifier::BOLD));
        }
    }
}

#[test]
fn both_sides_the_midline_and_none_are_symmetric() {
    let theme = theme();
    for position in WITH_SIDES {
        for head in HEADS {
            for &region in Region::ALL {
                for side in [None, Some(Side::Both), Some(Side::Midline)] {
                    for toward in [None, Some(Region::Neck)] {
                        let now = spot(region, side, toward);
                        let buf = drawn(&map(&theme, position, head, now), (18, 20));
                        let lit = filled(&buf);
                        assert!(!lit.is_empty(), "{position:?} {region:?} {side:?}");
                        let mut mirrored: Vec<_> =
                            lit.iter().map(|&(x, y)| (36.0 - x, y)).collect();
                        let mut lit = lit.clone();
                        for points in [&mut lit, &mut mirrored] {
                            points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
                        }
                        assert_eq!(
                            lit, mirrored,
                            "{position:?} {head:?} {region:?} {side:?} {toward:?}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn every_region_is_lit_in_every_position() {
    let theme = theme();
    for &position in Position::ALL {
        for head in HEADS {
            for &region in Region::ALL {
                for side in SIDES {
                    for size in SIZES {
                        let now = spot(region, side, None);
                        let buf = drawn(&map(&theme, position, head, now), size);
                        let lit: u32 = buf.content().iter().map(quarters).sum();
                        // Two whole cells at the least where there is room.
                        let least = if size.0 >= 18 { 4 } else { 1 };
                        assert!(
                            lit >= least,
                            "{position:?} {region:?} {side:?} {size:?}: {lit}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn regions_lie_within_the_body() {
    for &position in Position::ALL {
        let body = Body::new(position, Frame::new(position, Head::Up, 90, 152));
        let whole = body.whole();
        for &region in Region::ALL {
            let lit = body.region(region, None, 1);
            assert!(lit.set().all(|(x, y)| whole.holds(x, y)), "{region:?}");
        }
        let all = body.region(Region::FullBody, None, 1);
        assert_eq!(all.set().count(), whole.set().count(), "{position:?}");
    }
}

#[test]
fn the_front_lies_where_the_face_looks() {
    let theme = theme();
    let across = |position, head, region| {
        middle(&filled(&drawn(
            &map(&theme, position, head, spot(region, None, None)),
            (26, 30),
        )))
        .0
    };
    for (position, head, right) in [
        (Position::SideLyingLeft, Head::Up, true),
        (Position::SideLyingRight, Head::Up, false),
        (Position::SideLyingLeft, Head::Down, false),
        (Position::SideLyingRight, Head::Down, true),
    ] {
        for (front, back) in [
            (Region::Chest, Region::UpperBack),
            (Region::Abdomen, Region::LowBack),
            (Region::Shins, Region::Calves),
        ] {
            let (front, back) = (across(position, head, front), across(position, head, back));
            assert_eq!(front > back, right, "{position:?} {head:?}");
        }
    }
}

#[test]
fn the_head_is_where_it_lies() {
    let theme = theme();
    for &position in Position::ALL {
        for head in HEADS {
            let down = |region| {
                let now = spot(region, None, None);
                middle(&filled(&drawn(&map(&theme, position, head, now), (18, 20)))).1
            };
            let upright = head == Head::Up || position == Position::Sitting;
            assert_eq!(down(Region::Head) < down(Region::Feet), upright);
        }
    }
}

#[test]
fn the_arrow_points_from_the_region_to_where_it_goes() {
    for &position in Position::ALL {
        for head in HEADS {
            let body = Body::new(position, Frame::new(position, head, 52, 116));
            for (region, toward) in [
                (Region::Calves, Region::Glutes),
                (Region::MidBack, Region::UpperBack),
                (Region::Hamstrings, Region::Feet),
                (Region::LowBack, Region::Shoulders),
                (Region::Back, Region::Neck),
                (Region::Arms, Region::Hands),
            ] {
                for side in [Side::Left, Side::Right] {
                    let at = |region| body.region(region, Some(side), 1).middle().unwrap();
                    let (from, to) = (at(region), at(toward));
                    let what = format!("{position:?} {head:?} {region:?} {toward:?}");
                    let arrows = body.arrows(spot(region, Some(side), Some(toward)).unwrap());
                    assert_eq!(arrows.len(), 1, "{what}");
                    // The head is where most of an arrow is: its weight lies
                    // before the middle of its length.
                    let cover = body.cover(arrows.iter().map(Arrow::shape), 1);
                    let weight = cover.middle().unwrap();
                    let along = |(x, y): (f64, f64)| {
                        (x - from.0) * (to.0 - from.0) + (y - from.1) * (to.1 - from.1)
                    };
                    let (least, most) = cover
                        .set()
                        .map(|(x, y)| {
                            let dot = |at| f64::from(u32::try_from(at).unwrap()) + 0.5;
                            along((dot(x), dot(y)))
                        })
                        .fold((f64::MAX, f64::MIN), |(low, high), at| {
                            (low.min(at), high.max(at))
                        });
                    assert!(most > 0.0, "{what}: it leads away");
                    assert!(
                        along(weight) > f64::midpoint(least, most) - (most - least) * 0.05,
                        "{what}: it points ahead"
                    );
                }
            }
        }
    }
}

#[test]
fn an_arrow_leaves_most_of_its_region_lit() {
    let theme = theme();
    for &position in Position::ALL {
        for &region in Region::ALL {
            for toward in [Region::Shoulders, Region::Hips, Region::Back] {
                let body = Body::new(position, Frame::new(position, Head::Up, 36, 76));
                let side = Some(Side::Right);
                let of_region = body.region(region, side, QUARTER);
                let lit = |toward| {
                    let map = map(&theme, position, Head::Up, spot(region, side, toward));
                    let is_hatched = is_hidden(position, side);
                    let solid = Solid::new(&map, &body);
                    let quarters = solid.quarters.iter();
                    let lit = quarters.filter(|&&(x, y)| of_region.holds(x, y)).count();
                    if is_hatched { lit * 2 } else { lit }
                };
                let (without, with) = (lit(None), lit(Some(toward)));
                let what = format!("{position:?} {region:?} {toward:?}: {with} of {without}");
                assert!(with * 10 >= without * 6, "{what}");
            }
        }
    }
}

#[test]
fn now_next_and_worked_are_told_apart_without_colour() {
    let theme = Theme::new(Depth::None);
    let ink = |now, next, worked: &[(Region, Option<Side>)]| {
        let map = BodyMap {
            position: Position::Prone,
            head: Head::Up,
            now,
            next,
            worked,
            theme: &theme,
        };
        let buf = drawn(&map, (26, 30));
        assert!(buf.content().iter().all(|cell| cell.fg == Color::Reset));
        buf.content()
            .iter()
            .map(|cell| match cell.symbol().chars().next() {
                Some(c @ '\u{2800}'..='\u{28ff}') => (u32::from(c) & 0xff).count_ones(),
                _ => quarters(cell) * 2,
            })
            .sum::<u32>()
    };
    let back = spot(Region::Back, None, None);
    let nothing = ink(None, None, &[]);
    let worked = ink(None, None, &[(Region::Back, None)]) - nothing;
    let next = ink(None, back, &[]) - nothing;
    let now = ink(back, None, &[]) - nothing;
    assert!(worked > 10, "{worked}");
    assert!(next > worked * 3 / 2, "{next} {worked}");
    assert!(now > next * 3, "{now} {next}");
}

#[test]
fn a_side_that_lies_below_is_hatched() {
    let theme = theme();
    for (position, above, below) in [
        (Position::SideLyingLeft, Side::Right, Side::Left),
        (Position::SideLyingRight, Side::Left, Side::Right),
    ] {
        let lit = |side| {
            let now = spot(Region::Back, Some(side), None);
            filled(&drawn(&map(&theme, position, Head::Up, now), (18, 20))).len()
        };
        assert!(lit(below) > 0 && lit(below) * 3 < lit(above) * 2);
        let caption = view(position);
        assert!(caption.starts_with(above.human()), "{caption}");
    }
}

#[test]
fn the_ground_is_the_themes() {
    for (depth, ground) in [
        (Depth::True, Theme::new(Depth::True).ground().bg.unwrap()),
        (Depth::Sixteen, Color::Black),
        (Depth::None, Color::Reset),
    ] {
        let theme = Theme::new(depth);
        let now = spot(Region::Back, None, None);
        let buf = drawn(&map(&theme, Position::Prone, Head::Up, now), (18, 19));
        for cell in &buf.content()[..18 * 18] {
            assert_eq!(cell.bg, ground);
        }
    }
}

#[test]
fn it_fits_any_window_or_is_not_drawn() {
    let theme = theme();
    let worked = [(Region::Legs, Some(Side::Left)), (Region::Back, None)];
    for &position in Position::ALL {
        for (width, height) in [0, 1, 11, 12, 13, 24, 60]
            .into_iter()
            .flat_map(|height| [0, 1, 11, 12, 37, 200].map(|width| (width, height)))
        {
            let map = BodyMap {
                next: spot(Region::Feet, Some(Side::Right), None),
                worked: &worked,
                ..map(
                    &theme,
                    position,
                    Head::Down,
                    spot(Region::Calves, Some(Side::Both), Some(Region::Glutes)),
                )
            };
            let buf = drawn(&map, (width, height));
            let empty = buf == Buffer::empty(Rect::new(0, 0, width, height));
            assert_eq!(empty, width < 12 || height < 12, "{width}x{height}");
        }
        // Beyond the buffer's edge nothing is drawn, and nothing fails.
        let mut small = Buffer::empty(Rect::new(0, 0, 20, 20));
        let map = map(&theme, position, Head::Up, None);
        (&map).render(Rect::new(10, 10, 50, 50), &mut small);
    }
}

#[test]
fn it_fills_the_columns_that_it_asks_for() {
    let theme = theme();
    for rows in [12, 18, 20, 30, 38, 60] {
        let columns = BodyMap::width_for(rows);
        let buf = drawn(
            &map(&theme, Position::Prone, Head::Up, None),
            (columns, rows),
        );
        let last_row = rows - 1 - caption_rows(rows);
        let dots = |y: u16| (0..columns).any(|x| buf[(x, y)].symbol() != " ");
        assert!(dots(0) && dots(last_row), "{columns}x{rows}");
    }
}
