// Another browser: a file opened there and exported again.
import { expect } from "./fixtures.mjs";
import { file } from "./files.mjs";
import { Check } from "./pages/check.mjs";
import { Editor } from "./pages/editor.mjs";
import { Reports } from "./pages/reports.mjs";

/** Opens a file in a browser that has nothing yet, and exports it again. */
export async function openedElsewhere(browser, address, { name, bytes }) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const reports = new Reports(page, address);
    await reports.open();
    await reports.openFiles(file(name, bytes));
    await expect(reports.told(name)).toContainText("The report was opened.");
    await expect(reports.told(name)).not.toContainText("changed");
    await new Editor(page).checkAndExport();
    return await new Check(page).exported();
  } finally {
    await context.close();
  }
}
