// The settings to take away: as a command line, and as scenario files to copy or save.
import { byId, el } from "./dom.js";
import { state } from "./state.js";

const quoted = (text) => (/^[A-Za-z0-9_./:=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
const setting = ([key, value]) => `${key}=${value}`;
const isSame = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** The command that answers the same question over the whole scenario; `null` where it takes two files. */
export function command(catalogue) {
  const file = quoted(catalogue.file);
  const options = catalogue.options.map((option) => ` --set ${quoted(option)}`).join("");
  const { pinned, current } = state;
  const changed = Object.entries(current).filter(([key, value]) => !isSame(pinned[key], value));
  const isOver = Object.entries(pinned).every(([key, value]) => key in current && (!key.endsWith("*") || isSame(value, current[key])));
  if (changed.length === 0 && isOver) {
    return `redress run ${file}${options}${Object.entries(current).map((each) => ` --set ${quoted(setting(each))}`).join("")}`;
  }
  if (!isOver) return null;
  const base = Object.entries(pinned).map((each) => ` --set ${quoted(setting(each))}`).join("");
  return `redress compare ${file}${options}${base} --vary ${quoted(changed.map(setting).join("; "))}`;
}

/** Draws what can be taken away; `ask` gets the text of a scenario file. */
export function drawKeep(catalogue, ask) {
  const words = command(catalogue);
  const shown = words ?? "redress compare a.toml b.toml";
  const about = words
    ? "The same question over the whole scenario:"
    : "A has keys that B has not, or scales the same key: save both files beside the scenario, then";
  const files = [
    ["a", "A (pinned)", state.pinned],
    ["b", "B", state.current],
  ].map(([name, label, settings]) => {
    const text = el("pre", { hidden: true, id: `file-${name}`, tabindex: 0, "aria-label": `Scenario file of ${label}` });
    const show = async () => {
      text.textContent = await ask(settings);
      text.hidden = false;
      return text.textContent;
    };
    const save = async () => {
      const url = URL.createObjectURL(new Blob([await show()], { type: "text/plain" }));
      el("a", { href: url, download: `${name}.toml` }).click();
      setTimeout(() => URL.revokeObjectURL(url), 1000);
    };
    return [
      el("div", { class: "tools", role: "group", "aria-label": `Scenario file of ${label}` }, el("span", {}, `Scenario file of ${label}:`), el("button", { type: "button", onclick: show, id: `show-${name}` }, "Show"), el("button", { type: "button", onclick: async (event) => copied(event.target, await show()) }, "Copy"), el("button", { type: "button", onclick: save, id: `save-${name}` }, `Save ${name}.toml`)),
      text,
    ];
  });
  const note = "It extends the scenario by its file name: keep it in the same folder.";
  byId("keep").replaceChildren(
    el("p", {}, about),
    el("pre", { id: "command", tabindex: 0, "aria-label": "Command line" }, shown),
    el("div", { class: "tools" }, el("button", { type: "button", onclick: (event) => copied(event.target, shown) }, "Copy command")),
    ...files.flat(),
    el("p", { class: "soft" }, note, catalogue.options.length > 0 ? " It holds the options that this page was started with, too." : "", " The address of this page holds both settings: its part from # on brings them back, behind the address of another run as well."),
  );
}

async function copied(button, text) {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Select and copy it by hand";
  }
  setTimeout(() => {
    button.textContent = before;
  }, 1500);
}
