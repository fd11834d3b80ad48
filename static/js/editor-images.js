// Pictures by button, paste or drop: asked what they show, then uploaded to the course's library.
"use strict";

const EditorImages = (() => {
  const kinds = ["image/png", "image/jpeg", "image/webp", "image/gif", "image/svg+xml"];
  const most = 10_000_000;
  let number = 0;
  // What was typed with a picture that could not be kept: nobody types it twice.
  let kept = "";

  // A place of its own: what is wrong with the text comes and goes with every letter.
  function complain(area, name, why) {
    const said = area.closest(".md-editor").querySelector("[data-of-pictures]");
    said.textContent = name && EditorSite.say("uploadFailed", { name, why });
    if (name) said.scrollIntoView({ block: "nearest" });
  }

  function refusal(file) {
    const { upload, course } = EditorSite.about;
    if (!upload || !course) return EditorSite.say("noLibrary");
    if (!kinds.includes(file.type)) return EditorSite.say("notAPicture");
    if (file.size > most) return EditorSite.say("tooBig", { most: most / 1e6 });
    return "";
  }

  // A picture from the clipboard is called image.png by every browser.
  const nameOf = (file) => file.name || "image.png";

  async function choose(area) {
    const said = await EditorDialogs.ask("image", (form) => prepare(form, null));
    const file = said?.get("file");
    if (file?.size) await add(area, file, said.get("alt"));
  }

  // A file that is there already is not asked for.
  function prepare(form, file) {
    form.elements.alt.value = kept;
    form.elements.file.disabled = Boolean(file);
    form.querySelector("[data-choose]").hidden = Boolean(file);
    const chosen = form.querySelector("[data-chosen]");
    chosen.hidden = !file;
    chosen.textContent = file ? nameOf(file) : "";
  }

  async function take(area, files) {
    for (const file of files) {
      const why = refusal(file);
      if (why) {
        complain(area, nameOf(file), why);
        continue;
      }
      const said = await EditorDialogs.ask("image", (form) => prepare(form, file));
      if (said) await add(area, file, said.get("alt"));
    }
  }

  // Its place is held in the text while it is on its way.
  async function add(area, file, alt) {
    const name = nameOf(file);
    const why = refusal(file);
    kept = alt;
    if (why) return complain(area, name, why);
    complain(area, "");
    const words = EditorSite.say("uploading", { name: name.replace(/[[\]]/g, "") });
    const held = `![${words} ${++number}…]()`;
    area.setSelectionRange(area.selectionEnd, area.selectionEnd);
    const whole = EditorText.block(area, held);
    const { ok, data, status } = await send(area, file, alt);
    if (ok) {
      kept = "";
      return EditorText.swap(area, held, data.markdown);
    }
    if (!EditorText.swap(area, whole, "")) EditorText.swap(area, held, "");
    complain(area, name, reason(status, data));
  }

  function reason(status, data) {
    if (status === 401) return EditorSite.say("signedOut");
    const errors = data?.errors && Object.values(data.errors).flat();
    return errors?.length ? errors.join(" ") : EditorSite.say("noAnswer");
  }

  // By XMLHttpRequest, which alone tells how much of it has left.
  function send(area, file, alt) {
    const body = new FormData();
    body.set("file", file, nameOf(file));
    body.set("alt", alt.trim());
    body.set("course", EditorSite.about.course);
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.setAttribute("aria-label", EditorSite.say("uploading", { name: nameOf(file) }));
    area.closest(".md-editor").querySelector(".md-foot").prepend(bar);
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open("POST", EditorSite.about.upload);
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("X-CSRFToken", EditorSite.token?.value ?? "");
      request.upload.addEventListener("progress", ({ loaded, total }) => {
        bar.value = loaded / total;
      });
      request.addEventListener("loadend", () => {
        bar.remove();
        resolve(answerOf(request));
      });
      request.send(body);
    });
  }

  // Who is signed out is sent to another page, which is no answer.
  function answerOf(request) {
    const moved = request.responseURL && !request.responseURL.endsWith(EditorSite.about.upload);
    if (moved) return { ok: false, status: 401, data: null };
    try {
      const data = JSON.parse(request.responseText);
      return { ok: request.status === 201, status: request.status, data };
    } catch {
      return { ok: false, status: request.status, data: null };
    }
  }

  const pictures = (transfer) =>
    [...(transfer?.files ?? [])].filter((file) => file.type.startsWith("image/"));
  const areaOf = (target) =>
    target.closest?.(".md-editor:not([data-inline])")?.querySelector("textarea[data-markdown]");

  document.addEventListener("paste", (event) => {
    const area = areaOf(event.target);
    const files = pictures(event.clipboardData);
    // Text that was copied with a picture of itself, as spreadsheets do, is text.
    if (!area || !files.length || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    take(area, files);
  });
  document.addEventListener("dragover", (event) => {
    if (areaOf(event.target) && event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const area = areaOf(event.target);
    if (!area || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    take(area, [...event.dataTransfer.files]);
  });

  return { choose, take };
})();
