"""Where the answers of a decision lead, as a page is told."""

from macros.decision.model import Decision
from macros.decision.ways import ways_to


def test_a_tree_is_told_with_the_reason_of_each_answer_that_decides() -> None:
    tree = Decision.model_validate({
        "title": "Which way?", "start": "wet", "methods": {"boat": {"title": "By boat", "page": "boat.md"}}, "other_outcomes": {"wait": {"title": "Wait", "page": "wait.md#long"}},
        "questions": {
            "wet": {"ask": "Is it wet?", "help": "Look out.", "answers": {
                "yes": {"label": "Yes", "goto": "deep", "because": "Depth counts."}, "no": {"label": "No", "choose": "wait", "because": "It will rain."}}},
            "deep": {"ask": "Is it deep?", "answers": {"yes": {"label": "Very", "choose": "boat", "because": "It floats."}, "no": {"label": "No", "choose": "wait", "because": "It dries."}}},
        },
    })
    assert ways_to({"way": tree}, "wait.md") == {"way": {
        "start": "wet", "outcomes": {"boat": {"title": "By boat", "page": "boat.md"}, "wait": {"title": "Wait", "page": "wait.md#long"}},
        "questions": {
            "wet": {"ask": "Is it wet?", "answers": {"yes": {"label": "Yes", "goto": "deep"}, "no": {"label": "No", "choose": "wait", "because": "It will rain."}}},
            "deep": {"ask": "Is it deep?", "answers": {"yes": {"label": "Very", "choose": "boat"}, "no": {"label": "No", "choose": "wait", "because": "It dries."}}},
        },
    }}
    assert ways_to({"way": tree}, "elsewhere.md") == {}, "a tree that ends elsewhere is not told"
