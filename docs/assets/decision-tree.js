/* Makes the decision trees of a page faster to use: one question at a time, the answers in
   the address. It reads every question, answer and outcome from the HTML and holds no rule. */
(() => {
  "use strict";

  const part = (root, name) => root.querySelector(`[data-part="${name}"]`);
  const words = (text) => (text ? text.split(" ") : []);
  // Keys in the address that belong to the theme's search, not to a tree.
  const FOREIGN = ["q", "h"];

  const XLINK = "http://www.w3.org/1999/xlink";

  /* The graph of one tree, read from its HTML. */
  function read(root) {
    const byId = new Map();
    const questions = new Map();
    const outcomes = new Map();
    const formerly = new Map();
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
    return { questions, outcomes, formerly, next, start: questions.get(root.dataset.start) };
  }

  /* Follow the given answers (question id → answer id): the steps that hold and where they end. */
  function walk(graph, given) {
    const steps = [];
    let at = graph.start;
    while (!at.outcome && at.answers.has(given.get(at.id))) {
      const answer = at.answers.get(given.get(at.id));
      steps.push({ question: at, answer });
      at = graph.next(answer);
    }
    return { steps, at };
  }

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

  class Tree {
    constructor(root) {
      this.root = root;
      this.prefix = root.dataset.prefix;
      this.path = location.pathname;
      this.graph = read(root);
      this.message = part(root, "message");
      this.trail = part(root, "trail");
      this.back = root.querySelector('[data-action="back"]');
      this.templates = new Map([...root.querySelectorAll("template")].map((one) => [one.dataset.template, one.content]));
      this.told = []; // the steps of the trail, each with its item
      this.readPicture();
      for (const question of this.graph.questions.values())
        for (const answer of question.answers.values()) this.makeButton(question, answer);
      for (const group of [this.graph.questions, this.graph.outcomes])
        for (const one of group.values()) one.element.hidden = true;
      root.addEventListener("click", (event) => this.click(event));
      root.classList.add("is-live");
      this.restore();
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

    /* The answers in an address, and whether a part of it is not understood. */
    fromAddress(query) {
      const given = new Map();
      let strange = false;
      for (const [key, value] of query) {
        if (!this.owns(key) || FOREIGN.includes(key)) continue;
        const name = key.slice(this.prefix.length);
        const question = this.graph.questions.get(this.graph.formerly.get(name) ?? name);
        const answer = question && (question.formerly.get(value) ?? value);
        if (!question || !question.answers.has(answer) || given.has(question.id)) strange = true;
        else given.set(question.id, answer);
      }
      return { given, strange };
    }

    owns(key) {
      return this.prefix ? key.startsWith(this.prefix) : !key.includes(".");
    }

    /* Take the state from the address. */
    restore() {
      const { given, strange } = this.fromAddress(new URLSearchParams(location.search));
      const { steps } = walk(this.graph, given);
      const off = strange || steps.length < given.size;
      this.show(given, off ? this.root.dataset.sayStrange : "");
    }

    /* The address that holds these steps and all that is not this tree's. */
    address(steps) {
      const url = new URL(location.href);
      const others = [...url.searchParams].filter(([key]) => !this.owns(key) || FOREIGN.includes(key));
      const answers = steps.map(({ question, answer }) => [this.prefix + question.id, answer.id]);
      // Written at once: each single change would write the whole address again.
      url.search = new URLSearchParams([...others, ...answers]);
      return url;
    }

    go(given, message) {
      const address = this.address(walk(this.graph, given).steps).href;
      try {
        if (address !== location.href) history.pushState(null, "", address);
      } catch {
        // A page opened from disk may not be allowed an address of its own; the answers still count.
      }
      this.show(given, message);
      this.focus();
    }

    /* Take the answers from a link, if it has any for this tree. */
    open(query) {
      const { given } = this.fromAddress(query);
      if (given.size) this.go(given, "");
    }

    answer(question, answer) {
      const before = walk(this.graph, this.given).steps;
      const given = new Map(this.given).set(question.id, answer.id);
      const kept = new Set(walk(this.graph, given).steps.map((step) => step.question));
      const dropped = before.filter((step) => !kept.has(step.question));
      this.go(given, dropped.length
        ? `${this.root.dataset.sayDropped} ${dropped.map((step) => `${step.question.text} ${step.answer.text}`).join("; ")}`
        : "");
    }

    /* Show the state. `changing` is a question whose answer the reader wants to change. */
    show(given, message, changing) {
      const { steps, at } = walk(this.graph, given);
      // Answers off the path are forgotten.
      this.given = new Map(steps.map((step) => [step.question.id, step.answer.id]));
      this.steps = steps;
      // Only what changes is written: a tree may have a thousand questions.
      if (this.at) this.at.element.hidden = true;
      this.at = changing ?? at;
      this.at.element.hidden = false;
      this.root.classList.toggle("has-outcome", Boolean(this.at.outcome));
      this.back.hidden = !steps.length || Boolean(changing);
      this.message.textContent = message;
      this.showGiven(changing);
      this.showTrail();
      this.showPicture();
      if (at.outcome) this.showOutcome(at);
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

    line(text) {
      const line = document.createElement("li");
      line.dir = "auto";
      line.textContent = text;
      return line;
    }

    showTrail() {
      this.trail.hidden = !this.steps.length;
      const differs = this.steps.findIndex(({ answer }, i) => answer !== this.told[i]?.answer);
      const same = differs < 0 ? this.steps.length : differs;
      for (const { item } of this.told.splice(same)) item.remove();
      for (const { question, answer } of this.steps.slice(same)) {
        const item = this.copyOf("answer");
        part(item, "asked").textContent = question.text;
        part(item, "given").textContent = answer.text;
        part(item, "name").textContent = question.text;
        item.querySelector("button").addEventListener("click", () => this.change(question));
        part(this.trail, "answers").append(item);
        this.told.push({ answer, item });
      }
    }

    change(question) {
      this.show(this.given, "", question);
      this.focus();
    }

    showOutcome(outcome) {
      const { element } = outcome;
      part(element, "reasons").replaceChildren(...this.steps.map(({ answer }) => this.line(answer.because)));
      const others = [...this.graph.outcomes.values()].filter((other) => other !== outcome);
      part(element, "differences").replaceChildren(...others.map((other) => {
        const item = this.copyOf("difference");
        const page = part(item, "page");
        page.href = part(other.element, "page").href;
        page.textContent = other.text;
        part(item, "answers").replaceChildren(...difference(this.graph, this.steps, other)
          .map(({ question, answer }) => this.line(`${question.text} ${answer.text}`)));
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
      if (action === "back") this.go(new Map([...this.given].slice(0, -1)), "");
      if (action === "restart") this.go(new Map(), "");
      if (action === "copy-link") this.copy(this.link());
      if (action === "copy-text") this.copy(this.record());
    }

    /* The address of the present state, leading straight to the tree. */
    link() {
      const url = this.address(this.steps);
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
        this.message.textContent = this.root.dataset.sayCopied;
      } catch {
        // Without a secure origin there is no clipboard: show the text, selected.
        const box = part(this.at.element, "text");
        box.hidden = false;
        box.value = text;
        box.rows = text.split("\n").length;
        box.focus();
        box.select();
        this.message.textContent = this.root.dataset.sayCopy;
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

  /* A link to another part of this page keeps the answers in the address, but one marked
     data-answers brings answers of its own. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (plain && link?.hasAttribute("data-answers") && link.pathname === location.pathname && here().length) {
      event.preventDefault();
      event.stopPropagation();
      for (const tree of here()) tree.open(new URLSearchParams(link.search));
    } else if (link?.hash && link.pathname === location.pathname && here().length) link.search = location.search;
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
