/* What the scripts share. It comes once, before them. */
(() => {
  "use strict";

  const attempt = (what) => {
    try {
      return what();
    } catch {
      return null;
    }
  };

  const finder = (kind) => (root, name) => root.querySelector(`[data-${kind}="${name}"]`);
  const part = finder("part");
  const action = finder("action");
  const template = (root, name) => finder("template")(root, name).content;

  const made = (tag, values) => Object.assign(document.createElement(tag), values);

  /* A sentence with its {words} filled in. */
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);

  /* A short word to know a text by. */
  function mark(text) {
    let sum = 0;
    for (const letter of text.replace(/\s+/g, " ").trim()) sum = (Math.imul(sum, 31) + letter.codePointAt(0)) | 0;
    return (sum >>> 0).toString(36);
  }

  // Names of servers stand in commands: nothing that a shell reads, and no option.
  const NAME = /^[A-Za-z0-9:_][A-Za-z0-9._:-]{0,63}$/;

  /* Now, and on each page that the theme loads later. */
  function follow(start) {
    start();
    window.document$?.subscribe(start);
  }

  // Storage, shared with other sites of the host; a browser may refuse it.
  const memory = new Map(); // what the browser did not take
  const store = {
    get: (key) => memory.get(key) ?? attempt(() => localStorage.getItem(key)),
    set(key, value) {
      memory.set(key, value);
      attempt(() => {
        localStorage.setItem(key, value);
        memory.delete(key);
      });
    },
    remove(key) {
      memory.delete(key);
      attempt(() => localStorage.removeItem(key));
    },
    keys: (prefix) => [...memory.keys(), ...(attempt(() => Object.keys(localStorage)) ?? [])].filter((key) => key.startsWith(prefix)),
    full: () => memory.size > 0,
  };

  window.shared = { attempt, part, action, template, made, filled, mark, NAME, follow, store, say: document.currentScript.dataset };
})();
