// What a template says about its form, read from the document alone: the parts of a group in their order, what each is
// called, and which kind of control a person meets (FORM-LANGUAGE, "What is drawn"). Knows nothing of a page.

import { readFileSync } from "node:fs";

const RADIOS = 5;
const LIST = 12;
const ONE_LINE = 200;

/** Marks of `x-form.set` that the application fills in. `reportStatus` only marks a field that is typed. */
const typedAllTheSame = "reportStatus";

/** A built-in template by its id. */
export function template(id) {
  return JSON.parse(readFileSync(new URL(`../../src/catalogue/templates/${id}.json`, import.meta.url), "utf8"));
}

export class Form {
  constructor(document) {
    this.document = document;
    this.root = this.read(document);
    this.hints = document["x-form"] ?? {};
  }

  /** A subschema with what it refers to; what stands nearer wins. */
  read(schema) {
    if (!schema.$ref) return schema;
    const named = this.read(this.document.$defs[schema.$ref.split("/").pop()]);
    const { $ref, ...own } = schema;
    return { ...named, ...own, "x-form": { ...named["x-form"], ...own["x-form"] } };
  }

  /** The parts of an object in the order of the schema: `{ key, schema, required, label, kind }`. */
  parts(schema) {
    return Object.entries(schema.properties ?? {}).map(([key, raw]) => {
      const part = this.read(raw);
      const required = schema.required?.includes(key) ?? false;
      return { key, schema: part, required, label: part.title ?? key, kind: this.kind(part, required) };
    });
  }

  /** The sections: the parts of the report itself. */
  sections() {
    return this.parts(this.root);
  }

  items(schema) {
    return schema.items ? this.read(schema.items) : undefined;
  }

  /** What one item of a list is called in lower case. */
  noun(part) {
    const item = this.items(part.schema);
    const small = (text) => (/^.[^\p{Lu}]/u.test(text) ? text[0].toLowerCase() + text.slice(1) : text);
    return part.schema["x-form"]?.itemTitle ?? item?.["x-form"]?.itemTitle ?? small(item?.title ?? part.label);
  }

  /** The choices of a field: `[{ value, title }]`, or nothing. */
  choices(schema) {
    const hints = { ...this.items(schema)?.["x-form"], ...schema["x-form"] };
    const offered = hints.codelist && this.document.$defs[hints.codelist];
    for (const holder of [schema, this.items(schema), offered]) {
      const branches = holder?.oneOf ?? holder?.anyOf;
      if (branches?.every((one) => "const" in one)) {
        return branches.map((one) => ({ value: one.const, title: one.title || String(one.const) }));
      }
      if (holder?.enum) return holder.enum.map((value) => ({ value, title: String(value) }));
    }
    return undefined;
  }

  /** The title of a value; the value itself when the list does not have it. */
  title(schema, value) {
    return this.choices(schema)?.find((one) => one.value === value)?.title ?? String(value);
  }

  kind(schema, required) {
    const hints = schema["x-form"] ?? {};
    if (hints.calculate || schema.readOnly || (hints.set && hints.set !== typedAllTheSame)) return "given";
    if (schema.properties) return "group";
    return schema.type === "array" ? this.listKind(schema, hints) : this.fieldKind(schema, hints, required);
  }

  listKind(schema, hints) {
    const item = this.items(schema);
    const own = schema.oneOf ?? item.oneOf ?? item.enum;
    if (hints.widget === "sourcePicker") return "sources";
    if (hints.ref ?? item["x-form"]?.ref) return "severalItems";
    if (own) return own.length <= LIST ? "checkboxes" : "several";
    if (hints.codelist ?? item["x-form"]?.codelist) return "several";
    return "list";
  }

  fieldKind(schema, hints, required) {
    if (hints.ref) return hints.ref.from === "workspace" ? "report" : "item";
    const own = schema.oneOf ?? schema.enum;
    if (own) {
      if (hints.widget === "grade") return "grade";
      if (hints.filter && own.length > RADIOS) return "combobox";
      return own.length <= RADIOS ? "radios" : own.length <= LIST ? "select" : "combobox";
    }
    if (hints.codelist) return "combobox";
    if (schema.type === "boolean") return required && schema.const !== true ? "yesNo" : "tick";
    if (schema.type === "integer" || schema.type === "number") return "number";
    if (schema.const !== undefined) return "given";
    if (hints.widget === "partialDate") return "partialDate";
    if (hints.widget === "textarea") return "area";
    if (schema.format === "date") return "date";
    return schema.maxLength > ONE_LINE && !hints.width ? "area" : "text";
  }
}
