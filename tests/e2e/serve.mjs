// A small static server for dist/: `node tests/e2e/serve.mjs [folder] [port] [path]`. The tests use it on a free
// port; it sends the right media types, caches nothing, and answers only below `path`.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
/** The built app; another build can be named by DIST. */
export const dist = process.env.DIST ? resolve(process.env.DIST) : resolve(here, "../../dist");

const types = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

async function answer(request, response, folder, path) {
  const { pathname } = new URL(request.url, "http://localhost");
  const inside = normalize(decodeURIComponent(pathname)).slice(path.length) || "index.html";
  const file = join(folder, inside.endsWith("/") ? `${inside}index.html` : inside);
  const known = pathname.startsWith(path) && (await stat(file).catch(() => null))?.isFile();
  if (!known) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    "cache-control": "no-store",
    "content-type": types[extname(file)] ?? "application/octet-stream",
  });
  createReadStream(file).pipe(response);
}

/** Serves `folder` below `path`; resolves to the address and a function that ends it. */
export function serve(folder = dist, port = 0, path = "/") {
  const server = createServer((request, response) => {
    answer(request, response, folder, path).catch(() => response.writeHead(500).end());
  });
  return new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => {
      const close = () => {
        server.closeAllConnections();
        return new Promise((closed) => server.close(closed));
      };
      done({ url: `http://127.0.0.1:${server.address().port}${path}`, close });
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, port, path] = process.argv.slice(2);
  const { url } = await serve(folder ?? dist, Number(port ?? 8080), path ?? "/");
  console.log(`serving on ${url}`);
}
