// Builds what report.html carries: `npm ci && npm run build`. The bundle begins with the licences of the packages in it.
import { build } from "esbuild";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const result = await build({
  absWorkingDir: here,
  entryPoints: ["report/page.js"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  charset: "ascii",
  legalComments: "none",
  metafile: true,
  write: false,
});
const names = Object.keys(result.metafile.inputs).map((path) => /^node_modules\/([^/]+)\//.exec(path)?.[1]);
const used = [...new Set(names.filter(Boolean))].sort();
const texts = new Map();
for (const name of used) {
  const folder = join(here, "node_modules", name);
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const version = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
  const text = readFileSync(join(folder, file), "utf8").trim();
  texts.set(text, [...(texts.get(text) ?? []), `${name} ${version}`]);
}
const licences = [...texts].map(([text, of]) => `${of.join(", ")}\n\n${text}`).join("\n\n---\n\n");
const code = new TextDecoder().decode(result.outputFiles[0].contents).trim();
if (/<\/script|<!--|\*\/\s*\*\//i.test(code) || licences.includes("*/")) throw new Error("the bundle cannot stand in a page");
writeFileSync(join(here, "report/LICENSES.txt"), `${licences}\n`);
writeFileSync(join(here, "report/page.bundle.js"), `/*\n${licences}\n*/\n${code}\n`);
