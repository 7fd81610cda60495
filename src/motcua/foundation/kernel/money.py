"""Amounts are whole đồng, as ``int``."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu", "tỷ")


def dong(amount: int) -> str:
    """Return ``700.000 đ`` for 700000."""
    return f"{amount:,}".replace(",", ".") + " đ"


def in_words(amount: int) -> str:
    """Return the amount in Vietnamese words, as a fee receipt prints it: ``Bảy trăm nghìn đồng``."""
    if amount == 0:
        return "Không đồng"
    words = ("âm " if amount < 0 else "") + _number(abs(amount)) + " đồng"
    return words[0].upper() + words[1:]


def _number(value: int) -> str:
    """Words of a positive number; beyond a thousand billions the groups begin again with "tỷ"."""
    if value >= 10**12:
        head, rest = divmod(value, 10**9)
        return _number(head) + " tỷ" + (f" {_groups(rest, leading=False)}" if rest else "")
    return _groups(value, leading=True)


def _groups(value: int, *, leading: bool) -> str:
    parts: list[str] = []
    for power in range(3, -1, -1):
        group = value // 1000**power % 1000
        if group:
            text = _hundreds(group, leading=leading and not parts)
            parts.append(f"{text} {_GROUPS[power]}".strip())
    return " ".join(parts)


def _hundreds(value: int, *, leading: bool) -> str:
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    words: list[str] = []
    if hundreds or not leading:
        words += [_DIGITS[hundreds], "trăm"]
    if tens == 0 and ones and words:
        words.append("lẻ")
    elif tens == 1:
        words.append("mười")
    elif tens > 1:
        words += [_DIGITS[tens], "mươi"]
    if ones:
        words.append(_ones(tens, ones))
    return " ".join(words)


def _ones(tens: int, ones: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 5 and tens > 0:
        return "lăm"
    return _DIGITS[ones]
