// Typing in a Markdown text: lists go on with Enter, Ctrl+] and Ctrl+[ indent, and an address that
// is pasted over words makes a link of them. Tab leaves the field, as everywhere.
"use strict";

(() => {
  const item = /^(\s*)(?:([-*+])|(\d+)\.|(>))(\s+)/;

  function continueList(area, event) {
    const { value, selectionStart: at, selectionEnd } = area;
    if (at !== selectionEnd) return;
    const start = value.lastIndexOf("\n", at - 1) + 1;
    const before = value.slice(start, at);
    const found = item.exec(before);
    if (!found) return;
    event.preventDefault();
    const rest = value.slice(at).split("\n", 1)[0];
    // Enter in an empty item ends the list, which takes an empty line.
    if (before.length === found[0].length && !rest.trim()) {
      return EditorText.replace(area, start, at, "\n");
    }
    const [, indent, bullet, number, quote, space] = found;
    const next = bullet ?? quote ?? `${Number(number) + 1}.`;
    EditorText.replace(area, at, at, `\n${indent}${next}${space}`);
  }

  function indent(area, deeper) {
    EditorText.eachLine(area, (line) => {
      if (deeper) return line && `    ${line}`;
      return line.replace(/^(?: {1,4}|\t)/, "");
    });
  }

  document.addEventListener("keydown", (event) => {
    const area = event.target;
    if (!area.matches?.("textarea[data-markdown]") || event.isComposing) return;
    const alone = !(event.shiftKey || event.ctrlKey || event.metaKey || event.altKey);
    if (event.key === "Enter" && alone) {
      continueList(area, event);
    } else if (EditorSite.command(event) && (event.key === "]" || event.key === "[")) {
      event.preventDefault();
      indent(area, event.key === "]");
    }
  });

  document.addEventListener("paste", (event) => {
    const area = event.target;
    if (!area.matches?.("textarea[data-markdown]")) return;
    const pasted = event.clipboardData.getData("text/plain").trim();
    const chosen = EditorText.selected(area);
    if (!/^https?:\/\/\S+$/.test(pasted) || !chosen.trim() || /[\n[\]]/.test(chosen)) return;
    if (EditorFormat.isAddress(chosen)) return;
    event.preventDefault();
    // A bracket in an address would end the link.
    EditorFormat.link(area, pasted.replace(/\(/g, "%28").replace(/\)/g, "%29"));
  });
})();
