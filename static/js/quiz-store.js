// What has to outlive the page of one attempt: answers that the site has not acknowledged, and the
// last sequence. It is kept in this browser; in memory where storage is refused or full.
"use strict";

class QuizStore {
  #memory = new Map();
  // Whether everything that waits would survive the end of this page.
  lasting = true;

  constructor(attempt) {
    this.prefix = `quiz:${attempt}:`;
  }

  // A packet has a key of its own, so that two tabs never write over each other's.
  packets() {
    const found = [];
    for (const [key, body] of this.#entries("packet:")) {
      const [sequence, place] = key.split(":");
      found.push({ key: `packet:${key}`, sequence: Number(sequence), place, body });
    }
    return found.sort((one, other) => one.sequence - other.sequence);
  }

  newestOf(place) {
    return this.packets().findLast((packet) => packet.place === place);
  }

  // The newest answer to a question replaces those that wait; it is there before they go.
  add(place, body, now) {
    const older = this.packets().filter((packet) => packet.place === place);
    this.#set(`packet:${this.#sequence(now)}:${place}`, body);
    older.forEach((packet) => this.drop(packet));
  }

  drop(packet) {
    this.#memory.delete(packet.key);
    try {
      localStorage.removeItem(this.prefix + packet.key);
    } catch {}
    this.lasting = this.#memory.size === 0;
  }

  // Tells the other tabs of this attempt, which hear it as a `storage` event.
  tell(mark) {
    try {
      localStorage.setItem(`${this.prefix}mark`, JSON.stringify(mark));
    } catch {}
  }

  heard(event) {
    return event.key === `${this.prefix}mark` && event.newValue ? JSON.parse(event.newValue) : null;
  }

  // After the attempt has ended, once nothing waits.
  forget() {
    try {
      localStorage.removeItem(`${this.prefix}mark`);
      localStorage.removeItem(`${this.prefix}last`);
    } catch {}
  }

  // Milliseconds by the site's clock that only grow, across tabs and reloads of one attempt.
  #sequence(now) {
    this.last = Math.max((this.last ?? 0) + 1, Number(this.#get("last") ?? 0) + 1, Math.floor(now));
    try {
      localStorage.setItem(`${this.prefix}last`, this.last);
    } catch {}
    return this.last;
  }

  *#entries(start) {
    const prefix = this.prefix + start;
    for (const [key, value] of this.#memory) yield [key.slice(start.length), value];
    try {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(prefix)) yield [key.slice(prefix.length), localStorage.getItem(key)];
      }
    } catch {}
  }

  #get(key) {
    try {
      return localStorage.getItem(this.prefix + key);
    } catch {
      return null;
    }
  }

  #set(key, value) {
    try {
      localStorage.setItem(this.prefix + key, value);
    } catch {
      this.#memory.set(key, value);
      this.lasting = false;
    }
  }
}
