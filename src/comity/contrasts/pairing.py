"""Which words of one text stand for which of another: the pairing behind ``comity.contrasts.alignment``.

What is the same in the same order is found first (Ratcliff and Obershelp 1988, as `difflib` has it), then what moved, and
last, between the two, what may stand for what.
"""

from collections.abc import Callable
from difflib import SequenceMatcher
from typing import NamedTuple

ADDRESS, WORDS = "address", "words"

# So many words in a row, found in another place, have moved; a form of address moves by itself.
MOVED = 4
# So few words in a row between two longer changes are a chance meeting of small words ("the", "of the").
CHANCE = 2
# Words whose first letters are the same may stand for one another: "extended", "extend".
STEM = 4


class Token(NamedTuple):
    """A form of address, a word or a number: its characters, its sentence, its words, and what it is compared by."""

    start: int
    end: int
    sentence: int
    kind: str
    words: tuple[str, ...]
    key: tuple
    honoree: str = ""


class Pair(NamedTuple):
    """What stands on each side of a segment, and the number of the move where one side has moved."""

    a: list[Token]
    b: list[Token]
    move: int | None = None


class _Run(NamedTuple):
    tokens: list[Token]
    move: int | None


def pair_tokens(a: list[Token], b: list[Token]) -> list[Pair]:
    """Pair the tokens of two texts, each in its order; pairing b with a gives the same pairs, turned.

    >>> one, two = ([Token(0, 1, 1, WORDS, (word,), (WORDS, word)) for word in text.split()] for text in ("all is well", "all goes well"))
    >>> [(pair.a[0].words[0], pair.b[0].words[0]) for pair in pair_tokens(one, two)]
    [('all', 'all'), ('is', 'goes'), ('well', 'well')]
    """
    # difflib breaks ties by the order in which it is given two texts: always give the same one first.
    if keys(a) > keys(b):
        return [Pair(pair.b, pair.a, pair.move) for pair in pair_tokens(b, a)]
    blocks = _match(a, b)
    moves_a, moves_b = _find_moves(a, b, blocks)
    pairs, at_a, at_b = [], 0, 0
    for block in blocks:
        pairs += _pair_gap(_part(range(at_a, block.a), a, moves_a), _part(range(at_b, block.b), b, moves_b))
        at_a, at_b = block.a + block.size, block.b + block.size
        pairs += _pair_same(a[block.a : at_a], b[block.b : at_b])
    return pairs


def match(a: list, b: list) -> SequenceMatcher:
    """Match two lists; no element is too frequent to count."""
    return SequenceMatcher(None, a, b, autojunk=False)


def keys(tokens: list[Token]) -> list[tuple]:
    return [token.key for token in tokens]


def _match(a, b):
    """Stretches that stand in both texts in the same order, without chance meetings; the last is the empty one at the end."""
    kept, at_a, at_b = [], 0, 0
    blocks = match(keys(a), keys(b)).get_matching_blocks()
    for block, after in zip(blocks, [*blocks[1:], blocks[-1]], strict=True):
        end_a, end_b = block.a + block.size, block.b + block.size
        changed = min(max(block.a - at_a, block.b - at_b), max(after.a - end_a, after.b - end_b))
        if block.size >= min(changed, CHANCE + 1) or any(token.kind == ADDRESS for token in a[block.a : end_a]):
            kept.append(block)
            at_a, at_b = end_a, end_b
    return kept


def _find_moves(a, b, blocks):
    """What stands in both texts, but not in the same order: for each side the number of the move by place."""
    same_a = {place for block in blocks for place in range(block.a, block.a + block.size)}
    same_b = {place for block in blocks for place in range(block.b, block.b + block.size)}
    moves_a, moves_b = {}, {}
    for least, kinds in ((MOVED, (WORDS, ADDRESS)), (1, (ADDRESS,))):
        while True:
            free = _free(a, same_a | moves_a.keys(), kinds, "a"), _free(b, same_b | moves_b.keys(), kinds, "b")
            block = match(*free).find_longest_match()
            if block.size < least:
                break
            number = len(set(moves_a.values()))
            moves_a |= dict.fromkeys(range(block.a, block.a + block.size), number)
            moves_b |= dict.fromkeys(range(block.b, block.b + block.size), number)
    return moves_a, moves_b


def _free(tokens, taken, kinds, side):
    """The keys of what has no partner yet; anything else meets nothing: its key is its own."""
    return [token.key if token.kind in kinds and place not in taken else (side, place) for place, token in enumerate(tokens)]


def _part(places, tokens, moves):
    """The tokens of a gap, parted: what moved together, each form of address, and the words of a sentence between."""
    runs = []
    for place in places:
        token, move = tokens[place], moves.get(place)
        if runs and runs[-1].move == move and (move is not None or _join(runs[-1].tokens[-1], token)):
            runs[-1].tokens.append(token)
        else:
            runs.append(_Run([token], move))
    return runs


def _pair_same(a, b):
    pairs = []
    for one, two in zip(a, b, strict=True):
        if pairs and _join(pairs[-1].a[-1], one) and _join(pairs[-1].b[-1], two):
            pairs[-1].a.append(one)
            pairs[-1].b.append(two)
        else:
            pairs.append(Pair([one], [two]))
    return pairs


def _join(one, two):
    """Are both words of one sentence?"""
    return one.kind == two.kind == WORDS and one.sentence == two.sentence


def _pair_gap(a, b):
    """What is not the same: each run with the one that it may stand for, or alone."""
    # Where one thing stands for one thing, they need not be alike: "the president" for "Comrade General Secretary".
    alone = len(a) == len(b) == 1 and a[0].move is None and b[0].move is None
    pairs, at_a, at_b = [], 0, 0
    for to_a, to_b in [*([(0, 0)] if alone else _find_partners(a, b, _liken)), (len(a), len(b))]:
        pairs += [Pair(run.tokens, [], run.move) for run in a[at_a:to_a]] + [Pair([], run.tokens, run.move) for run in b[at_b:to_b]]
        pairs += [Pair(a[to_a].tokens, b[to_b].tokens)] if to_a < len(a) else []
        at_a, at_b = to_a + 1, to_b + 1
    return pairs


def _find_partners(a: list, b: list, liken: Callable) -> list[tuple[int, int]]:
    """The places of partners, in order, with the greatest likeness in all (Needleman and Wunsch 1970, gaps cost nothing)."""
    best = {(i, j): (0.0, None) for i in range(len(a) + 1) for j in range(len(b) + 1)}
    for i in reversed(range(len(a))):
        for j in reversed(range(len(b))):
            likeness = liken(a[i], b[j])
            ways = [(best[i + 1, j][0], (i + 1, j)), (best[i, j + 1][0], (i, j + 1))]
            ways += [(best[i + 1, j + 1][0] + likeness, (i + 1, j + 1))] if likeness > 0 else []
            best[i, j] = max(ways)
    partners, at = [], (0, 0)
    while (step := best[at][1]) is not None:
        if step == (at[0] + 1, at[1] + 1):
            partners.append(at)
        at = step
    return partners


def _liken(one, two):
    """How well one run stands for another: by the words in common, then by length. 0 is not at all.

    A form of address stands for one that honours the same person or has an element in common, and weighs more than words.
    """
    first, second = one.tokens[0], two.tokens[0]
    if one.move is not None or two.move is not None or first.kind != second.kind:
        return 0
    if first.kind == ADDRESS:
        shared, same_person = set(first.key[1]) & set(second.key[1]), first.honoree != "" and first.honoree == second.honoree
        return 10 * (len(shared) + same_person)
    stems = [{word[:STEM] for token in run.tokens for word in token.words} for run in (one, two)]
    sizes = sorted(len(run.tokens) for run in (one, two))
    return len(stems[0] & stems[1]) / len(stems[0] | stems[1]) + sizes[0] / sizes[1] / 10
