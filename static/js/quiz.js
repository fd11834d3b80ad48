// Taking a quiz: answers are saved as they are given, and none is lost without a connection.
// Every page of it works by forms and links too, without this script.
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
  const saving = new QuizSaving({ root, store, queue, cards, answers, notices });
  const ending = new QuizEnding({ root, site, queue, cards, answers, notices });

  // Going from question to question

  cards.addEventListener("leave", () => {
    answers.saveTyping();
    for (const topic of ["delivered", "wait"]) notices.hush(topic);
  });
  cards.addEventListener("show", () => saving.showOpen());
  cards.addEventListener("kept", ({ detail: card }) => saving.prepare(card));
  cards.addEventListener("missing", (event) => {
    if (navigator.onLine && !queue.stuck) return;
    event.preventDefault();
    notices.say("wait", "wait-card");
  });

  // Once, when the browser has nothing better to do; where it fails, when the site is back.
  let keeping = false;
  async function keepCards() {
    if (keeping) return;
    keeping = true;
    try {
      cards.keep(await site.page(root.dataset.cards));
    } catch {
      keeping = false;
    }
  }
  addEventListener("online", keepCards);
  queue.addEventListener("outcome", () => queue.empty && keepCards());

  // Buttons

  async function goOn(form) {
    saveAnyway(form);
    const place = form.elements.next.value;
    if (!cards.has(place)) await queue.deliver();
    if (cards.has(place) || !queue.stuck) cards.go(place);
    else notices.say("wait", "wait-card");
  }

  // Without a change too: an order may be right as it stands.
  function saveAnyway(form) {
    if (!notices.isMarked(cards.place)) answers.unknow(form);
    answers.save(form);
  }

  function actOf(form, button) {
    if (form.matches("[data-hand-in]")) return () => ending.handIn();
    if (!form.matches("[data-answer]")) return null;
    if (!button?.matches("[data-check]")) return () => goOn(form);
    return () => {
      saveAnyway(form);
      return ending.check(form, button);
    };
  }

  root.addEventListener("submit", (event) => {
    const act = actOf(event.target, event.submitter);
    if (!act) return; // a form that is none of ours
    event.preventDefault();
    ending.press(event.submitter, act);
  });

  // Begin, with what an earlier page has left

  saving.prepare(cards.shown);
  for (const { place } of store.packets()) saving.sayKept(place);
  queue.deliver();
  if ("requestIdleCallback" in window) requestIdleCallback(keepCards, { timeout: 2000 });
  else setTimeout(keepCards, 500);
  const face = root.querySelector("[data-deadline]");
  if (face) ending.watch(new QuizTimer(face, site), root.querySelector("[data-time-says]"));
})();
