"""Every sentence of the source about the choice of a method stands on the upgrade page, with its condition.

Wording is free: of each sentence the terms are kept that no other words can say. All terms of a
sentence stand in one paragraph, item, cell or callout, so that no rule is parted from its condition.
"""

import re

import pytest
from bs4 import BeautifulSoup
from support.sites import Build

BLOCKS = "p, li, tr, legend, .admonition"
# A sentence of the source in short → terms; of terms with a | between them, one.
SENTENCES = {
    "a fresh installation has its own page": ["fresh installation", "own"],
    "with downtime: simple, recommended": ["upgrade with downtime", "recommended", "simple"],
    "without downtime: strict": ["upgrade without downtime", "precisely", "error-prone", "downtime minimal"],
    "with downtime the requirements are far less strict, as management is stopped": ["stopped", "far less strict"],
    "verify replication before upgrading": ["verify", "replication", "before you upgrade"],
    "down for any reason and not noticed": ["whatever (?:the )?reason", "upgrade with downtime|with downtime", "nobody had noticed"],
    "a backup is optional": ["Management Server backup", "optional", "not require", "if you need to go back", "good moment"],
    "the backup is ordinary": ["Client", "command line", "backup"],
    "downtime is acceptable": ["acceptable", "upgrade with downtime"],
    "the infrastructure runs on": ["infrastructure", "normally", "stopped"],
    "switching is never done": ["never|only", "Standby Servers", "real-time incremental backup"],
    "switching is never done: with downtime": ["never", "real-time incremental backup", "with downtime"],
    "the important notice": ["even with the upgrade with downtime", "network problem", r"first \(Active\) server fails",
                             "not upgraded yet", "may become Active by itself", "without delay"],
    "failover is manual": ["failover is manual", "may become Active by itself"],
    "minimal downtime is the priority": ["minimal downtime is the priority", "carefully"],
    "follow each step carefully to avoid downtime": ["each step", "carefully", "avoid downtime"],
    "the only risk is downtime": ["only risk is downtime", "nothing else"],
}


@pytest.fixture(scope="module")
def blocks(built: Build) -> list[str]:
    """The text of each block of the upgrade page."""
    page = (built.site / "upgrade" / "index.html").read_text(encoding="utf-8")
    article = BeautifulSoup(page, "html.parser").select_one("article")
    for hidden in article.select("template, svg, .status-reader"):
        hidden.decompose()
    return [" ".join(block.get_text(" ").split()) for block in article.select(BLOCKS)]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_page_has_the_sentence_with_its_condition(sentence: str, blocks: list[str]) -> None:
    terms = SENTENCES[sentence]
    best = max(blocks, key=lambda block: sum(bool(re.search(term, block, re.IGNORECASE)) for term in terms))
    missing = [term for term in terms if not re.search(term, best, re.IGNORECASE)]
    assert not missing, f"docs/upgrade.md or docs/_data/upgrade.yml no longer says that {sentence}: {missing} is missing in: {best}"


def test_the_important_notice_is_a_warning(built: Build) -> None:
    page = BeautifulSoup((built.site / "upgrade" / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert [one for one in page.select(".admonition.warning") if "may become Active by itself" in one.get_text()]
