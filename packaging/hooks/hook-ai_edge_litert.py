"""What PyInstaller collects of LiteRT: the interpreter."""

hiddenimports = ["ai_edge_litert._pywrap_litert_interpreter_wrapper", "ai_edge_litert.interpreter"]
