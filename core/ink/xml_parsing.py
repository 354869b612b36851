"""Parse XML from strangers, in any encoding: nothing is fetched, and nothing can be expanded.

A document type may be named, as most programs do in SVG, but must not define anything itself: entities are what XML
bombs are made of.
"""

from typing import Protocol
from xml.parsers import expat

from core.errors import InkFileError
from core.ink.limits import MAX_ELEMENTS, require_bytes
from core.wording.ink_problems import InkProblem

_CUT_OFF = frozenset(
    (
        expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
        expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
    )
)


class OtherFormat(Exception):
    """The file is something else: no XML, or XML with another root."""

    def __init__(self, *, is_xml: bool) -> None:
        super().__init__()
        self.is_xml = is_xml


class XmlReader(Protocol):
    """What takes the elements of a file; their names come without a prefix."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


def parse_xml(content: bytes, root: str, reader: XmlReader) -> None:
    """Pass all elements of an XML file to `reader`, in any encoding that XML allows.

    Parameters
    ----------
    root
        What the outermost element must be called.

    Raises
    ------
    OtherFormat
        When it is not, or the file is no XML.
    InkFileError
        When the file is empty, too large, damaged or cut off, uses a document type with definitions of its own, or
        has too many elements; also what `reader` raises.
    """
    require_bytes(content)
    state = _State(root, reader)
    try:
        state.parser.Parse(content, True)
    except expat.ExpatError as error:
        if not state.elements:
            raise OtherFormat(is_xml=False) from error
        if error.code in _CUT_OFF:
            raise InkFileError(InkProblem.CUT_OFF) from error
        raise InkFileError(InkProblem.DAMAGED_LINE, line=error.lineno) from error
    except (LookupError, ValueError) as error:  # an encoding that Python does not know
        raise InkFileError(InkProblem.UNKNOWN_ENCODING) from error


class _State:
    """The parser, and what it has met."""

    def __init__(self, root: str, reader: XmlReader) -> None:
        self.elements = 0
        self._root = root
        self._reader = reader
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._take_doctype
        self.parser.EntityDeclHandler = self._refuse_definitions
        self.parser.SkippedEntityHandler = self._refuse_entity
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = reader.text

    def _take_doctype(self, name: str, system: str | None, public: str | None, has_internal_subset: int) -> None:
        if has_internal_subset:
            self._refuse_definitions()

    def _refuse_definitions(self, *_: object) -> None:
        raise InkFileError(InkProblem.DEFINES_ENTITIES)

    def _refuse_entity(self, *_: object) -> None:
        """An entity that only the document type could define. In attributes, expat takes such a one for nothing."""
        raise InkFileError(InkProblem.DAMAGED_LINE, line=self.parser.CurrentLineNumber)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if not self.elements and name != self._root:
            raise OtherFormat(is_xml=True)
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise InkFileError(InkProblem.TOO_MANY_ELEMENTS, limit=MAX_ELEMENTS)
        self._reader.start(name, attributes)

    def _end(self, tag: str) -> None:
        self._reader.end(tag.rpartition(":")[2])
