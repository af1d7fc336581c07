/* The way back from another page to a run that is under way. Each page of a run keeps where it is; what is kept is not trusted. */
(() => {
  "use strict";

  const { attempt, parsed, follow, made, part, store } = window.shared;

  const WHERE = /^\P{C}{1,500}$/u; // the words of a place in a run

  /* The latest run leads back, unless this is its page. A rehearsal is of this tab. */
  function leadBack() {
    const line = document.querySelector("[data-under-way]");
    if (!line) return;
    const pages = [...line.querySelectorAll("[data-run]")].map((title) => {
      const { pathname, href } = new URL(title.dataset.run, location);
      const rehearsal = attempt(() => sessionStorage.getItem(`${pathname} at`));
      const { time, where } = Object(parsed(rehearsal ?? store.get(`${pathname} at`)));
      return { title, pathname, href, rehearsal, time: Number.isInteger(time) && typeof where === "string" && WHERE.test(where) ? time : 0, where };
    });
    const latest = pages.reduce((one, other) => (other.time > one.time ? other : one));
    line.hidden = !(latest.time > 0) || latest.pathname === location.pathname;
    for (const { title } of pages) title.hidden = title !== latest.title;
    part(line, "rehearsal").hidden = latest.rehearsal === null;
    part(line, "where").replaceChildren(made("a", { href: `${latest.href}#run-now`, textContent: latest.where }));
  }

  follow(leadBack);
  for (const change of ["storage", "pageshow"]) addEventListener(change, leadBack);
})();
