"""libvoikko of the system, used where it is installed: ten times the speed of the mapped reader."""

from __future__ import annotations

import ctypes
import threading

_LIBRARY = "libvoikko.so.1"


class NotInstalled(Exception):
    """libvoikko or its Finnish dictionary is missing."""

    code = "not_installed"


class Voikko:
    """One handle with a lock, because a libvoikko handle serves one thread at a time."""

    def __init__(self) -> None:
        try:
            self._library = ctypes.CDLL(_LIBRARY)
        except OSError as error:
            raise NotInstalled(str(error)) from error
        self._declare()
        problem = ctypes.c_char_p()
        self._handle = self._library.voikkoInit(ctypes.byref(problem), b"fi", None)
        if not self._handle:
            raise NotInstalled((problem.value or b"no Finnish dictionary").decode())
        self._lock = threading.Lock()

    def _declare(self) -> None:
        pointers = ctypes.POINTER(ctypes.c_void_p)
        library = self._library
        library.voikkoInit.restype = ctypes.c_void_p
        library.voikkoInit.argtypes = [ctypes.POINTER(ctypes.c_char_p), ctypes.c_char_p, ctypes.c_char_p]
        library.voikkoAnalyzeWordUcs4.restype = pointers
        library.voikkoAnalyzeWordUcs4.argtypes = [ctypes.c_void_p, ctypes.c_wchar_p]
        library.voikko_free_mor_analysis.restype = None
        library.voikko_free_mor_analysis.argtypes = [pointers]
        library.voikko_mor_analysis_value_ucs4.restype = ctypes.c_wchar_p
        library.voikko_mor_analysis_value_ucs4.argtypes = [ctypes.c_void_p, ctypes.c_char_p]

    def lookup(self, word: str) -> list[str]:
        """Analysis strings of `word` in lower case; empty when the word is not known."""
        found: dict[str, None] = {}
        with self._lock:
            answers = self._library.voikkoAnalyzeWordUcs4(self._handle, word)
            if not answers:
                return []
            for answer in answers:
                if not answer:
                    break
                output = self._library.voikko_mor_analysis_value_ucs4(answer, b"FSTOUTPUT")
                if output:
                    found[output] = None
            self._library.voikko_free_mor_analysis(answers)
        return list(found)
