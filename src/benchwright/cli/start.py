"""Where the installed command begins: Ctrl-C ends it without a traceback also while its modules are still loading."""

import gc
import signal

_IS_HEARD = signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
"""False where the shell started the command in the background: Ctrl-C is then meant for another."""

if _IS_HEARD:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start() -> None:
    """Load the command line, and from then on let it answer Ctrl-C itself."""
    from benchwright.cli.main import main

    if _IS_HEARD:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # A command makes many values and hardly any cycles: looking for them every 700 values takes 8 % of its time.
    gc.set_threshold(50_000, 20, 20)
    try:
        main()
    finally:
        if _IS_HEARD:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
