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

  /* What a text says as JSON; null for any other. */
  const parsed = (text) => attempt(() => JSON.parse(text));

  const finder = (kind) => (root, name) => root.querySelector(`[data-${kind}="${name}"]`);
  const part = finder("part");
  const action = finder("action");
  const template = (root, name) => finder("template")(root, name).content;

  const made = (tag, values) => Object.assign(document.createElement(tag), values);

  /* Gives the reader a text as a file of a name. */
  function save(download, text, type = "text/plain") {
    const href = URL.createObjectURL(new Blob([text], { type }));
    made("a", { href, download }).click();
    setTimeout(() => URL.revokeObjectURL(href));
  }

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

  // Control characters, halves of a character, ends of lines, and what turns the direction of a text.
  const UNSEEN = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

  /* Now, and on each page that the theme loads later. */
  function follow(start) {
    start();
    window.document$?.subscribe(start);
  }

  const here = document.currentScript.src;
  // The site's own path, so that two sites or versions on one host do not meet. The tests have none.
  const SITE = here ? new URL("..", here).pathname : "/";

  /* A function that loads scripts which lie beside this one, once it is called: null if one does not come, and the next
     call tries again. */
  function onCall(paths) {
    const loaded = (path) => new Promise((onload, onerror) =>
      document.head.append(made("script", { src: new URL(path.split("/").at(-1), here), async: false, onload, onerror })));
    let all = null;
    return () => (all ??= Promise.all(paths.split(" ").map(loaded)).catch(() => (all = null)));
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
    // A browser that refuses a new value keeps the old one, so that both may have a key.
    keys: (prefix) => [...new Set([...memory.keys(), ...(attempt(() => Object.keys(localStorage)) ?? [])])].filter((key) => key.startsWith(prefix)),
    full: () => memory.size > 0,
  };

  /* At the first step within a page the theme would load it anew, and what a reader has entered there would be gone.
     Links within a page are left to the browser; of other steps the theme hears once it has loaded a page itself,
     unless one of `steps` takes them. */
  const path = location.pathname;
  const steps = [];
  let isWhole = true;
  const look = () => { isWhole &&= location.pathname === path; };
  document.addEventListener("click", ({ target }) => {
    const link = target.closest?.("a[href*='#']");
    if (link?.pathname === location.pathname) link.target ||= "_self";
  }, { capture: true });
  addEventListener("click", look);
  addEventListener("popstate", (event) => {
    look();
    if (steps.filter((step) => step()).length || isWhole) event.stopImmediatePropagation();
  });

  /* The theme asks for its search at once, and for the index. It gets neither from this page until a
     reader comes to the field: the form has the index's address in place of the name that the theme knows it by. */
  const Eager = window.Worker;
  class Later extends EventTarget {
    constructor(script, index) {
      super();
      let asked;
      const start = () => {
        asked ??= this.load(script, index).catch(() => (asked = null)); // the next visit of the field tries again
      };
      const isField = (one) => one?.matches("[data-md-component='search-query']");
      document.addEventListener("focusin", ({ target }) => isField(target) && start());
      if (isField(document.activeElement)) start();
    }
    async load(script, index) {
      const answer = await fetch(index);
      const { config, docs } = await answer.json();
      this.worker = new Eager(script);
      this.worker.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent("message", { data }));
      this.worker.postMessage({ type: 0, data: { config, docs, options: {} } });
    }
    postMessage({ type, data }) {
      // An option of a command begins with the sign that would leave its word out.
      this.worker?.postMessage({ type, data: data.replace(/(^|\s)-+/g, "$1") });
    }
  }
  if (location.protocol !== "file:")
    window.Worker = function (script, options) {
      const index = `${script}`.includes("/workers/search.") && document.querySelector("[data-search-index]")?.dataset.searchIndex;
      return index ? new Later(script, new URL(index, location)) : new Eager(script, options);
    };

  window.shared = { attempt, parsed, part, action, template, made, filled, mark, NAME, SITE, UNSEEN, follow, onCall, save, store, steps, say: document.currentScript.dataset };
})();
