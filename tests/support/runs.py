"""What a reader does on the page of a run, on the way to what a test is about: by events, where a real click takes three times as long."""

from playwright.sync_api import Locator, Page
from support.sites import Server

NAMES = "#active=north&standby=south&standby=east&standby=west&first=south"
COUNT = ".runbook [data-part=count]"
NOW = ".runbook [data-part=now]"
ITEM = "[data-item]:visible"


# Before a document: what is looked at are attributes, and painting takes two thirds of the time.
UNPAINTED = """{
    const style = new CSSStyleSheet();
    style.replaceSync("article { content-visibility: hidden; }");
    document.adoptedStyleSheets = [style];
}"""


def open_unpainted(page: Page, run: Server, name: str = "run") -> Page:
    page.goto(f"{run.url}/{name}/")
    return begun(page)


def begun(page: Page) -> Page:
    """The page once its run has begun, painted or not."""
    page.locator(".runbook.is-live").wait_for(state="attached")
    return page


def open_run(page: Page, run: Server, fragment: str = "", answer: str = "", name: str = "run") -> Page:
    page.goto(f"{run.url}/{name}/{fragment}")
    page.locator(".runbook.is-live").wait_for()
    if answer:
        page.get_by_role("button", name=answer, exact=True).dispatch_event("click")
    return page


def item(page: Page, words: str) -> Locator:
    """The first step, stop, check or warning with these words."""
    return page.locator(ITEM, has_text=words).first


def box(page: Page, words: str) -> Locator:
    return item(page, words).get_by_role("checkbox")


# The boxes of the first items with these words, each of which is to be ticked, or to open the dialog of a warning.
CLICK = """(all) => {
    for (const words of all) {
        const found = [...document.querySelectorAll("[data-item]")].find((one) => !one.hidden && one.textContent.replace(/\\s+/g, " ").includes(words));
        const box = found.querySelector(".step-tick");
        if (box.checked) throw new Error(`${words} is ticked already`);
        box.click();
    }
}"""


def tick(page: Page, *words: str) -> None:
    page.evaluate(CLICK, words)


def ticked(page: Page) -> list[str]:
    """The bold beginnings of the steps that are ticked."""
    return page.eval_on_selector_all(
        "[data-step]:has(.step-tick:checked)", "all => all.filter((one) => !one.hidden).map((one) => one.querySelector('strong').textContent)"
    )


SHEET = "dialog[open]"


def sheet(page: Page, name: str) -> Locator:
    """Open a sheet by its entry of the menu, which need not be open for that."""
    page.locator("[data-sheet=menu]").get_by_role("button", name=name, exact=True, include_hidden=True).dispatch_event("click")
    page.locator(f"{SHEET}:not([data-sheet=menu])").wait_for()
    return page.locator(SHEET)


def close(page: Page) -> None:
    page.locator(SHEET).get_by_role("button", name="Close", exact=True).dispatch_event("click")


def accept(page: Page, words: str, initials: str = "AB") -> None:
    tick(page, words)
    page.evaluate("""(initials) => {
        const form = document.querySelector("dialog[open] [data-form=accept]");
        form.elements.initials.value = initials;
        form.requestSubmit();
    }""", initials)


def use_names(page: Page, active: str, standby: list[str]) -> None:
    """Fill in the sheet of the names and submit it: the first of the standby servers is chosen where a choice is open, and where it is
    asked, the servers are the same under new names.
    """
    sheet(page, "Names").locator("[data-part=form]").evaluate("""(form, [active, standby]) => {
        const { elements } = form;
        elements.active.value = active;
        elements.standby.value = standby;
        form.dispatchEvent(new Event("input", { bubbles: true }));
        if (elements.first?.value === "") elements.first.selectedIndex = 1;
        form.requestSubmit();
        if (form.querySelector("[data-part=renamed]").hidden) return;
        elements.same.checked = true;
        form.requestSubmit();
    }""", [active, "\n".join(standby)])


def clear_names(page: Page) -> None:
    sheet(page, "Names").get_by_role("button", name="Clear the names").click()
