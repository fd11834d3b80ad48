// Taking a quiz: answers are saved as they are given, and none is lost without a connection.
// Every part works without this file too, by forms and links.
"use strict";

(() => {
  const root = document.querySelector("[data-attempt]");
  if (!root) return;
  const store = new QuizStore(root.dataset.attempt);
  const site = new QuizSite(root);
  const queue = new QuizQueue(store, site);
  const cards = new QuizCards(root);
  const answers = new QuizAnswers(root);
  const notices = new QuizNotices(root);
  const face = root.querySelector("[data-deadline]");
  const timer = face && new QuizTimer(face, site);
  const formOf = (card) => card?.querySelector("form[data-answer]");
  let timeIsUp = false;
  let done = false;

  // Answers ------------------------------------------------------------------

  answers.addEventListener("answer", ({ detail: { form, body } }) => {
    const { place } = form.closest("[data-place]").dataset;
    queue.put(place, body);
    if (queue.stuck) sayKept(place);
    // Nothing flickers while the site is quick.
    else setTimeout(() => store.newestOf(place) && !queue.stuck && say(place, "saving"), 800);
  });

  queue.addEventListener("outcome", ({ detail }) => {
    ({ saved: onSaved, refused: onRefused, ended: onEnded })[detail.kind]?.(detail);
    if (queue.stuck) sayStuck(detail);
    else if (queue.empty) sayDelivered();
  });

  function say(place, words, values) {
    notices.status(cards.card(place), words, values);
  }

  function onSaved({ packet: { place }, saved, answered, counts, message, results }) {
    if (store.newestOf(place)) return; // a newer answer is on its way
    notices.hush(`question-${place}`);
    if (counts) {
      say(place, "saved", { time: saved });
      notices.mark(place, answered ? "saved" : "");
    } else {
      say(place, "uncounted");
      if (results) notices.say("ended", "ended", { message, results });
      else notices.say(`question-${place}`, "uncounted-why", { place, message });
    }
    showOpen();
  }

  function onRefused({ packet: { place }, message }) {
    if (store.newestOf(place)) return;
    const form = formOf(cards.card(place));
    if (form) answers.unknow(form);
    say(place, "refused");
    notices.mark(place, "");
    notices.say(`question-${place}`, "refused-why", { place, message });
    showOpen();
  }

  function onEnded({ packet: { place }, message, results }) {
    say(place, "refused");
    notices.mark(place, "");
    notices.say("ended", "ended", { message, results });
  }

  function sayStuck({ message, sign_in }) {
    store.packets().forEach(({ place }) => sayKept(place));
    notices.hush("delivered");
    notices.say("connection", queue.stuck, { message, sign_in });
    if (store.lasting) notices.hush("memory");
    else notices.say("memory", "memory");
  }

  function sayKept(place) {
    say(place, "kept");
    notices.mark(place, "waiting");
    showOpen();
  }

  function sayDelivered() {
    if (notices.root.querySelector("[data-topic=connection]")) notices.say("delivered", "delivered");
    for (const topic of ["connection", "memory", "wait"]) notices.hush(topic);
    keepCards();
    if (timeIsUp) handIn();
  }

  // Another tab of this attempt has saved an answer.
  addEventListener("storage", (event) => {
    const mark = store.heard(event);
    if (!mark) return;
    notices.mark(mark.place, mark.answered ? "saved" : "");
    showOpen();
    if (queue.empty) sayDelivered();
  });

  addEventListener("pagehide", () => answers.saveTyping());
  document.addEventListener("visibilitychange", () => document.hidden && answers.saveTyping());
  addEventListener("beforeunload", (event) => {
    answers.saveTyping();
    if (!queue.empty && !store.lasting) event.preventDefault();
  });

  // Going from question to question -------------------------------------------

  cards.addEventListener("leave", () => {
    answers.saveTyping();
    for (const topic of ["delivered", "wait"]) notices.hush(topic);
  });
  cards.addEventListener("show", showOpen);
  cards.addEventListener("missing", (event) => {
    if (navigator.onLine && !queue.stuck) return;
    event.preventDefault();
    notices.say("wait", "wait-card");
  });

  // Once, when the browser has nothing better to do.
  let keeping = false;
  async function keepCards() {
    if (keeping) return;
    keeping = true;
    try {
      cards.keep(await site.page(root.dataset.cards));
      cards.all.forEach(prepare);
    } catch {
      keeping = false; // the links work as links; we try again when an answer has got through
    }
  }

  // A card as it came from the site gets what was answered since.
  const prepared = new WeakSet();
  function prepare(card) {
    const form = formOf(card);
    if (!form || prepared.has(card)) return;
    prepared.add(card);
    answers.know(form);
    const waiting = store.newestOf(card.dataset.place);
    if (!waiting) return;
    answers.fill(form, waiting.body);
    sayKept(card.dataset.place);
  }

  // At the end: which questions have no answer yet.
  function showOpen() {
    if (cards.place !== "end") return;
    const rows = [...cards.shown.querySelectorAll("[data-open]")];
    for (const row of rows) row.hidden = notices.isMarked(row.dataset.open);
    const open = rows.some((row) => !row.hidden);
    for (const part of cards.shown.querySelectorAll("[data-when]")) {
      part.hidden = (part.dataset.when === "open") !== open;
    }
  }

  // Buttons --------------------------------------------------------------------

  root.addEventListener("submit", (event) => {
    event.preventDefault();
    const { target: form, submitter: button } = event;
    if (!form.matches("[data-answer]")) return pressed(button, () => handIn());
    if (button?.matches("[data-check]")) return pressed(button, () => check(form, button));
    return pressed(button, () => goOn(form));
  });

  // A second press while the first is at work does nothing.
  async function pressed(button, act) {
    if (!button) return act();
    if (button.ariaDisabled === "true") return undefined;
    const words = [...button.childNodes];
    button.ariaDisabled = "true";
    if (button.dataset.busy) {
      button.style.minInlineSize = `${button.offsetWidth}px`;
      button.textContent = button.dataset.busy;
    }
    try {
      return await act();
    } finally {
      if (!done) {
        button.replaceChildren(...words);
        button.ariaDisabled = null;
      }
    }
  }

  async function goOn(form) {
    answers.save(form);
    const place = form.elements.next.value;
    if (!cards.has(place)) await queue.deliver();
    if (cards.has(place) || !queue.stuck) cards.go(place);
    else notices.say("wait", "wait-card");
  }

  // Whether everything is at the site; else says what it waits for.
  async function delivered(waiting) {
    answers.saveTyping();
    await queue.deliver();
    if (queue.empty) return true;
    notices.say("wait", waiting);
    return false;
  }

  async function check(form, button) {
    answers.save(form);
    if (!(await delivered("wait-check"))) return;
    try {
      const body = new URLSearchParams(new FormData(form));
      body.set("sequence", Math.floor(site.now()));
      const answer = await site.post(button.formAction, { body: body.toString() });
      showChecked(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      notices.say("wait", "wait-check");
    }
  }

  function showChecked(page) {
    const card = page.querySelector("[data-place]:not(a)");
    const steps = page.querySelector(".steps");
    if (!card) return location.reload(); // signed out, say: the page knows
    cards.replace(card);
    if (steps) root.querySelector(".steps").replaceWith(document.adoptNode(steps));
    prepare(cards.shown);
    notices.hush("wait");
    cards.shown.querySelector(".feedback")?.focus();
  }

  async function handIn() {
    if (done || !(await delivered(timeIsUp ? "time-up-kept" : "wait-hand-in"))) return;
    try {
      // The answer is the way to the results, or to signing in: the browser goes there itself.
      const answer = await site.post(`${site.url}submit/`, { redirect: "manual" });
      if (!answer.ok && answer.type !== "opaqueredirect") throw new Error(`${answer.status}`);
      done = true;
      location.assign(`${site.url}?q=end`);
    } catch {
      notices.say("wait", timeIsUp ? "time-up-kept" : "wait-hand-in");
    }
  }

  // Back to this page out of the browser's memory: what was handed in is no longer open.
  addEventListener("pageshow", (event) => event.persisted && done && location.reload());

  // Time -----------------------------------------------------------------------

  timer?.addEventListener("warning", ({ detail }) => {
    root.querySelector("[data-time-says]").replaceChildren(notices.words(`left-${detail}`));
  });
  timer?.addEventListener("up", async () => {
    try {
      await site.askTime();
    } catch {
      notices.say("time", "time-up-kept");
    }
    if (timer.left > 0) return timer.tick(); // it was this device's clock
    timeIsUp = true;
    notices.say("time", "time-up");
    return handIn();
  });

  // Begin ----------------------------------------------------------------------

  prepare(cards.shown);
  for (const { place } of store.packets()) sayKept(place);
  queue.deliver();
  if ("requestIdleCallback" in window) requestIdleCallback(keepCards, { timeout: 2000 });
  else setTimeout(keepCards, 500);
})();
