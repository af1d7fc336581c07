"""The checks of the status reader: what a writer can get wrong in them, and in the samples."""

from macros.reference.checks import FINDINGS, Check, Checks, Flag, Report, Sample, check_mistakes, codes_of
from macros.reference.states import code_mistakes

CHECK = Check(title="It", when="It is.", means="It was.", verdict="note")
WITH_KEY = {name: f"{name} {{key}}" for name in ("server", "known_active", "slot")}
PLAIN = {name: name for name in Report.model_fields if name not in (*WITH_KEY, "last_seen", "flags")}
REPORT = Report(**WITH_KEY, **PLAIN, last_seen=["seen"], flags={"flag": Flag(active=True), "other": Flag(active=False, standby=True)})


def checks(**changed: Check | None) -> Checks:
    """Every check that the reader makes, some with other words, or none."""
    words = {**dict.fromkeys(FINDINGS, CHECK), **{name.replace("_", "-"): check for name, check in changed.items()}}
    return Checks.model_construct(report=REPORT, texts={}, samples={}, phases=None, checks={name: check for name, check in words.items() if check})


def said(some: Checks) -> list[str]:
    return [one.what for one in check_mistakes(some)]


def test_every_check_has_its_words_and_no_other() -> None:
    assert said(checks()) == []
    assert said(checks(old=None)) == ['There is no check "old".']
    assert said(checks(olld=CHECK)) == ['The check "olld" is not known here.']


def test_what_is_unclear_can_be_settled_and_nothing_else() -> None:
    unclear = CHECK.model_copy(update={"verdict": "unclear"})
    assert said(checks(old=unclear)) == ['The check "old" does not say what would settle it.']
    assert said(checks(old=unclear.model_copy(update={"settles": "Wait."}))) == []
    assert said(checks(old=CHECK.model_copy(update={"settles": "Wait."}))) == ["Only what is unclear can be settled."]


SAMPLE = Sample(label="Two", servers=[
    {"name": "One", "key": "1", "state": "L", "declared": ["2"], "connected": ["2"]}, {"name": "Two", "key": "2", "state": "X"}])


def test_a_sample_has_no_state_that_is_not_explained() -> None:
    some = checks().model_copy(update={"samples": {"two": SAMPLE}})
    assert [one.what for one in code_mistakes(codes_of(some), ["L", "F"])] == ['There is no state "X".']
    assert list(code_mistakes(codes_of(some), ["L", "X"])) == []
