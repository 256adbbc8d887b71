// Boxes that are typed into.
import { expect } from "@playwright/test";
import { own } from "./find.mjs";

/** Up to this many letters are typed key by key; more is pasted, as people do with long texts. */
const BY_KEY = 60;

/** Types over what stands in a box. */
export async function typeText(page, holder, label, text) {
  const box = await own(holder, "textbox", label);
  await box.selectText();
  if (text.length <= BY_KEY) await page.keyboard.type(text);
  else await page.keyboard.insertText(text);
  await expect(box).toHaveValue(text);
}
