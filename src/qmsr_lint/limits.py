"""How much of a document is worth reading before it counts as an attack or a mistake."""

from typing import NamedTuple


class Limits(NamedTuple):
    """What one document may cost. Over a limit a document is unreadable and the limit is named, never "clean".

    ==================  ==============================================================================  ===========
    limit               what it bounds                                                                  unit
    ==================  ==============================================================================  ===========
    file_bytes          the file as it lies on disk                                                     bytes
    part_bytes          one part of a package, counted while it is inflated                             bytes
    package_bytes       all parts read from one package, nested packages included                       bytes
    ratio               inflated bytes to compressed bytes of one part, judged above `ratio_grace`      1
    ratio_grace         inflated bytes of a part up to which any ratio is fine                          bytes
    entries             entries of a zip directory                                                      entries
    nodes               elements and attributes of all XML parts read from one package                  nodes
    depth               elements inside one another in an XML part                                      elements
    characters          the document's text                                                             characters
    seconds             time for one document; kept by the sweep                                        seconds
    memory_bytes        memory taken for one document; kept by the sweep, where the system can          bytes
    ==================  ==============================================================================  ===========
    """

    file_bytes: int = 256 * 2**20
    part_bytes: int = 64 * 2**20
    package_bytes: int = 256 * 2**20
    ratio: int = 200
    ratio_grace: int = 8 * 2**20
    entries: int = 20_000
    nodes: int = 3_000_000
    depth: int = 256
    characters: int = 20_000_000
    seconds: float = 60.0
    memory_bytes: int = 2 * 2**30


DEFAULT = Limits()
"""The published limits."""

MOST = 10**15
"""The largest value that a limit can be given; what is larger no system can count in bytes."""

MOST_SECONDS = 1_000_000
"""The most seconds that the clocks of all systems can be set to: eleven days."""
