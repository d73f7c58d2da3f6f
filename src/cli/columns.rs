//! Tables for the terminal: columns beside one another, and in blocks below one another where they do not fit.

use super::terminal::harmless;

/// Between two columns.
const GAP: usize = 2;

/// So many characters have the lines of a label where whole labels leave too little room, and where these still do.
const LINES: [usize; 4] = [22, 16, 12, 8];

/// What stands between names that are below one another in one cell.
const BELOW: &str = "\u{1f}";

/// From here on words are broken at their underscores too.
const SHORT: usize = 12;

/// A table of which the first columns name the row and stand at the left of every block.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    /// How many columns name the row. Cells of the others may have several lines.
    pub(super) keys: usize,
}

impl Columns {
    /// The table in at most so many columns of characters. Every row says what it is of: names go on in further lines where they
    /// take more than half of the room, and stand below one another in one column where even that leaves none for a number.
    pub(super) fn within(&self, width: usize) -> String {
        let mut fitting = None;
        for line in std::iter::once(usize::MAX).chain(LINES) {
            let columns: Vec<Column> = (0..self.head.len()).map(|at| self.column(at, line)).collect();
            let (named, others) = columns.split_at(self.keys);
            let (taken, widest) = (taken(named), others.iter().map(|column| column.width).max().unwrap_or(0));
            let is_whole = taken + self::taken(others) <= width + GAP;
            if is_whole || (taken <= width / 2 && line < usize::MAX && taken + widest <= width) {
                return in_blocks(named, others, width);
            }
            if fitting.is_none() && taken + widest <= width {
                fitting = Some(columns);
            }
        }
        if let Some(columns) = fitting {
            let (named, others) = columns.split_at(self.keys);
            return in_blocks(named, others, width);
        }
        let table = if self.keys > 2 { self.with_names_below_one_another() } else { self.clone() };
        let others: Vec<Column> =
            (table.keys..table.head.len()).map(|at| table.column(at, LINES[0])).collect();
        let widest = others.iter().map(|column| column.width).max().unwrap_or(0);
        let mut named: Vec<Column> = Vec::new();
        for at in 0..table.keys {
            let room = width.saturating_sub(taken(&named) + widest + GAP + 1).max(LINES[LINES.len() - 1]);
            named.push(table.column(at, room));
        }
        in_blocks(&named, &others, width)
    }

    /// The same table with two columns that name a row: the first as it is, and all others as one, a line each.
    fn with_names_below_one_another(&self) -> Self {
        let names = &self.head[1..self.keys];
        let row = |row: &Vec<String>| {
            let name = names
                .iter()
                .zip(&row[1..])
                .map(|(name, value)| format!("{} = {}", plain(name), plain(value)));
            let named = [row[0].clone(), name.collect::<Vec<String>>().join(BELOW)];
            named.into_iter().chain(row[self.keys..].iter().cloned()).collect()
        };
        let head = [self.head[0].clone(), "factors".to_owned()].into_iter();
        Self {
            head: head.chain(self.head[self.keys..].iter().cloned()).collect(),
            rows: self.rows.iter().map(row).collect(),
            keys: 2,
        }
    }

    fn column(&self, at: usize, line: usize) -> Column {
        let cells: Vec<Vec<String>> = self
            .rows
            .iter()
            .map(|row| {
                if at < self.keys {
                    row[at].split(BELOW).flat_map(|label| wrapped(&plain(label), line)).collect()
                } else {
                    row[at].split('\n').map(harmless_line).collect()
                }
            })
            .collect();
        let widest = |lines: &[String]| lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
        let body = cells.iter().map(|lines| widest(lines)).max().unwrap_or(0);
        let head = wrapped(&plain(&self.head[at]), body.max(line.min(16)));
        Column { width: body.max(widest(&head)), head, cells, is_left: at < self.keys }
    }
}

#[derive(Debug)]
struct Column {
    head: Vec<String>,
    cells: Vec<Vec<String>>,
    width: usize,
    is_left: bool,
}

/// So many columns of characters take some columns, with the gap after each.
fn taken(columns: &[Column]) -> usize {
    columns.iter().map(|column| column.width + GAP).sum()
}

/// Those that name the rows beside as many of the others as there is room for, in blocks below one another.
fn in_blocks(named: &[Column], others: &[Column], width: usize) -> String {
    let begin = taken(named);
    let mut blocks: Vec<Vec<&Column>> = vec![named.iter().collect()];
    let mut used = begin;
    for column in others {
        let wanted = column.width + GAP;
        let is_full = used + wanted > width + GAP;
        if is_full && blocks.last().is_some_and(|block| block.len() > named.len()) {
            blocks.push(named.iter().collect());
            used = begin;
        }
        if let Some(block) = blocks.last_mut() {
            block.push(column);
        }
        used += wanted;
    }
    blocks.iter().map(|block| lines_of(block)).collect::<Vec<String>>().join("\n\n")
}

/// As it will be printed, so that columns stay columns.
fn plain(cell: &str) -> String {
    harmless_line(cell).replace('\n', "\\n")
}

fn harmless_line(line: &str) -> String {
    harmless(line).into_owned()
}

/// Rows of some columns, headings at the foot of their lines.
fn lines_of(columns: &[&Column]) -> String {
    let height = columns.iter().map(|column| column.head.len()).max().unwrap_or(0);
    let line = |cell: &dyn Fn(&Column) -> String| {
        let cells = columns.iter().map(|column| {
            let (text, width) = (cell(column), column.width);
            if column.is_left { format!("{text:<width$}") } else { format!("{text:>width$}") }
        });
        cells.collect::<Vec<String>>().join("  ").trim_end().to_owned()
    };
    let mut lines: Vec<String> = (0..height)
        .map(|number| {
            line(&|column| {
                let begin = height - column.head.len();
                number.checked_sub(begin).map_or_else(String::new, |number| column.head[number].clone())
            })
        })
        .collect();
    for row in 0..columns.first().map_or(0, |column| column.cells.len()) {
        let height = columns.iter().map(|column| column.cells[row].len()).max().unwrap_or(0);
        for number in 0..height {
            lines.push(line(&|column| column.cells[row].get(number).cloned().unwrap_or_default()));
        }
    }
    lines.join("\n")
}

/// Words in lines of about so many characters; those after the first are indented.
fn wrapped(label: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    // A key goes on in the next line as well, after one of its dots.
    let parts = label.split(' ').flat_map(|word| {
        let is_long = |word: &str| word.chars().count() > width;
        let mut pieces = if is_long(word) { word.split_inclusive('.').collect() } else { vec![word] };
        if width <= SHORT {
            let broken = |piece: &'_ str| is_long(piece);
            pieces = pieces
                .into_iter()
                .flat_map(
                    |piece| if broken(piece) { piece.split_inclusive('_').collect() } else { vec![piece] },
                )
                .collect();
        }
        pieces.into_iter().enumerate().map(|(number, piece)| (number > 0, piece)).collect::<Vec<_>>()
    });
    for (is_joined, word) in parts {
        let at = lines.len() - 1;
        let length = |text: &str| text.chars().count();
        let gap = if is_joined { "" } else { " " };
        if length(&lines[at]) + length(word) > width && !lines[at].trim().is_empty() {
            lines.push(format!("  {word}"));
        } else if lines[at].is_empty() {
            word.clone_into(&mut lines[at]);
        } else {
            lines[at] = format!("{}{gap}{word}", lines[at]);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(head: &[&str], row: &[&str], keys: usize) -> Columns {
        let owned = |cells: &[&str]| cells.iter().map(|&cell| cell.to_owned()).collect::<Vec<String>>();
        Columns { head: owned(head), rows: vec![owned(row)], keys }
    }

    #[test]
    fn a_long_label_goes_on_in_the_next_line() {
        assert_eq!(wrapped("dispute rate", LINES[0]), ["dispute rate"]);
        assert_eq!(
            wrapped("refunded automatically (no response)", LINES[0]),
            ["refunded automatically", "  (no response)"]
        );
        assert_eq!(
            wrapped("policy.dispute.response_deadline", 16),
            ["policy.dispute.", "  response_deadline"]
        );
    }

    #[test]
    fn columns_that_do_not_fit_are_in_blocks_of_their_own_with_the_names_of_the_rows() {
        let shown = table(&["point", "a", "b", "c"], &["7", "1234567890", "1234567890", "1"], 1).within(30);
        let wanted = "\
point           a           b
7      1234567890  1234567890

point  c
7      1";
        assert_eq!(shown, wanted);
    }

    #[test]
    fn names_of_rows_that_leave_little_room_go_on_in_the_next_line() {
        let head = ["point", "response_deadline", "reason honesty", "dispute rate"];
        let shown = table(&head, &["7", "three days", "0.5", "1.27 % (1.20 to 1.33)"], 3).within(48);
        for word in ["three", "days", "0.5", "1.27 % (1.20 to 1.33)"] {
            assert!(shown.contains(word), "{shown}");
        }
        assert!(shown.lines().all(|line| line.chars().count() <= 48), "{shown}");
    }

    #[test]
    fn names_of_many_factors_stand_below_one_another_and_none_is_left_out() {
        let names: Vec<String> = (1..=8).map(|number| format!("factor number {number}")).collect();
        let mut head = vec!["point"];
        head.extend(names.iter().map(String::as_str));
        head.push("dispute rate");
        let values: Vec<String> = (1..=8).map(|number| format!("value_{number}_is_long")).collect();
        let mut row = vec!["7"];
        row.extend(values.iter().map(String::as_str));
        row.push("1.27 % (1.20 to 1.33)");
        let shown = table(&head, &row, 9).within(60);
        for value in &values {
            assert!(shown.contains(value), "{shown}");
        }
        assert!(shown.contains("factor number 3 =") && shown.starts_with("point  factors"), "{shown}");
        assert!(shown.lines().all(|line| line.chars().count() <= 60), "{shown}");
    }

    #[test]
    fn no_line_is_wider_than_was_asked_for() {
        let cells = ["8", "x", "27.31 % (25.01 to 29.70)", "1,234,567 (1,234,500 to 1,234,600)", "5", "6"];
        let heads = ["point", "factor", "share of disputes", "seller-days demoted", "fifth", "sixth"];
        for width in [50, 60, 80] {
            let shown = table(&heads, &cells, 2).within(width);
            assert!(shown.lines().all(|line| line.chars().count() <= width), "{shown}");
            assert!(cells.iter().all(|cell| shown.contains(cell)));
        }
    }
}
