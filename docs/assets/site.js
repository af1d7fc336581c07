/* On every page: mends of the theme, for readers who use a keyboard or a screen reader, and the
   scripts of pages that the theme loads later. */
(() => {
  "use strict";

  const { made, filled, follow, say } = window.shared;

  const ROLES = Object.entries({
    "table": "table", "thead, tbody": "rowgroup", "tr": "row", "td": "cell",
    // Not in other tables: the theme makes room for its sort mark there.
    ".data-table th[scope=col]": "columnheader", "th[scope=row]": "rowheader",
  }).map(([tags, role]) => [`.md-typeset :is(${tags})`, role]);

  const all = (root, selector) => [...(root.matches(selector) ? [root] : []), ...root.querySelectorAll(selector)];

  // A box takes the focus only while there is something to scroll.
  const scrolls = new ResizeObserver((boxes) => {
    for (const { target } of boxes)
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
  });

  /* The last of some headings above an element. */
  const above = (headings, element) => [...headings].findLast((one) => one.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);

  /* Mend an element and all in it. */
  function mend(root) {
    for (const search of all(root, "[data-md-component='search']")) search.ariaLabel = say.saySearch;
    for (const link of all(root, ".md-search-result__link")) link.tabIndex = 0;
    // The theme puts each table in a box that may scroll, and each code block beside a nav.
    for (const box of all(root, ".md-typeset__scrollwrap")) {
      scrolls.observe(box);
      if (box.closest(".data-table")) continue; // which has a name
      box.role = "group";
      box.ariaLabel = box.querySelector("table").ariaLabel ?? above(document.querySelectorAll("article :is(h1, h2, h3)"), box)?.firstChild.textContent ?? say.sayTable;
    }
    if (all(root, ".md-code__nav").length)
      document.querySelectorAll(".md-code__nav").forEach((nav, number) => {
        nav.ariaLabel = filled(say.sayCode, { number: number + 1 });
      });
    // Some browsers take a table that a narrow screen lays out as a grid for no table.
    for (const [tags, role] of ROLES)
      for (const part of all(root, tags)) part.role = role;
  }

  // Each part that a page may have is named after its script. A run has its core before it.
  const PARTS = { "run-core": "[data-runbook]" };
  const SCRIPTS = say.scripts.split(" ").map((path) => {
    const [part] = path.split("/").at(-1).split(".");
    return [PARTS[part] ?? `[data-${part}]`, new URL(path, location).href];
  });
  const loaded = new Set([...document.scripts].map((script) => script.src));

  /* The theme's instant navigation runs no script of a later page's head. */
  function load() {
    for (const [part, src] of SCRIPTS) {
      if (loaded.has(src) || !document.querySelector(part)) continue;
      loaded.add(src);
      document.head.append(made("script", { src, async: false })); // in this order
    }
  }

  /* Links within the page, which the theme makes whole: on paper they need no address. */
  function markHere() {
    for (const link of document.querySelectorAll("article a[href*='#']"))
      if (link.pathname === location.pathname && link.host === location.host) link.dataset.here = "";
  }

  /* The theme closes its results at Tab; they are left open, and closed once the focus has left them. */
  function reach() {
    const search = document.querySelector("[data-md-component='search']");
    search?.addEventListener("focusout", ({ relatedTarget }) => {
      const toggle = document.querySelector("[data-md-toggle='search']");
      if (relatedTarget && !search.contains(relatedTarget) && toggle?.checked) toggle.click();
    });
    document.addEventListener("keydown", (event) => event.key === "Tab" && search?.contains(event.target) && event.stopPropagation(), true);
  }

  /* After an instant navigation a reader stands at the title of the page, or at the section that the address names. */
  let isFirst = true;
  function stand() {
    const title = document.querySelector("article h1");
    if (!isFirst && title && !location.hash) {
      title.tabIndex = -1;
      title.focus({ preventScroll: true });
    }
    isFirst = false;
  }

  window.document$?.subscribe(stand);
  reach();
  follow(load);
  follow(markHere);
  // The theme adds its parts after a page has loaded, some only when they come into view.
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE && node.isConnected) mend(node);
  }).observe(document.body, { childList: true, subtree: true });
  mend(document.body);
})();
