// Changes of a textarea's text that Ctrl+Z takes back, as if they had been typed.
"use strict";

const EditorText = {
  // Puts `text` in place of what stands from `start` to `end`, then selects `from` to `to` in it.
  replace(area, start, end, text, from = text.length, to = from) {
    area.focus();
    area.setSelectionRange(start, end);
    const before = area.value;
    const wanted = before.slice(0, start) + text + before.slice(end);
    if (before !== wanted) {
      const command = text ? "insertText" : "delete";
      document.execCommand(command, false, text);
      // Where a browser knows no such command, or a page has taken it away.
      if (area.value !== wanted) {
        area.setRangeText(text, start, end);
        area.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }
    }
    area.setSelectionRange(start + from, start + to);
  },

  // The same away from the cursor: what is selected stays selected, and the focus where it is.
  swap(area, old, text) {
    const at = area.value.indexOf(old);
    if (at < 0) return false;
    const { selectionStart, selectionEnd } = area;
    const shift = (place) => {
      if (place <= at) return place;
      return at + text.length + Math.max(0, place - at - old.length);
    };
    const focused = document.activeElement;
    this.replace(area, at, at + old.length, text);
    area.setSelectionRange(shift(selectionStart), shift(selectionEnd));
    if (focused !== area) focused?.focus?.();
    return true;
  },

  selected(area) {
    return area.value.slice(area.selectionStart, area.selectionEnd);
  },

  // Where the lines that the selection touches begin and end.
  lines(area) {
    const { value, selectionStart, selectionEnd } = area;
    const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
    // A line break at the end of what is selected is no line more.
    const over = selectionEnd > selectionStart && value[selectionEnd - 1] === "\n" ? 1 : 0;
    const found = value.indexOf("\n", selectionEnd - over);
    const end = found < 0 ? value.length : found;
    return { start, end, text: value.slice(start, end) };
  },

  // Every touched line through `change(line, index)`; all of them are selected after it.
  eachLine(area, change) {
    const { start, end, text } = this.lines(area);
    const changed = text.split("\n").map(change).join("\n");
    const single = !text.includes("\n");
    const at = single ? Math.max(0, area.selectionEnd - start + changed.length - text.length) : 0;
    this.replace(area, start, end, changed, at, single ? at : changed.length);
  },

  // A block of its own, with an empty line before and after it; answers with all that it put there.
  block(area, text, from = text.length, to = from) {
    const { value, selectionStart: start, selectionEnd: end } = area;
    const before = value.slice(0, start);
    const after = value.slice(end);
    const above = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const below = after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
    const shift = above.length;
    this.replace(area, start, end, above + text + below, shift + from, shift + to);
    return above + text + below;
  },

  // Scrolls so that the cursor of a line from 1 is in sight.
  goToLine(area, line) {
    const starts = area.value.split("\n").slice(0, line - 1);
    const at = starts.reduce((sum, one) => sum + one.length + 1, 0);
    const end = area.value.indexOf("\n", at);
    area.focus();
    area.setSelectionRange(at, end < 0 ? area.value.length : end);
    const all = area.value.split("\n").length;
    area.scrollTop = ((line - 1) / all) * area.scrollHeight - area.clientHeight / 3;
  },
};
