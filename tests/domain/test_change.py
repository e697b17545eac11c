"""Does a digest stand for exactly what changes?"""

from itertools import combinations

from salesrepo.domain.change import Blob, PathChange, digest_of

ONE, TWO, RUN = Blob("100644", "a" * 40), Blob("100644", "b" * 40), Blob("100755", "a" * 40)


def test_every_part_of_a_change_counts_and_their_order_does_not() -> None:
    sets = [
        (),
        (PathChange("a", None, ONE),),
        (PathChange("b", None, ONE),),
        (PathChange("a", ONE, None),),
        (PathChange("a", TWO, ONE),),
        (PathChange("a", None, RUN),),
        (PathChange("a", None, ONE), PathChange("b", None, ONE)),
        (PathChange("a\nb", None, ONE),),
        (PathChange("a\udcff", None, ONE),),
    ]
    digests = [digest_of(changes) for changes in sets]
    assert all(len(digest) == 64 for digest in digests)
    assert not [pair for pair in combinations(digests, 2) if pair[0] == pair[1]]
    assert digest_of(reversed(sets[6])) == digests[6]
