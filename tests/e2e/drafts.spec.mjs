// Drafts in this browser: kept, listed, duplicated, deleted and brought back; what happens to damage and to a full store;
// answers that are not asked for at present.
import { expect, test } from "./fixtures.mjs";
import { file } from "./files.mjs";
import { Check } from "./pages/check.mjs";
import { Editor } from "./pages/editor.mjs";
import { Reports } from "./pages/reports.mjs";
import { chooseRadio } from "./widgets/choice.mjs";
import { typeText } from "./widgets/text.mjs";

const FORM = "Criminal case report";
const EXAMPLE = /^Solmark robbery case A/;

/** A new report with this short title, kept in the browser. */
async function titled(reports, title) {
  await reports.open();
  const editor = await reports.start(FORM);
  await typeText(reports.page, editor.main, "Short title", title);
  await editor.saved();
  return editor;
}

function titleBox(page) {
  return page.getByRole("main").getByRole("textbox", { name: /^Short title/ });
}

test("a draft survives a reload, and the list says what it is", async ({ page, site }) => {
  const reports = new Reports(page, site);
  await titled(reports, "Theft at the harbour");
  await page.reload();
  await expect(titleBox(page)).toHaveValue("Theft at the harbour");

  await reports.open();
  const row = reports.row(/^Theft at the harbour/);
  await expect(row.getByRole("rowheader")).toContainText(FORM);
  await expect(row).toContainText("Draft");
  await expect(row).toContainText(/Today, \d\d:\d\d/);
  await expect(row).toContainText("Not checked yet");
  await row.getByRole("link", { name: "Theft at the harbour" }).click();
  await expect(titleBox(page)).toHaveValue("Theft at the harbour");

  await new Editor(page).checkAndExport();
  await new Check(page).exported();
  await reports.open();
  await expect(row).toContainText("Exported");
  await expect(row).toContainText("Revision 1");
  await expect(row).toContainText(/\d+ errors/);
});

test("a text typed just before the page is left is kept", async ({ page, site }) => {
  const reports = new Reports(page, site);
  const editor = await titled(reports, "Theft");
  await typeText(page, editor.main, "Short title", "Theft at the harbour");
  await page.reload();
  await expect(titleBox(page)).toHaveValue("Theft at the harbour");
});

test("a report is duplicated, deleted and brought back", async ({ page, site }) => {
  const reports = new Reports(page, site);
  await titled(reports, "Theft at the harbour");
  await reports.open();
  const rows = reports.row(/^Theft at the harbour/);
  await rows.getByRole("button", { name: /^Duplicate/ }).click();
  await expect(titleBox(page)).toHaveValue("Theft at the harbour");
  await typeText(page, page.getByRole("main"), "Short title", "Theft at the station");
  await reports.open();
  await expect(rows).toHaveCount(1);
  const copy = reports.row(/^Theft at the station/);
  await expect(copy).toHaveCount(1);

  await copy.getByRole("button", { name: /^Delete/ }).click();
  const back = page.getByRole("button", { name: "Bring back" });
  await expect(back).toBeFocused();
  await expect(page.getByText("Theft at the station was deleted.")).toBeVisible();
  await expect(copy).toHaveCount(0);
  await expect(rows).toHaveCount(1);
  await back.click();
  await expect(copy).toHaveCount(1);
  await copy.getByRole("link").click();
  await expect(titleBox(page)).toHaveValue("Theft at the station");
});

/** Spoils what is stored of the draft that holds this text, as a bad disk would; `slots` says how many of its two places. */
async function spoil(page, text, slots) {
  const spoilt = await page.evaluate(
    ([text, slots]) => {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith("chancery/draft/"));
      const holder = keys.find((key) => localStorage[key].includes(text));
      const own = keys.filter((key) => key.slice(0, -1) === holder.slice(0, -1)).sort((one) => (one === holder ? -1 : 1));
      for (const key of own.slice(0, slots)) localStorage[key] = localStorage[key].replace(text, text.toUpperCase());
      return own.length;
    },
    [text, slots],
  );
  expect(spoilt).toBeGreaterThan(0);
}

test("a damaged record is set aside, and the other reports are still there", async ({ page, site }) => {
  const reports = new Reports(page, site);
  await titled(reports, "Theft at the harbour");
  await titled(reports, "Theft at the station");
  await reports.open();
  await spoil(page, "Theft at the harbour", 2);
  const before = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  await page.reload();

  const damaged = reports.row(/^Record that cannot be read/).first();
  await expect(damaged).toContainText("Set aside");
  await expect(damaged).toContainText("The other reports are not affected.");
  await expect(damaged.getByRole("button", { name: /^Delete/ })).toBeVisible();
  const { bytes } = await offeredText(page, () => damaged.getByRole("button", { name: "Save to a file" }).click());
  expect(bytes.toString("utf8")).toContain("THEFT AT THE HARBOUR");
  await reports.row(/^Theft at the station/).getByRole("link").click();
  await expect(titleBox(page)).toHaveValue("Theft at the station");
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).toBe(before);
});

test("when one of the two places of a draft is damaged, the other one serves", async ({ page, site }) => {
  const reports = new Reports(page, site);
  const editor = await titled(reports, "Theft at the harbour");
  await typeText(page, editor.main, "Summary", "A person was seen. Nothing else is known.");
  await editor.saved();
  await reports.open();
  await spoil(page, "Theft at the harbour", 1);
  await page.reload();
  await expect(reports.row(/^Record that cannot be read/)).toHaveCount(1);
  await reports.row(/^Theft at the harbour/).getByRole("link").click();
  await expect(titleBox(page)).toHaveValue("Theft at the harbour");
});

async function offeredText(page, press) {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  const parts = [];
  for await (const part of await download.createReadStream()) parts.push(part);
  return { name: download.suggestedFilename(), bytes: Buffer.concat(parts) };
}

/** Fills the store of this origin to the last character, as another page of the origin could. */
async function fill(page) {
  await page.evaluate(() => {
    localStorage.removeItem("chancery/reserve");
    let text = "";
    for (let size = 4_194_304; size >= 1; size = Math.floor(size / 2)) {
      for (;;) {
        try {
          localStorage.setItem("another page", text + "x".repeat(size));
          text += "x".repeat(size);
        } catch {
          break;
        }
      }
    }
  });
}

test("a full store is said at once, typing goes on, and it is saved when there is room", async ({ page, site }) => {
  const reports = new Reports(page, site);
  const editor = await titled(reports, "Theft at the harbour");
  await fill(page);
  await typeText(page, editor.main, "Summary", "What is known of the theft at the harbour. ".repeat(30));
  const band = page.getByRole("alert").filter({ hasText: "Not saved" });
  await expect(band.getByRole("heading")).toHaveText("Not saved: this browser has no room left");
  await expect(band).toContainText(/Nothing you typed since \d\d:\d\d is kept in this browser/);
  await expect(editor.status).toHaveText("Not saved: this browser has no room left");

  await typeText(page, editor.main, "Short title", "Theft at the northern harbour");
  await expect(band).toBeVisible();
  const check = new Check(page);
  const { envelope } = await check.offered(() => band.getByRole("button", { name: "Save to a file" }).click());
  expect(envelope.values.header).toMatchObject({ title: "Theft at the northern harbour" });
  expect(envelope.values.header.summary).toMatch(/^What is known/);
  await expect(band).toContainText("was handed to the browser");

  await page.evaluate(() => localStorage.removeItem("another page"));
  // Nothing has to be pressed: it is tried again.
  await editor.saved();
  await expect(band).toHaveCount(0);
  await page.reload();
  await expect(titleBox(page)).toHaveValue("Theft at the northern harbour");
});

test("a report that could not be kept stays open while another one is written", async ({ page, site }) => {
  const reports = new Reports(page, site);
  const editor = await titled(reports, "Theft at the harbour");
  await fill(page);
  await typeText(page, editor.main, "Summary", "Only on this page. ".repeat(60));
  await expect(editor.status).toHaveText(/^Not saved/);

  await page.getByRole("link", { name: "Reports", exact: true }).click();
  const lost = page.getByRole("alert").filter({ hasText: "Not kept in this browser" });
  await expect(lost.getByRole("link", { name: "Theft at the harbour" })).toBeVisible();
  await reports.start(FORM);
  await page.getByRole("link", { name: "Reports", exact: true }).click();
  await lost.getByRole("link", { name: "Theft at the harbour" }).click();
  await expect(page.getByRole("main").getByRole("textbox", { name: /^Summary/ })).toHaveValue(/^Only on this page/);

  await page.evaluate(() => localStorage.removeItem("another page"));
  await editor.saved();
});

test("without any store reports are written, exported and opened all the same", async ({ page, site, heard }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("blocked", "SecurityError");
      },
    });
  });
  const reports = new Reports(page, site);
  await reports.open();
  await expect(page.getByRole("alert").filter({ hasText: "does not let the page keep anything" })).toBeVisible();
  const editor = await reports.startExample("criminal case report");
  await expect(editor.status).toHaveText("Not saved: this browser keeps nothing for this page");
  await editor.checkAndExport();
  const { name, bytes } = await new Check(page).exported();
  await page.reload();
  await reports.open();
  await reports.openFiles(file(name, bytes));
  await expect(reports.told(name)).toContainText("The report was opened.");
  await expect(page.getByRole("main").getByRole("textbox", { name: /^Short title/ })).toHaveValue(EXAMPLE);
  expect(heard.complaints).toEqual([]);
});

test("a deleted report is not edited in the bin, and comes back from there", async ({ page, site }) => {
  const reports = new Reports(page, site);
  await titled(reports, "Theft at the harbour");
  const address = page.url();
  await reports.open();
  await reports.row(/^Theft/).getByRole("button", { name: /^Delete/ }).click();
  await page.goto(address);
  await expect(page.getByRole("main")).toContainText("This report is in the bin.");
  await reports.open();
  await page.getByText("Bin: 1 deleted report").click();
  await page.getByRole("listitem").filter({ hasText: "Theft at the harbour" }).getByRole("button", { name: /^Bring back/ }).click();
  await expect(reports.row(/^Theft at the harbour/)).toHaveCount(1);
});

test("answers that are no longer asked for are kept, announced and not sent", async ({ page, site }) => {
  const reports = new Reports(page, site);
  await reports.open();
  const editor = await reports.startExample("criminal case report");
  const { main } = editor;
  await editor.goTo("Handling");
  const designator = main.getByRole("textbox", { name: /^Designated by/ });
  await expect(designator).toHaveValue("Political section");
  await expect(main.getByText("Asked because the marking is CUI.").first()).toBeVisible();
  await chooseRadio(main, "Handling marking", "Unclassified");
  await expect(designator).toHaveCount(0);

  await editor.checkAndExport();
  const check = new Check(page);
  const heading = main.getByRole("heading", { name: "3 answers will not be sent" });
  await expect(heading).toBeVisible();
  await expect(main.getByRole("listitem").filter({ hasText: "Designated by: Political section" })).toBeVisible();
  const { envelope } = await check.exported();
  expect(envelope.findings.notSent).toBe(3);
  expect(envelope.values.handling).not.toHaveProperty("designator");
  expect(envelope.values.handling).not.toHaveProperty("cuiCategories");
  expect(envelope.values.handling).toMatchObject({ marking: "UNCLASSIFIED" });

  await page.reload();
  await page.getByRole("link", { name: "Back to the report" }).click();
  await editor.goTo("Handling");
  await chooseRadio(main, "Handling marking", "Controlled Unclassified Information");
  await expect(designator).toHaveValue("Political section");
  await expect(main.getByRole("button", { name: /^Remove .*privacy/i })).toBeVisible();
  await editor.checkAndExport();
  await expect(heading).toHaveCount(0);
});

test("an item that was removed comes back whole, also after going elsewhere", async ({ page, site }) => {
  const reports = new Reports(page, site);
  await reports.open();
  const editor = await reports.startExample("criminal case report");
  const { main } = editor;
  await editor.checkAndExport();
  const before = await new Check(page).exported();
  await page.getByRole("link", { name: "Back to the report" }).click();

  await editor.goTo("Like cases and sentencing frame");
  const item = (number) => main.getByRole("group", { name: `Like case ${number}`, exact: true });
  await item(1).getByRole("button", { name: "Like case 1" }).click();
  await item(1).getByRole("button", { name: /^Remove Like case/ }).click();
  await expect(item(2)).toHaveCount(0);
  await expect(main.getByText("Like case 1, was removed.")).toBeVisible();
  await editor.goTo("Event");
  await editor.goTo("Like cases and sentencing frame");
  await main.getByRole("button", { name: "Bring back" }).click();
  await expect(item(2)).toBeVisible();
  await expect(item(1).getByRole("textbox", { name: /^Like case or statistic/ })).toHaveValue(/^Judgment K 77\/24/);
  await editor.checkAndExport();
  const after = await new Check(page).exported();
  expect(after.bytes.equals(before.bytes)).toBe(true);
});

test("an item that other answers name is not removed, and the sentence says why", async ({ page, site }) => {
  const reports = new Reports(page, site);
  await reports.open();
  const editor = await reports.startExample("criminal case report");
  await editor.goTo("Persons proceeded against");
  const person = editor.main.getByRole("group", { name: "P1, person proceeded against" });
  await person.getByRole("button", { name: /^Remove P1/ }).click();
  await expect(person).toContainText(/P1 is named in \d+ places\. Remove the references first\./);
  await expect(person).toBeVisible();
});
