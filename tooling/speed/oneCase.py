"""Runs one case of a script of timings, adds the peak of its memory, and ends.

usage: python3 oneCase.py SCRIPT CASE [OPTION...]

The script must take --cases PREFIX and print one JSON line a case. Cases whose names only begin with CASE are not waited for.
"""
import builtins
import json
import resource
import runpy
import sys

script, case, *options = sys.argv[1:]
write = builtins.print


def only(text, **how):
    row = json.loads(text)
    if row.get('case') != case:
        return
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS, else kilobytes
    row['memory_mb'] = round(peak * (1 if sys.platform == 'darwin' else 1024) / 1e6)
    write(json.dumps(row), flush=True)
    sys.exit(0)


builtins.print = only
sys.argv = [script, '--cases', case, *options]
runpy.run_path(script, run_name='__main__')
