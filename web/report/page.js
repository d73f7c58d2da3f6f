import { brush } from "d3-brush";
import { pointer, select } from "d3-selection";
import { enhance } from "./table.js";

// A mark is [x, y, name, place, words, value]: where it is drawn in the picture's pixels, and what is said of it.
const [X, Y, NAME, PLACE, WORDS, VALUE] = [0, 1, 2, 3, 4, 5];
const NEAR = 70;
const SVG = "http://www.w3.org/2000/svg";

function element(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

const said = (mark) => [mark[NAME], mark[PLACE], mark[WORDS]].filter(Boolean).join(": ");

/** The table of what was drawn, made when it is opened. */
function numbers(marks) {
  const table = element("table");
  table.append(element("caption", "What the chart draws, value by value"));
  const head = table.createTHead().insertRow();
  for (const words of ["of", "where", "value"]) head.append(element("th", words, { scope: "col" }));
  const body = table.createTBody();
  for (const mark of marks) {
    const row = body.insertRow();
    row.append(element("th", mark[NAME], { scope: "row" }));
    row.insertCell().textContent = mark[PLACE];
    const cell = row.insertCell();
    cell.textContent = mark[WORDS];
    cell.dataset.value = mark[VALUE];
  }
  return table;
}

function chart(figure) {
  const source = figure.querySelector("script[type='application/json']");
  if (!source) return;
  const { series, marks } = JSON.parse(source.textContent);
  if (!marks.length) return;
  for (const mark of marks) mark[NAME] = series[mark[NAME]];
  const frame = figure.querySelector(".chart");
  const svg = frame.querySelector("svg");
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const readout = figure.querySelector(".readout");
  // Browsers show a picture's own title over what the pointer asks for.
  const title = svg.querySelector("title");
  if (title) {
    svg.setAttribute("aria-label", title.textContent);
    title.remove();
  }
  const details = figure.querySelector(".numbers");
  const clear = element("button", "Clear the selection", { type: "button", hidden: "" });
  readout.after(clear);
  const tip = element("div", "", { class: "tip", hidden: "" });
  frame.append(tip);
  let current = -1;
  let selected = null;

  // The box holds handles, so it comes first; the ring above it lets the pointer through.
  const box = select(svg).append("g").attr("class", "brush");
  const ring = document.createElementNS(SVG, "circle");
  ring.setAttribute("class", "hit");
  ring.setAttribute("r", "11");
  ring.setAttribute("pointer-events", "none");
  ring.setAttribute("visibility", "hidden");
  svg.append(ring);

  function hide() {
    tip.hidden = true;
    ring.setAttribute("visibility", "hidden");
  }

  function show(index) {
    const mark = marks[index];
    if (!mark) return hide();
    current = index;
    ring.setAttribute("cx", mark[X]);
    ring.setAttribute("cy", mark[Y]);
    ring.setAttribute("visibility", "visible");
    tip.replaceChildren(element("b", mark[WORDS]), document.createElement("br"), [mark[NAME], mark[PLACE]].filter(Boolean).join(", "));
    tip.hidden = false;
    const scale = svg.getBoundingClientRect().width / width;
    const room = Math.max(frame.scrollWidth, frame.clientWidth) - tip.offsetWidth - 4;
    tip.style.left = `${Math.max(4, Math.min(room, mark[X] * scale + 14))}px`;
    const above = mark[Y] * scale - tip.offsetHeight - 12;
    tip.style.top = `${above > 4 ? above : mark[Y] * scale + 14}px`;
  }

  function nearest([x, y]) {
    let best = -1;
    let least = NEAR * NEAR;
    marks.forEach((mark, index) => {
      const away = (mark[X] - x) ** 2 + (mark[Y] - y) ** 2;
      if (away < least) [best, least] = [index, away];
    });
    return best;
  }

  const point = (event) => show(nearest(pointer(event, svg)));
  svg.addEventListener("pointermove", point);
  svg.addEventListener("pointerdown", point);
  frame.addEventListener("pointerleave", hide);
  frame.addEventListener("blur", hide);

  frame.addEventListener("keydown", (event) => {
    const last = marks.length - 1;
    const steps = { ArrowRight: current + 1, ArrowDown: current + 1, ArrowLeft: current - 1, ArrowUp: current - 1, Home: 0, End: last };
    if (event.key in steps) {
      event.preventDefault();
      show(Math.max(0, Math.min(last, steps[event.key])));
      readout.textContent = said(marks[current]);
    } else if (event.key === "Escape") {
      hide();
      choose(null);
    }
  });

  function choose(area) {
    selected = area && marks.filter((mark) => mark[X] >= area[0][0] && mark[X] <= area[1][0] && mark[Y] >= area[0][1] && mark[Y] <= area[1][1]);
    clear.hidden = !selected;
    if (!area) box.call(area_brush.move, null);
    if (!selected) readout.textContent = "";
    else if (!selected.length) readout.textContent = "No value lies in the selection.";
    else {
      const order = [...selected].sort((one, other) => one[VALUE] - other[VALUE]);
      const least = order[0];
      const most = order[order.length - 1];
      readout.textContent = `${selected.length} of ${marks.length} values selected. Lowest: ${said(least)}. Highest: ${said(most)}.`;
    }
    if (details.open) fill();
  }

  function fill() {
    const shown = selected || marks;
    const old = details.querySelector(".table");
    const place = element("div", "", { class: "table" });
    const wide = element("div", "", { class: "wide", tabindex: "0", role: "group", "aria-label": "Numbers of this chart, scrolls sideways" });
    wide.append(numbers(shown));
    place.append(wide);
    if (old) old.replaceWith(place);
    else details.append(place);
    enhance(place, "numbers of this chart");
  }

  const area_brush = brush()
    .extent([[0, 0], [width, height]])
    .touchable(false)
    .on("brush", hide)
    .on("end", (event) => {
      if (event.sourceEvent) choose(event.selection);
    });
  box.call(area_brush);
  clear.addEventListener("click", () => choose(null));
  details.addEventListener("toggle", () => details.open && fill());
  details.hidden = false;
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", `${figure.dataset.title}. Arrow keys step through its ${marks.length} values.`);
}

for (const place of document.querySelectorAll(".table")) enhance(place, place.dataset.name);
for (const figure of document.querySelectorAll("figure")) chart(figure);
