//! A Markdown page's blocks of code.

/// The blocks that begin with this fence: the line on which each begins, and its
/// text.
pub(crate) fn blocks(page: &str, info: &str) -> Vec<(usize, String)> {
    let fence = format!("```{info}");
    let mut found = Vec::new();
    let mut lines = page.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if line.trim() == fence {
            let block: Vec<&str> = lines
                .by_ref()
                .map(|(_, line)| line)
                .take_while(|line| line.trim() != "```")
                .collect();
            found.push((number + 1, block.join("\n")));
        }
    }
    found
}
