//! What is looked at before a session. It knows no answers, and has no room for
//! a client's: what stands on paper lies about.

use crate::markup::html;
use crate::preflight::{Advice, Lists};

/// What the sheet is not.
const NO_CLEARANCE: &str =
    "This informs; it is no medical clearance. In doubt, do not start. Write no answers here.";

/// The order in which a Yes weighs.
const ADVICE: [Advice; 4] = [
    Advice::Withhold,
    Advice::Clearance,
    Advice::LeaveArea,
    Advice::Ask,
];

pub(super) fn section(lists: &Lists) -> String {
    let client: Vec<String> = ADVICE
        .iter()
        .map(|&advice| {
            let asked = lists.client.iter().filter(|asked| asked.advice == advice);
            let asks: Vec<&str> = asked.map(|asked| asked.asks.as_str()).collect();
            if asks.is_empty() {
                return String::new();
            }
            let does = advice.what_to_do().trim_end_matches('.');
            format!(
                "<div class=\"asked\">\n<h4>Yes? {does}</h4>\n{}</div>\n",
                list("asks", &asks)
            )
        })
        .collect();
    let ticks = |lines: &[String]| {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        list("ticks", &lines)
    };
    let part = |class: &str, heading: &str, inside: String| {
        if inside.is_empty() {
            return inside;
        }
        format!("<div class=\"{class}\">\n<h3>{heading}</h3>\n{inside}</div>\n")
    };
    let sections = [
        part("room", "The room", ticks(&lists.room)),
        part("client", "The client", client.concat()),
        part("step-up", "Before you step up", ticks(&lists.step_up)),
    ]
    .concat();
    if sections.is_empty() {
        return String::new();
    }
    format!(
        "<section class=\"before\">\n<h2>Before</h2>\n<div class=\"lists\">\n{sections}</div>\n\
         <p class=\"aside\">{NO_CLEARANCE}</p>\n</section>\n"
    )
}

fn list(class: &str, lines: &[&str]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let items: Vec<String> = lines
        .iter()
        .map(|line| format!("<li>{}</li>\n", html(line)))
        .collect();
    format!("<ul class=\"{class}\">\n{}</ul>\n", items.concat())
}
