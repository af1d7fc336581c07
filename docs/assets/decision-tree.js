/* Makes the decision trees of a page faster to use: one question at a time, the answers in
   the address. It reads every question, answer and outcome from the HTML and holds no rule. */
(() => {
  "use strict";

  const part = (root, name) => root.querySelector(`[data-part="${name}"]`);
  const words = (text) => (text ? text.split(" ") : []);
  // Keys in the address that belong to the theme's search: what to look for, and what to mark.
  const SEARCH = "q";
  const THEME = [SEARCH, "h"];

  const XLINK = "http://www.w3.org/1999/xlink";

  /* The graph of one tree, read from its HTML. */
  function read(root) {
    const byId = new Map();
    const questions = new Map();
    const outcomes = new Map();
    const formerly = new Map();
    const retired = new Map();
    for (const element of root.querySelectorAll("[data-question]")) {
      const question = {
        id: element.dataset.question,
        element,
        text: element.querySelector("legend").textContent,
        answers: new Map(),
        formerly: new Map(),
      };
      for (const item of element.querySelectorAll("[data-answer]")) {
        const link = item.querySelector("a");
        const answer = {
          id: item.dataset.answer,
          item,
          link,
          text: link.textContent,
          because: part(item, "because").textContent,
          target: item.dataset.target,
        };
        question.answers.set(answer.id, answer);
        for (const id of words(item.dataset.renamedFrom)) question.formerly.set(id, answer.id);
      }
      questions.set(question.id, question);
      byId.set(element.id, question);
      for (const id of words(element.dataset.renamedFrom)) formerly.set(id, question.id);
    }
    for (const element of root.querySelectorAll("[data-outcome]")) {
      const outcome = { id: element.dataset.outcome, element, outcome: true, text: part(element, "title").textContent };
      outcomes.set(outcome.id, outcome);
      byId.set(element.id, outcome);
    }
    const next = (answer) => byId.get(answer.target);
    // Who leads to each question and outcome, to find the way back from an outcome.
    for (const one of byId.values()) one.before = [];
    for (const question of questions.values())
      for (const answer of question.answers.values()) next(answer).before.push(question);
    // The answers that are no longer asked for, each with the answers of today that it stands for.
    for (const element of root.querySelector('[data-template="retired"]')?.content.querySelectorAll("[data-retired]") ?? []) {
      const note = part(element, "note").textContent;
      const answers = new Map();
      for (const item of element.querySelectorAll("[data-answer]"))
        answers.set(item.dataset.answer, {
          note,
          now: words(item.dataset.now).map((name) => {
            const [question, answer] = name.split("=");
            return step(questions.get(question), answer);
          }),
        });
      retired.set(element.dataset.retired, answers);
    }
    return { questions, outcomes, formerly, retired, next, start: questions.get(root.dataset.start) };
  }

  const step = (question, id) => ({ question, answer: question.answers.get(id) });

  /* Follow the given answers (question id → answer id): the steps that hold, where they end,
     the answers that wait for a question that may still come, and those that no longer can count. */
  function walk(graph, given) {
    const steps = [];
    let at = graph.start;
    while (!at.outcome && given.has(at.id)) {
      steps.push(step(at, given.get(at.id)));
      at = graph.next(steps.at(-1).answer);
    }
    const taken = new Set(steps.map(({ question }) => question));
    const left = [...given].map(([id, answer]) => step(graph.questions.get(id), answer)).filter(({ question }) => !taken.has(question));
    const ahead = left.length ? following(graph, at) : new Set();
    return {
      steps,
      at,
      waiting: left.filter(({ question }) => ahead.has(question)),
      dropped: left.filter(({ question }) => !ahead.has(question)),
    };
  }

  /* All that can still be reached from a question or an outcome. */
  function following(graph, from) {
    const ahead = new Set([from]);
    // A Set also gives what is added to it on the way.
    for (const at of ahead)
      if (!at.outcome) for (const answer of at.answers.values()) ahead.add(graph.next(answer));
    return ahead;
  }

  /* The pieces of a query as they are written, each with its key and value. Nothing in them is an error. */
  function pieces(query) {
    return query.replace(/^\?/, "").split("&").filter(Boolean).map((text) => {
      const [[key, value]] = new URLSearchParams(`&${text}`);
      return { text, key, value };
    });
  }

  const asQuery = (texts) => texts.length ? `?${texts.join("&")}` : "";
  const withoutKeys = (query, keys) => asQuery(pieces(query).filter(({ key }) => !keys.includes(key)).map(({ text }) => text));

  /* Change the browser's history. A page opened from disk may not be allowed an address of its own; the answers still count. */
  function write(change) {
    try {
      change();
    } catch {
      // Nothing to do.
    }
  }

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
  const said = ({ question, answer }) => `${question.text} ${answer.text}`;

  class Tree {
    constructor(root) {
      this.root = root;
      this.prefix = `${root.dataset.decisionTree}.`;
      this.path = location.pathname;
      this.graph = read(root);
      this.message = part(root, "message");
      this.trail = part(root, "trail");
      this.back = root.querySelector('[data-action="back"]');
      this.templates = new Map([...root.querySelectorAll("template")].map((one) => [one.dataset.template, one.content]));
      this.told = []; // the lines of the trail
      this.waiting = [];
      this.readPicture();
      for (const question of this.graph.questions.values())
        for (const answer of question.answers.values()) this.makeButton(question, answer);
      for (const group of [this.graph.questions, this.graph.outcomes])
        for (const one of group.values()) one.element.hidden = true;
      root.addEventListener("click", (event) => this.click(event));
      root.classList.add("is-live");
      this.restore();
      this.keepSearchAway();
    }

    makeButton(question, answer) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = answer.link.className;
      button.dir = "auto";
      button.textContent = answer.text;
      button.addEventListener("click", () => this.answer(question, answer));
      answer.link.replaceWith(button);
      answer.button = button;
    }

    /* What a key and a value of an address mean to this tree; undefined where they are another's. A tree's own
       keys begin with its id. Without it, as in addresses from before, a key is this tree's only where key and
       value are both known, and only to the first tree of a page. */
    meaningOf({ key, value }) {
      const own = key.startsWith(this.prefix);
      if (!own && (!("plain" in this.root.dataset) || THEME.includes(key))) return undefined;
      const name = own ? key.slice(this.prefix.length) : key;
      const id = this.graph.formerly.get(name) ?? name;
      const question = this.graph.questions.get(id);
      const answer = question?.answers.get(value) ?? question?.answers.get(question.formerly.get(value));
      if (answer) return { own, steps: [{ question, answer }] };
      const former = this.graph.retired.get(name)?.get(value) ?? this.graph.retired.get(id)?.get(value);
      if (former) return { own, former, steps: former.now };
      return own ? { own, strange: true, steps: [] } : undefined;
    }

    /* The answers in a query, and what there is to say of them. */
    fromAddress(query) {
      const meanings = pieces(query).map((piece) => this.meaningOf(piece)).filter(Boolean);
      // A retired answer came after those it speaks of, and a key with the tree's id is newer than one without.
      const rank = ({ own, former }) => 2 * own + Boolean(former);
      const given = new Map();
      let strange = false;
      for (let now = 3; now >= 0; now--) {
        const first = new Map();
        for (const meaning of meanings.filter((one) => rank(one) === now))
          for (const { question, answer } of meaning.steps) {
            strange ||= (first.get(question.id) ?? answer.id) !== answer.id;
            if (!first.has(question.id)) first.set(question.id, answer.id);
          }
        for (const [id, answer] of first) if (!given.has(id)) given.set(id, answer);
      }
      strange ||= meanings.some((one) => one.strange);
      const { sayStrange, sayNow } = this.root.dataset;
      const formers = new Set(meanings.map(({ former }) => former).filter(Boolean));
      const notes = [...formers].flatMap(({ note, now }) => [{ text: note }, ...(now.length ? [{ text: sayNow, steps: now }] : [])]);
      return { given, lines: [...(strange ? [{ text: sayStrange }] : []), ...notes] };
    }

    /* Take the state from the address. */
    restore() {
      const { given, lines } = this.fromAddress(location.search);
      this.waiting = [];
      this.show(given, lines);
    }

    /* The theme opens its search over a page whose address asks for one. An address with answers leads to the tree. */
    keepSearchAway() {
      if (!this.given.size || !pieces(location.search).some(({ key }) => key === SEARCH)) return;
      const url = new URL(location.href);
      url.search = withoutKeys(url.search, [SEARCH]);
      write(() => history.replaceState(history.state, "", url));
    }

    /* The address that holds these answers, and all that is not this tree's as it was. */
    address(steps) {
      const url = new URL(location.href);
      const others = pieces(url.search).filter((piece) => !this.meaningOf(piece)).map(({ text }) => text);
      const answers = steps.map(({ question, answer }) => `${this.prefix}${question.id}=${answer.id}`);
      // Written at once: each single change would write the whole address again.
      url.search = asQuery([...others, ...answers]);
      return url;
    }

    go(given, lines) {
      const { steps, waiting } = walk(this.graph, given);
      const address = this.address([...steps, ...waiting]).href;
      if (address !== location.href) write(() => history.pushState(null, "", address));
      this.show(given, lines);
      this.focus();
    }

    /* Take the answers from a link, if it has any for this tree, beside those given before. */
    open(query) {
      const { given, lines } = this.fromAddress(query);
      if (given.size) this.go(new Map([...this.given, ...given]), lines);
    }

    answer(question, answer) {
      this.go(new Map(this.given).set(question.id, answer.id), []);
    }

    /* Show the state and say these lines. `changing` is a question whose answer the reader wants to change. */
    show(given, lines, changing) {
      const { steps, at, waiting, dropped } = walk(this.graph, given);
      const waited = steps.filter(({ question, answer }) => this.waiting.some((one) => one.question === question && one.answer === answer));
      const { sayApplied, sayWaiting, sayDropped } = this.root.dataset;
      this.say([
        ...lines,
        ...[{ text: sayApplied, steps: waited }, { text: sayWaiting, steps: waiting }, { text: sayDropped, steps: dropped }]
          .filter((line) => line.steps.length),
      ]);
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

    /* Each line is a text, or a text and the answers that it is about. */
    say(lines) {
      this.message.replaceChildren(...lines.flatMap(({ text, steps }) => [this.textIn("p", text), ...(steps ? [this.list(steps)] : [])]));
    }

    list(steps) {
      const list = document.createElement("ul");
      list.append(...steps.map((one) => this.textIn("li", said(one))));
      return list;
    }

    showGiven(changing) {
      this.mark?.remove();
      this.mark = null;
      const answer = changing?.answers.get(this.given.get(changing.id));
      if (answer) answer.button.append(this.mark = this.copyOf("given"));
    }

    copyOf(name) {
      return this.templates.get(name).firstElementChild.cloneNode(true);
    }

    textIn(tag, text) {
      const element = document.createElement(tag);
      element.dir = "auto";
      element.textContent = text;
      return element;
    }

    showTrail() {
      const lines = [
        ...this.steps.map((one) => ({ ...one, template: "answer" })),
        ...this.waiting.map((one) => ({ ...one, template: "waiting" })),
      ];
      this.trail.hidden = !lines.length;
      const differs = lines.findIndex(({ answer, template }, i) => answer !== this.told[i]?.answer || template !== this.told[i].template);
      const same = differs < 0 ? lines.length : differs;
      for (const { item } of this.told.splice(same)) item.remove();
      for (const line of lines.slice(same)) {
        const { question, answer } = line;
        const item = this.copyOf(line.template);
        part(item, "asked").textContent = question.text;
        part(item, "given").textContent = answer.text;
        part(item, "name").textContent = question.text;
        item.querySelector("button").addEventListener("click", () => this.change(question));
        part(this.trail, "answers").append(item);
        this.told.push({ ...line, item });
      }
    }

    change(question) {
      this.show(this.given, [], question);
      this.focus();
    }

    showOutcome(outcome) {
      const { element } = outcome;
      part(element, "reasons").replaceChildren(...this.steps.map(({ answer }) => this.textIn("li", answer.because)));
      const others = [...this.graph.outcomes.values()].filter((other) => other !== outcome);
      part(element, "differences").replaceChildren(...others.map((other) => {
        const item = this.copyOf("difference");
        const page = part(item, "page");
        page.href = part(other.element, "page").href;
        page.textContent = other.text;
        part(item, "answers").replaceChildren(...difference(this.graph, this.steps, other)
          .map((one) => this.textIn("li", said(one))));
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
      const action = event.target.closest("[data-action]")?.dataset.action;
      if (action === "back") this.go(mapOf([...this.steps.slice(0, -1), ...this.waiting]), []);
      if (action === "restart") this.go(new Map(), []);
      if (action === "copy-link") this.copy(this.link());
      if (action === "copy-text") this.copy(this.record());
    }

    /* The address of the present state, leading straight to the tree. */
    link() {
      const url = this.address(this.steps);
      url.search = withoutKeys(url.search, THEME);
      url.hash = this.root.id;
      return url.href;
    }

    /* A plain-text record for a change ticket. */
    record() {
      const rule = "-".repeat(40);
      return [
        this.root.getAttribute("aria-label"),
        new Date().toISOString().slice(0, 16).replace("T", " ") + " UTC",
        rule,
        ...this.steps.flatMap(({ question, answer }, i) => [`${i + 1}. ${question.text}`, `   ${answer.text}`, `   ${answer.because}`]),
        rule,
        `Outcome: ${this.at.text}`,
        `Procedure: ${part(this.at.element, "page").href}`,
        `Answers: ${this.link()}`,
        "",
      ].join("\n");
    }

    async copy(text) {
      try {
        await navigator.clipboard.writeText(text);
        this.say([{ text: this.root.dataset.sayCopied }]);
      } catch {
        // Without a secure origin there is no clipboard: show the text, selected.
        const box = part(this.at.element, "text");
        box.hidden = false;
        box.value = text;
        box.rows = text.split("\n").length;
        box.focus();
        box.select();
        this.say([{ text: this.root.dataset.sayCopy }]);
      }
    }
  }

  let trees = [];

  function start() {
    trees = trees.filter((tree) => tree.root.isConnected);
    for (const root of document.querySelectorAll("[data-decision-tree]"))
      if (!root.classList.contains("is-live") && (root.nextSibling || document.readyState !== "loading")) trees.push(new Tree(root));
  }

  /* Now, and on every page that the theme loads later. */
  function follow() {
    start();
    window.document$?.subscribe(start);
  }

  const here = () => trees.filter((tree) => tree.root.isConnected && tree.path === location.pathname);

  /* The theme loads a page again when the browser goes back to it for the first time. Between
     two states of one tree this would lose the place, so the theme is not told of it. */
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

  /* Whether a link leads to this very page: answers never leave for another site with the same path. */
  const leadsHere = (link) => ["protocol", "host", "pathname"].every((name) => link[name] === location[name]);

  /* A link to another part of this page keeps the answers in the address, but one marked
     data-answers brings answers of its own. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !leadsHere(link) || !here().length) {
      // It leads elsewhere, or there is no tree.
    } else if (plain && link.hasAttribute("data-answers")) {
      event.preventDefault();
      event.stopPropagation();
      for (const tree of here()) tree.open(link.search);
    } else if (link.hash) link.search = location.search;
    setTimeout(() => { hash = location.hash; });
  }, { capture: true });

  if (document.readyState === "loading") {
    // Each tree as soon as the browser has read it to its end.
    const reading = new MutationObserver(start);
    reading.observe(document, { childList: true, subtree: true });
    addEventListener("DOMContentLoaded", () => {
      reading.disconnect();
      follow();
    });
  } else follow();
})();
