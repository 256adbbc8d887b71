// What leaves and comes back: the same bytes, a sentence for every file that is none, and nothing lost on the way.
import { readFileSync } from "node:fs";
import { expect, oneFile, open, test } from "./fixtures.mjs";
import { file, picture } from "./files.mjs";
import { openedElsewhere } from "./elsewhere.mjs";
import { Check } from "./pages/check.mjs";
import { Editor } from "./pages/editor.mjs";
import { Reports } from "./pages/reports.mjs";

const TITLE = /^Solmark robbery case A/;

/** The worked example, exported once. */
async function exportExample(page, site) {
  const reports = new Reports(page, site);
  await reports.open();
  const editor = await reports.startExample("criminal case report");
  await editor.checkAndExport();
  return new Check(page).exported();
}

test("an unchanged report exported twice, and opened elsewhere, is the same bytes", async ({ page, site, browser }) => {
  const first = await exportExample(page, site);
  const again = await new Check(page).exported();
  expect(again.name).toBe(first.name);
  expect(again.bytes.equals(first.bytes)).toBe(true);

  const elsewhere = await openedElsewhere(browser, site, first);
  expect(elsewhere.name).toBe(first.name);
  expect(elsewhere.bytes.equals(first.bytes)).toBe(true);

  const fromDisk = await openedElsewhere(browser, oneFile, first);
  expect(fromDisk.name).toBe(first.name);
  expect(fromDisk.bytes.equals(first.bytes)).toBe(true);
});

test("a report that is here with the same text is shown, and nothing is made", async ({ page, site }) => {
  const { name, bytes } = await exportExample(page, site);
  const reports = new Reports(page, site);
  await reports.open();
  await reports.openFiles(file(name, bytes));
  await expect(reports.told(name)).toContainText("This report is already here, with the same text.");
  await expect(page.getByRole("region", { name: "This report" })).toBeVisible();
  await reports.open();
  await expect(reports.row(TITLE)).toHaveCount(1);
});

test("a file that was changed by one letter opens and says so", async ({ page, site, browser }) => {
  const { bytes, name } = await exportExample(page, site);
  const text = bytes.toString("utf8");
  const changed = text.replace("Solmark robbery case A: conviction", "Solmark robbery case B: conviction");
  expect(changed).not.toBe(text);

  const context = await browser.newContext();
  const other = new Reports(await context.newPage(), site);
  await other.open();
  await other.openFiles(file(name, changed));
  await expect(other.told(name)).toContainText("This file was changed after it was exported.");
  const editor = new Editor(other.page);
  await editor.goTo("Report details");
  await expect(editor.main.getByRole("textbox", { name: /^Short title/ })).toHaveValue(/^Solmark robbery case B/);
  await context.close();

  // Where the untouched report is, the changed text stands beside it.
  const reports = new Reports(page, site);
  await reports.open();
  await reports.openFiles(file(name, changed));
  await expect(reports.told(name)).toContainText("a separate draft beside it");
  await expect(page.getByRole("region", { name: "This report" })).toBeVisible();
  await reports.open();
  await expect(reports.row(TITLE)).toHaveCount(1);
  await expect(reports.row(/^Solmark robbery case B/)).toHaveCount(1);
});

test("every file that is no report gets a sentence, and nothing is made or lost", async ({ page, site, heard }) => {
  const { envelope, bytes } = await exportExample(page, site);
  const reports = new Reports(page, site);
  await reports.open();
  await expect(reports.row(TITLE)).toHaveCount(1);
  const before = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  const template = readFileSync(new URL("../../src/catalogue/templates/criminal-case.json", import.meta.url));
  const foreign = { ...envelope, template: { ...envelope.template, id: "another-form" } };
  const cases = [
    [file("empty.json", ""), "empty"],
    [file("wide.json", Buffer.from(`\uFEFF${bytes.toString("utf8")}`, "utf16le")), "UTF-16"],
    [file("broken.json", '{"format": "chancery-report",'), "line 1"],
    [file("picture.png", picture, "image/png"), "byte 1"],
    [file("template.json", template), "template"],
    [file("other.json", '{"name": "Arvenia"}'), "not an exported report"],
    [file("list.json", "[1, 2, 3]"), "not an exported report"],
    [file("twice.json", '{"format": "chancery-report", "format": "chancery-report"}'), "format"],
    [file("half.json", bytes.subarray(0, bytes.length / 2)), "line"],
    [file("foreign.json", JSON.stringify(foreign)), "not in this browser"],
  ];
  for (const [one, words] of cases) {
    await reports.openFiles(one);
    await expect(reports.told(one.name)).toContainText(words);
    await expect(reports.told(one.name)).toHaveText(/: .+\.$/);
  }
  // All at once: each file has its own line.
  await reports.openFiles(cases.map(([one]) => one));
  for (const [one, words] of cases) await expect(reports.told(one.name)).toContainText(words);

  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).toBe(before);
  await open(page, site);
  await expect(reports.table.getByRole("rowheader")).toHaveCount(1);
  expect(heard.complaints).toEqual([]);
});
