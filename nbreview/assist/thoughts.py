"""What reasoning models think aloud, taken out of their replies.

Imports only the standard library. Models mark it in many ways: in tags (`<think>`, `<reasoning>`, `[THINK]`,
`◁think▷`, `<seed:think>`, `<|START_THINKING|>` …), or in channels, of which only the last is meant for the
person (the harmony format of gpt-oss). A reply may end inside of a thought, or begin inside of one, where the
chat template has opened it. Code may hold such a tag as text, so that a tag counts only where a line begins
with it, outside of a code block.
"""

import re

_NAME = (
    r"(?:seed:)?(?:think(?:ing)?|thoughts?|reason(?:ing)?|reflection|analysis|scratchpad|reasoning_content)"
)
_OPEN = re.compile(
    rf"^[ \t]*(?:<{_NAME}>|\[THINK\]|◁think▷|<\|START_THINKING\|>|<\|begin_of_thought\|>|<unused94>)",
    re.IGNORECASE | re.MULTILINE,
)
_CLOSE = re.compile(
    rf"(?<!['\"`\\])(?:</{_NAME}>|\[/THINK\]|◁/think▷|<\|END_THINKING\|>|<\|end_of_thought\|>|<unused95>)"
    r"(?!['\"`\\])",
    re.IGNORECASE,
)
_WRAPPER = re.compile(
    r"^[ \t]*(?:<\|(?:START_RESPONSE|END_RESPONSE|begin_of_solution|end_of_solution)\|>"
    r"|</?(?:answer|response)>)"
    r"[ \t]*\n?",
    re.IGNORECASE | re.MULTILINE,
)
_CHANNEL = re.compile(r"<\|channel\|>\s*(\w+)[^<\n]*(?:<\|constrain\|>\w+)?<\|message\|>")
_CHANNEL_END = re.compile(r"<\|(?:end|return|start|call)\|>")
_BARE_CHANNELS = re.compile(r"^\s*analysis(?=[A-Z\s]).*?assistant\s*final(?=[^a-z]|[A-Z])", re.DOTALL)
_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})", re.MULTILINE)


def without_thoughts(reply: str) -> str | None:
    """The part of a reply that is meant for the person; None when it ends inside a thought."""
    if "<|channel|>" in reply:
        return _final_channel(reply)
    # Where an engine leaves control tokens out, the names of the channels are all that is left of them.
    text = _BARE_CHANNELS.sub("", reply, count=1)
    closed, opened = _CLOSE.search(text), _first_open(text)
    if (
        closed is not None
        and (opened is None or closed.start() < opened.start())
        and not _fenced(text[: closed.start()])
    ):
        # Some chat templates open the thought in the prompt: only its end is in the reply.
        text = text[closed.end() :]
    while (opened := _first_open(text)) is not None:
        end = _CLOSE.search(text, opened.end())
        if end is None:
            return None
        text = text[: opened.start()] + text[end.end() :]
    return _WRAPPER.sub("", text)


def is_thinking(reply: str) -> bool:
    """Whether a reply that is still being written has come to nothing but thoughts."""
    text = without_thoughts(reply)
    return text is None or not text.strip()


def _final_channel(reply: str) -> str | None:
    last: str | None = None
    for match in _CHANNEL.finditer(reply):
        if match[1].lower() == "final":
            rest = reply[match.end() :]
            end = _CHANNEL_END.search(rest)
            last = rest[: end.start()] if end is not None else rest
    return last


def _first_open(text: str) -> re.Match[str] | None:
    return next((match for match in _OPEN.finditer(text) if not _fenced(text[: match.start()])), None)


def _fenced(text: str) -> bool:
    """Whether a text ends inside a code block."""
    mark = ""
    for match in _FENCE.finditer(text):
        if not mark:
            mark = match[1]
        elif match[1][0] == mark[0] and len(match[1]) >= len(mark):
            mark = ""
    return bool(mark)
