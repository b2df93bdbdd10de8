#!/usr/bin/env python3
"""Man pages from the headers.

Doxygen reads include/xpay; this turns what it found into mdoc(7): one page for each header, and for each function a
page of its own that leads there. What the headers leave undocumented is an error.

    man/mdoc.py             write man/*.3
    man/mdoc.py --check     fail if man/*.3 is not what the headers give
"""
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

DATE = "November 23, 2026"
NO_PAGE = {"xpay.h", "export.h"}  # xpay(7) stands for the one, nobody calls the other
COMMON = {"base": "what every object begins with; see object.h", "reserved": "zero"}
TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# Each header's opening comment is an ordinary one; the filter makes it the file's documentation.
DOXYGEN = r"""
INPUT                  = include/xpay
INPUT_FILTER           = "sed '1s|/\*|/**\\file\n *|'"
GENERATE_HTML          = NO
GENERATE_LATEX         = NO
GENERATE_XML           = YES
XML_PROGRAMLISTING     = NO
OPTIMIZE_OUTPUT_FOR_C  = YES
AUTOLINK_SUPPORT       = NO
MACRO_EXPANSION        = YES
EXPAND_ONLY_PREDEF     = YES
PREDEFINED             = XPAY_API= XPAY_MUST_CHECK= XPAY_BEGIN_DECLS= XPAY_END_DECLS=
QUIET                  = YES
WARN_IF_UNDOCUMENTED   = NO
WARN_NO_PARAMDOC       = YES
WARN_AS_ERROR          = FAIL_ON_WARNINGS
OUTPUT_DIRECTORY       = {output}
"""


def fail(text):
    sys.exit(f"mdoc.py: {text}")


# Reading what doxygen found


class Doc:
    """One comment: its blocks in order, and what it says of parameters and of the result."""

    def __init__(self, element):
        self.blocks = []  # ("text", str) or ("code", str)
        self.params = {}  # name -> blocks
        self.returns = []
        if element is not None:
            for para in element.iter("para"):
                if para in nested(element):
                    continue
                self.read(para)

    def read(self, para):
        words = para.text or ""
        for child in para:
            if child.tag == "verbatim":
                self.add(self.blocks, words)
                self.blocks.append(("code", child.text.rstrip()))
                words = ""
            elif child.tag == "parameterlist":
                for item in child.iter("parameteritem"):
                    for name in item.iter("parametername"):
                        self.params[name.text] = Doc(item.find("parameterdescription")).blocks
            elif child.tag == "simplesect" and child.get("kind") == "return":
                self.returns = Doc(child).blocks
            else:
                words += inline(child)
            words += child.tail or ""
        self.add(self.blocks, words)

    @staticmethod
    def add(blocks, words):
        if words.strip():
            blocks.append(("text", " ".join(words.split())))


def nested(element):
    """Paragraphs inside parameter lists and the like, which belong to those."""
    return {p for tag in ("parameterlist", "simplesect") for box in element.iter(tag)
            if box is not element for p in box.iter("para")}


def inline(element):
    inner = (element.text or "") + "".join(inline(e) + (e.tail or "") for e in element)
    if element.tag == "computeroutput":
        return f"`{inner}`"
    if element.tag in ("ref", "ulink"):
        return inner
    return fail(f"unknown markup <{element.tag}> near '{inner}'")


class Item:
    """A function, struct, enumeration, type or macro of a header."""

    def __init__(self, element, members=()):
        self.kind = element.get("kind")
        self.name = element.findtext("compoundname") or element.findtext("name") or ""
        self.type = flat(element.find("type"))
        self.suffix = element.findtext("argsstring") or ""
        self.value = flat(element.find("initializer")).lstrip("= ")
        self.line = int(element.find("location").get("line", 0)) if element.find("location") is not None else 0
        self.doc = Doc(element.find("detaileddescription"))
        self.params = [(flat(p.find("type")), p.findtext("declname") or "") for p in element.findall("param")]
        self.members = list(members)

    def declaration(self):
        return joined(self.type, self.name) + (self.suffix if self.suffix.startswith("[") else "")


def flat(element):
    return "" if element is None else " ".join("".join(element.itertext()).split())


def joined(type_text, name):
    return type_text + ("" if type_text.endswith("*") else " ") + name if name else type_text


class Header:
    def __init__(self, root, structs):
        self.file = root.findtext("compoundname")
        self.page = "xpay_" + self.file[:-2]
        self.doc = Doc(root.find("detaileddescription"))
        self.includes = [e.text[5:] for e in root.findall("includes") if e.text.startswith("xpay/")]
        self.functions, self.types, self.macros = [], [], []
        guard = "XPAY_" + self.file[:-2].upper() + "_H"
        for section in root.findall("sectiondef"):
            title = section.findtext("header")
            items = [Item(e, [Item(v) for v in e.findall("enumvalue")]) for e in section.findall("memberdef")]
            if title is not None:
                group = Item(section.find("memberdef"), items)
                group.kind, group.doc = "bits", Doc(None)
                group.doc.add(group.doc.blocks, title)
                self.types.append(group)
                continue
            for item in items:
                if item.kind == "function":
                    self.functions.append(item)
                elif item.kind == "define" and item.name != guard:
                    self.macros.append(item)
                elif item.kind == "enum" or (item.kind == "typedef" and item.doc.blocks and item.name not in structs):
                    self.types.append(item)
        self.types += [s for s in structs.values() if s.header == self.file]
        for items in (self.functions, self.types, self.macros):
            items.sort(key=lambda item: item.line)


def read_headers():
    with tempfile.TemporaryDirectory() as work:
        done = subprocess.run(["doxygen", "-"], input=DOXYGEN.replace("{output}", work), text=True, cwd=TOP,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        if done.returncode != 0 or done.stderr.strip():
            fail("doxygen says:\n" + done.stderr.replace(TOP + "/", ""))
        roots = []
        for name in sorted(os.listdir(work + "/xml")):
            if name.endswith(".xml") and name != "index.xml":
                roots += ElementTree.parse(f"{work}/xml/{name}").getroot().findall("compounddef")
    structs = {}
    for root in roots:
        if root.get("kind") == "struct":
            struct = Item(root, sorted((Item(m) for m in root.iter("memberdef")), key=lambda m: m.line))
            struct.header = os.path.basename(root.find("location").get("file"))
            structs[struct.name] = struct
    headers = [Header(r, structs) for r in roots if r.get("kind") == "file"]
    return [h for h in headers if h.file not in NO_PAGE]


def undocumented(headers):
    """What doxygen does not complain of by itself."""
    for header in headers:
        if not header.doc.blocks:
            yield f"{header.file}: no opening comment"
        for function in header.functions:
            if not function.doc.blocks:
                yield f"{header.file}: {function.name}() has no comment"
            if function.type != "void" and not function.doc.returns:
                yield f"{header.file}: {function.name}() does not say what it returns"
            for _, name in function.params:
                if name and name not in function.doc.params:
                    yield f"{header.file}: {function.name}() does not say what {name} is"
        for item in header.types:
            if item.kind == "struct":
                for what in [item] + [m for m in item.members if m.name not in COMMON]:
                    if not what.doc.blocks:
                        yield f"{header.file}: {item.name}: {what.name} has no comment"


# Writing mdoc

MARKS = [  # what a word is -> the macro that shows it, and its argument
    (r"`(?P<arg>[\w.>\[\]-]+)`", "Va", "{}"),
    (r"`(?P<arg>[^`]*)`", "Ql", "{}"),
    (r"(?P<arg>xpay_\w+)\(\)", "Fn", "{}"),
    (r"(?P<arg>XPAY_[A-Z0-9_]+_)…", "Dv", "{}*"),
    (r"(?P<arg>XPAY_[A-Z0-9_]*[A-Z0-9]|NULL)", "Dv", "{}"),
    (r"(?P<arg>https://[\w./-]*\w)", "Lk", "{}"),
    (r"(?P<arg>[a-z_]+)\.h", "Xr", "xpay_{} 3"),
]
MARKS = [(re.compile(rf"(?P<before>[(\[]*){word}(?P<after>[)\].,;:!?]*)"), *how) for word, *how in MARKS]


def escaped(text):
    return text.replace("\\", "\\e").replace("…", "...\\&").replace("×", "\\(mu")


def quoted(text):
    """One argument of a macro."""
    text = escaped(text).replace('"', "\\(dq")
    return f'"{text}"' if " " in text else text


def shown(word):
    """A word's line if it means something in macros, else None."""
    for pattern, macro, argument in MARKS:
        match = pattern.fullmatch(word)
        if match:
            argument = argument.format(match["arg"])
            parts = [*match["before"], argument if macro == "Xr" else quoted(argument), *match["after"]]
            return f".{macro} " + " ".join(parts)
    return None


def text_lines(text):
    """A paragraph: a line for each macro, a new line for each sentence."""
    lines, line = [], ""
    for word in re.findall(r"[^\s`]*`[^`]*`\S*|\S+", text):
        macro = shown(word)
        ends = re.search(r"[.!?][)\"']*$", word)
        word = escaped(word.replace("`", ""))
        if line and (macro or len(line) + 1 + len(word) > 78):
            lines.append(line)
            line = ""
        if macro:
            lines.append(macro)
            continue
        if not line and word[0] in ".'":
            word = "\\&" + word
        line += " " + word if line else word
        if ends:
            lines.append(line)
            line = ""
    return lines + ([line] if line else [])


def blocks_lines(blocks):
    lines = []
    for kind, text in blocks:
        if kind == "code":
            lines += [".Bd -literal -offset indent"]
            lines += [("\\&" if row[:1] in (".", "'") else "") + escaped(row) for row in text.split("\n")]
            lines += [".Ed"]
        else:
            lines += ([".Pp"] if lines else []) + text_lines(text)
    return lines


def list_lines(rows, compact=False):
    """A tagged list of (head, blocks)."""
    lines = [".Pp", ".Bl -tag -width Ds -compact"] if compact else [".Bl -tag -width Ds"]
    for head, blocks in rows:
        lines += [".It " + head] + blocks_lines(blocks)
    return lines + [".El"]


def constant_head(item):
    bit = re.search(r"<< (\d+)", item.value)
    value = f"bit {bit[1]}" if bit else item.value
    return f"Dv {item.name}" + (f" No = {quoted(value)}" if value and not re.search(r"\w\(|{", value) else "")


def constants_lines(items):
    return list_lines([(constant_head(i), i.doc.blocks) for i in items], compact=True)


def type_lines(item):
    if item.kind == "struct":
        rows = []
        for m in item.members:
            blocks = m.doc.blocks or [("text", COMMON[m.name])]
            space = " Ns" if m.type.endswith("*") else ""
            rows.append((f"Vt {quoted(m.type)}{space} Va {quoted(m.name + m.suffix)}", blocks))
        return [f".Ss struct {item.name}"] + blocks_lines(item.doc.blocks) + list_lines(rows, compact=True)
    if item.kind == "typedef":
        text = joined(item.type, item.name) + item.suffix if "(" not in item.type else \
            item.type + item.name + item.suffix
        return [f".Ss {item.name}", f".Vt {quoted('typedef ' + text)} ;", ".Pp"] + blocks_lines(item.doc.blocks)
    if item.kind == "enum" and not item.doc.blocks:  # the constants of the type above
        return constants_lines(item.members)
    prefix = os.path.commonprefix([m.name for m in item.members])
    prefix = prefix[:prefix.rindex("_") + 1]
    return [f".Ss {prefix}*"] + blocks_lines(item.doc.blocks) + constants_lines(item.members)


def function_lines(function):
    rows = [(f"Fa {name}", function.doc.params[name]) for _, name in function.params if name]
    return [f".Ss {function.name}"] + blocks_lines(function.doc.blocks) + (list_lines(rows, True) if rows else [])


def synopsis_lines(function):
    lines = [f".Ft {quoted(function.type)}"]
    params = [joined(t, n) for t, n in function.params]
    if params in ([], ["void"]):
        return lines + [f".Fn {function.name} void"]
    return lines + [f".Fo {function.name}"] + [f".Fa {quoted(p)}" for p in params] + [".Fc"]


def related(header, headers, page_of):
    """Pages of what a header includes and names, and of the functions that take its structs."""
    own = {i.name for i in header.types} | {header.page}
    pages = {"xpay_" + name[:-2] for name in header.includes if name not in NO_PAGE}
    for function in header.functions:
        for _, text in function.doc.blocks:
            pages |= {page_of[name] for name in re.findall(r"(xpay_\w+)\(\)", text) if name in page_of}
    for other in headers:
        for function in other.functions:
            if own & {word for t, _ in function.params for word in t.split()}:
                pages.add(other.page)
    return sorted(pages - {header.page})


def page(header, headers, page_of, version):
    first = header.doc.blocks[0][1]
    about = re.match(r".*?[.?](?= |$)", first)[0] if re.search(r"[.?](?= |$)", first) else first
    names = [header.page] + [f.name for f in header.functions if f.name != header.page]
    lines = ['.\\" Made by man/mdoc.py from include/xpay/' + header.file + ": change it there.",
             f".Dd {DATE}", f".Dt {header.page.upper()} 3", f'.Os "libxpay {version}"', ".Sh NAME"]
    lines += [f".Nm {name}" + (" ," if name != names[-1] else "") for name in names]
    lines += [f".Nd {about[0].lower()}{escaped(about[1:]).rstrip('.')}"]
    lines += [".Sh LIBRARY", "libxpay", ".Pq Fl lxpay", ".Sh SYNOPSIS", f".In xpay/{header.file}"]
    for function in header.functions:
        lines += synopsis_lines(function)
    lines += [".Sh DESCRIPTION"] + blocks_lines(header.doc.blocks)
    for function in header.functions:
        lines += function_lines(function)
    for item in header.types:
        lines += type_lines(item)
    if header.macros:
        lines += [".Ss Macros"] + constants_lines(header.macros)[1:]  # no .Pp after .Ss
    answers = [f for f in header.functions if f.doc.returns]
    if answers:
        lines += [".Sh RETURN VALUES"] + list_lines([(f"Fn {f.name}", f.doc.returns) for f in answers])
    seen = [f"{name} 3" for name in related(header, headers, page_of)] + ["xpay 7"]
    lines += [".Sh SEE ALSO"] + [f".Xr {x} ," for x in seen[:-1]] + [f".Xr {seen[-1]}"]
    return "\n".join(lines) + "\n"


def pages():
    headers = read_headers()
    missing = list(undocumented(headers))
    if missing:
        fail("\n".join(missing))
    page_of = {f.name: h.page for h in headers for f in h.functions}
    version, = [m.value.strip('"') for h in headers for m in h.macros if m.name == "XPAY_VERSION_STRING"]
    made = {f"{h.page}.3": page(h, headers, page_of, version) for h in headers}
    for name, target in page_of.items():
        made.setdefault(f"{name}.3", f".so man3/{target}.3\n")
    return made


def main():
    folder = os.path.join(TOP, "man")
    made = pages()
    there = {name for name in os.listdir(folder) if name.endswith(".3")}
    if sys.argv[1:] == ["--check"]:
        differ = sorted(there ^ set(made))
        for name in sorted(there & set(made)):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                differ += [name] if file.read() != made[name] else []
        if differ:
            fail("not what the headers give (run man/mdoc.py): " + " ".join(differ))
        return
    if sys.argv[1:]:
        fail("usage: man/mdoc.py [--check]")
    for name in there - set(made):
        os.remove(os.path.join(folder, name))
    for name, text in made.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)


main()
