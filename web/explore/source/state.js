// What is set: two settings, the controls that are shown, and the way back. It lives in the address after #.

const MOST_STEPS = 200;
let past = [];
let future = [];

/** What the page shows; settings are values by key. */
export const state = { pinned: {}, current: {}, shown: [], whole: false };

const copy = () => JSON.parse(JSON.stringify(state));
const text = () => JSON.stringify({ a: state.pinned, b: state.current, keys: state.shown, whole: state.whole });

/** The state as a part of the address. */
export const fragment = () => `#${encodeURIComponent(text())}`;

/** Keeps what is there, so that it can be gone back to; to be called before a change. */
export function remember() {
  past.push(copy());
  if (past.length > MOST_STEPS) past.shift();
  future = [];
}

export const canUndo = () => past.length > 0;
export const canRedo = () => future.length > 0;

function step(from, to) {
  const found = from.pop();
  if (!found) return false;
  to.push(copy());
  Object.assign(state, found);
  return true;
}

export const undo = () => step(past, future);
export const redo = () => step(future, past);

const isValue = (value) => ["number", "string", "boolean"].includes(typeof value);

function setting(from, known) {
  const pairs = Object.entries(from && typeof from === "object" ? from : {});
  return Object.fromEntries(pairs.filter(([key, value]) => known.has(key) && isValue(value)));
}

/** Takes over the state of an address; what it names and the scenario lacks is left out, and its number is returned. */
export function restore(hash, known, first) {
  let from = {};
  try {
    from = JSON.parse(decodeURIComponent(hash.replace(/^#/, ""))) ?? {};
  } catch {
    from = {};
  }
  const asked = [...Object.keys(from.a ?? {}), ...Object.keys(from.b ?? {})];
  state.pinned = setting(from.a, known);
  state.current = setting(from.b, known);
  const listed = Array.isArray(from.keys) ? from.keys.filter((key) => known.has(key)) : first;
  state.shown = [...new Set([...listed, ...Object.keys(state.current), ...Object.keys(state.pinned)])];
  state.whole = from.whole === true;
  return asked.filter((key) => !known.has(key)).length;
}

/** Writes the state into the address, without a step of the browser's own history. */
export function remain() {
  history.replaceState(null, "", fragment());
}
