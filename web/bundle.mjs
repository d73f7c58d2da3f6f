// One script of its sources and of the packages that they use, and the licences of these packages.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Bundles `entry` of the folder `here` by esbuild's `build`: its code, and the texts of the licences, each once. */
export async function bundle(build, here, entry) {
  const result = await build({
    absWorkingDir: here,
    entryPoints: [entry],
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
  const texts = new Map();
  for (const name of [...new Set(names.filter(Boolean))].sort()) {
    const folder = join(here, "node_modules", name);
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    const version = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
    const text = readFileSync(join(folder, file), "utf8").trim();
    texts.set(text, [...(texts.get(text) ?? []), `${name} ${version}`]);
  }
  const licences = [...texts].map(([text, of]) => `${of.join(", ")}\n\n${text}`).join("\n\n---\n\n");
  const code = new TextDecoder().decode(result.outputFiles[0].contents).trim();
  if (/<\/script|<!--/i.test(code) || licences.includes("*/")) throw new Error("the bundle cannot stand in a page");
  return { code, licences };
}

/** Writes the bundle and its licences; a file that is the same stays as it is, so that the program is not compiled anew. */
export function put({ code, licences }, script, texts) {
  for (const [path, text] of [[script, `/*\n${licences}\n*/\n${code}\n`], [texts, `${licences}\n`]]) {
    if (!existsSync(path) || readFileSync(path, "utf8") !== text) writeFileSync(path, text);
  }
}
