// Asking for answers: one move at a time, the newest one; a move that waits for long gives way to the next.

const PATIENCE = 250;
let under = null;
let waiting = null;

/** Asks for the answers to a move. `heard.answers` gets each, `heard.errors` what is wrong, `heard.trouble` that nobody answers. */
export function ask(move, heard) {
  const next = { move, heard, begun: performance.now() };
  if (under && !under.isAnswered && performance.now() - under.begun < PATIENCE) {
    if (!waiting) setTimeout(go, PATIENCE - (performance.now() - under.begun) + 1);
    waiting = next;
    return;
  }
  begin(next);
}

function go() {
  if (!waiting) return;
  const next = waiting;
  waiting = null;
  begin(next);
}

async function begin(next) {
  under?.controller.abort();
  const mine = Object.assign(next, { controller: new AbortController(), isAnswered: false });
  under = mine;
  try {
    await answers(mine);
  } catch (error) {
    if (error.name !== "AbortError" && under === mine) mine.heard.trouble(String(error.message ?? error));
  } finally {
    mine.isAnswered = true;
    if (under === mine) go();
  }
}

async function answers(mine) {
  const response = await fetch("move", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(mine.move), signal: mine.controller.signal });
  if (response.status === 422) {
    mine.heard.errors(await response.json());
    return;
  }
  if (!response.ok) throw new Error((await response.text()).trim());
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  let isLast = false;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    text += value;
    const events = text.split("\n\n");
    text = events.pop();
    for (const event of events) {
      if (under !== mine || !event.startsWith("data:")) continue;
      const answer = JSON.parse(event.slice(5));
      isLast = answer.kind === "failed" || answer.is_last === true;
      mine.heard.answers(answer, mine.begun);
      if (answer.kind === "figures" && !mine.isAnswered) {
        mine.isAnswered = true;
        if (waiting) {
          go();
          return;
        }
      }
    }
  }
  if (!isLast && under === mine) mine.heard.trouble("another page of this program has taken over");
}
