// The page as its user meets it: drag, type, add a key, pin, undo, restore, save; no word on the console; contrast; a phone.
import assert from "node:assert/strict";
import { browse, serve, until } from "./served.mjs";

const DELAY = '[data-key="sellers[*].response.delay*"]';
const THRESHOLD = '[data-key="policy.dispute_rate.threshold"]';

const served = await serve(process.argv[2]);
const browser = await browse();
const said = [];
let passed = 0;

async function test(name, run) {
  try {
    await run();
    passed += 1;
    console.log(`ok  ${name}`);
  } catch (error) {
    console.log(`FAILED  ${name}\n${error.stack}`);
    process.exitCode = 1;
  }
}

async function open(options = {}, fragment = "") {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  await page.goto(served.address + fragment);
  await until(page, "narrowing", "done");
  return page;
}

const state = (page) => page.evaluate(() => JSON.parse(decodeURIComponent(location.hash.slice(1))));
const value = (page, metric) => page.locator(`#differences [data-metric="${metric}"] .value b`).textContent();
const settled = async (page) => {
  await page.waitForTimeout(50);
  await until(page, "narrowing", "done");
};

const page = await open();

await test("the first page shows the starting sliders, the levels and what they are over", async () => {
  assert.equal(await page.locator("h1").textContent(), "baseline");
  assert.equal(await page.locator(".control").count(), 7);
  assert.equal(await page.locator("#levels .row").count(), 13);
  assert.match(await page.locator("#status").textContent(), /1 of 4 markets, 26 of 200 sellers each, 365 days after 90 of warm-up/);
  assert.equal(await value(page, "dispute_rate"), "A and B are the same");
});

await test("a slider is dragged and the differences follow", async () => {
  const slider = page.locator(`${DELAY} input[type=range]`);
  const box = await slider.boundingBox();
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width / 2, y);
  await page.mouse.down();
  for (let step = 1; step <= 10; step += 1) await page.mouse.move(box.x + box.width * (0.5 - 0.016 * step), y);
  await page.mouse.up();
  await settled(page);
  const now = (await state(page)).b["sellers[*].response.delay*"];
  assert.ok(now > 0.4 && now < 0.6, `${now}`);
  await page.waitForFunction(() => Number(document.body.dataset.replications) >= 16);
  assert.match(await value(page, "auto_executed_share"), /^−[0-9.]+ pp \(−[0-9]+ %\)$/);
  assert.match(await page.locator("#finding").textContent(), /refunded automatically/);
});

await test("a whole drag is one step back, and forth again", async () => {
  await page.locator("#undo").click();
  await settled(page);
  assert.deepEqual((await state(page)).b, {});
  assert.equal(await page.locator(`${DELAY} input[type=text]`).inputValue(), "1");
  await page.locator("#redo").click();
  await settled(page);
  assert.ok((await state(page)).b["sellers[*].response.delay*"] < 0.6);
});

await test("a value is typed, with the arrow keys on the slider as well", async () => {
  await page.locator(`${THRESHOLD} input[type=text]`).fill("0.02");
  await settled(page);
  assert.equal((await state(page)).b["policy.dispute_rate.threshold"], 0.02);
  await page.locator(`${THRESHOLD} input[type=range]`).focus();
  await page.keyboard.press("ArrowRight");
  await settled(page);
  assert.equal((await state(page)).b["policy.dispute_rate.threshold"], 0.021);
});

await test("a value that is not valid is told beside its slider, and the figures stay", async () => {
  // Until all replications are told the figures narrow by themselves.
  await until(page, "done");
  const before = await page.locator("#levels").textContent();
  await page.locator(`${THRESHOLD} input[type=text]`).fill("1.5");
  await until(page, "invalid");
  assert.match(await page.locator(`${THRESHOLD} .error`).textContent(), /out of range: expected a share in \[0, 1\]/);
  assert.equal(await page.locator(`${THRESHOLD} input[type=text]`).getAttribute("aria-invalid"), "true");
  await page.waitForTimeout(300);
  assert.equal(await page.locator("#levels").textContent(), before);
  await page.locator(`${THRESHOLD} input[type=text]`).fill("0.03");
  await settled(page);
  assert.equal(await page.locator(`${THRESHOLD} .error`).textContent(), "");
});

await test("any key is found by words and added with its own kind of input", async () => {
  await page.locator("#search").fill("dispute silence");
  await page.locator("#found button").first().click();
  const select = page.locator('[data-key="policy.dispute.silence"] select');
  await select.selectOption("platform");
  await settled(page);
  assert.equal((await state(page)).b["policy.dispute.silence"], "platform");
  await page.locator("#search").fill("no such thing");
  assert.match(await page.locator("#found").textContent(), /No key/);
  await page.locator("#search").fill("");
});

await test("the command line and the file say what is set", async () => {
  const command = await page.locator("#command").textContent();
  assert.match(command, /^redress compare scenarios\/baseline\.toml --vary '.*sellers\[\*\]\.response\.delay\*=0\.[0-9]+.*policy\.dispute\.silence=platform/);
  await page.locator("#show-b").click();
  await page.locator("#file-b:not([hidden])").waitFor();
  const file = await page.locator("#file-b").textContent();
  assert.match(file, /^extends = "baseline\.toml"/);
  assert.match(file, /threshold = 0\.03/);
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#save-b").click()]);
  assert.equal(download.suggestedFilename(), "b.toml");
});

await test("a setting is pinned, and differences are taken from it", async () => {
  await page.locator("#pin").click();
  await settled(page);
  assert.equal(await value(page, "dispute_rate"), "A and B are the same");
  await page.locator(`${THRESHOLD} input[type=text]`).fill("0.1");
  await settled(page);
  const { a, b } = await state(page);
  assert.deepEqual([a["policy.dispute_rate.threshold"], b["policy.dispute_rate.threshold"]], [0.03, 0.1]);
  await page.locator("#back").click();
  await settled(page);
  assert.deepEqual((await state(page)).b, a);
});

await test("the address brings everything back", async () => {
  await page.locator(`${THRESHOLD} input[type=text]`).fill("0.05");
  await settled(page);
  const kept = await state(page);
  const again = await open({}, new URL(page.url()).hash);
  assert.deepEqual(await state(again), kept);
  assert.equal(await again.locator(`${THRESHOLD} input[type=text]`).inputValue(), "0.05");
  assert.equal(await again.locator('[data-key="policy.dispute.silence"]').count(), 1);
  await again.context().close();
  const spoilt = await open({}, "#%7Bnonsense");
  assert.equal(await spoilt.locator(".control").count(), 7);
  await spoilt.context().close();
});

await test("the axis of the differences does not move with a move", async () => {
  await page.locator("#reset").click();
  await settled(page);
  const slider = page.locator(`${DELAY} input[type=text]`);
  await slider.fill("0.5");
  await page.waitForFunction(() => Number(document.body.dataset.replications) >= 8);
  const axis = () => page.locator("#differences .axis svg").first().textContent();
  const before = await axis();
  await slider.fill("0.6");
  await page.waitForFunction(() => Number(document.body.dataset.replications) >= 8);
  await slider.fill("0.9");
  await settled(page);
  assert.equal(await axis(), before);
});

await test("the whole scenario shows its progress, and gives way to the sample at once", async () => {
  await page.locator("#world-whole").check();
  const progress = () => /replications are on their way: [0-9]+ %/.test(document.getElementById("progress").textContent);
  await page.waitForFunction(progress, null, { timeout: 30000 });
  // Until there are figures of the whole, those on the page are the sample's, and called so.
  assert.match(await page.locator("#status").textContent(), /1 of 4 markets/);
  await page.locator("#world-sample").check();
  await until(page, "narrowing", "done");
  assert.match(await page.locator("#status").textContent(), /1 of 4 markets/);
});

/** The least contrast of any text on the page with what is behind it. */
const contrast = (page) =>
  page.evaluate(() => {
    const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const rgb = (color) => {
      paint.clearRect(0, 0, 1, 1);
      paint.fillStyle = color;
      paint.fillRect(0, 0, 1, 1);
      return [...paint.getImageData(0, 0, 1, 1).data];
    };
    const light = (color) => {
      const [r, g, b] = rgb(color).map((part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const color = getComputedStyle(at).backgroundColor;
        if (rgb(color)[3] === 255) return color;
      }
      return "white";
    };
    const texts = [...document.querySelectorAll("body *")].filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()) && element.checkVisibility() && !element.matches("noscript, :disabled"));
    const ratios = texts.map((element) => {
      const style = getComputedStyle(element);
      const [a, b] = [light(element instanceof SVGElement ? style.fill : style.color), light(behind(element))];
      return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), element.className.baseVal ?? element.className, element.textContent.slice(0, 30)];
    });
    return ratios.sort((a, b) => a[0] - b[0])[0];
  });

for (const colorScheme of ["light", "dark"]) {
  await test(`every text has a contrast of 4.5 in ${colorScheme}`, async () => {
    const themed = await open({ colorScheme });
    await themed.locator(`${THRESHOLD} input[type=text]`).fill("7");
    await until(themed, "invalid");
    const least = await contrast(themed);
    assert.ok(least[0] >= 4.5, `${least}`);
    await themed.context().close();
  });
}

await test("a phone shows everything without scrolling sideways", async () => {
  const phone = await open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  assert.equal(await phone.evaluate(() => document.documentElement.scrollWidth), 390);
  await phone.locator(`${DELAY} input[type=text]`).fill("0.5");
  await settled(phone);
  assert.ok(await phone.locator("#finding").isVisible());
  const wide = await phone.evaluate(() => [...document.querySelectorAll("main *")].filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > 391).map((element) => element.outerHTML.slice(0, 80)));
  assert.deepEqual(wide, []);
  await phone.context().close();
});

await test("every input, button and picture has a name", async () => {
  const nameless = await page.evaluate(() =>
    [...document.querySelectorAll("input, select, button, svg[role=img]")]
      .filter((element) => !(element.getAttribute("aria-label") || element.labels?.length || element.textContent.trim()))
      .map((element) => element.outerHTML.slice(0, 80)),
  );
  assert.deepEqual(nameless, []);
});

await test("nothing was said on the console", () => assert.deepEqual(said.filter((text) => !text.includes("422")), []));

await browser.close();
await test("an interruption ends the program", async () => assert.equal(await served.end(), 130));
console.log(`${passed} passed`);
