// Start: the page comes up under its own policy, asks for nothing once it is ready, and never another origin.
import { accessibilityFaults, expect, oneFile, open, test } from "./fixtures.mjs";

test("the page starts without a complaint", async ({ page, site, heard }) => {
  await open(page, site);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(heard.complaints).toEqual([]);
  expect(await accessibilityFaults(page)).toEqual([]);
});

test("the page asks only its own origin, and nothing once it is ready", async ({ page, site, heard }) => {
  await open(page, site);
  const during = heard.requests.filter((url) => !url.startsWith("data:"));
  expect(during.filter((url) => !url.startsWith(site))).toEqual([]);
  const listed = await page.locator("meta[name=templates]").getAttribute("content");
  expect(during.filter((url) => url.includes("/templates/")).length).toBe(listed.split(" ").filter(Boolean).length);
  const before = heard.requests.length;
  await page.locator("body").click();
  await page.waitForLoadState("networkidle");
  expect(heard.requests.slice(before)).toEqual([]);
});

test("the policy keeps the page from asking another origin", async ({ page, site }) => {
  await open(page, site);
  const refused = await page.evaluate(() => {
    const told = new Promise((done) => {
      document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
    });
    return fetch("http://127.0.0.2:9/").then(() => "nothing", () => told);
  });
  expect(refused).toBe("connect-src");
});

test("the one file starts from a disk and asks for nothing", async ({ page, heard }) => {
  await open(page, oneFile);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(heard.complaints).toEqual([]);
  expect(heard.requests.filter((url) => !url.startsWith("data:"))).toEqual([oneFile]);
});
