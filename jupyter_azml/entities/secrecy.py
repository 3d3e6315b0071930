"""Which values are nobody's business, by the words of their names. In records they give way to asterisks."""

import re
from collections.abc import Collection, Mapping
from itertools import pairwise
from typing import Any

HIDDEN = "***"

_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LETTERS = re.compile(r"[^\W\d_]+")

# Patterns for words of a name, and for two that follow each other, with a blank between.
_ALONE = re.compile(
    "[a-z]*(?:password|passwd|passphrase|apikey|accesskey|secretkey)s?|passcode|pwd|secrets?|credentials?|creds|bearer|"
    "jwt|sas|authorization|mdp|motdepasse|jeton|authkey|accountkey|privatekey|sharedkey|connectionstring|connstr|"
    "clientsecret|(?:access|api|auth|refresh)token"
)
_PAIR = re.compile(
    "(?:access|account|api|auth|aws|azure|client|deploy|encryption|function|hf|host|master|openai|private|secret|service|"
    "shared|signing|ssh|storage|subscription|wandb) key|(?:access|account|api|private|secret) keys|"
    "(?:access|api|auth|bearer|refresh) tokens|(?:connection|conn) (?:string|str)|access signature|de passe|"
    "(?:admin|db|email|ftp|ldap|login|mail|mysql|postgres|proxy|root|smtp|ssh|sudo|user|vpn|wifi) pass|"
    "(?:ado|azure|devops|git|github|gitlab) pat"
)
# A token is a secret, unless it is one of a text.
_OF_TEXT = re.compile(
    "bos|class|cls|current|decoder|end|eos|eot|fim|first|image|input|last|mask|max|min|n|new|next|num|number|output|"
    "pad|padding|per|prev|previous|prompt|sep|separator|special|start|stop|target|text|unk|unknown|word"
)
# What only tells about a secret: its place, its length, whether there is any.
_ABOUT_AT_END = re.compile(
    "column|count|dir|file|filename|folder|len|length|limit|max|min|names?|path|policy|size|type"
)
_ABOUT_AT_START = re.compile("allow|enable|has|is|max|min|n|no|num|requires?|show|use")


def looks_secret(name: str) -> bool:
    """``password``, ``dbPassword``, ``hf_token``, ``AZURE_STORAGE_KEY``; not ``tokenizer``, ``max_tokens``."""
    words = _LETTERS.findall(_BOUNDARY.sub("_", str(name)).lower())
    if not words or _ABOUT_AT_END.fullmatch(words[-1]) or (len(words) > 1 and _ABOUT_AT_START.fullmatch(words[0])):
        return False
    if any(_ALONE.fullmatch(word) for word in words):
        return True
    if words[-1] == "token":
        return len(words) == 1 or not _OF_TEXT.fullmatch(words[-2])
    return any(_PAIR.fullmatch(" ".join(pair)) for pair in pairwise(words))


def hide(values: Mapping[str, Any], marked: Collection[str] = ()) -> dict[str, Any]:
    """The same with asterisks where a name looks secret or is ``marked``, inside of lists and dictionaries as well."""
    return {
        name: HIDDEN if value is not None and (name in marked or looks_secret(name)) else _hide_inside(value)
        for name, value in values.items()
    }


def hidden_values(values: Mapping[str, Any], marked: Collection[str] = ()) -> list[Any]:
    """What ``hide`` puts asterisks for."""
    found: list[Any] = []
    for name, value in values.items():
        if value is not None and (name in marked or looks_secret(name)):
            found += _leaves(value)
        else:
            for inner in _dictionaries_in(value):
                found += hidden_values(inner)
    return found


def _hide_inside(value: Any) -> Any:
    if isinstance(value, dict):
        return hide(value)
    return [_hide_inside(item) for item in value] if isinstance(value, list) else value


def _dictionaries_in(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for item in value for found in _dictionaries_in(item)]
    return [value] if isinstance(value, dict) else []


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        value = list(value.values())
    return [leaf for item in value for leaf in _leaves(item)] if isinstance(value, list | tuple) else [value]
