// How long a text is, counted as `courses/editor/counting.py` counts it, so that no text has to be
// sent to be counted. The preview's answer says the same number; a test compares the two.
"use strict";

const EditorWords = (() => {
  const wordsAMinute = 200;
  const shortest = 300;
  const longest = 700;
  const fenceMark = /^ {0,3}(`{3,}|~{3,})/;
  const formula = /\$\$[^$]*\$\$|\$[^$\n]+\$/g;
  const address = /\]\([^()\n]*\)|https?:\/\/[^ \n]+/g;
  const sign = "\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff";
  const run = `(?:(?![${sign}])[\\p{L}\\p{N}])+`;
  const word = new RegExp(`[${sign}]|${run}(?:['’-]${run})*`, "gu");

  function outsideFences(source) {
    const kept = [];
    let fenced = [];
    let fence = "";
    for (const line of source.split("\n")) {
      const found = fenceMark.exec(line)?.[1];
      if (fence) {
        fenced.push(line);
        if (found?.startsWith(fence)) [fence, fenced] = ["", []];
      } else if (found) {
        [fence, fenced] = [found, [line]];
      } else {
        kept.push(line);
      }
    }
    return [...kept, ...fenced].join("\n");
  }

  function count(source) {
    const text = outsideFences(source).replace(formula, " ").replace(address, "] ");
    return text.match(word)?.length ?? 0;
  }

  const minutes = (words) => Math.ceil(words / wordsAMinute);
  const figures = (words) => ({ words: words.toLocaleString(), minutes: minutes(words) });
  const isText = (area) => ["section", "introduction"].includes(EditorWords.shape(area));

  function hint(area, words) {
    if (EditorWords.shape(area) !== "section" || !words) return "";
    if (words < shortest) return `; ${EditorSite.say("short")}`;
    if (words > longest) return `; ${EditorSite.say("long")}`;
    return "";
  }

  function show(area) {
    const words = count(area.value);
    area.editorWords = words;
    const place = area.closest(".md-editor")?.querySelector(".md-words");
    if (!place || !isText(area)) return;
    place.textContent = EditorSite.say("words", figures(words)) + hint(area, words);
  }

  function showLesson() {
    const places = document.querySelectorAll("[data-lesson-words]");
    if (!places.length) return;
    const areas = [...document.querySelectorAll("textarea[data-markdown]")].filter(
      (area) => isText(area) && !area.closest("[data-removed], template, [hidden]"),
    );
    const words = areas.reduce((sum, area) => sum + (area.editorWords ?? 0), 0);
    const text = EditorSite.say("lesson", figures(words));
    for (const place of places) place.textContent = text;
  }

  return {
    count,
    minutes,
    show,
    showLesson,
    // What the text is on the reader's page.
    shape: (area) => area.dataset.as || "section",
  };
})();
