// The list of reports, and the choice of a form for a new one.
import { expect } from "@playwright/test";
import { open } from "../fixtures.mjs";
import { escaped } from "../widgets/find.mjs";
import { Editor } from "./editor.mjs";

export class Reports {
  constructor(page, site) {
    this.page = page;
    this.site = site;
    this.main = page.getByRole("main");
    this.table = page.getByRole("table");
  }

  async open() {
    await open(this.page, this.site);
    await expect(this.page.getByRole("heading", { level: 1, name: "Reports" })).toBeVisible();
  }

  /** The row of a report by what stands in its first cell. */
  row(title) {
    return this.table.getByRole("row").filter({ has: this.page.getByRole("rowheader", { name: title }) });
  }

  async newReport() {
    await this.main.getByRole("link", { name: "New report" }).click();
    await expect(this.page.getByRole("heading", { level: 1, name: "New report" })).toBeVisible();
  }

  /** Starts an empty report with this form. */
  async start(form) {
    await this.newReport();
    await this.main.getByRole("button", { name: form, exact: true }).click();
    const editor = new Editor(this.page);
    await expect(editor.sections).toBeVisible();
    return editor;
  }

  /** Starts a report from the worked example of this form. */
  async startExample(form) {
    await this.newReport();
    await this.main.getByRole("button", { name: new RegExp(`^Start with the worked example\\s*: ${escaped(form)}$`) }).click();
    const editor = new Editor(this.page);
    await expect(editor.sections).toBeVisible();
    return editor;
  }

  /** What was said about an opened file, on the list or above the report that it became. */
  told(name) {
    return this.main.getByRole("alert").getByRole("paragraph").filter({ hasText: `${name}: ` });
  }

  /** Gives files to "Open file": paths, or `{ name, mimeType, buffer }`. */
  async openFiles(files) {
    await this.page.getByLabel("Open file").setInputFiles(files);
  }
}
