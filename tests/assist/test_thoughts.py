"""What a model thinks aloud is taken out; what a cell holds that looks like it is not."""

import pytest

from nbreview.assist.thoughts import is_thinking, without_thoughts

ANSWER = "Why.\n```python\nx = 2\n```"


@pytest.mark.parametrize(
    "reply",
    [
        f"<think>hm</think>{ANSWER}",
        f"<think>\nhm\n```python\nx = 9\n```\n</think>\n\n{ANSWER}",
        f"<thinking>hm</thinking>\n{ANSWER}",
        f"<thought>hm</thought>\n{ANSWER}",
        f"<reasoning>hm</reasoning>\n{ANSWER}",
        f"<seed:think>hm</seed:think>{ANSWER}",
        f"[THINK]hm[/THINK]{ANSWER}",
        f"◁think▷hm◁/think▷{ANSWER}",
        f"<|START_THINKING|>hm<|END_THINKING|><|START_RESPONSE|>{ANSWER}",
        f"<unused94>thought\nhm<unused95>{ANSWER}",
        f"hm, it was opened in the prompt</think>\n{ANSWER}",
        f"<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>{ANSWER}<|return|>",
        f"<think>one</think>\n<think>two</think>\n{ANSWER}",
        f"analysisWe need to see.assistantfinal{ANSWER}",
        f"<answer>\n{ANSWER}\n</answer>",
    ],
)
def test_the_marks_that_models_use(reply: str) -> None:
    assert (without_thoughts(reply) or "").strip() == ANSWER


@pytest.mark.parametrize(
    "reply",
    ["<think>never ends", "<think>\n```python\nx = 1\n```", "<|channel|>analysis<|message|>hm", "[THINK]hm"],
)
def test_a_reply_that_ends_inside_a_thought_holds_nothing(reply: str) -> None:
    assert without_thoughts(reply) is None
    assert is_thinking(reply)


@pytest.mark.parametrize(
    "source",
    [
        'text = reply.split("</think>")[-1]',
        'if "<think>" in reply:\n    pass',
        "prompt = '''\n<think>\n'''",
        "'<think>' + body + '</think>'",
    ],
)
def test_code_about_thoughts_is_left_alone(source: str) -> None:
    reply = f"Why.\n```python\n{source}\n```"
    assert without_thoughts(reply) == reply
    assert without_thoughts(f"<think>hm</think>{reply}") == reply
