// What every page test starts from: the built app on a server of its own, and a page whose every request and every
// complaint is written down.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test as base } from "@playwright/test";
import { dist, serve } from "./serve.mjs";

export { expect } from "@playwright/test";

/** The whole app in one file, opened from the disk. */
export const oneFile = pathToFileURL(join(dist, "chancery.html")).href;

export const test = base.extend({
  /** The address of the built app. Below a path, because nothing may depend on being at the root. */
  site: [
    async ({}, use) => {
      const { url, close } = await serve(dist, 0, "/some/path/");
      await use(url);
      await close();
    },
    { scope: "worker" },
  ],

  /** Requests and complaints of the page so far: `{ requests, complaints }`. */
  heard: async ({ page }, use) => {
    const heard = { requests: [], complaints: [] };
    page.on("request", (request) => heard.requests.push(request.url()));
    page.on("requestfailed", (request) => heard.complaints.push(`request failed: ${request.url()}`));
    page.on("pageerror", (error) => heard.complaints.push(`error: ${error.message}`));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) heard.complaints.push(`console: ${message.text()}`);
    });
    await use(heard);
  },
});

/** Opens an address and waits until the page can be used. */
export async function open(page, url) {
  await page.goto(url);
  await page.locator("html[data-ready]").waitFor({ state: "attached" });
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds against WCAG 2.2 A and AA on the page as it is now: one line for each element. */
export async function accessibilityFaults(page) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    });
    return violations.flatMap((fault) => fault.nodes.map((node) => `${fault.id}: ${node.target.join(" ")}`));
  });
}
