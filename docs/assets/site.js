/* Mends of the theme, for readers who use a keyboard or a screen reader. */
(() => {
  "use strict";

  const ROLES = Object.entries({
    "table": "table", "thead, tbody": "rowgroup", "tr": "row", "td": "cell",
    "th[scope=col]": "columnheader", "th[scope=row]": "rowheader",
  }).map(([tags, role]) => [`.md-typeset :is(${tags})`, role]);

  function mend() {
    document.querySelector("[data-md-component='search']")?.setAttribute("aria-label", "Search");
    // The theme puts each table in a box that may scroll, and each code block beside a nav.
    document.querySelectorAll(".md-typeset__scrollwrap").forEach((box) => {
      box.tabIndex = 0;
      box.role = "group";
      box.ariaLabel = "Table";
    });
    document.querySelectorAll(".md-code__nav").forEach((nav, number) => {
      nav.ariaLabel = `Code ${number + 1}`;
    });
    // Some browsers take a table that a narrow screen lays out as a grid for no table.
    for (const [tags, role] of ROLES)
      document.querySelectorAll(tags).forEach((part) => { part.role = role; });
  }

  // The theme adds its parts after a page has loaded, some only when they come into view.
  new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
  mend();
})();
