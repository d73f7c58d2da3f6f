// The page: it restores the address, and from then on every move is asked, drawn, and written into the address.
import { ask } from "./asking.js";
import { drawDifferences, drawLevels, finding, freshAxes } from "./charts.js";
import { drawControls, search, tellErrors } from "./controls.js";
import { byId, el } from "./dom.js";
import { drawKeep } from "./keep.js";
import { canRedo, canUndo, redo, remain, remember, restore, state, undo } from "./state.js";
import { count } from "./words.js";

let catalogue;
let controls;
let figures = [];

const settings = (of) => Object.entries(of).map(([key, value]) => ({ key, value }));
const same = (a, b) => JSON.stringify(settings(a).sort(order)) === JSON.stringify(settings(b).sort(order));
const order = (a, b) => (a.key < b.key ? -1 : 1);

/** What the answers are over. */
function world() {
  const of = state.whole ? catalogue.whole : catalogue.sample;
  const part = (some, all, words) => (some === all ? `${count(all)} ${words}` : `${count(some)} of ${count(all)} ${words}`);
  return `${part(of.markets, catalogue.markets, of.markets === 1 && catalogue.markets === 1 ? "market" : "markets")}, ${part(of.sellers, catalogue.sellers, "sellers")} each, ${count(of.days)} days after ${count(of.warm_up_days)} of warm-up, seed ${catalogue.seed}`;
}

/** Says how far the next figures are, beside what the figures on the page are over. */
function tellProgress(answer) {
  byId("progress").replaceChildren(`${count(answer.replications)} replications are on their way: ${answer.percent} % `, el("progress", { value: answer.percent, max: 100, "aria-label": "Simulating" }));
}

function tell(answer) {
  const of = state.whole ? catalogue.whole : catalogue.sample;
  const more = answer.is_last ? "These are all." : "More replications are on their way, and the intervals narrow.";
  byId("status").textContent = `Over ${answer.replications} replications of each setting, with the same draws (${world()}); about ${count(of.orders)} orders each, warm-up included. Intervals of 95 %, for one look at one figure. ${more}`;
}

/** Asks for the settings at hand, and draws what comes. */
function go(isNewAxis = false) {
  if (isNewAxis) freshAxes();
  remain();
  drawTools();
  drawKeep(catalogue, file);
  const move = { pinned: settings(state.pinned), current: settings(state.current), whole: state.whole };
  document.body.dataset.state = "waiting";
  document.body.dataset.replications = 0;
  byId("progress").replaceChildren();
  let isFirst = true;
  ask(move, {
    answers(answer, begun) {
      tellErrors(controls, []);
      if (answer.kind === "failed") {
        byId("general").textContent = answer.message;
        document.body.dataset.state = "failed";
        return;
      }
      if (answer.kind === "progress") {
        tellProgress(answer);
        return;
      }
      byId("progress").replaceChildren();
      tell(answer);
      figures = answer.figures;
      draw();
      document.body.dataset.state = answer.is_last ? "done" : "narrowing";
      document.body.dataset.replications = answer.replications;
      if (isFirst) {
        isFirst = false;
        // The frame after the next begins when this one is on the screen.
        requestAnimationFrame(() => setTimeout(() => performance.measure("move", { start: begun, end: performance.now(), detail: answer.orders }), 0));
      }
    },
    errors(errors) {
      tellErrors(controls, errors);
      document.body.dataset.state = "invalid";
      byId("progress").replaceChildren();
      byId("status").textContent = "The setting is not valid: the figures below are those of the last valid one.";
    },
    trouble(words) {
      document.body.dataset.state = "failed";
      byId("progress").replaceChildren();
      byId("status").textContent = `No answer: ${words}. Move a slider to ask again; if the program has ended, start it anew.`;
    },
  });
}

function draw() {
  byId("finding").replaceChildren(...finding(figures, same(state.pinned, state.current)));
  drawDifferences(figures);
  drawLevels(figures);
}

function drawTools() {
  byId("undo").disabled = !canUndo();
  byId("redo").disabled = !canRedo();
  const isSame = same(state.pinned, state.current);
  byId("pin").disabled = isSame;
  byId("back").disabled = isSame;
  byId("reset").disabled = Object.keys(state.pinned).length + Object.keys(state.current).length === 0;
  byId("world-whole").checked = state.whole;
  byId("world-sample").checked = !state.whole;
}

function moved(key, value, isRedrawn, isOngoing = false) {
  if (!isOngoing) remember();
  if (value === undefined) delete state.current[key];
  else state.current[key] = value;
  if (isRedrawn && value === undefined) redraw();
  go();
}

function drop(key) {
  remember();
  delete state.current[key];
  delete state.pinned[key];
  state.shown = state.shown.filter((other) => other !== key);
  redraw();
  go();
}

function redraw() {
  drawControls(controls, moved, drop);
}

async function file(of) {
  const response = await fetch("file", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ settings: settings(of) }) });
  if (response.status === 422) return (await response.json()).map((error) => error.message).join("\n");
  return response.ok ? response.text() : "The program does not answer.";
}

/** A change of the whole, after which everything is drawn anew. */
function changed(change, isNewAxis = true) {
  remember();
  change();
  redraw();
  go(isNewAxis);
}

function listen() {
  byId("undo").addEventListener("click", () => undo() && (redraw(), go()));
  byId("redo").addEventListener("click", () => redo() && (redraw(), go()));
  byId("pin").addEventListener("click", () => changed(() => (state.pinned = { ...state.current })));
  byId("back").addEventListener("click", () => changed(() => (state.current = { ...state.pinned }), false));
  byId("reset").addEventListener("click", () => changed(() => ((state.pinned = {}), (state.current = {}))));
  for (const [id, isWhole] of [["world-whole", true], ["world-sample", false]]) {
    byId(id).addEventListener("change", () => changed(() => (state.whole = isWhole)));
  }
  addEventListener("keydown", (event) => {
    const isTyping = event.target.matches?.("input[type=text], input[type=search]");
    if (isTyping || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    byId(event.shiftKey ? "redo" : "undo").click();
  });
  addEventListener("hashchange", () => {
    remember();
    restore(location.hash, controls, first());
    redraw();
    go(true);
  });
  byId("fit").addEventListener("click", () => {
    freshAxes();
    draw();
  });
  addEventListener("resize", () => figures.length > 0 && draw());
  byId("search").addEventListener("input", found);
}

function found() {
  const hits = search(controls, byId("search").value);
  const add = (control) => {
    remember();
    if (!state.shown.includes(control.key)) state.shown.push(control.key);
    byId("search").value = "";
    byId("found").replaceChildren();
    redraw();
    remain();
    drawTools();
    document.querySelector(`[data-key="${CSS.escape(control.key)}"] :is(input, select)`)?.focus();
  };
  const line = (control) => el("li", {}, el("button", { type: "button", onclick: () => add(control) }, `${control.label} (${control.of})`, el("small", {}, `${control.key}: ${control.shown}; ${control.expects}`)));
  const none = byId("search").value.trim() === "" ? [] : [el("li", { class: "soft" }, "No key that can be moved has these words.")];
  byId("found").replaceChildren(...(hits.length > 0 ? hits.map(line) : none));
}

const first = () => catalogue.controls.filter((control) => control.is_first).sort((a, b) => catalogue.first.indexOf(a.key) - catalogue.first.indexOf(b.key)).map((control) => control.key);

async function start() {
  catalogue = await (await fetch("catalogue")).json();
  controls = new Map(catalogue.controls.map((control) => [control.key, control]));
  document.title = `${catalogue.name}: redress explore`;
  byId("name").textContent = catalogue.name;
  byId("description").textContent = catalogue.description;
  const { sample, whole } = catalogue;
  byId("sample-words").textContent = sample.is_whole ? "The scenario's, with more and more replications" : `A sample, at once: ${count(sample.markets)} of ${count(catalogue.markets)} markets with ${count(sample.sellers)} of ${count(catalogue.sellers)} sellers. Small markets lose less to penalties than large ones: check levels with the whole`;
  byId("whole-words").textContent = sample.is_whole ? `The scenario's, with the ${count(whole.most_replications)} replications that it asks for` : `The whole scenario: about ${count((whole.orders * whole.first_replications) / 1e6)} million orders to the first answer`;
  const lost = restore(location.hash, controls, first());
  listen();
  redraw();
  go(true);
  if (lost > 0) byId("general").textContent = `${lost} of the keys in the address are not in this scenario, and are left out.`;
}

start().catch((error) => {
  byId("name").textContent = "No answer";
  byId("description").textContent = `The program does not answer (${error.message}): is it still running?`;
});
