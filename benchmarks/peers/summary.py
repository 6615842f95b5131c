"""The rows that the scripts left, as one table: summary.py RESULTS"""

import json
import sys


def add(path, work, ours, peer, goal, met):
    """One row; `peer` is the best peer and by how many times ours is faster, `met` is whether the goal is."""
    if path:
        with open(path, "a") as file:
            file.write(json.dumps(dict(work=work, ours=ours, peer=peer, goal=goal, met=bool(met))) + "\n")


def times(ratio):
    """How many times as long as ours: 6.1 ×."""
    return f"{ratio:.1f} ×" if ratio < 100 else f"{ratio:,.0f} ×"


def main():
    rows = [json.loads(line) for line in open(sys.argv[1])]
    print("| work | ours | best peer, × ours | goal | |\n|---|---:|---:|---|---|")
    for row in rows:
        met = "met" if row["met"] else "**not met**"
        print(f"| {row['work']} | {row['ours']} | {row['peer']} | {row['goal']} | {met} |")
    print(f"\n{sum(row['met'] for row in rows)} of {len(rows)} met.")


if __name__ == "__main__":
    main()
