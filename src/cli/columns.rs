//! Tables for the terminal: columns beside one another, and in blocks below one another where they do not fit.

use super::terminal::harmless;

/// Between two columns.
const GAP: usize = 2;

/// So many characters have the lines of a label where whole labels leave too little room.
const LINE: usize = 22;

/// A table of which the first columns name the row and stand at the left of every block.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    /// How many columns name the row. Cells of the others may have several lines.
    pub(super) keys: usize,
}

/// A table as text, and the headings of the columns that found no place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) left_out: Vec<String>,
}

impl Columns {
    /// The table in at most so many columns of characters. Names of rows take half of them at most: of many columns the last
    /// ones are left out.
    pub(super) fn within(&self, width: usize) -> Shown {
        let columns_of = |line| (0..self.head.len()).map(|at| self.column(at, line)).collect::<Vec<Column>>();
        let mut columns = columns_of(usize::MAX);
        let whole: usize = columns.iter().map(|column| column.width + GAP).sum();
        if whole > width + GAP {
            columns = columns_of(LINE);
        }
        let (mut named, mut left_out) = (Vec::new(), Vec::new());
        for (at, column) in columns.iter().enumerate().take(self.keys) {
            let taken: usize = named.iter().map(|&at: &usize| columns[at].width + GAP).sum();
            if at == 0 || self.keys == self.head.len() || taken + column.width + GAP <= width / 2 {
                named.push(at);
            } else {
                left_out.push(self.head[at].clone());
            }
        }
        let begin: usize = named.iter().map(|&at| columns[at].width + GAP).sum();
        let mut blocks = vec![Vec::new()];
        let mut taken = begin;
        for (at, column) in columns.iter().enumerate().skip(self.keys) {
            let wanted = column.width + GAP;
            let is_full = taken + wanted > width + GAP;
            if is_full && blocks.last().is_some_and(|block: &Vec<usize>| !block.is_empty()) {
                blocks.push(Vec::new());
                taken = begin;
            }
            if let Some(block) = blocks.last_mut() {
                block.push(at);
            }
            taken += wanted;
        }
        let shown = blocks.iter().map(|block| {
            let shown: Vec<&Column> = named.iter().chain(block).map(|&at| &columns[at]).collect();
            lines_of(&shown)
        });
        Shown { text: shown.collect::<Vec<String>>().join("\n\n"), left_out }
    }

    fn column(&self, at: usize, line: usize) -> Column {
        let cells: Vec<Vec<String>> = self
            .rows
            .iter()
            .map(|row| {
                let plain = plain(&row[at]);
                if at < self.keys {
                    wrapped(&plain, line)
                } else {
                    row[at].split('\n').map(harmless_line).collect()
                }
            })
            .collect();
        let widest = |lines: &[String]| lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
        let body = cells.iter().map(|lines| widest(lines)).max().unwrap_or(0);
        let head = wrapped(&plain(&self.head[at]), body.max(16));
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
        let pieces =
            if word.chars().count() > width { word.split_inclusive('.').collect() } else { vec![word] };
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
        assert_eq!(wrapped("dispute rate", LINE), ["dispute rate"]);
        assert_eq!(
            wrapped("refunded automatically (no response)", LINE),
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
        assert_eq!(shown, Shown { text: wanted.to_owned(), left_out: Vec::new() });
    }

    #[test]
    fn names_of_rows_that_leave_no_room_for_numbers_are_left_out_and_named() {
        let shown = table(&["point", "first", "second", "x"], &["7", "123456", "123456", "1"], 3).within(30);
        assert_eq!(shown.left_out, ["second"]);
        assert_eq!(shown.text, "point  first   x\n7      123456  1");
    }

    #[test]
    fn no_line_is_wider_than_was_asked_for() {
        let cells = ["8", "x", "27.31 % (25.01 to 29.70)", "1,234,567 (1,234,500 to 1,234,600)", "5", "6"];
        let heads = ["point", "factor", "share of disputes", "seller-days demoted", "fifth", "sixth"];
        let shown = table(&heads, &cells, 2).within(80);
        assert!(shown.text.lines().all(|line| line.chars().count() <= 80), "{}", shown.text);
        assert!(cells.iter().all(|cell| shown.text.contains(cell)));
    }
}
