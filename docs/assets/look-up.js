/* Notes of what was looked up: each is kept in this browser, and is the same on every page that asks for it. */
(() => {
  "use strict";

  const { part, mark, follow, store } = window.shared;

  const NOTE = 500; // characters of a note
  // Control characters, ends of lines, and what turns the direction of a text.
  const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

  const noteOf = (text) => text.replace(UNSEEN, " ").slice(0, NOTE);

  const script = document.currentScript;
  // For the tests.
  script.core = { noteOf };

  // ---- The page

  const SITE = `${script.src ? new URL("..", script.src).pathname : "/"} v2`;
  const FIELDS = ".look-up input";
  const keyOf = (field) => `${SITE} note ${mark(field.closest("label").textContent)}`;

  function show(field, text) {
    if (field.value !== text) field.value = text;
    field.closest("label").dataset.note = text; // for paper
  }

  function refresh() {
    for (const box of document.querySelectorAll(".look-up")) {
      let spoilt = false;
      for (const field of box.querySelectorAll("input")) {
        const kept = store.get(keyOf(field)) ?? "";
        if (kept === noteOf(kept)) show(field, kept);
        else spoilt = true;
      }
      part(box, "spoilt").hidden = !spoilt;
    }
  }

  function note(field) {
    show(field, noteOf(field.value));
    if (field.value) store.set(keyOf(field), field.value);
    else store.remove(keyOf(field));
    part(field.closest(".look-up"), "unkept").hidden = !store.full();
  }

  document.addEventListener("input", ({ target }) => target.matches(FIELDS) && note(target));
  addEventListener("storage", ({ key }) => (key === null || key.startsWith(SITE)) && refresh());
  addEventListener("pageshow", ({ persisted }) => persisted && refresh());
  follow(refresh);
})();
