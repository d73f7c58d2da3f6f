// Builds what report.html carries: `npm ci && npm run build`. The bundle begins with the licences of the packages in it.
import { build } from "esbuild";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle, put } from "./bundle.mjs";

const here = dirname(fileURLToPath(import.meta.url));
put(await bundle(build, here, "report/page.js"), join(here, "report/page.bundle.js"), join(here, "report/LICENSES.txt"));
