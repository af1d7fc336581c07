/* Makes the decision trees of a page faster to use: one question at a time, the answers in
   the address. It reads every question, answer and outcome from the HTML and holds no rule. */
(() => {
  "use strict";

  const { attempt, part, action, template, made, filled, follow } = window.shared;

  // ---- Core: plain values in and out, no page

  // Keys of the theme's search.
  const THEME = ["q", "h"];

  /* The graph of one tree. `former` are earlier ids; an answer's `target` is the `place` it leads to. A note in
     `retired` is for each of its names; what these count as now is known too. */
  function graphOf({ id, plain, start, questions, outcomes, retired }) {
    const byId = (list) => new Map(list.map((one) => [one.id, one]));
    const known = new Map(); // "question=answer" → what it means
    for (const question of questions) {
      for (const answer of question.answers)
        for (const name of [question.id, ...question.former])
          for (const given of [answer.id, ...answer.former]) known.set(`${name}=${given}`, { steps: [{ question, answer }] });
      question.answers = byId(question.answers);
    }
    for (const { names, now, note } of retired)
      for (const name of names) known.set(name, { note, steps: now.flatMap((name) => known.get(name).steps) });
    const places = new Map([...questions, ...outcomes].map((one) => [one.place, one]));
    const next = ({ target }) => places.get(target);
    // Who leads to each, to find the way back.
    for (const one of places.values()) one.before = [];
    for (const question of questions)
      for (const answer of question.answers.values()) next(answer).before.push(question);
    const all = byId(questions);
    return { prefix: `${id}.`, plain, known, next, questions: all, outcomes: byId(outcomes), start: all.get(start) };
  }

  const step = (question, id) => ({ question, answer: question.answers.get(id) });

  /* Follow answers (question id → answer id): the steps that hold, where they end, the answers
     whose question may still come, and the rest. */
  function walk(graph, given) {
    const steps = [];
    let at = graph.start;
    while (!at.outcome && given.has(at.id)) {
      steps.push(step(at, given.get(at.id)));
      at = graph.next(steps.at(-1).answer);
    }
    const left = new Map(given);
    for (const { question } of steps) left.delete(question.id);
    const ahead = left.size ? following(graph, at) : new Set();
    const rest = [...left].map(([id, answer]) => step(graph.questions.get(id), answer));
    const comes = (is) => rest.filter(({ question }) => ahead.has(question) === is);
    return { steps, at, waiting: comes(true), dropped: comes(false) };
  }

  function following(graph, from) {
    const ahead = new Set([from]);
    for (const at of ahead)
      if (!at.outcome) for (const answer of at.answers.values()) ahead.add(graph.next(answer));
    return ahead;
  }

  function pieces(query) {
    return query.slice(1).split("&").filter(Boolean).map((text) => {
      const [[key, value]] = new URLSearchParams(`&${text}`);
      return { text, key, value };
    });
  }

  /* An address with the pieces that stay, and others at its end. */
  function changed(address, stays, added = []) {
    const url = new URL(address);
    const texts = [...pieces(url.search).filter(stays).map(({ text }) => text), ...added];
    // Written at once: each single change would write the whole address again.
    url.search = texts.length ? `?${texts.join("&")}` : "";
    return url;
  }

  const without = (address, keys) => changed(address, ({ key }) => !keys.includes(key));

  const mapOf = (steps) => new Map(steps.map(({ question, answer }) => [question.id, answer.id]));

  /* How many answers each question is away from an outcome, as a Map; those that cannot reach it are not in it. */
  function distances(outcome) {
    const away = new Map([[outcome, 0]]);
    // A Map also gives what is added to it on the way: nearest first.
    for (const [at, steps] of away)
      for (const question of at.before) if (!away.has(question)) away.set(question, steps + 1);
    return away;
  }

  /* What to answer instead to reach another outcome, from the latest answer that can be changed. */
  function difference(graph, steps, outcome) {
    const away = distances(outcome);
    const found = [];
    let at = steps.findLast(({ question }) => away.has(question))?.question;
    while (at && at !== outcome) {
      const nearer = away.get(at) - 1;
      const answer = [...at.answers.values()].find((one) => away.get(graph.next(one)) === nearer);
      found.push({ question: at, answer });
      at = graph.next(answer);
    }
    return found;
  }

  const nameOf = ({ question, answer }) => `${question.id} ${answer.id}`;

  /* What a piece of an address means to a tree; undefined where it is another's. A tree's keys begin
     with its id; the first tree of a page also takes what it knows without, as once written. */
  function meaningOf({ prefix, plain, known }, { key, value }) {
    const own = key.startsWith(prefix);
    if (!own && (!plain || THEME.includes(key))) return undefined;
    const found = known.get(`${own ? key.slice(prefix.length) : key}=${value}`);
    if (found) return { ...found, rank: 2 * own + ("note" in found) };
    return own ? { steps: [], rank: 0, strange: true } : undefined;
  }

  /* The answers in a query, and the lines to say of them. */
  function fromQuery(graph, query, { sayStrange, sayNow }) {
    const meanings = pieces(query).map((piece) => meaningOf(graph, piece)).filter(Boolean);
    const best = new Map();
    let strange = meanings.some((one) => one.strange);
    // What counts most comes first: the newer kind of key, and the retired answer, once the last.
    for (const { rank, steps } of [...meanings].sort((a, b) => b.rank - a.rank))
      for (const { question, answer } of steps) {
        const before = best.get(question);
        if (!before) best.set(question, { rank, question, answer });
        else if (before.rank === rank && before.answer !== answer) strange = true;
      }
    const lines = strange ? [[sayStrange]] : [];
    for (const { note, steps } of meanings)
      if (note && !lines.some(([text]) => text === note)) lines.push([note], [sayNow, steps]);
    return { given: mapOf([...best.values()]), lines };
  }

  /* An address with these answers; what is not this tree's stays as it is. */
  function withAnswers(graph, address, steps) {
    const answers = steps.map(({ question, answer }) => `${graph.prefix}${question.id}=${answer.id}`);
    return changed(address, (piece) => !meaningOf(graph, piece), answers);
  }

  /* A plain-text record for a change ticket: a title, the time, the steps, and lines for the end. */
  function recordOf(title, time, steps, end) {
    const rule = "-".repeat(40);
    const lines = steps.flatMap(({ question, answer }, i) => [`${i + 1}. ${question.text}`, `   ${answer.text}`, `   ${answer.because}`]);
    return [title, time, rule, ...lines, rule, ...end, ""].join("\n");
  }

  // For the tests.
  document.currentScript.core = { graphOf, walk, difference, fromQuery, withAnswers, without, recordOf };

  // ---- The page

  const XLINK = "http://www.w3.org/1999/xlink";

  const words = (text) => (text ? text.split(" ") : []);

  function read(root) {
    const all = (whose, name, how) => [...whose.querySelectorAll(`[data-${name}]`)].map((element) => ({
      id: element.dataset[name], place: element.id, former: words(element.dataset.renamedFrom), element, ...how(element),
    }));
    const answerOf = (element) => {
      const link = element.querySelector("a");
      return { target: element.dataset.target, link, text: link.textContent, because: part(element, "because").textContent };
    };
    const { decisionTree: id, plain, start } = root.dataset;
    return {
      id, start,
      plain: plain !== undefined,
      questions: all(root, "question", (element) => ({ text: element.querySelector("legend").textContent, answers: all(element, "answer", answerOf) })),
      outcomes: all(root, "outcome", (element) => ({ outcome: true, text: part(element, "title").textContent })),
      retired: [...template(root, "retired").children].map(({ dataset, textContent: note }) => ({
        names: words(dataset.retired), now: words(dataset.now), note,
      })),
    };
  }

  /* A page opened from disk may not be allowed an address of its own; the answers still count. */
  function write(how, url) {
    if (url.href !== location.href) attempt(() => history[how](null, "", url));
  }

  const textIn = (tag, text) => made(tag, { dir: "auto", textContent: text });

  function listOf(steps) {
    const list = made("ul");
    list.append(...steps.map(({ question, answer }) => textIn("li", `${question.text} ${answer.text}`)));
    return list;
  }

  class Tree {
    constructor(root) {
      this.root = root;
      this.path = location.pathname;
      this.graph = graphOf(read(root));
      this.message = part(root, "message");
      this.trail = part(root, "trail");
      this.back = action(root, "back");
      this.waiting = [];
      this.readPicture();
      for (const question of this.graph.questions.values())
        for (const answer of question.answers.values()) this.makeButton(question, answer);
      for (const part of root.querySelectorAll("[data-question], [data-outcome]")) part.hidden = true;
      root.addEventListener("click", (event) => this.click(event));
      root.classList.add("is-live");
      this.restore();
      // The theme would open its search over the tree.
      if (this.given.size) write("replaceState", without(location.href, ["q"]));
    }

    makeButton(question, answer) {
      const button = textIn("button", answer.text);
      button.type = "button";
      button.className = answer.link.className;
      button.addEventListener("click", () => this.answer(question, answer));
      answer.link.replaceWith(button);
      answer.button = button;
    }

    restore() {
      const { given, lines } = fromQuery(this.graph, location.search, this.root.dataset);
      this.waiting = [];
      this.show(given, lines);
    }

    go(given, lines) {
      const { steps, waiting } = walk(this.graph, given);
      write("pushState", withAnswers(this.graph, location.href, [...steps, ...waiting]));
      this.show(given, lines);
      this.focus();
    }

    open(query) {
      const { given, lines } = fromQuery(this.graph, query, this.root.dataset);
      if (given.size) this.go(new Map([...this.given, ...given]), lines);
    }

    answer(question, answer) {
      this.go(new Map(this.given).set(question.id, answer.id), []);
    }

    /* Show the state and say these lines. `changing` is a question that the reader wants to answer anew. */
    show(given, lines, changing) {
      const { steps, at, waiting, dropped } = walk(this.graph, given);
      const waited = steps.filter(({ answer }) => this.waiting.some((one) => one.answer === answer));
      const { sayApplied, sayWaiting, sayDropped } = this.root.dataset;
      this.say([...lines, [sayApplied, waited], [sayWaiting, waiting], [sayDropped, dropped]]);
      this.given = mapOf([...steps, ...waiting]);
      this.steps = steps;
      this.waiting = waiting;
      // Only what changes is written: a tree may have a thousand questions.
      if (this.at) this.at.element.hidden = true;
      this.at = changing ?? at;
      this.at.element.hidden = false;
      this.root.classList.toggle("has-outcome", Boolean(this.at.outcome));
      this.back.hidden = !steps.length || Boolean(changing);
      this.showGiven(changing);
      this.showTrail();
      this.showPicture();
      if (at.outcome) this.showOutcome(at);
    }

    /* A line is a text, or a text about some answers; about none it is not said. */
    say(lines) {
      this.message.replaceChildren();
      for (const [text, steps] of lines)
        if (!steps) this.message.append(textIn("p", text));
        else if (steps.length) this.message.append(textIn("p", text), listOf(steps));
    }

    showGiven(changing) {
      this.mark?.remove();
      this.mark = null;
      const answer = changing?.answers.get(this.given.get(changing.id));
      if (answer) answer.button.append(this.mark = this.copyOf("given"));
    }

    copyOf(name) {
      return template(this.root, name).firstElementChild.cloneNode(true);
    }

    showTrail() {
      const lineAs = (template) => ({ question, answer }) => {
        const item = this.copyOf(template);
        part(item, "asked").textContent = question.text;
        part(item, "given").textContent = answer.text;
        part(item, "name").textContent = question.text;
        item.querySelector("button").addEventListener("click", () => this.change(question));
        return item;
      };
      this.trail.hidden = !this.given.size;
      part(this.trail, "answers").replaceChildren(...this.steps.map(lineAs("answer")), ...this.waiting.map(lineAs("waiting")));
    }

    change(question) {
      this.show(this.given, [], question);
      this.focus();
    }

    showOutcome(outcome) {
      const { element } = outcome;
      part(element, "reasons").replaceChildren(...this.steps.map(({ answer }) => textIn("li", answer.because)));
      const others = [...this.graph.outcomes.values()].filter((other) => other !== outcome);
      part(element, "differences").replaceChildren(...others.map((other) => {
        const item = this.copyOf("difference");
        const page = part(item, "page");
        page.href = part(other.element, "page").href;
        page.textContent = other.text;
        item.append(listOf(difference(this.graph, this.steps, other)));
        return item;
      }));
      for (const name of ["why", "others", "copy"]) part(element, name).hidden = false;
      part(element, "others").hidden = !others.length;
    }

    /* The lines by question and answer; the boxes of a question by its id, those of an outcome by the answer into it. */
    readPicture() {
      this.lines = new Map();
      this.boxes = new Map();
      this.lit = new Set();
      this.current = [];
      for (const edge of this.root.querySelectorAll("[data-edge]")) this.lines.set(edge.dataset.edge, edge);
      for (const node of this.root.querySelectorAll("[data-node]")) {
        const [kind, id] = node.dataset.node.split(" ");
        const key = kind === "question" ? id : node.dataset.via;
        this.boxes.set(key, [...(this.boxes.get(key) ?? []), node]);
        node.dataset.href = node.getAttributeNS(XLINK, "href");
        this.light(node, false);
      }
    }

    showPicture() {
      for (const node of this.current) node.removeAttribute("aria-current");
      this.current = this.boxes.get(this.at.outcome ? nameOf(this.steps.at(-1)) : this.at.id) ?? [];
      for (const node of this.current) node.setAttribute("aria-current", "step");
      const taken = this.steps.flatMap((step) => [this.lines.get(nameOf(step)), ...(this.boxes.get(step.question.id) ?? [])]);
      const lit = new Set([...taken, ...this.current]);
      for (const one of this.lit) if (!lit.has(one)) this.light(one, false);
      for (const one of lit) if (!this.lit.has(one)) this.light(one, true);
      this.lit = lit;
    }

    light(element, on) {
      element.classList.toggle("is-taken", on);
      const { href } = element.dataset;
      if (!href) return; // a line
      element.setAttribute("role", on ? "link" : "group");
      if (on) element.setAttributeNS(XLINK, "href", href);
      else element.removeAttributeNS(XLINK, "href");
    }

    focus() {
      this.at.element.focus();
    }

    click(event) {
      const node = event.target.closest("[data-node]");
      if (node) {
        event.preventDefault();
        event.stopPropagation();
        const [kind, id] = node.dataset.node.split(" ");
        if (kind === "question" && this.given.has(id)) this.change(this.graph.questions.get(id));
        else if (node.hasAttribute("aria-current")) this.focus();
      }
      const { action } = event.target.closest("[data-action]")?.dataset ?? {};
      if (action === "back") this.go(mapOf([...this.steps.slice(0, -1), ...this.waiting]), []);
      if (action === "restart") this.go(new Map(), []);
      if (action === "copy-link") this.copy(this.link());
      if (action === "copy-text") this.copy(this.record());
    }

    /* The address of the present state, straight to the tree. */
    link() {
      const url = without(withAnswers(this.graph, location.href, this.steps), THEME);
      url.hash = this.root.id;
      return url.href;
    }

    record() {
      const { sayTime, sayOutcome, sayPage, sayLink } = this.root.dataset;
      const time = new Date().toISOString().slice(0, 16).replace("T", " ");
      const { text, element } = this.at;
      return recordOf(this.root.getAttribute("aria-label"), filled(sayTime, { time }), this.steps, [
        filled(sayOutcome, { text }), filled(sayPage, { page: part(element, "page").href }), filled(sayLink, { link: this.link() }),
      ]);
    }

    async copy(text) {
      try {
        await navigator.clipboard.writeText(text);
        this.say([[this.root.dataset.sayCopied]]);
      } catch {
        // Without a secure origin there is no clipboard: show the text, selected.
        const box = part(this.at.element, "text");
        box.hidden = false;
        box.value = text;
        box.rows = text.split("\n").length;
        box.focus();
        box.select();
        this.say([[this.root.dataset.sayCopy]]);
      }
    }
  }

  let trees = [];

  function start() {
    trees = trees.filter((tree) => tree.root.isConnected);
    for (const root of document.querySelectorAll("[data-decision-tree]"))
      if (!root.classList.contains("is-live") && (root.nextSibling || document.readyState !== "loading")) trees.push(new Tree(root));
  }

  const here = () => trees.filter((tree) => tree.root.isConnected && tree.path === location.pathname);

  /* The theme loads a page again when the browser first goes back to it. Between two states of
     one tree it is not told, so that the place is kept. */
  let hash = location.hash;
  addEventListener("popstate", (event) => {
    const live = here();
    if (live.length && hash === location.hash) {
      event.stopImmediatePropagation();
      for (const tree of live) {
        const before = tree.at;
        tree.restore();
        if (tree.at !== before) tree.focus();
      }
    }
    hash = location.hash;
  }, { capture: true });

  /* Answers never leave for another site with the same path. */
  const leadsHere = (link) => ["protocol", "host", "pathname"].every((name) => link[name] === location[name]);

  /* A link to a part of this page keeps the answers; one marked data-answers brings its own. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const live = link && leadsHere(link) ? here() : [];
    // The answers go along to the page of the outcome, for the record of a run.
    const left = link && !live.length && here().find((tree) => tree.at.element.querySelector(".decision-tree__open") === link);
    if (left) link.href = withAnswers(left.graph, link.href, left.steps);
    if (live.length && plain && link.hasAttribute("data-answers")) {
      event.preventDefault();
      event.stopPropagation();
      for (const tree of live) tree.open(link.search);
    } else if (live.length && link.hash) link.search = location.search;
    setTimeout(() => { hash = location.hash; });
  }, { capture: true });

  if (document.readyState === "loading") {
    // Each tree as soon as the browser has read it to its end.
    const reading = new MutationObserver(start);
    reading.observe(document, { childList: true, subtree: true });
    addEventListener("DOMContentLoaded", () => {
      reading.disconnect();
      follow(start);
    });
  } else follow(start);
})();
