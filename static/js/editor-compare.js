// Two states of an editor's form compared as what they say, not as fields: rows in their order,
// without those to be removed, and without what the site alone fills in.
"use strict";

const EditorCompare = (() => {
  const ofRow = /^([a-z_]+)-(\d+)-(.+)$/;
  const silent = new Set(["position", "archived", "was"]);
  // About the saving: what the editor had seen, and what they say of the change.
  const aside = new Set(["seen", "waits", "base", "edit", "for", "mark", "note"]);

  const text = (value) => (value ?? "").replaceAll("\r\n", "\n").trim();

  // {fields: {name: value}, lists: {prefix: [row, …]}}
  function reading(values) {
    const fields = {};
    const lists = {};
    for (const [name, value] of Object.entries(values)) {
      const found = ofRow.exec(name);
      if (found) {
        const [, list, number, field] = found;
        ((lists[list] ??= {})[number] ??= {})[field] = text(value);
      } else if (!/_FORMS$/.test(name) && !name.startsWith("_") && !aside.has(name)) {
        fields[name] = text(value);
      }
    }
    for (const list of Object.keys(lists)) lists[list] = inOrder(lists[list]);
    return { fields, lists };
  }

  const place = (row) => Number(row.position || 1e6);
  const says = ([name, value]) => value && !silent.has(name) && name !== "kind";

  function inOrder(rows) {
    return Object.entries(rows)
      .filter(([, row]) => !row.archived && Object.entries(row).some(says))
      .sort(([one, a], [other, b]) => place(a) - place(b) || one - other)
      .map(([, row]) => row);
  }

  const keyOf = (row) => row.was || row.slug || row.url || row.name || row.title;
  const nameOf = (row) => row.name || row.title || EditorSite.say("new");

  function label(form, name) {
    const field = form.elements.namedItem(name) ?? form.querySelector(`[name$="-${name}"]`);
    const words = field?.labels?.[0]?.textContent ?? field?.getAttribute?.("aria-label") ?? name;
    return words.trim().replace(/:$/, "");
  }

  // What of `kept` is not in `present`, each thing in words.
  function differences(form, kept, present) {
    const [one, other] = [reading(kept), reading(present)];
    const found = Object.keys(one.fields)
      .filter((name) => one.fields[name] !== (other.fields[name] ?? ""))
      .map((name) => label(form, name));
    for (const list of Object.keys(one.lists)) {
      found.push(...inRows(form, one.lists[list], other.lists[list] ?? []));
    }
    return found;
  }

  function inRows(form, rows, present) {
    const found = [];
    const left = new Map(present.map((row) => [keyOf(row), row]));
    for (const row of rows) {
      const same = left.get(keyOf(row)) ?? present.find((one) => nameOf(one) === nameOf(row));
      if (!same) {
        found.push(nameOf(row));
        continue;
      }
      left.delete(keyOf(same));
      for (const [name, value] of Object.entries(row)) {
        if (silent.has(name) || value === (same[name] ?? "")) continue;
        // An empty address is made from the name.
        if (name === "slug" && !value) continue;
        found.push(`${nameOf(row)}: ${label(form, name)}`);
      }
    }
    for (const row of left.values()) found.push(nameOf(row));
    const order = (list) => list.map(nameOf).join("\n");
    if (!found.length && order(rows) !== order(present)) found.push(EditorSite.say("same"));
    return found;
  }

  return { differences };
})();
