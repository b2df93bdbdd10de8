#!/usr/bin/env python3
"""Measure our construct_event against constructEvent of stripe's packages for Node and Python, in turns, in one run.

The same body, the same scheme, the same tolerance, the best batch of each. The newest packages are installed below the
build directory with npm and pip; where pip finds none, Debian's python3-stripe does. The figures go into bench.json beside
those that are there.
"""
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.path.abspath(os.environ.get("BUILD", "build"))
PEERS = os.path.join(BUILD, "peers")
ROUNDS, BATCH_SECONDS = 60, 0.02

NODE = """
const fs = require('fs');
const stripe = require('stripe')('sk_test_none');
console.log(stripe.constructor.PACKAGE_VERSION);
const [body, header, secret] = ['event', 'header', 'secret'].map((name) => fs.readFileSync(`${process.argv[1]}/${name}`));
const text = [header.toString(), secret.toString()];
require('readline').createInterface({input: process.stdin}).on('line', (line) => {
  const count = Number(line), start = process.hrtime.bigint();
  for (let i = 0; i < count; i++)
    if (stripe.webhooks.constructEvent(body, ...text).id !== 'evt_test_1') throw new Error('no event');
  console.log(String(process.hrtime.bigint() - start));
});
"""

PYTHON = """
import sys, time
import stripe
print(stripe.version.VERSION if hasattr(stripe.version, "VERSION") else stripe.VERSION, flush=True)
body, header, secret = (open(f"{sys.argv[1]}/{name}", "rb").read() for name in ("event", "header", "secret"))
header, secret = header.decode(), secret.decode()
for line in sys.stdin:
    start = time.perf_counter_ns()
    for _ in range(int(line)):
        assert stripe.Webhook.construct_event(body, header, secret).id == "evt_test_1"
    print(time.perf_counter_ns() - start, flush=True)
"""


def install_node():
    if not os.path.isdir(os.path.join(PEERS, "node_modules", "stripe")):
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", PEERS, "stripe"], check=True)


def install_python():
    """Install the package; returns the interpreter and the path that it is found with."""
    packages = os.path.join(PEERS, "python")
    if not os.path.isdir(os.path.join(packages, "stripe")):
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", packages, "stripe"]
        if subprocess.run(pip, stderr=subprocess.DEVNULL).returncode:
            return "/usr/bin/python3", ""  # Debian's own, which sees Debian's packages
    return sys.executable, packages


class Peer:
    """
    A process that says its version, then does its work as often as it is told and answers with the nanoseconds that it took.
    """

    def __init__(self, *command, **environment):
        self.process = subprocess.Popen(command, env={**os.environ, **environment}, text=True, bufsize=1,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.best = None
        self.batch = 50
        self.version = self.answer()

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.process.args[0]} ended early")
        return line.strip()

    def turn(self):
        self.process.stdin.write(f"{self.batch}\n")
        each = int(self.answer()) / self.batch
        self.best = each if self.best is None else min(self.best, each)
        self.batch = max(50, int(BATCH_SECONDS * 1e9 / each))


def main():
    delivery = os.path.join(PEERS, "delivery")
    os.makedirs(delivery, exist_ok=True)
    install_node()
    python, packages = install_python()
    # One processor for all, which take turns: none is helped by where the scheduler puts it.
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    peers = {"ours": Peer(os.path.join(BUILD, "bench"), "--turns", delivery)}  # writes the delivery first
    peers["node"] = Peer("node", "-e", NODE, delivery, NODE_PATH=os.path.join(PEERS, "node_modules"))
    peers["python"] = Peer(python, "-c", PYTHON, delivery, PYTHONPATH=packages)
    for _ in range(ROUNDS):
        for peer in peers.values():
            peer.turn()

    path = os.path.join(BUILD, "bench.json")
    figures = {}
    if os.path.exists(path):
        with open(path) as file:
            figures = json.load(file)
    failed = 0
    ours = peers["ours"].best / 1000
    for name, limit in (("node", 1.0), ("python", 0.08)):
        theirs = peers[name].best / 1000
        ratio = ours / theirs
        failed += ratio > limit
        figures[f"event_vs_stripe_{name}"] = {"ratio": round(ratio, 4), "at_most": limit, "ours": round(ours, 3),
                                              "bare": round(theirs, 3), "unit": "us", "version": peers[name].version}
        print(f"{'event_vs_stripe_' + name:<24} {ratio:6.3f}  (at most {limit:.2f})  {ours:10.2f} / {theirs:10.2f} us"
              f"  stripe {peers[name].version}" + ("  OVER" if ratio > limit else ""))
    with open(path, "w") as file:
        file.write("{\n" + ",\n".join(f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in figures.items()) + "\n}\n")
    return 1 if failed and os.environ.get("LIMITS") != "told" else 0


if __name__ == "__main__":
    sys.exit(main())
