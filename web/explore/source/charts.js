// Charts: differences first, all on one axis of relative change, then levels, each on an axis from 0 of its own.
import { max } from "d3-array";
import { axisBottom } from "d3-axis";
import { scaleLinear } from "d3-scale";
import { select } from "d3-selection";
import { symbol, symbolTriangle } from "d3-shape";
import { byId, el } from "./dom.js";
import { change, interval, percent, value, verdict } from "./words.js";

const HEIGHT = 30;
const MARGIN = 16;
const STEPS = [0.1, 0.25, 0.5, 1, 2, 4, 10];
let reach = STEPS[1];
const tops = new Map();

const triangle = symbol(symbolTriangle, 50)();

/** Forgets the axes; for another pinned setting or another world. */
export function freshAxes() {
  reach = STEPS[1];
  tops.clear();
}

const relative = (told) => (told.difference && told.pinned && told.pinned.mean !== 0 ? 1 / Math.abs(told.pinned.mean) : null);

/** An axis that grows where an estimate leaves it, and never shrinks by itself: the eye may compare one move with the next. */
function grow(figures) {
  const far = max(figures, (told) => (relative(told) === null ? 0 : Math.abs(told.difference.mean) * relative(told))) ?? 0;
  reach = STEPS.find((step) => step >= reach && step >= far) ?? STEPS[STEPS.length - 1];
}

const width = (svg) => svg.node().clientWidth || 300;

/** Draws the differences. */
export function drawDifferences(figures) {
  grow(figures);
  const groups = [...new Set(figures.map((told) => told.group))];
  const root = select(byId("differences"));
  const cards = root.selectAll("section").data(groups, (group) => group).join((enter) => {
    const card = enter.append("section");
    card.append("h3").text((group) => group);
    card.append("div").attr("class", "rows");
    const axis = card.append("div").attr("class", "row axis");
    axis.append("span").attr("class", "label soft").text("Change from A, as a share of A's level");
    axis.append("svg").attr("height", 26).attr("aria-hidden", "true");
    axis.append("span").attr("class", "value");
    return card;
  });
  cards.each(function (group) {
    const card = select(this);
    const rows = card.select(".rows").selectAll(".row").data(figures.filter((told) => told.group === group), (told) => told.metric).join((enter) => {
      const row = enter.append("div").attr("class", "row").attr("data-metric", (told) => told.metric);
      row.append("span").attr("class", "label").text((told) => told.label);
      const svg = row.append("svg").attr("height", HEIGHT).attr("role", "img");
      svg.append("g").attr("class", "lines");
      svg.append("line").attr("class", "zero");
      svg.append("rect").attr("class", "band");
      svg.append("circle").attr("class", "dot").attr("r", 3.5);
      svg.append("path").attr("class", "arrow low").attr("d", triangle);
      svg.append("path").attr("class", "arrow high").attr("d", triangle);
      const told = row.append("span").attr("class", "value");
      told.append("b");
      told.append("small");
      return row;
    });
    rows.each(function (told) {
      drawDifference(select(this), told);
    });
    const svg = card.select(".axis svg");
    const axis = axisBottom(scale(svg)).ticks(width(svg) < 320 ? 3 : 5).tickFormat((share) => percent(share)).tickSizeOuter(0);
    svg.selectAll("g").data([0]).join("g").attr("transform", "translate(0,1)").call(axis);
  });
}

const scale = (svg) => scaleLinear([-reach, reach], [MARGIN + 8, width(svg) - MARGIN - 8]);

function drawDifference(row, told) {
  const svg = row.select("svg");
  const x = scale(svg);
  const found = told.difference;
  const unit = relative(told);
  const middle = HEIGHT / 2;
  const isShown = found !== null && unit !== null;
  row.classed("quiet", !found?.is_distinguishable);
  svg.select(".lines").selectAll("line").data(x.ticks(5)).join("line").attr("class", "grid").attr("x1", x).attr("x2", x).attr("y1", 0).attr("y2", HEIGHT);
  svg.select(".zero").attr("x1", x(0)).attr("x2", x(0)).attr("y1", 0).attr("y2", HEIGHT);
  const hide = (name, isHidden) => svg.select(name).attr("visibility", isHidden ? "hidden" : "visible");
  const ends = isShown && found.interval ? found.interval.map((end) => end * unit) : null;
  const inside = (share) => x(Math.max(-reach, Math.min(reach, share)));
  hide(".band", !ends);
  if (ends) svg.select(".band").attr("x", inside(ends[0])).attr("width", Math.max(inside(ends[1]) - inside(ends[0]), 1)).attr("y", middle - 6).attr("height", 12);
  const isOut = isShown && Math.abs(found.mean * unit) > reach;
  hide(".dot", !isShown || isOut);
  if (isShown) svg.select(".dot").attr("cx", inside(found.mean * unit)).attr("cy", middle);
  hide(".low", !(ends && ends[0] < -reach));
  svg.select(".low").attr("transform", `translate(${x(-reach) - 8},${middle}) rotate(-90)`);
  hide(".high", !(ends && ends[1] > reach));
  svg.select(".high").attr("transform", `translate(${x(reach) + 8},${middle}) rotate(90)`);
  const share = isShown && found.is_distinguishable ? ` (${percent(found.mean * unit)})` : "";
  const words = found ? verdict(told) + share : "A and B are the same";
  const range = found?.interval ? `95 %: ${interval(found, told.unit, change)}` : "";
  row.select(".value b").text(words);
  row.select(".value small").text(range);
  svg.attr("aria-label", `${told.label}: ${words}${range ? `, ${range}` : ""}`);
}

/** Draws the levels of both settings side by side. */
export function drawLevels(figures) {
  const rows = select(byId("levels")).selectAll(".row").data(figures, (told) => told.metric).join((enter) => {
    const row = enter.append("div").attr("class", "row");
    row.append("span").attr("class", "label").text((told) => told.label);
    const svg = row.append("svg").attr("height", 46).attr("role", "img");
    svg.append("g").attr("class", "axis").attr("transform", "translate(0,28)");
    for (const which of ["a", "b"]) {
      svg.append("line").attr("class", `level-${which} range`);
      svg.append("circle").attr("class", `level-${which} point`).attr("r", 4.5);
      svg.append("path").attr("class", `level-${which} beyond`).attr("d", triangle);
    }
    const told = row.append("span").attr("class", "value");
    told.append("span").attr("class", "a");
    told.append("span").attr("class", "b");
    return row;
  });
  rows.each(function (told) {
    drawLevel(select(this), told);
  });
}

function drawLevel(row, told) {
  const svg = row.select("svg");
  const levels = { a: told.pinned, b: told.current };
  const each = Object.values(levels).filter((level) => level !== null);
  const mean = max(each, (level) => level.mean) ?? 0;
  // The first intervals may be wider than is worth an axis: what they reach beyond it has an arrow.
  const far = Math.max(mean, Math.min(max(each, (level) => level.interval?.[1] ?? 0) ?? 0, 2 * mean));
  const known = tops.get(told.metric) ?? 0;
  const top = mean > known || known === 0 ? scaleLinear([0, (far || 1) * 1.2], [0, 1]).nice(4).domain()[1] : known;
  tops.set(told.metric, top);
  const x = scaleLinear([0, top], [MARGIN, width(svg) - MARGIN]);
  svg.select(".axis").call(axisBottom(x).ticks(3).tickFormat((number) => value(number, told.unit === "money" ? "number" : told.unit)).tickSizeOuter(0));
  for (const [which, level] of Object.entries(levels)) {
    const y = which === "a" ? 8 : 20;
    const ends = (level?.interval ?? [level?.mean ?? 0, level?.mean ?? 0]).map((end) => x(Math.min(end, top)));
    svg.select(`.range.level-${which}`).attr("x1", ends[0]).attr("x2", ends[1]).attr("y1", y).attr("y2", y).attr("visibility", level ? "visible" : "hidden");
    svg.select(`.beyond.level-${which}`).attr("transform", `translate(${x(top) + 6},${y}) rotate(90) scale(0.8)`).attr("visibility", (level?.interval?.[1] ?? 0) > top ? "visible" : "hidden");
    svg.select(`.point.level-${which}`).attr("cx", x(level?.mean ?? 0)).attr("cy", y).attr("visibility", level ? "visible" : "hidden");
    const words = level ? `${value(level.mean, told.unit)} (${interval(level, told.unit)})` : "not defined";
    row.select(`.value .${which}`).text(`${which.toUpperCase()}  ${words}`);
  }
  svg.attr("aria-label", `${told.label}: ${row.select(".value .a").text()}, ${row.select(".value .b").text()}`);
}

/** What B changes, in words. */
export function finding(figures, isSame) {
  if (isSame) return [el("p", {}, "A and B are the same setting. Move a slider: what it changes appears here.")];
  const found = figures.filter((told) => told.difference?.is_distinguishable);
  // The first of each block is what the block is about; the others are parts of it, or beside it.
  const blocks = [...new Set(found.map((told) => told.group))];
  const shown = blocks.map((group) => found.find((told) => told.group === group));
  const line = (told) => {
    const unit = relative(told);
    const share = unit === null ? "" : ` (${percent(told.difference.mean * unit)})`;
    return el("li", {}, `${told.label}: ${value(told.pinned.mean, told.unit)} → ${value(told.current.mean, told.unit)}, `, el("b", {}, `${change(told.difference.mean, told.unit)}${share}`));
  };
  const rest = figures.filter((told) => told.difference && !told.difference.is_distinguishable);
  const head = found.length === 0 ? "So far nothing is distinguishable from A." : `${found.length} of ${figures.length} figures differ from A beyond their 95 % intervals${found.length > shown.length ? "; of each kind" : ""}:`;
  const tail = rest.length > 0 && found.length > 0 ? [el("p", { class: "soft" }, `Not distinguishable: ${rest.map((told) => told.label).join(", ")}.`)] : [];
  return [el("p", {}, head), el("ul", {}, shown.map(line)), ...tail];
}
