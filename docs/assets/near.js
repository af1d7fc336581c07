/* On the page for a missing address: the pages whose addresses share most words with it. */
(() => {
  "use strict";

  const section = document.querySelector("[data-near]");
  const words = (path) => path.toLowerCase().split(/[^a-z0-9]+/).filter((word) => word.length > 2 && word !== "html");
  const base = words(new URL(document.querySelector(".site-search").action).pathname);
  const asked = words(location.pathname).filter((word) => !base.includes(word));
  const found = [...section.querySelectorAll("li")]
    .map((item) => [words(item.firstChild.pathname).filter((word) => asked.includes(word)).length, item])
    .filter(([shared]) => shared)
    .sort(([one], [other]) => other - one);
  for (const [shared, item] of found.slice(0, 3)) if (shared === found[0][0]) item.hidden = section.hidden = false;
})();
