// After the end of an attempt: delivers what this browser still keeps of it, and says what came of it.
"use strict";

(() => {
  const root = document.querySelector("[data-late]");
  const store = root && new QuizStore(root.dataset.late);
  if (!store) return;
  if (store.packets().length === 0) {
    store.forget();
    return;
  }
  const notices = new QuizNotices(root);
  const queue = new QuizQueue(store, new QuizSite(root));
  queue.addEventListener("outcome", ({ detail: { packet, message, sign_in } }) => {
    if (queue.stuck) {
      notices.say("connection", queue.stuck, { message, sign_in });
      return;
    }
    notices.hush("connection");
    notices.say(`question-${packet.place}`, "question-why", { place: packet.place, message });
    if (queue.empty) store.forget();
  });
  queue.deliver();
})();
