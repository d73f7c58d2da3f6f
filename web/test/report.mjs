// Uses the reports in a folder as a reader would; with a second folder, leaves pictures there to look at.
import { chromium } from "playwright-core";
import { mkdtempSync, existsSync, mkdirSync, writeFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contrast } from "./contrast.mjs";

const [folder, pictures] = process.argv.slice(2);
if (pictures) mkdirSync(pictures, { recursive: true });
const kinds = ["run", "compare", "sweep", "plan", "sensitivity", "tune"];
const profile = mkdtempSync(join(tmpdir(), "report-"));
const failures = [];
let checks = 0;

function holds(kind, what, is_so, more = "") {
  checks += 1;
  if (!is_so) failures.push(`${kind}: ${what}${more ? ` (${more})` : ""}`);
}

const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  viewport: { width: 1100, height: 900 },
  permissions: ["clipboard-read", "clipboard-write"],
});

async function opened(kind, options = {}) {
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const said = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("request", (request) => request.url().startsWith("file:") || request.url().startsWith("data:") || said.push(`asks for ${request.url()}`));
  if (options.width) await page.setViewportSize({ width: options.width, height: 844 });
  await page.emulateMedia({ colorScheme: options.dark ? "dark" : "light", media: options.media ?? "screen", reducedMotion: "reduce" });
  await page.goto(`file://${join(folder, kind, "report.html")}`);
  return { page, said };
}

const scrolls = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function tables(kind, page) {
  const place = page.locator(".table").first();
  const table = place.locator("table");
  const texts = () => table.locator("tbody tr").evaluateAll((rows) => rows.filter((row) => !row.hidden).map((row) => row.cells[0].textContent));
  const before = await texts();
  const head = table.locator("thead th").first();
  await head.getByRole("button").click();
  holds(kind, "a sorted column says so", (await head.getAttribute("aria-sort")) === "ascending");
  const ascending = await texts();
  await head.getByRole("button").focus();
  await page.keyboard.press("Enter");
  holds(kind, "the keyboard sorts the other way", (await head.getAttribute("aria-sort")) === "descending");
  const descending = await texts();
  holds(kind, "sorting keeps every row", [...before].sort().join() === [...ascending].sort().join());
  if (new Set(before).size === before.length && before.length > 1)
    holds(kind, "the order is turned round", ascending.join() === [...descending].reverse().join() && ascending.join() !== descending.join());
  const last = table.locator("thead th").nth(1);
  await last.getByRole("button").click();
  const numbers = await table.locator("tbody tr").evaluateAll((rows) => rows.map((row) => row.cells[1].textContent.trim()));
  const plain = numbers.filter((text) => /^[\d,.]+( %| h)?$/.test(text)).map((text) => Number(text.replace(/[,%h ]/g, "")));
  if (plain.length === numbers.length) holds(kind, "numbers are ordered by size", plain.every((value, at) => at === 0 || plain[at - 1] <= value), numbers.join(" | "));
  await place.getByRole("searchbox").fill(before[0]);
  const filtered = await texts();
  holds(kind, "the filter keeps the rows with the words", filtered.includes(before[0]) && filtered.length <= before.length);
  await place.getByRole("searchbox").fill("no such words anywhere");
  holds(kind, "the filter can leave nothing", (await texts()).length === 0);
  holds(kind, "the filter says how many", /^0 of \d+ rows$/.test(await place.getByRole("status").textContent()));
  await place.getByRole("searchbox").fill("");
  await place.getByRole("button", { name: "Copy the table" }).click();
  await page.waitForFunction((element) => /copied|allow/.test(element.textContent), await place.getByRole("status").elementHandle());
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  holds(kind, "the table is copied with tabs", copied.split("\n").length === before.length + 1 && copied.includes("\t"), await place.getByRole("status").textContent());
}

async function charts(kind, page) {
  const figures = page.locator("figure");
  for (let at = 0; at < (await figures.count()); at += 1) {
    const figure = figures.nth(at);
    const name = `${kind} ${await figure.getAttribute("id")}`;
    const told = JSON.parse(await figure.locator("script").textContent());
    holds(name, "the chart tells its points", told.marks.length > 0);
    if (!told.marks.length) continue;
    const svg = figure.locator("svg");
    await svg.scrollIntoViewIfNeeded();
    const [, , width, height] = (await svg.getAttribute("viewBox")).split(" ").map(Number);
    const middle = Math.floor(told.marks.length / 2);
    const mark = told.marks[middle];
    await svg.evaluate((element) => element.scrollIntoView({ block: "center" }));
    const box = await svg.boundingBox();
    const scale = box.width / width;
    holds(name, "the picture keeps its shape", Math.abs(box.height / box.width - height / width) < 0.01);
    const inside = told.marks.every((each) => each[0] >= 0 && each[0] <= width && each[1] >= 0 && each[1] <= height);
    holds(name, "every point lies on the picture", inside);
    await page.mouse.move(box.x + mark[0] * scale, box.y + mark[1] * scale);
    const tip = figure.locator(".tip");
    const here = told.marks.filter((each) => Math.hypot(each[0] - mark[0], each[1] - mark[1]) < 12).map((each) => each[4]);
    holds(name, "pointing at a value shows something", await tip.isVisible());
    const shown = (await tip.isVisible()) ? await tip.textContent() : "";
    holds(name, "and its words", here.some((words) => shown.startsWith(words)), `${shown} against ${here[0]}`);
    if (at === 0 && pictures) await page.screenshot({ path: join(pictures, `${kind}-hover.png`) });
    // From the upper left corner to beyond the mark in the middle.
    await page.mouse.move(box.x + 4, box.y + 4);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 4, box.y + box.height - 4, { steps: 4 });
    await page.mouse.up();
    const said = await figure.locator(".readout").textContent();
    holds(name, "a selection says what is in it", said.startsWith(`${told.marks.length} of ${told.marks.length} values selected. Lowest: `), said);
    await figure.getByRole("button", { name: "Clear the selection" }).click();
    holds(name, "a selection can be cleared", (await figure.locator(".readout").textContent()) === "");
    await figure.locator(".chart").focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    const second = told.marks[Math.min(1, told.marks.length - 1)];
    holds(name, "arrow keys step through the values", (await figure.locator(".readout").textContent()).includes(second[4]));
    await page.keyboard.press("Escape");
    await figure.locator("summary").click();
    await figure.locator("tbody tr").first().waitFor();
    holds(name, "its numbers are a table", (await figure.locator("tbody tr").count()) === told.marks.length);
    await figure.locator("summary").click();
  }
}

async function structure(kind, page) {
  const levels = await page.locator("h1, h2, h3, h4").evaluateAll((heads) => heads.map((head) => Number(head.tagName[1])));
  holds(kind, "one first heading", levels.filter((level) => level === 1).length === 1);
  holds(kind, "headings do not skip a level", levels.every((level, at) => at === 0 || level <= levels[at - 1] + 1), levels.join(""));
  for (const mark of ["main", "nav", "header"]) holds(kind, `there is a ${mark}`, (await page.locator(mark).count()) === 1);
  const broken = await page.evaluate(() => [...document.querySelectorAll("a[href^='#']")].filter((link) => !document.getElementById(link.hash.slice(1))).map((link) => link.hash));
  holds(kind, "every link of the contents leads somewhere", broken.length === 0, broken.join());
  const twice = await page.evaluate(() => { const ids = [...document.querySelectorAll("[id]")].map((one) => one.id); return ids.filter((id, at) => ids.indexOf(id) !== at); });
  holds(kind, "no identifier stands twice", twice.length === 0, twice.join());
  const heads = await page.evaluate(() => [...document.querySelectorAll("thead th")].every((head) => head.scope === "col" && head.textContent.trim()));
  holds(kind, "every column has a head", heads);
  const captions = await page.evaluate(() => [...document.querySelectorAll("figure")].every((figure) => figure.querySelector("figcaption").textContent.includes("Beware: ")));
  holds(kind, "every chart says what to beware of", captions);
  const order = await page.evaluate(() => ["#finding", "figure", "nav", "#tables", "#inputs", "#method", "#audit"].map((what) => document.querySelector(what)).every((one, at, all) => one && (at === 0 || all[at - 1].compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)));
  holds(kind, "finding, picture, contents, tables, inputs, method and audit follow one another", order);
}

try {
  for (const kind of kinds) {
    if (!existsSync(join(folder, kind, "report.html"))) {
      holds(kind, "there is a report", false);
      continue;
    }
    // The first page of a browser that has just started waits for the browser.
    await (await opened(kind)).page.close();
    const { page, said } = await opened(kind);
    const took = await page.evaluate(() => performance.getEntriesByType("navigation")[0].loadEventEnd);
    const bytes = statSync(join(folder, kind, "report.html")).size;
    holds(kind, "it opens in under a second", took < 1000, `${Math.round(took)} ms`);
    console.log(`${kind}: ${(bytes / 1024).toFixed(0)} KiB, loaded in ${Math.round(took)} ms`);
    if (kind === "run") holds(kind, "a hostile name is text", (await page.locator("h1").textContent()).includes("<b onclick=1> & \"quotes\"") && (await page.title()) !== "broken");
    await structure(kind, page);
    await tables(kind, page);
    await charts(kind, page);
    if (pictures) await page.screenshot({ path: join(pictures, `${kind}-light.png`), fullPage: true });
    holds(kind, "no error on the console", said.length === 0, said.join("; "));
    await page.close();
    for (const dark of [false, true]) {
      const { page } = await opened(kind, { dark });
      const poor = await page.evaluate(contrast, 4.5);
      holds(kind, `text has a contrast of 4.5 in the ${dark ? "dark" : "light"}`, poor.length === 0, poor.slice(0, 4).join("; "));
      const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      holds(kind, "the ground follows the preference", dark ? ground !== "rgb(255, 255, 255)" : ground === "rgb(255, 255, 255)", ground);
      if (dark && pictures) await page.screenshot({ path: join(pictures, `${kind}-dark.png`), fullPage: true });
      await page.close();
    }
    const phone = await opened(kind, { width: 390 });
    holds(kind, "a phone's page does not scroll sideways", (await scrolls(phone.page)) <= 0, `${await scrolls(phone.page)} px`);
    if (pictures) await phone.page.screenshot({ path: join(pictures, `${kind}-phone.png`), fullPage: true });
    await phone.page.close();
    const printed = await opened(kind, { media: "print" });
    const pdf = await printed.page.pdf({ format: "A4", margin: { top: "15mm", bottom: "15mm", left: "15mm", right: "15mm" }, printBackground: true });
    holds(kind, "it prints", pdf.length > 10_000 && pdf.subarray(0, 5).toString() === "%PDF-");
    const rows = await printed.page.evaluate(() => [...document.querySelectorAll("tbody tr")].every((row) => getComputedStyle(row).breakInside === "avoid") && [...document.querySelectorAll("thead")].every((head) => getComputedStyle(head).display === "table-header-group"));
    holds(kind, "rows do not break and heads are repeated", rows);
    if (pictures) writeFileSync(join(pictures, `${kind}.pdf`), pdf);
    await printed.page.close();
  }
  const bare = await context.browser()?.newContext?.({ javaScriptEnabled: false });
  if (bare) {
    const page = await bare.newPage();
    await page.goto(`file://${join(folder, "run", "report.html")}`);
    holds("run", "without a script the table is a plain table", (await page.locator("#tables tbody tr").count()) > 5 && (await page.locator("button").count()) === 0);
    await bare.close();
  }
} catch (error) {
  failures.push(String(error.stack ?? error));
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}
console.log(`${checks} checks, ${failures.length} failed`);
for (const failure of failures) console.error(`FAILED ${failure}`);
process.exit(failures.length ? 1 : 0);
