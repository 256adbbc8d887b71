// Quiet: nothing is asked for once the page is ready, never from another origin, and no page complains.
import { Form, template } from "./form.mjs";
import { file } from "./files.mjs";
import { expect, oneFile, open, test } from "./fixtures.mjs";
import { Check } from "./pages/check.mjs";
import { Reports } from "./pages/reports.mjs";
import { typeDate } from "./widgets/date.mjs";
import { typeText } from "./widgets/text.mjs";

/** A file that is handed out or shown from memory asks nobody. */
function asked(requests) {
  return requests.filter((url) => !/^(data|blob):/.test(url));
}

async function visit(page, address, hash, heading) {
  await page.goto(`${address}#${hash}`);
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
}

/** Goes to every page with no report at all. */
async function emptyPages(page, address) {
  await open(page, address);
  await expect(page.getByText("No report is kept in this browser yet.")).toBeVisible();
  await visit(page, address, "/new", "New report");
  await visit(page, address, "/templates", "Templates");
  await visit(page, address, "/settings", "Settings");
  await visit(page, address, "/nowhere", "No such page");
  await visit(page, address, "/report/nothing", "This report cannot be shown");
  await visit(page, address, "/report/nothing/check", "This report cannot be shown");
  await visit(page, address, "/", "Reports");
}

/** Types, exports, opens, deletes and brings back; goes through every section and every page. */
async function work(page, address) {
  const reports = new Reports(page, address);
  const editor = await reports.startExample("criminal case report");
  for (const section of new Form(template("criminal-case")).sections()) await editor.goTo(section.label);
  await editor.goTo("Event");
  await typeText(page, editor.main, "Note on the date", "As the judgment has it.");
  await editor.goTo("Handling");
  await typeDate(editor.main, "Review for deletion on", "2028-01-31");
  await editor.saved();
  await editor.checkAndExport();
  const check = new Check(page);
  const { name, bytes } = await check.exported();
  await check.markComplete();
  await check.isComplete();
  await visit(page, address, "/", "Reports");
  await reports.openFiles([file(name, bytes), file("none.json", "{}")]);
  await expect(reports.told("none.json")).toBeVisible();
  await reports.row(/^Solmark/).first().getByRole("button", { name: /^Delete/ }).click();
  await page.getByRole("button", { name: "Bring back" }).click();
  await visit(page, address, "/templates", "Templates");
  await visit(page, address, "/settings", "Settings");
  await page.getByRole("radio", { name: "Dark" }).check();
  await visit(page, address, "/nowhere", "No such page");
}

test("every page of an empty browser is without complaint", async ({ page, site, heard }) => {
  await emptyPages(page, site);
  expect(heard.complaints).toEqual([]);
});

test("a day of work asks for nothing and complains of nothing", async ({ page, site, heard }) => {
  await emptyPages(page, site);
  const before = asked(heard.requests).length;
  await work(page, site);
  expect(asked(heard.requests).slice(before)).toEqual([]);
  expect(asked(heard.requests).filter((url) => !url.startsWith(site))).toEqual([]);
  expect(heard.complaints).toEqual([]);
});

test("the one file asks for nothing and complains of nothing", async ({ page, heard }) => {
  await emptyPages(page, oneFile);
  await work(page, oneFile);
  const others = asked(heard.requests).filter((url) => url.split("#")[0] !== oneFile);
  expect(others).toEqual([]);
  expect(heard.complaints).toEqual([]);
});
