// Builds what the program includes: `npm ci && npm run build`. The bundle begins with the licences of the packages in it.
import { build } from "esbuild";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle, put } from "../bundle.mjs";

const here = dirname(fileURLToPath(import.meta.url));
put(await bundle(build, here, "source/explore.js"), join(here, "dist/explore.js"), join(here, "dist/LICENSES.txt"));
