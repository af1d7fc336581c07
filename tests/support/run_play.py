"""What a reader does on the page of the model, drawn at random: how the page does it, and what the model says of it."""

import json
import random
from typing import Any

from support import run_model

BEGINNING = 1_700_000_000_000

# Inside a page that has opened both tabs: a whole run is one call.
PLAY = """
const until = async (is) => {
    for (let round = 0; !is(); round++) {
        if (round === 5000) throw new Error(`never: ${is}`);
        await new Promise((done) => setTimeout(done, 2));
    }
};
const inOrder = (_, value) => (Object(value) === value && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value);
const same = (one, other) => JSON.stringify(one, inOrder) === JSON.stringify(other, inOrder);
const itemsOf = ({ document }) => [...document.querySelectorAll("article [data-item]")].filter((one) => !one.hidden);
const shownIn = (tab) => itemsOf(tab).map(({ dataset }) => [dataset.item, dataset.how ?? ""]);
/* The entries of storage that the model knows, without what a page says of itself. */
const keptNow = () => Object.fromEntries(Object.entries(localStorage).filter(([key]) => /^\\/docs\\/ v3 (?!.*(version|plan)$)/.test(key))
    .map(([key, text]) => [key, JSON.parse(text, (name, value) => (key.includes(" accepted ") && name === "words" ? undefined : value))]));
/* Once the page that a tab goes to has begun. */
const begun = async (tab, former) => {
    await until(() => tab.document !== former && tab.document.documentElement);
    // What is looked at are attributes; laying out and painting take half of the time.
    tab.document.documentElement.style.display = "none";
    await until(() => tab.document.querySelector(".runbook.is-live"));
    tab.URL.createObjectURL = (blob) => ((tab.saved = blob), "");
    tab.HTMLAnchorElement.prototype.click = () => {};
};
/* Once a tab has heard of all that the other one has written. */
const told = (other, tab) => new Promise((done) => {
    const hear = ({ key }) => {
        if (key !== "told") return;
        tab.removeEventListener("storage", hear);
        done();
    };
    tab.addEventListener("storage", hear);
    other.localStorage.told = Number(other.localStorage.told ?? 0) + 1;
});
const act = async (tab, { what, at, time, how, text, by, names, undo }) => {
    const find = (selector) => tab.document.querySelector(selector);
    const press = (name) => find(`.runbook [data-action="${name}"]`).click();
    const open = async (name) => {
        find(`.run-menu [data-open="${name}"]`).click();
        await until(() => find(`[data-sheet="${name}"]`).open);
        return find(`[data-sheet="${name}"]`);
    };
    tab.Date.now = () => time;
    const items = itemsOf(tab);
    const item = items[at % items.length];
    if (what === "forget") {
        tab.localStorage.clear();
        tab.dispatchEvent(new StorageEvent("storage", { key: null }));
    } else if (what === "reload") {
        const { document } = tab;
        tab.location.reload();
        await begun(tab, document);
    } else if (what === "click") {
        item.querySelector(".step-tick").click();
        const { elements } = find('[data-form="accept"]');
        if (find('[data-sheet="accept"]').open) {
            elements.initials.value ||= by;
            find('[data-form="accept"]').requestSubmit();
        }
    } else if (what === "sheet" && !item.matches("[data-accept]")) {
        const sheet = await open("step");
        const { which, reason, note } = sheet.querySelector("form").elements;
        which.value = item.dataset.item;
        which.dispatchEvent(new Event("change", { bubbles: true }));
        (how === "note" ? note : reason).value = text;
        sheet.querySelector(`[type="submit"][value="${how}"]`).click();
    } else if (what === "names") {
        const form = (await open("names")).querySelector("form");
        form.elements.active.value = names.active;
        form.elements.standby.value = names.standby.join("\\n");
        form.dispatchEvent(new Event("input", { bubbles: true }));
        form.elements.first.value = names.first;
        form.requestSubmit();
        if (!form.querySelector("[data-part=renamed]").hidden) {
            form.elements.same.checked = true; // the model has the same servers under new names
            form.requestSubmit();
        }
    } else if (what === "clear") {
        await open("names");
        press("clear");
    } else if (what === "export") {
        await open("record");
        press("save-run");
        file = await tab.saved.text();
    } else if (what === "take up") {
        await open("record");
        const field = find('[data-part="file"]');
        Object.defineProperty(field, "files", { value: [new File([file], "run.json")], configurable: true });
        field.dispatchEvent(new Event("change", { bubbles: true }));
        await until(() => find('[data-action="take-up"]'));
        press("take-up");
    } else if (what === "rehearse") {
        await open("rehearsal");
        press("rehearse");
    } else if (what === "reset") {
        await open("reset");
        press("reset-yes");
        if (undo && !find('[data-part="undo"][role]').hidden) press("undo");
    }
    find("dialog[open]")?.close();
};
let file;
window.openTabs = (address) => {
    window.tabs = [];
    // By the time that the second one is open, the first one may have come to its page.
    return Promise.all([0, 1].map((number) => begun((tabs[number] = open(address)), tabs[number].document)));
};
/* The first difference between a run and what is expected of it; nothing without one. */
window.play = async (steps) => {
    const difference = (number, tab, { shown, kept }) => {
        const [found, expected] = [{ shown: shownIn(tabs[tab]), kept: keptNow() }, { shown: shown[tab], kept }];
        return same(found, expected) ? null : { number, tab, found, expected };
    };
    for (const [number, step] of steps.entries()) {
        const { tab } = step.action;
        try {
            await act(tabs[tab], step.action);
            const own = difference(number, tab, step);
            if (own) return own;
            // The other tab is looked at when its turn comes, and at the end.
            if (steps[number + 1]?.action.tab === tab) continue;
            await told(tabs[tab], tabs[1 - tab]);
            const other = difference(number, 1 - tab, step);
            if (other) return other;
        } catch (error) {
            return { number, tab, found: error.stack };
        }
    }
};
// Whoever evaluates this calls what it ends in, if that is a function.
undefined;
"""


class Expected(run_model.Model):
    """The model as the page drives it: it looks at what is kept before each change and after it, and the other tab hears of it."""

    def __init__(self) -> None:
        super().__init__({})

    def play(self, action: dict[str, Any]) -> None:
        tab = action["tab"]
        self.load(tab)
        place, view = self.tabs[tab]
        items = view.items()
        name, key, every = items[action["at"] % len(items)]
        is_accepted = run_model.PARTS[name][0] == "accept"
        match action["what"]:
            case "click" if view.tick_of(key, every):
                self.do(["untick", tab, action["at"], action["time"]])
            case "click":
                by = view.initials or (action["by"] if is_accepted else "")
                self.do(["tick", tab, action["at"], action["time"], "hand", by, ""])
                if is_accepted:
                    self.with_initials(tab, by)
            case "sheet" if not is_accepted and action["how"] == "note":
                self.do(["note", tab, action["at"], action["text"]])
            case "sheet" if not is_accepted:
                self.do(["tick", tab, action["at"], action["time"], action["how"], view.initials, action["text"]])
            case "names":
                self.do(["names", tab, action["names"]])
            case "clear":
                self.do(["names", tab, None])
            case "export":
                self.do(["export", tab])
            case "rehearse":
                self.rehearse(tab)
            case "take up" if self.file:
                if self.file[0] != place:
                    self.rehearse(tab)
                initials = self.tabs[tab][1].initials
                self.do(["take up", tab])
                if initials:
                    self.with_initials(tab, initials)
            case "reset" if not action["undo"] and (view.ticks or view.notes or view.accepted):
                self.do(["again", tab])
                # All of the run is removed, then what it begins with is written.
                self.first[place] = (view.names or {}).get("first", "")
                if place and view.names:
                    self.shared[True] = {key: value for key, value in view.names.items() if key != "first"}
        for one in (tab, 1 - tab):
            self.load(one)

    def with_initials(self, tab: int, initials: str) -> None:
        view = self.tabs[tab][1].copy()
        view.initials = initials
        self.change(tab, view)

    def rehearse(self, tab: int) -> None:
        """A rehearsal begins with the names of the real run, and with the first server that is chosen there."""
        real = self.tabs[tab][1].names
        self.do(["rehearse", tab])
        now, view = self.tabs[tab]
        if now and real and real["used"] and not (view.names or {}).get("first"):
            self.do(["names", tab, real])

    def kept(self) -> dict[str, Any]:
        """What storage must hold, key → value."""
        found: dict[str, Any] = {}
        for place, name in ((False, "run"), (True, "rehearsal")):
            run, own = self.places[place], f"/docs/ v3 {name} model "
            found |= {f"{own}ticks {key}": dict(zip(("time", "how", "by", "reason"), tick, strict=True)) for key, tick in run.ticks.items()}
            found |= {f"{own}accepted {key}": {"time": time, "by": by} for key, (time, by) in run.accepted.items()}
            found |= {f"{own}notes {key}": note for key, note in run.notes.items()}
            found |= {own + key: value for key, value in (("begun", run.begun), ("initials", run.initials), ("first", self.first[place]), ("undone", run.undone)) if value}
            if self.shared[place]:
                found[own + "names" if place else "/docs/ v3 names"] = self.shared[place]
        return found


def actions(seed: int, length: int = 10) -> list[dict[str, Any]]:
    """What is done, the same for a seed on every run."""
    chance = random.Random(seed)
    clock, tab, done = BEGINNING, 0, []
    present = run_model.names(chance)
    for _ in range(length):
        clock += chance.randint(1, 10) * 60_000
        tab = tab if chance.random() < 0.7 else 1 - tab
        what = chance.choices(["click", "sheet", "names", "rename", "clear", "reload", "export", "take up", "rehearse", "reset"],
                              [40, 16, 8, 6, 2, 2, 5, 5, 5, 4])[0]
        if what == "names":
            present = run_model.names(chance)
        elif what == "rename":
            present = {**present, "standby": [f"new{clock % 7}", *present["standby"][1:]]}
        present["first"] = present["first"] if present["first"] in present["standby"] else present["standby"][0]
        done.append({
            "what": "names" if what == "rename" else what, "tab": tab, "at": chance.randrange(40), "time": clock, "by": chance.choice(["AB", "é"]),
            "how": chance.choice(["skipped", "otherwise", "not-applicable", "note"]), "text": chance.choice(["it was so", "<b>"]),
            "names": {**present}, "undo": chance.random() < 0.5,
        })
    return done


def steps(seed: int) -> list[dict[str, Any]]:
    """A run from nothing that leaves no rehearsal open: each action, and what both tabs show and what is kept then."""
    model = Expected()
    done: list[dict[str, Any]] = []

    def step(action: dict[str, Any]) -> None:
        done.append({"action": action, "shown": [view.shown() for _, view in model.tabs], "kept": model.kept()})

    step({"what": "forget", "tab": 0, "at": 0, "time": BEGINNING})
    for action in actions(seed):
        if action["what"] != "take up" or model.file:
            model.play(action)
            step(action)
    for tab in range(2):
        if model.tabs[tab][0]:
            action = {**done[-1]["action"], "what": "rehearse", "tab": tab}
            model.play(action)
            step(action)
    return done
