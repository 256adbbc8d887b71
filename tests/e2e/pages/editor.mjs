// The page of one report: its sections, its save status, the way to check and export.
import { expect } from "@playwright/test";
import { escaped } from "../widgets/find.mjs";

export class Editor {
  constructor(page) {
    this.page = page;
    this.main = page.getByRole("main");
    this.status = page.getByRole("status").filter({ hasText: /^(Saved \d\d:\d\d|Saving…|Not saved: .+)$/ });
    this.sections = page.getByRole("navigation", { name: "Sections" });
  }

  link(title) {
    return this.sections.getByRole("link", { name: new RegExp(`^\\d+\\s*${escaped(title)}(\\s|\\d|$)`) });
  }

  /** Goes to a section and waits for its heading. */
  async goTo(title) {
    // In a narrow window the list is folded into one line.
    await expect(this.sections).toBeVisible();
    if (await this.sections.locator("summary").isVisible()) await this.sections.locator("summary").click();
    await this.link(title).click();
    await expect(this.main.getByRole("heading", { level: 1, name: title, exact: true })).toBeVisible();
  }

  async saved() {
    await expect(this.status).toHaveText(/^Saved \d\d:\d\d$/);
  }

  async checkAndExport() {
    await this.page.getByRole("link", { name: "Check and export" }).click();
    await expect(this.page.getByRole("heading", { level: 1, name: "Check and export" })).toBeVisible();
  }
}
