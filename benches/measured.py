"""`measured.py FILE COMMAND...` runs a command and appends `CPU_SECONDS PEAK_MB` of the finished process to FILE."""

import os
import subprocess
import sys

child = subprocess.Popen(sys.argv[2:])
_, status, usage = os.wait4(child.pid, 0)
with open(sys.argv[1], "a", encoding="utf-8") as file:
    # Linux counts the resident set in kilobytes of 1,024 bytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    file.write(f"{usage.ru_utime + usage.ru_stime:.6f} {usage.ru_maxrss * unit / 1e6:.1f}\n")
sys.exit(os.waitstatus_to_exitcode(status))
