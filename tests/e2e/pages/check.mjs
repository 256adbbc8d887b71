// Check and export: the findings of a report, and the way out.
import { expect } from "@playwright/test";
import { readFile } from "node:fs/promises";

export class Check {
  constructor(page) {
    this.page = page;
    this.main = page.getByRole("main");
    this.panel = this.main.getByRole("region", { name: "Export" });
    this.noErrors = this.main.getByText("No errors.");
    this.errors = this.main.getByRole("region", { name: /stops? this report from being marked complete$/ });
  }

  /** Presses "Export JSON" and answers the file: `{ name, bytes, envelope }`. */
  async exported() {
    return this.offered(() => this.panel.getByRole("button", { name: "Export JSON" }).click());
  }

  /** The file that a press hands over. */
  async offered(press) {
    const [download] = await Promise.all([this.page.waitForEvent("download"), press()]);
    const bytes = await readFile(await download.path());
    return { name: download.suggestedFilename(), bytes, envelope: JSON.parse(bytes.toString("utf8")) };
  }

  async markComplete() {
    await this.panel.getByRole("button", { name: "Mark complete" }).click();
  }

  async isComplete() {
    await expect(this.panel).toContainText(/State\s*Complete, revision/);
  }
}
