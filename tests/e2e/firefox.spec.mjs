// Firefox: the page and the one file start there as well.
import { expect, oneFile, test } from "./fixtures.mjs";
import { firefox } from "./firefox.mjs";

const ready = `new Promise((done) => {
  const look = () => document.documentElement.hasAttribute("data-ready") ? done(true) : setTimeout(look, 50);
  look();
})`;

test("the page and the one file start in Firefox", async ({ site }) => {
  const browser = await firefox();
  try {
    for (const url of [site, oneFile]) {
      await browser.open(url);
      expect(await browser.evaluate(ready)).toBe(true);
      expect(await browser.evaluate("document.querySelectorAll('h1').length")).toBe(1);
      expect(browser.complaints).toEqual([]);
    }
  } finally {
    await browser.close();
  }
});
