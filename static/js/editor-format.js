// What each button and key of the toolbar does to a text.
"use strict";

const EditorFormat = (() => {
  // Around what is selected, or away again where it stands there already.
  function wrap(area, mark, word) {
    const { value, selectionStart: start, selectionEnd: end } = area;
    const size = mark.length;
    const inside = value.slice(start, end);
    const [left, right] = [value.slice(start - size, start), value.slice(end, end + size)];
    const around = left === mark && right === mark;
    // The one star of an emphasis is no half of the two of a strong one.
    const whole = value[start - size - 1] !== mark[0] || value.slice(start - 3, start) === "***";
    if (around && whole) {
      return EditorText.replace(area, start - size, end + size, inside, 0, inside.length);
    }
    const text = inside || EditorSite.say(word);
    EditorText.replace(area, start, end, mark + text + mark, size, size + text.length);
  }

  function code(area) {
    const inside = EditorText.selected(area);
    wrap(area, inside.includes("`") ? "``" : "`", "code");
  }

  function maths(area) {
    const inside = EditorText.selected(area);
    if (!inside.includes("\n")) return wrap(area, "$", "x");
    EditorText.block(area, `$$\n${inside.trim()}\n$$`, 3, 3 + inside.trim().length);
  }

  const isAddress = (text) => /^(https?:\/\/|mailto:|\/|#)\S+$/.test(text);

  function link(area, address = "") {
    const { selectionStart: start, selectionEnd: end } = area;
    const inside = EditorText.selected(area);
    if (!address && isAddress(inside)) {
      const text = EditorSite.say("text");
      return EditorText.replace(area, start, end, `[${text}](${inside})`, 1, 1 + text.length);
    }
    const text = inside || EditorSite.say("text");
    const target = address || "https://";
    const made = `[${text}](${target})`;
    if (address) return EditorText.replace(area, start, end, made);
    EditorText.replace(area, start, end, made, text.length + 3, made.length - 1);
  }

  const prefixed = (mark) => (area) => {
    const lines = EditorText.lines(area).text.split("\n");
    const filled = lines.filter((line) => line.trim());
    const all = filled.length > 0 && filled.every((line) => mark.test(line));
    EditorText.eachLine(area, (line, index) => {
      if (all) return line.replace(mark, "");
      return line.trim() || lines.length === 1 ? mark.make(index) + line : line;
    });
  };
  const mark = (test, make) => Object.assign(test, { make });

  function heading(area) {
    EditorText.eachLine(area, (line) => {
      if (/^#{3} /.test(line)) return line.replace("### ", "#### ");
      if (/^#{4} /.test(line)) return line.slice(5);
      return `### ${line}`;
    });
  }

  async function fence(area) {
    const inside = EditorText.selected(area);
    const said = await EditorDialogs.ask("fence");
    if (!said) return;
    // A fence is longer than any in what it holds.
    const longest = Math.max(2, ...(inside.match(/`{3,}/g) ?? []).map((one) => one.length));
    const ticks = "`".repeat(longest + 1);
    const open = `${ticks}${said.get("language").trim()}\n`;
    EditorText.block(area, `${open}${inside}\n${ticks}`, open.length, open.length + inside.length);
  }

  async function table(area) {
    const said = await EditorDialogs.ask("table");
    if (!said) return;
    const columns = Math.min(12, Number(said.get("columns")) || 1);
    const rows = Math.min(50, Number(said.get("rows")) || 1);
    const head = EditorSite.say("heading");
    const line = (cell) => `|${` ${cell} |`.repeat(columns)}\n`;
    const empty = " ".repeat(head.length);
    const text = line(head) + line("-".repeat(head.length)) + line(empty).repeat(rows);
    EditorText.block(area, text.trimEnd(), 2, 2 + head.length);
  }

  async function callout(area) {
    const inside = EditorText.selected(area).trim() || EditorSite.say("calloutText");
    const said = await EditorDialogs.ask("callout");
    if (!said) return;
    const open = `:::${said.get("kind")} ${said.get("title").trim()}`.trimEnd();
    const from = open.length + 1;
    EditorText.block(area, `${open}\n${inside}\n:::`, from, from + inside.length);
  }

  // The next free number; the note itself stands at the end of the text.
  function footnote(area) {
    const used = [...area.value.matchAll(/\[\^(\d+)\]/g)].map((found) => Number(found[1]));
    const number = Math.max(0, ...used) + 1;
    const at = area.selectionEnd;
    EditorText.replace(area, at, at, `[^${number}]`);
    const end = area.value.trimEnd().length;
    const last = area.value.trimEnd().split("\n").at(-1);
    const gap = /^\[\^\d+\]:/.test(last) ? "\n" : "\n\n";
    const words = EditorSite.say("noteText");
    const text = `${gap}[^${number}]: ${words}\n`;
    const from = text.length - words.length - 1;
    EditorText.replace(area, end, area.value.length, text, from, from + words.length);
  }

  function undo(area) {
    area.focus();
    document.execCommand("undo");
  }

  return {
    bold: (area) => wrap(area, "**", "text"),
    italic: (area) => wrap(area, "*", "text"),
    code,
    maths,
    link,
    isAddress,
    heading,
    list: prefixed(mark(/^[-*+] /, () => "- ")),
    numbers: prefixed(mark(/^\d+\. /, (index) => `${index + 1}. `)),
    quote: prefixed(mark(/^> ?/, () => "> ")),
    fence,
    table,
    callout,
    footnote,
    undo,
    image: (area) => EditorImages.choose(area),
  };
})();
