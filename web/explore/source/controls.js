// The sliders: a range and a field for each key, with what the scenario reader says of a value beside it.
import { byId, el } from "./dom.js";
import { state } from "./state.js";
import { factor } from "./words.js";

const isTime = (control) => /delay|time|transit|patience|service/.test(control.key);
const rounded = (number) => Number(number.toPrecision(6));

/** Where the slider stands for a value; `null` if it is nowhere. */
function position(control, value) {
  if (value === undefined) return control.start;
  if (control.kind !== "duration") return Number.isFinite(Number(value)) ? Number(value) : null;
  const match = /^\s*([0-9.]+)\s*(business days?|[wdhms])\s*$/.exec(String(value));
  if (!match) return null;
  const seconds = { w: 604800, d: 86400, h: 3600, m: 60, s: 1 };
  if (match[2].startsWith("business")) return control.unit === "business days" ? Number(match[1]) : null;
  return control.unit === "business days" ? null : (Number(match[1]) * seconds[match[2]]) / seconds[control.unit];
}

/** The value of a slider's place. */
function valueAt(control, place) {
  if (control.kind === "factor") return rounded(Number((2 ** place).toPrecision(3)));
  if (control.kind !== "duration") return rounded(place);
  if (control.unit === "business days") return place === 1 ? "1 business day" : `${place} business days`;
  return `${rounded(place)}${control.unit}`;
}

/** The value that a typed text means. */
function typed(control, text) {
  const trimmed = text.trim();
  if (control.kind === "duration" && /^[0-9.]+$/.test(trimmed)) return valueAt(control, Number(trimmed));
  if (["number", "whole", "factor"].includes(control.kind) && trimmed !== "" && Number.isFinite(Number(trimmed))) return Number(trimmed);
  return trimmed;
}

/** A value as the field shows it. */
export function shown(control, value) {
  if (value !== undefined) return String(value);
  if (control.kind === "factor") return "1";
  return control.shown.includes(" | ") ? "" : control.shown === "not set" ? "" : control.shown;
}

/** Draws the controls anew; `move(key, value, isDone)` is told of a value, `undefined` for the scenario's own. */
export function drawControls(all, move, drop) {
  const rows = state.shown.map((key) => row(all.get(key), move, drop));
  byId("controls").replaceChildren(...rows);
}

const id = (control) => `c-${control.key.replace(/[^a-z0-9]/gi, "_")}`;

/** Puts words of what is wrong beside the sliders, and the others above them. */
export function tellErrors(all, errors) {
  for (const key of state.shown) {
    const words = errors.filter((error) => error.key === key).map((error) => error.message);
    const place = byId(`${id(all.get(key))}-error`);
    if (place.textContent !== words.join("; ")) place.textContent = words.join("; ");
    byId(id(all.get(key))).setAttribute("aria-invalid", words.length > 0);
  }
  const others = errors.filter((error) => !state.shown.includes(error.key)).map((error) => error.message);
  byId("general").textContent = others.join("; ");
}

function row(control, move, drop) {
  const { key } = control;
  const name = id(control);
  const value = state.current[key];
  const words = el("span", { class: "unit" });
  const said = (now) => {
    const hint = control.kind === "factor" ? factor(Number(now ?? 1), isTime(control)) : "";
    return [control.of, hint].filter(Boolean).join(" · ");
  };
  const about = el("span", {}, said(value));
  const pinned = state.pinned[key];
  const tail = pinned === undefined ? `scenario: ${control.kind === "factor" ? "× 1" : control.shown}` : `A: ${pinned}`;
  const describe = `${name}-of ${name}-error`;
  let inputs;
  const unset = el("button", { type: "button", class: "drop", "aria-label": `${control.label}: as in the scenario`, title: "As in the scenario", hidden: value === undefined, onclick: () => move(key, undefined, true) }, "↺");
  const mark = (now) => {
    inputs.forEach((input) => input.classList.toggle("set", now !== undefined));
    unset.hidden = now === undefined;
    about.textContent = said(now);
  };
  if (control.choices.length > 0) {
    const options = control.choices.map((choice) => el("option", { value: choice, selected: String(value ?? control.shown) === choice }, choice));
    if (control.shown.includes(" | ")) options.unshift(el("option", { value: "", disabled: true, selected: value === undefined }, "differs"));
    const select = el("select", { id: name, "aria-describedby": describe }, options);
    select.addEventListener("change", () => {
      const now = control.kind === "flag" ? select.value === "true" : select.value;
      mark(now);
      move(key, now, true);
    });
    inputs = [select];
  } else {
    const isFactor = control.kind === "factor";
    const least = isFactor ? Math.log2(control.least) : control.least;
    const most = isFactor ? Math.log2(control.most) : control.most;
    const at = position(control, value);
    const place = at === null ? least : isFactor ? Math.log2(Math.max(at, 1e-9)) : at;
    const range = el("input", { type: "range", min: Math.min(least, place), max: Math.max(most, place), step: "any", "aria-label": `${control.label}, ${control.of}`, "aria-describedby": describe });
    range.value = place;
    range.step = control.step;
    range.setAttribute("aria-valuetext", shown(control, value) || "not set");
    const field = el("input", { type: "text", id: name, value: shown(control, value), placeholder: control.shown.includes(" | ") ? "differs" : "", autocomplete: "off", spellcheck: "false", "aria-describedby": describe });
    let isDragging = false;
    range.addEventListener("input", () => {
      const now = valueAt(control, Number(range.value));
      field.value = shown(control, now);
      range.setAttribute("aria-valuetext", field.value);
      mark(now);
      move(key, now, false, isDragging);
      isDragging = true;
    });
    range.addEventListener("change", () => {
      isDragging = false;
    });
    field.addEventListener("input", () => {
      if (field.value.trim() === "") return;
      const now = typed(control, field.value);
      const spot = position(control, now);
      if (spot !== null) range.value = isFactor ? Math.log2(Math.max(spot, 1e-9)) : spot;
      mark(now);
      move(key, now, false, field.dataset.typing === "yes");
      field.dataset.typing = "yes";
    });
    field.addEventListener("change", () => {
      field.dataset.typing = "";
      if (field.value.trim() === "") move(key, undefined, true);
    });
    inputs = [range, field];
    words.textContent = isFactor ? "times" : "";
  }
  const row = el(
    "div",
    { class: "control", "data-key": key },
    el("div", { class: "head" }, el("label", { for: name }, control.label), el("span", {}, unset, el("button", { type: "button", class: "drop", "aria-label": `${control.label}: remove this slider`, title: "Remove this slider", onclick: () => drop(key) }, "×"))),
    el("div", { class: "move" }, inputs, words),
    el("div", { class: "of", id: `${name}-of` }, about, " · ", tail, " · ", el("code", {}, key)),
    el("div", { class: "error", id: `${name}-error`, role: "alert" }),
  );
  mark(value);
  return row;
}

/** Controls that have all of some words, those that begin with the first of them before others. */
export function search(all, text) {
  const words = text.toLowerCase().split(/[\s._>›]+/).filter(Boolean);
  if (words.length === 0) return [];
  const of = (control) => `${control.label} ${control.of} ${control.key} ${control.expects}`.toLowerCase().replaceAll("_", " ");
  const hits = [...all.values()].filter((control) => words.every((word) => of(control).includes(word)));
  const rank = (control) => (control.label.toLowerCase().startsWith(words[0]) ? 0 : 1) + (control.key.includes("[*]") || !/^(sellers|buyers)/.test(control.key) ? 0 : 2);
  return hits.sort((a, b) => rank(a) - rank(b)).slice(0, 30);
}
