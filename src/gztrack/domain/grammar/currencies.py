"""Currencies as they are written: codes, signs and names, in front of a figure or behind it."""

from __future__ import annotations

from gztrack.language import pterm, ptr

_CODES = (
    "AED ARS AUD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR JPY KES KRW KZT MOP MXN "
    "MYR NGN NOK NZD PHP PKR PLN RON RUB SAR SEK SGD THB TRY TWD TZS UAH USD VND ZAR "
)

_NAMES: dict[str, str] = {
    **dict.fromkeys(("rmb", "yuan", "renminbi"), "CNY"),
    **dict.fromkeys(("dollar", "dollars"), "USD"),
    **dict.fromkeys(("euro", "euros"), "EUR"),
    "yen": "JPY",
}

# Longest first: 美元 before 元, US$ before $.
_SIGNS: tuple[tuple[str, str], ...] = (
    ("人民币", "CNY"),
    ("HK$", "HKD"),
    ("US$", "USD"),
    ("CN¥", "CNY"),
    ("JP¥", "JPY"),
    ("人民幣", "CNY"),
    ("美元", "USD"),
    ("美金", "USD"),
    ("欧元", "EUR"),
    ("英镑", "GBP"),
    ("日元", "JPY"),
    ("港元", "HKD"),
    ("港币", "HKD"),
    ("元", "CNY"),
    ("¥", "CNY"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("$", "USD"),
)


def code_of(word: str) -> str:
    """The ISO code that a word in Latin letters names, in any case; empty if it is none."""
    upper = word.upper()
    return upper if len(upper) == 3 and f"{upper} " in _CODES else _NAMES.get(word.lower(), "")


def leading_word(text: str) -> str:
    """The run of Latin letters that a text starts with."""
    end = 0
    while end < len(text) and text[end].isascii() and text[end].isalpha():
        end += 1
    return text[:end]


def leading(text: str, home: str = "") -> tuple[str, int]:
    """The currency that a text starts with.

    Args:
        text: What to look at, without leading blanks.
        home: The currency expected, which ``¥`` means where it is the yen.

    Returns:
        ISO code and the number of characters it takes; ``("", 0)`` if there is none.
    """
    for sign, code in _SIGNS:
        if text.startswith(sign):
            return (home if sign == "¥" and home == "JPY" else code), len(sign)
    word = leading_word(text)
    code = code_of(word)
    return (code, len(word)) if code else ("", 0)


CALLED = (
    pterm("currency", "CNY"),
    pterm("currency", "USD"),
    pterm("currency", "EUR"),
    pterm("currency", "JPY"),
    pterm("currency", "GBP"),
    pterm("currency", "HKD"),
)
"""Currencies that a language may call by a name of their own."""


def called(code: str) -> str:
    """What a currency is called in a message: its code, or its name in languages that say so."""
    return ptr("currency", code)
