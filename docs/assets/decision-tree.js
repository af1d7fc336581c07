//# allFunctionsCalledOnLoad
/* Makes the decision trees of a page faster to use: one question at a time, the answers in
   the address. It reads every question, answer and outcome from the HTML and holds no rule. */
(() => {
  "use strict";

  const { attempt, part, action, template, made, filled, follow, steps } = window.shared;

  // ---- Core: plain values in and out, no page

  // Keys of the theme's search.
  const THEME = ["q", "h"];
  // Stands in an address for an answer that is not known; no id has a dot.
  const NOT_SURE = "not.sure";

  /* The graph of one tree. `former` are earlier ids; an answer's `target` is the `place` it leads to. A note in
     `retired` is for each of its names; what these count as now is known too. A note in `changed` is for an address
     that holds all its answers. What an address means is worked out in macros/decision/versions.py too. */
  function graphOf({ id, plain, start, questions, outcomes, retired, changed, unsure }) {
    const byId = (list) => new Map(list.map((one) => [one.id, one]));
    const known = new Map(); // "question=answer" → what it means
    for (const question of questions) {
      for (const answer of question.answers)
        for (const name of [question.id, ...question.former])
          for (const given of [answer.id, ...answer.former]) known.set(`${name}=${given}`, { steps: [{ question, answer }] });
      for (const name of [question.id, ...question.former]) known.set(`${name}=${NOT_SURE}`, { steps: [{ question, answer: unsure }] });
      question.answers = byId(question.answers);
      question.unsure = unsure;
    }
    for (const { names, now, note } of retired)
      for (const name of names) known.set(name, { note, steps: now.flatMap((name) => known.get(name).steps) });
    const places = new Map([...questions, ...outcomes].map((one) => [one.place, one]));
    const next = ({ target }) => places.get(target);
    const all = byId(questions);
    const first = all.get(start);
    return { prefix: `${id}.`, plain, known, places, next, changed, questions: all, outcomes: byId(outcomes), start: first, order: inOrder(first, next) };
  }

  /* The questions from the first on, each after all that lead to it; each gets how many the longest way from it asks. */
  function inOrder(first, next) {
    const order = [];
    const seen = new Set();
    const visit = (at) => {
      if (at.outcome || seen.has(at)) return;
      seen.add(at);
      const after = [...at.answers.values()].map(next);
      after.forEach(visit);
      at.most = 1 + Math.max(...after.map(({ most }) => most ?? 0));
      order.unshift(at);
    };
    visit(first);
    return order;
  }

  const step = (question, id) => ({ question, answer: question.answers.get(id) ?? question.unsure });

  /* Follow answers (question id → answer id): the steps that hold, where they end, whether that is at a question
     whose answer is not known, the answers whose question may still come, and the rest. */
  function walk(graph, given) {
    const steps = [];
    let at = graph.start;
    while (!at.outcome && at.answers.has(given.get(at.id))) {
      steps.push(step(at, given.get(at.id)));
      at = graph.next(steps.at(-1).answer);
    }
    const left = new Map(given);
    for (const { question } of steps) left.delete(question.id);
    const ahead = left.size ? following(graph, at) : new Set();
    const rest = [...left].map(([id, answer]) => step(graph.questions.get(id), answer));
    const comes = (is) => rest.filter(({ question }) => ahead.has(question) === is);
    return { steps, at, open: !at.outcome && given.has(at.id), waiting: comes(true), dropped: comes(false) };
  }

  /* What is possible with these answers, whatever those to all other questions are. `ways`: how many there are from the
     start to each place. `possible`: each outcome with its ways. `open`: the questions that may be asked and are not
     answered, each with the outcomes that every answer to it would leave; first what leaves the fewest on the
     average of its answers, of equals the first in the data. */
  function outlook(graph, given) {
    const answers = (at) => (at.answers.has(given.get(at.id)) ? [at.answers.get(given.get(at.id))] : [...at.answers.values()]);
    const ways = new Map([[graph.start, 1n]]);
    const asked = graph.order.filter((at) => {
      const count = ways.get(at);
      if (count) for (const answer of answers(at)) ways.set(graph.next(answer), (ways.get(graph.next(answer)) ?? 0n) + count);
      return count;
    });
    const ends = new Map(); // place → outcome → ways from there
    for (const outcome of graph.outcomes.values()) ends.set(outcome, new Map([[outcome, 1n]]));
    for (const at of [...asked].reverse()) {
      const sum = new Map();
      for (const answer of answers(at))
        for (const [outcome, count] of ends.get(graph.next(answer))) sum.set(outcome, (sum.get(outcome) ?? 0n) + count);
      ends.set(at, sum);
    }
    const possible = [...graph.outcomes.values()].filter((one) => ways.has(one)).map((one) => [one, ways.get(one)]);
    const settles = (question) => {
      // What is left with an answer: what it leads to, and what is reached without the question.
      const past = (outcome, count) => count > ways.get(question) * (ends.get(question).get(outcome) ?? 0n);
      const left = [...question.answers.values()].map((answer) => ({
        answer, outcomes: possible.filter(([one, count]) => ends.get(graph.next(answer)).has(one) || past(one, count)).map(([one]) => one),
      }));
      return { question, left, mean: left.reduce((sum, { outcomes }) => sum + outcomes.length, 0) / left.length };
    };
    const open = [...graph.questions.values()].filter((at) => ways.has(at) && !at.answers.has(given.get(at.id)));
    return { ways, answers, possible, open: possible.length > 1 ? open.map(settles).sort((a, b) => a.mean - b.mean) : [] };
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
    const given = mapOf([...best.values()]);
    const holds = (name) => graph.known.get(name).steps.every(({ question, answer }) => given.get(question.id) === answer.id);
    if (given.size) for (const one of graph.changed) if (one.holds.every(holds)) lines.push([one.note]);
    return { given, lines };
  }

  /* An address with these answers; what is not this tree's stays as it is. */
  function withAnswers(graph, address, steps) {
    const answers = steps.map(({ question, answer }) => `${graph.prefix}${question.id}=${answer.id}`);
    return changed(address, (piece) => !meaningOf(graph, piece), answers);
  }

  /* A plain-text record for a change ticket: a title, the time, the steps, and lines for the end. */
  function recordOf(title, time, steps, end) {
    const rule = "-".repeat(40);
    const lines = steps.flatMap(({ question, answer }, i) => [
      `${i + 1}. ${question.text}`, `   ${answer.text}`, ...(answer.because ? [`   ${answer.because}`] : []),
    ]);
    return [title, time, rule, ...lines, rule, ...end, ""].join("\n");
  }

  // For the tests.
  document.currentScript.core = { graphOf, walk, outlook, fromQuery, withAnswers, without, recordOf };

  // ---- The page

  const XLINK = "http://www.w3.org/1999/xlink";

  // Open questions that are shown at once.
  const MOST = 5;

  const narrow = () => innerWidth < 960;

  const isOpen = ({ answer }) => answer.id === NOT_SURE;

  const words = (text) => (text ? text.split(" ") : []);

  function read(root) {
    const all = (whose, name, how) => [...whose.querySelectorAll(`[data-${name}]`)].map((element) => ({
      id: element.dataset[name], place: element.id, former: words(element.dataset.renamedFrom), element, ...how(element),
    }));
    const answerOf = (element) => {
      const link = element.querySelector("a");
      return { target: element.dataset.target, link, text: link.textContent, because: part(element, "because").textContent };
    };
    const { decisionTree: id, plain, start, sayUnsure } = root.dataset;
    return {
      id, start,
      unsure: { id: NOT_SURE, text: sayUnsure },
      plain: plain !== undefined,
      questions: all(root, "question", (element) => ({ text: element.querySelector("legend").textContent, answers: all(element, "answer", answerOf) })),
      outcomes: all(root, "outcome", (element) => ({ outcome: true, text: part(element, "title").textContent })),
      retired: [...template(root, "retired").children].map(({ dataset, textContent: note }) => ({
        names: words(dataset.retired), now: words(dataset.now), note,
      })),
      changed: [...template(root, "changed").children].map(({ dataset, textContent: note }) => ({ holds: words(dataset.holds), note })),
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
      this.again = action(root, "restart");
      this.long = root.classList.contains("decision-tree--long");
      const open = part(root, "open");
      this.open = { element: open, text: open.querySelector("h3").textContent };
      this.title = document.title;
      this.trail.open = !narrow();
      this.waiting = [];
      this.readPicture();
      for (const question of this.graph.questions.values())
        for (const answer of question.answers.values()) this.makeButton(question, answer);
      for (const part of root.querySelectorAll("[data-question], [data-outcome]")) part.hidden = true;
      this.away = root.hasAttribute("data-vast") ? this.putAway() : null;
      root.addEventListener("click", (event) => this.click(event));
      root.classList.add("is-live");
      this.restore();
      this.reach();
      // The theme would open its search over the tree.
      if (this.given.size) write("replaceState", without(location.href, ["q"]));
    }

    /* At each change of the address a browser goes through all that stands in the page: of a vast tree only what is
       shown stays in it. Gives what each fold holds. */
    putAway() {
      for (const { element } of this.graph.places.values()) element.remove();
      const folds = [...this.root.querySelectorAll(":scope > details:not([open])")];
      return new Map(folds.map((fold) => {
        const held = new DocumentFragment();
        held.append(...[...fold.children].slice(1));
        fold.addEventListener("toggle", () => fold.append(held));
        return [fold, held];
      }));
    }

    /* For paper, which has all questions and no fold. */
    bringBack() {
      if (this.away) for (const { element } of this.graph.places.values()) this.open.element.before(element);
    }

    /* What the address leads to may lie in a fold. */
    reach() {
      const id = location.hash.slice(1);
      for (const [fold, held] of this.away ?? [])
        if (held.getElementById(id)) {
          fold.append(held);
          fold.open = true;
          document.getElementById(id).scrollIntoView();
        }
    }

    turn(at, on) {
      at.element.hidden = !on;
      if (this.away && at !== this.open) on ? this.open.element.before(at.element) : at.element.remove();
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

    add(query) {
      const { given, lines } = fromQuery(this.graph, query, this.root.dataset);
      if (given.size) this.go(new Map([...this.given, ...given]), lines);
    }

    answer(question, answer) {
      this.go(new Map(this.given).set(question.id, answer.id), []);
    }

    /* Show the state and say these lines. `changing` is a question that the reader wants to answer anew. */
    show(given, lines, changing) {
      const { steps, at, open, waiting, dropped } = walk(this.graph, given);
      const view = open || !this.long ? outlook(this.graph, given) : null;
      // Where an answer is not known there is an outcome only if every way that is possible ends in it.
      const sole = open && view.possible.length === 1 ? view.possible[0][0] : null;
      const waited = steps.filter(({ answer }) => this.waiting.some((one) => one.answer === answer));
      const { sayApplied, sayWaiting, sayDropped, sayNoMatter } = this.root.dataset;
      this.say([...lines, [sayApplied, waited], open ? [sayNoMatter, sole ? waiting.filter(isOpen) : []] : [sayWaiting, waiting], [sayDropped, dropped]]);
      this.steps = steps;
      this.waiting = waiting;
      this.given = mapOf(this.all());
      // Only what changes is written: a tree may have a thousand questions.
      if (this.at) this.turn(this.at, false);
      this.at = changing ?? sole ?? (open ? this.open : at);
      this.turn(this.at, true);
      // No classes: after a change of one the browser works out the style of everything below anew.
      this.root.toggleAttribute("data-ended", Boolean(this.at.outcome));
      this.root.toggleAttribute("data-answered", this.given.size > 0);
      this.back.hidden = !(steps.length || open) || Boolean(changing);
      this.again.hidden = !this.given.size;
      document.title = this.given.size ? `${this.at.text} – ${this.title}` : this.title;
      this.showPlace(at);
      this.showGiven(changing);
      this.showTrail();
      this.showPicture(view);
      this.showTable();
      if (this.at.outcome) this.showOutcome(sole);
      if (this.at === this.open) this.showOpen(view);
    }

    /* The answers in their order, those whose question is not reached last. */
    all() {
      return [...this.steps, ...this.waiting];
    }

    /* Which question this is, and the answers before it. */
    showPlace(next) {
      const before = this.steps.findIndex(({ question }) => question === this.at);
      const count = before < 0 ? this.steps.length : before;
      const progress = part(this.root, "progress");
      progress.hidden = before < 0 && this.at !== next || Boolean(this.at.outcome);
      if (progress.hidden) return;
      part(progress, "number").textContent = filled(this.root.dataset.sayPlace, { number: count + 1, most: count + this.at.most });
      part(progress, "way").textContent = this.steps.slice(0, count).map(({ answer }) => answer.text).join(" › ");
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
      part(this.trail, "answers").replaceChildren(...this.steps.map(lineAs("answer")), ...this.waiting.map((one) => lineAs(isOpen(one) ? "answer" : "waiting")(one)));
    }

    change(question) {
      this.show(this.given, [], question);
      this.focus();
    }

    /* `sole` is an outcome that every open answer leads to. */
    showOutcome(sole) {
      const { element } = this.at;
      const reasons = this.steps.map(({ answer }) => answer.because);
      part(element, "reason").textContent = sole ? this.root.dataset.sayNoMatter : reasons.at(-1);
      part(element, "reasons").replaceChildren(...reasons.map((text) => textIn("li", text)));
      for (const name of ["reason", "copy"]) part(element, name).hidden = false;
      part(element, "why").hidden = reasons.length < 2;
    }

    /* What is still possible, and what would settle it. */
    showOpen({ possible, open }) {
      const { sayWay, sayWays, sayLeft, sayMore } = this.root.dataset;
      const { element } = this.open;
      const entry = (name, text, note) => {
        const item = this.copyOf(name);
        part(item, "name").textContent = text;
        part(item, "note").textContent = note;
        return item;
      };
      part(element, "possible").replaceChildren(...possible.map(([outcome, count]) => {
        const item = entry("possible", outcome.text, count > 1 ? filled(sayWays, { count }) : sayWay);
        part(item, "name").href = `#${outcome.place}-ways`;
        return item;
      }));
      part(element, "settle").replaceChildren(...open.slice(0, MOST).map(({ question, left }, i) => {
        const item = this.copyOf("settle");
        part(item, "first").hidden = i > 0;
        part(item, "asked").textContent = question.text;
        const hints = part(question.element, "hints");
        if (hints) part(item, "hints").append(hints.cloneNode(true));
        part(item, "left").append(...left.map(({ answer, outcomes }) =>
          entry("left", answer.text, outcomes.length > 1 ? filled(sayLeft, { count: outcomes.length }) : outcomes[0].text)));
        part(item, "label").textContent = question.text;
        action(item, "change").addEventListener("click", () => this.change(question));
        return item;
      }));
      part(element, "more").textContent = open.length > MOST ? filled(sayMore, { count: open.length - MOST }) : "";
    }

    /* The column of the method that is the outcome, in every table of this decision on the page. */
    showTable(isNew) {
      const id = this.at.outcome && this.at.id;
      if (id === this.marked && !isNew) return;
      this.marked = id;
      for (const cell of document.querySelectorAll(`[data-compares="${this.root.dataset.name}"] [data-method]`)) {
        cell.classList.toggle("is-chosen", cell.dataset.method === id);
        part(cell, "chosen")?.remove();
        if (cell.dataset.method === id && cell.tagName === "TH") cell.append(this.copyOf("chosen"));
      }
    }

    /* The lines by question and answer, the boxes by what they are and its id. */
    readPicture() {
      this.lines = new Map();
      this.boxes = new Map();
      this.lit = new Set();
      this.maybe = new Set();
      for (const edge of this.root.querySelectorAll("[data-edge]")) this.lines.set(edge.dataset.edge, edge);
      for (const node of this.root.querySelectorAll("[data-node]")) {
        this.boxes.set(node.dataset.node, node);
        node.dataset.href = node.getAttributeNS(XLINK, "href");
        this.light(node, false);
      }
    }

    /* The way taken, and where there is room for it the ways that are still possible. */
    showPicture(view) {
      const box = (at) => this.boxes.get(`${at.outcome ? "outcome" : "question"} ${at.id}`);
      const current = box(this.at);
      if (this.current !== current) this.current?.removeAttribute("aria-current");
      current?.setAttribute("aria-current", "step");
      this.current = current;
      const lit = new Set(this.steps.flatMap((step) => [this.lines.get(nameOf(step)), box(step.question)]));
      if (current) lit.add(current);
      this.swap("lit", lit, (one, on) => this.light(one, on));
      if (this.long) return;
      const maybe = new Set();
      for (const at of this.given.size ? view.ways.keys() : []) {
        maybe.add(box(at));
        if (!at.outcome) for (const answer of view.answers(at)) maybe.add(this.lines.get(nameOf({ question: at, answer })));
      }
      this.swap("maybe", maybe, (one, on) => one.classList.toggle("is-possible", on));
    }

    /* Turn off what is no longer in a set, on what is new in it. */
    swap(name, now, turn) {
      for (const one of this[name]) if (!now.has(one)) turn(one, false);
      for (const one of now) if (!this[name].has(one)) turn(one, true);
      this[name] = now;
    }

    light(element, on) {
      element.classList.toggle("is-taken", on);
      const { href } = element.dataset;
      if (!href) return; // a line
      element.setAttribute("role", on ? "link" : "group");
      if (on) element.setAttributeNS(XLINK, "href", href);
      else element.removeAttributeNS(XLINK, "href");
    }

    /* On a phone the tree begins at the top, so that the question is seen with its answers. */
    focus() {
      this.at.element.focus({ preventScroll: narrow() });
      if (narrow()) this.root.scrollIntoView();
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
      if (action === "back") {
        // The last thing said is that this answer is not known, or else the last answer.
        const [open] = this.waiting.filter(isOpen);
        this.go(mapOf(this.all().filter((one) => one !== (open ?? this.steps.at(-1)))), []);
      }
      if (action === "unsure") this.answer(this.at, this.at.unsure);
      if (action === "restart") this.go(new Map(), []);
      if (action === "copy-link") this.copy(this.link());
      if (action === "copy-text") this.copy(this.record());
    }

    /* The address of the present state, straight to the tree. */
    link() {
      const url = without(withAnswers(this.graph, location.href, this.all()), THEME);
      url.hash = this.root.id;
      return url.href;
    }

    record() {
      const { sayTime, sayOutcome, sayPage, sayLink, sayPossible } = this.root.dataset;
      const time = new Date().toISOString().slice(0, 16).replace("T", " ");
      const { text, element } = this.at;
      const end = this.at.outcome
        ? [filled(sayOutcome, { text }), filled(sayPage, { page: part(element, "page").href })]
        : [sayPossible, ...[...part(element, "possible").children].map(({ textContent }) => `- ${textContent.trim()}`)];
      return recordOf(this.root.getAttribute("aria-label"), filled(sayTime, { time }), this.all(), [...end, filled(sayLink, { link: this.link() })]);
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

  /* Where the address may hold answers, nothing of a tree that is half there is shown: it would move. */
  document.documentElement.classList.toggle("has-answers", Boolean(location.search || location.hash));

  function start() {
    trees = trees.filter((tree) => tree.root.isConnected);
    for (const root of document.querySelectorAll("[data-decision-tree]"))
      if (!root.classList.contains("is-live") && (root.nextSibling || document.readyState !== "loading")) trees.push(new Tree(root));
  }

  const here = () => trees.filter((tree) => tree.root.isConnected && tree.path === location.pathname);

  /* Between two states of one tree the place is kept. */
  let hash = location.hash;
  steps.push(() => {
    const live = hash === location.hash ? here() : [];
    hash = location.hash;
    for (const tree of live) {
      const before = tree.at;
      tree.restore();
      if (tree.at !== before) tree.focus();
    }
    return live.length;
  });

  addEventListener("hashchange", () => here().forEach((tree) => tree.reach()));
  addEventListener("beforeprint", () => here().forEach((tree) => tree.bringBack()));

  /* Answers never leave for another site with the same path. */
  const leadsHere = (link) => ["protocol", "host", "pathname"].every((name) => link[name] === location[name]);

  /* A link to a part of this page keeps the answers; one marked data-answers brings its own. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const live = link && leadsHere(link) ? here() : [];
    // The answers go along to the page of the outcome, for the record of a run.
    const left = link && !live.length && here().find((tree) => tree.at.element.querySelector(".decision-tree__open") === link);
    if (left) link.href = withAnswers(left.graph, link.href, left.all());
    if (live.length && plain && link.hasAttribute("data-answers")) {
      event.preventDefault();
      event.stopPropagation();
      for (const tree of live) tree.add(link.search);
    } else if (live.length && link.hash) link.search = location.search;
    setTimeout(() => { hash = location.hash; });
  }, { capture: true });

  if (document.readyState === "loading") {
    // Each tree as soon as the browser has read it to its end.
    const reading = new MutationObserver(start);
    reading.observe(document, { childList: true, subtree: true });
    addEventListener("DOMContentLoaded", () => {
      reading.disconnect();
      for (const tree of here()) tree.showTable(true); // its tables may stand below it
      follow(start);
    });
  } else follow(start);
})();
