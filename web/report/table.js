/** The number that a cell begins with; NaN where it begins with none. */
export function number(cell) {
  if (cell.dataset.value) return Number(cell.dataset.value);
  const found = /[-\u2212]?\d[\d,]*(?:\.\d+)?(?:e[-\u2212]?\d+)?/.exec(cell.textContent);
  return found ? Number(found[0].replaceAll(",", "").replaceAll("\u2212", "-")) : NaN;
}

/** Rows in the order of a column: numbers by size with what is missing last, all else by the alphabet. */
export function ordered(rows, column, ascending) {
  const cells = rows.map((row) => row.cells[column]);
  const numeric = cells.every((cell) => /^\s*(?:[<>~+\u2212-]|at (?:most|least))?\s*\d|^\s*(?:[-\u2013]|screened out|none seen|all replications equal)?\s*$/.test(cell.textContent));
  const sign = ascending ? 1 : -1;
  const keyed = rows.map((row, place) => ({ row, place, value: numeric ? number(cells[place]) : cells[place].textContent }));
  keyed.sort((one, other) => {
    if (!numeric) return sign * one.value.localeCompare(other.value, "en", { numeric: true }) || one.place - other.place;
    const [first, second] = [one.value, other.value];
    if (Number.isNaN(first) || Number.isNaN(second)) return Number.isNaN(first) - Number.isNaN(second) || one.place - other.place;
    return sign * (first - second) || one.place - other.place;
  });
  return keyed.map((each) => each.row);
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

/** Makes the table in a place sort, filter and copy; without this it is a plain table. */
export function enhance(place, name) {
  const table = place.querySelector("table");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  if (rows.length < 2) return;
  const tools = document.createElement("div");
  tools.className = "tools";
  const label = document.createElement("label");
  label.textContent = "Filter ";
  const filter = document.createElement("input");
  filter.type = "search";
  filter.setAttribute("aria-label", `Filter the rows: ${name}`);
  label.append(filter);
  const copy = document.createElement("button");
  copy.type = "button";
  copy.textContent = "Copy the table";
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  tools.append(label, copy, status);
  place.prepend(tools);

  filter.addEventListener("input", () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of body.rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      shown += !row.hidden;
    }
    status.textContent = words.length ? `${shown} of ${rows.length} rows` : "";
  });
  copy.addEventListener("click", async () => {
    const lines = [...table.rows].filter((row) => !row.hidden);
    const text = lines.map((row) => [...row.cells].map((cell) => cell.textContent).join("\t")).join("\n");
    status.textContent = (await copied(text)) ? `${lines.length - 1} rows copied` : "The browser does not allow copying.";
  });
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    if (!button.textContent) button.textContent = "name";
    head.append(button);
    head.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => {
      const ascending = head.getAttribute("aria-sort") !== "ascending";
      for (const each of heads) each.setAttribute("aria-sort", "none");
      head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      body.append(...ordered([...body.rows], column, ascending));
    });
  });
}
