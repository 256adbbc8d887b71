// A date in its three boxes, with the marks of a date that is not known exactly.
import { own } from "./find.mjs";

/** Types over what stands there: `2024`, `2024-03`, `2024-03-14`, each with `?`, `~` or `%` behind it for uncertain, approximate, both. */
export async function typeDate(holder, label, date) {
  const group = await own(holder, "group", label);
  const [, digits, mark] = date.match(/^([0-9-]+)([?~%]?)$/);
  const parts = digits.split("-").map((part, at) => (at === 0 ? part : String(Number(part))));
  for (const [at, name] of ["Year", "Month", "Day"].entries()) {
    if (parts[at] === undefined) continue;
    const box = group.getByRole("textbox", { name });
    await box.selectText();
    await box.pressSequentially(parts[at]);
  }
  if ("?%".includes(mark) && mark) await group.getByRole("checkbox", { name: "Uncertain" }).check();
  if ("~%".includes(mark) && mark) await group.getByRole("checkbox", { name: "Approximate" }).check();
}
