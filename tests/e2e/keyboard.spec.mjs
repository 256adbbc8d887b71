// Without the mouse: a report from start to export, where the focus goes, and the keys of the editor.
import { expect, test } from "./fixtures.mjs";
import { Check } from "./pages/check.mjs";
import { Editor } from "./pages/editor.mjs";
import { Reports } from "./pages/reports.mjs";
import { typeText } from "./widgets/text.mjs";

const FORM = "Criminal case report";

/** Presses Tab until the focus is there, as somebody without a mouse does. */
async function tabTo(page, target) {
  const is = (element) => element === document.activeElement;
  for (let pressed = 0; pressed < 80; pressed += 1) {
    if ((await target.count()) === 1 && (await target.evaluate(is))) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused({ timeout: 1 });
}

/** A new empty report, at one of its sections. */
async function begun(page, site, section) {
  const reports = new Reports(page, site);
  await reports.open();
  const editor = await reports.start(FORM);
  if (section) await editor.goTo(section);
  return editor;
}

test("a small report is made from New report to export without the mouse", async ({ page, site }) => {
  const reports = new Reports(page, site);
  await reports.open();
  const main = page.getByRole("main");
  const keys = page.keyboard;
  await tabTo(page, main.getByRole("link", { name: "New report" }));
  await keys.press("Enter");
  await expect(main.getByRole("heading", { level: 1, name: "New report" })).toBeFocused();
  await tabTo(page, main.getByRole("button", { name: FORM, exact: true }));
  await keys.press("Enter");
  await expect(main.getByRole("heading", { level: 1, name: "Report details" })).toBeFocused();

  await tabTo(page, main.getByRole("textbox", { name: /^Short title/ }));
  await keys.type("Solmark robbery case");
  await tabTo(page, main.getByRole("combobox", { name: /^Country of report/ }));
  await keys.type("arven");
  await keys.press("ArrowDown");
  await keys.press("Enter");
  await expect(main.getByRole("combobox", { name: /^Country of report/ })).toHaveValue(/Arvenia/);
  const date = main.getByRole("group", { name: /^Date of report/ });
  for (const [name, digits] of [["Year", "2025"], ["Month", "12"], ["Day", "5"]]) {
    await tabTo(page, date.getByRole("textbox", { name }));
    await keys.type(digits);
  }
  await tabTo(page, main.getByRole("combobox", { name: /^Status/ }));
  await keys.press("ArrowDown");
  await keys.press("Control+Enter");
  await expect(main.getByRole("heading", { level: 1, name: "Handling" })).toBeFocused();

  await tabTo(page, main.getByRole("radio", { name: "Unclassified", exact: true }));
  await keys.press("Space");
  await tabTo(page, main.getByRole("checkbox", { name: /^No classified information/ }));
  await keys.press("Space");
  await keys.press("Control+Enter");
  await keys.press("Control+Enter");
  await expect(main.getByRole("heading", { level: 1, name: "Clearance and approval" })).toBeFocused();
  await tabTo(page, main.getByRole("button", { name: "Add clearance step" }));
  await keys.press("Enter");
  await expect(main.getByRole("textbox", { name: /^Step/ })).toBeFocused();
  await keys.type("1");

  await tabTo(page, page.getByRole("link", { name: "Check and export" }));
  await keys.press("Enter");
  await expect(main.getByRole("heading", { level: 1, name: "Check and export" })).toBeFocused();
  const check = new Check(page);
  await tabTo(page, check.panel.getByRole("button", { name: "Export JSON" }));
  const { envelope } = await check.offered(() => keys.press("Enter"));
  expect(envelope.report).toMatchObject({ state: "draft", revision: 1, sample: true });
  expect(envelope.values).toMatchObject({
    header: { title: "Solmark robbery case", country: "XA", reportDate: "2025-12-05", reportId: "XA-CC-2025-0001" },
    handling: { marking: "UNCLASSIFIED", notClassified: true },
    clearance: [{ step: 1 }],
  });
});

test("after Add, Remove, Bring back and Move the focus is where the work goes on", async ({ page, site }) => {
  const editor = await begun(page, site, "Clearance and approval");
  const { main } = editor;
  const add = main.getByRole("button", { name: "Add clearance step" });
  const item = (number) => main.getByRole("group", { name: `Clearance step ${number}`, exact: true });
  for (const number of [1, 2, 3]) {
    await add.press("Enter");
    await expect(item(number).getByRole("textbox", { name: /^Step/ })).toBeFocused();
    await page.keyboard.type(String(number * 10));
  }

  await item(1).getByRole("button", { name: /^Move down/ }).press("Enter");
  await expect(item(2).getByRole("textbox", { name: /^Step/ })).toHaveValue("10");
  await expect(item(2).getByRole("button", { name: /^Move down/ })).toBeFocused();
  // At the end there is nothing further down.
  await page.keyboard.press("Enter");
  await expect(item(3).getByRole("textbox", { name: /^Step/ })).toHaveValue("10");
  await expect(item(3).getByRole("button", { name: /^Move up/ })).toBeFocused();

  await item(2).getByRole("button", { name: /^Remove/ }).press("Enter");
  const back = main.getByRole("button", { name: "Bring back" });
  await expect(back).toBeFocused();
  await expect(item(3)).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(item(2)).toBeFocused();
  await expect(item(2).getByRole("textbox", { name: /^Step/ })).toHaveValue("30");
  await expect(back).toHaveCount(0);

  await item(2).getByRole("button", { name: /^Duplicate/ }).press("Enter");
  await expect(item(3).getByRole("textbox", { name: /^Step/ })).toBeFocused();
  await expect(item(3).getByRole("textbox", { name: /^Step/ })).toHaveValue("30");
});

test("a link on Check and export puts the focus on its field", async ({ page, site }) => {
  const editor = await begun(page, site);
  const { main } = editor;
  await editor.checkAndExport();
  const check = new Check(page);
  await check.markComplete();
  await expect(check.errors).toBeFocused();

  const places = [
    ["1 Report details, Short title", main.getByRole("textbox", { name: /^Short title/ })],
    ["1 Report details, Date of report", main.getByRole("group", { name: /^Date of report/ }).getByRole("textbox", { name: "Year" })],
    ["2 Handling, Handling marking", main.getByRole("group", { name: /^Handling marking/ }).getByRole("radio").first()],
    ["6 Offences", main.getByRole("button", { name: "Add offence" })],
  ];
  for (const [place, control] of places) {
    await check.errors.getByRole("listitem").filter({ hasText: new RegExp(`${place}$`) }).getByRole("link").press("Enter");
    await expect(control).toBeFocused();
    await editor.checkAndExport();
  }
});

test("F8 goes from finding to finding, and Shift F8 back", async ({ page, site }) => {
  const { main } = await begun(page, site);
  const title = main.getByRole("textbox", { name: /^Short title/ });
  const summary = main.getByRole("textbox", { name: /^Summary/ });
  await page.keyboard.press("F8");
  await expect(title).toBeFocused();
  await expect(title).toHaveAccessibleDescription(/Error: /);
  await page.keyboard.press("F8");
  await expect(summary).toBeFocused();
  await page.keyboard.press("Shift+F8");
  await expect(title).toBeFocused();
  await page.keyboard.press("Shift+F8");
  await expect(main.getByRole("heading", { level: 1, name: "Privacy check" })).toBeVisible();
  await expect(main.getByRole("checkbox", { name: /^No names of protected persons/ })).toBeFocused();
});

test("undo and redo work by keys and by buttons, and go to what they changed", async ({ page, site }) => {
  const editor = await begun(page, site);
  const { main } = editor;
  const title = main.getByRole("textbox", { name: /^Short title/ });
  const office = main.getByRole("textbox", { name: /^Office or section/ });
  const undo = page.getByRole("button", { name: "Undo" });
  const redo = page.getByRole("button", { name: "Redo" });
  await expect(undo).toHaveAttribute("aria-disabled", "true");
  await typeText(page, main, "Short title", "Solmark robbery case");
  await editor.goTo("Reporting officer");
  await typeText(page, main, "Office or section", "Political section");

  await page.keyboard.press("Control+z");
  await expect(office).toHaveValue("");
  await expect(office).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect(title).toHaveValue("");
  await expect(title).toBeFocused();
  await page.keyboard.press("Control+Shift+z");
  await expect(title).toHaveValue("Solmark robbery case");
  await page.keyboard.press("Control+y");
  await expect(office).toHaveValue("Political section");
  await expect(office).toBeFocused();

  await undo.click();
  await expect(office).toHaveValue("");
  await undo.click();
  await expect(title).toHaveValue("");
  await expect(undo).toHaveAttribute("aria-disabled", "true");
  await redo.click();
  await expect(title).toHaveValue("Solmark robbery case");
  await expect(title).toBeFocused();
  await editor.saved();
  await page.reload();
  await new Editor(page).goTo("Report details");
  await expect(title).toHaveValue("Solmark robbery case");
});
