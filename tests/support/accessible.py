"""What axe finds on a page."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AAA = [*AA, "wcag2aaa", "wcag21aaa", "wcag22aaa"]
CONTRAST, ENHANCED = "color-contrast", "color-contrast-enhanced"
# Contrast takes most of the time, and is the same wherever letters of one kind stand on the same grounds: the first and
# the last of each look are enough, and where a look was looked at on another page, none of it.
LOOKS = """(seen) => {
    const looks = {};
    const hasText = (one) => one.matches("button, input, select, textarea") || [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const walk = (one, below) => {
        const style = getComputedStyle(one);
        const ground = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter, style.mixBlendMode, style.position === "static"].join();
        const grounds = below.endsWith(ground) ? below : `${below} ${ground}`;
        const look = [one.tagName, one.className, one.disabled, style.color, style.fontSize, style.fontWeight, style.textShadow, grounds].join();
        if (hasText(one) && one.checkVisibility({ visibilityProperty: true })) (looks[look] ??= []).push(one);
        one.removeAttribute("data-look");
        for (const child of one.children) walk(child, grounds);
    };
    walk(document.documentElement, "");
    const found = Object.keys(looks).filter((look) => !seen.includes(look));
    for (const look of found) for (const one of [looks[look][0], looks[look].at(-1)]) one.dataset.look = "";
    return found;
}"""
# The higher contrast finds what breaks the lower one too, which need not be looked at again then.
FROM_ZERO = {"minThreshold": 0}
# A box that scrolls takes the focus once an observer of the theme, or of ours, has seen its size: at the end of a frame.
FOUND = """async ([within, options]) => {
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await frame();
    const { violations } = await axe.run(within, options);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => [id, html.slice(0, 160)]));
}"""


def broken_rules(page: Page, rules: list[str] = AA, within: str = "html", seen: list[str] | None = None) -> list[list[str]]:
    """Each rule that is broken, with the element.

    `seen` has the looks of pages in the same colours which were looked at before, and gets those of this one.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
        page.evaluate("(rules) => axe.configure({ rules: rules.map((id) => ({ id, selector: '[data-look]' })) })", [CONTRAST, ENHANCED])
    new = page.evaluate(LOOKS, seen or [])
    if seen is not None:
        seen += new
    off = [CONTRAST] if rules == AAA else []
    options = {
        "runOnly": {"type": "tag", "values": rules}, "resultTypes": ["violations"],
        "rules": {name: {"enabled": False} for name in off}, "checks": {ENHANCED: {"options": {"contrastRatio": {"normal": FROM_ZERO, "large": FROM_ZERO}}}},
    }
    return page.evaluate(FOUND, [within, options])
