// A server under way and a browser, for the tests of the page.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");

/** Starts the program on a scenario of the repository; its address, and how to end it. */
export async function serve(program, ...options) {
  const child = spawn(program, ["explore", "scenarios/baseline.toml", ...options], { cwd: root, stdio: ["ignore", "pipe", "ignore"] });
  const address = await new Promise((resolve, reject) => {
    child.stdout.once("data", (text) => resolve(String(text).trim()));
    child.once("exit", (code) => reject(new Error(`the program ended with ${code}`)));
  });
  const end = () =>
    new Promise((resolve) => {
      child.removeAllListeners("exit");
      child.once("exit", resolve);
      child.kill("SIGINT");
    });
  /** CPU seconds of the program so far; a clock tick is a hundredth of a second on Linux. */
  const cpu = () => {
    const fields = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1].split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  };
  return { address, end, cpu };
}

export const browse = () =>
  chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });

/** Waits until the page is in one of some states. */
export const until = (page, ...states) => page.waitForFunction((wanted) => wanted.includes(document.body.dataset.state), states, { timeout: 120000 });
