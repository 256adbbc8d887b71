// What a browser fetches before the first built-in form can be used, compressed as a server would send it, against
// the number in budget.json.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { dist } from "./serve.mjs";

const { firstFormBrotliBytes: budget } = JSON.parse(readFileSync(new URL("budget.json", import.meta.url), "utf8"));

function measured(name) {
  const bytes = readFileSync(join(dist, name));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return { name, raw: bytes.length, sent: brotliCompressSync(bytes, { params }).length };
}

function sum(files) {
  return files.reduce((total, file) => total + file.sent, 0);
}

function line({ name, raw, sent }) {
  console.log(`${String(raw).padStart(9)} ${String(sent).padStart(8)}  ${name}`);
}

const all = readdirSync(dist, { recursive: true }).map((name) => name.replaceAll("\\", "/"));
const shell = all.filter((name) => /^[^/]*\.(html|css|js|wasm)$/.test(name) && name !== "chancery.html").map(measured);
const templates = all.filter((name) => /^templates\/.*\.json$/.test(name)).map(measured).sort((a, b) => b.sent - a.sent);

console.log("      raw   brotli");
[...shell, ...templates].forEach(line);
line({ ...measured("chancery.html"), name: "chancery.html, the whole app in one file" });

const first = sum(shell) + sum(templates.slice(0, 1));
console.log(`first form (with the largest template): ${first} of at most ${budget} bytes; with all templates: ${sum([...shell, ...templates])}`);
if (first > budget) {
  console.error("The app has grown past its budget: make it smaller, or raise tests/e2e/budget.json with the reason.");
  process.exitCode = 1;
}
