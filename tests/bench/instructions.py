#!/usr/bin/env python3
"""Count the instructions that the library itself spends on a piece of work, and compare with the stored baseline.

Only code of this project counts, not libc, cJSON or OpenSSL, whose instructions differ from machine to machine. The
same binary counts the same every time, so 5 % more than the baseline fails. With --store the baseline is written anew.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

WORK = ["decode_vs_cjson", "verify_vs_hmac_256", "verify_vs_hmac_4k", "event_vs_parts"]
COUNT = 100
TOLERANCE_PERCENT = 5


def own_instructions(bench, work, count):
    with tempfile.NamedTemporaryFile() as out:
        subprocess.run(
            ["valgrind", "-q", "--tool=callgrind", f"--callgrind-out-file={out.name}",
             bench, "--work", work, str(count)], check=True)
        listing = subprocess.run(
            ["callgrind_annotate", "--threshold=100", "--show-percs=no", out.name],
            check=True, capture_output=True, text=True).stdout
    total = 0
    for line in listing.splitlines():
        match = re.match(r"\s*([\d,]+)\s+\S+:.*\[(.+)\]$", line)
        if match and os.path.basename(match.group(2)) == os.path.basename(bench):
            total += int(match.group(1).replace(",", ""))
    return total


def main():
    bench = os.path.join(os.environ.get("BUILD", "build"), "bench")
    baseline_path = os.path.join(os.path.dirname(__file__), "baseline.json")
    measured = {}
    for work in WORK:
        start = own_instructions(bench, work, 1)
        measured[work] = (own_instructions(bench, work, 1 + COUNT) - start) // COUNT
    if sys.argv[1:] == ["--store"]:
        with open(baseline_path, "w") as file:
            json.dump(measured, file, indent=2)
            file.write("\n")
        return 0
    with open(baseline_path) as file:
        baseline = json.load(file)
    failed = sum(1 for work in WORK if measured[work] <= 0)  # the listing was not understood
    for work in WORK:
        limit = baseline[work] * (100 + TOLERANCE_PERCENT) // 100
        over = measured[work] > limit
        failed += over
        print(f"{work}: {measured[work]} instructions, baseline {baseline[work]}, at most {limit}"
              + (" OVER" if over else ""))
    print(f"{len(WORK) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
