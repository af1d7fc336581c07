/* Notes of what was looked up: each is kept in this browser, and is the same on every page that asks for it. */
(() => {
  "use strict";

  const { part, mark, SITE, UNSEEN, follow, store } = window.shared;

  const NOTE = 500; // characters of a note

  const noteOf = (text) => text.replace(UNSEEN, " ").slice(0, NOTE);

  // For the tests.
  document.currentScript.core = { noteOf };

  // ---- The page

  const PLACE = `${SITE} v2 note `; // the key of each note begins so
  const FIELDS = ".look-up input";
  const keyOf = (field) => `${PLACE}${mark(field.closest("label").textContent)}`;

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
  addEventListener("storage", ({ key }) => (key === null || key.startsWith(PLACE)) && refresh());
  addEventListener("pageshow", ({ persisted }) => persisted && refresh());
  follow(refresh);
})();
