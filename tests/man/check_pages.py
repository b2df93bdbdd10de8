#!/usr/bin/env python3
"""Is every exported symbol declared, listed and explained?

Headers, lib/libxpay.map, the built library (BUILD, default build) and man/ are compared with each other.
"""
import os
import re
import shutil
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("BUILD", "build")
os.chdir(TOP)
passed = failed = 0


def check(rule, wrong):
    """Count one rule; `wrong` lists what breaks it."""
    global passed, failed
    wrong = list(wrong)
    if wrong:
        failed += 1
        print(f"{rule}: " + "\n    ".join(["no"] + wrong))
    else:
        passed += 1


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def declared():
    names = set()
    for header in os.listdir("include/xpay"):
        code = re.sub(r"/\*.*?\*/|^\s*#.*?$", "", read(f"include/xpay/{header}"), flags=re.S | re.M)
        names |= set(re.findall(r"XPAY_API\b[^;(]*?\b(xpay_\w+)\s*\(", code))
    return names


def exported():
    listing = subprocess.run(["nm", "-D", "--defined-only", f"{BUILD}/libxpay.so"], check=True, text=True,
                             stdout=subprocess.PIPE).stdout
    return [line.split()[2] for line in listing.splitlines() if line.split()[1] != "A"]


def output(*command):
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, [line for line in done.stdout.splitlines() if line]


headers = declared()
mapped = re.findall(r"^\s+(xpay_\w+);$", read("lib/libxpay.map"), flags=re.M)
symbols = exported()
pages = {name: read(f"man/{name}") for name in os.listdir("man") if re.search(r"\.[37]$", name)}
links = {name: text for name, text in pages.items() if text.startswith(".so")}
real = sorted(set(pages) - set(links))

check("xpay.h includes every header",
      [h for h in sorted(os.listdir("include/xpay"))
       if h != "xpay.h" and f"#include <xpay/{h}>" not in read("include/xpay/xpay.h")])
check("the map lists every function of the headers", sorted(headers - set(mapped)))
check("the map lists nothing that no header declares", sorted(set(mapped) - headers))
check("the map is sorted, without repetition", [] if mapped == sorted(set(mapped)) else ["it is not"])
check("the library exports every function of the map", sorted(set(mapped) - {s.split("@")[0] for s in symbols}))
check("the library exports nothing else", sorted({s.split("@")[0] for s in symbols} - set(mapped)))
check("every symbol has the version XPAY_0", [s for s in symbols if not s.endswith("@@XPAY_0")])
check("every function has a page", sorted(n for n in headers if f"{n}.3" not in pages))
check("every link leads to a page that explains the function",
      [n for n, text in links.items()
       if not re.fullmatch(r"\.so man3/(\w+\.3)\n", text) or text[9:-1] not in real
       or f".Nm {n[:-2]}" not in pages[text[9:-1]].replace(" ,", "").split("\n")])
check("every page of section 3 can be reached from xpay(7)",
      [n for n in real if n.endswith(".3") and f".Xr {n[:-2]} 3" not in pages["xpay.7"]])
check("every page that is referred to exists",
      [f"{n}: {x}" for n in real for x in re.findall(r"^\.Xr (xpay\w* [37])\b", pages[n], flags=re.M)
       if x.replace(" ", ".") not in pages])
check("mandoc finds nothing wrong", output("mandoc", "-Tlint", "-Wwarning", *[f"man/{n}" for n in real])[1])
if shutil.which("doxygen"):
    code, text = output(sys.executable, "man/mdoc.py", "--check")
    check("the pages are what the headers give", text if code else [])
else:
    print("the pages are what the headers give: not checked, since doxygen is missing")

print(f"{passed} passed, {failed} failed")
sys.exit(failed != 0)
