"""How much money do the contracts that count hold, by service line? Needs Python 3.8 or newer and nothing else.

    python3 read_csv.py [folder or address of a release]
"""
import csv
import io
import os
import sys
import urllib.request
from decimal import Decimal

release = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")


def table(name):
    """The verbatim form: cells exactly as held, an empty cell is missing."""
    place = release.rstrip("/") + "/" + name + ".verbatim.csv"
    if place.startswith("http"):
        return csv.DictReader(io.TextIOWrapper(urllib.request.urlopen(place), "utf-8", newline=""))
    return csv.DictReader(open(place, encoding="utf-8", newline=""))


money = {}
for contract in table("contracts"):
    if contract["left_out_because"] == "":  # ceilings, placeholders and duplicates say why they are left out
        line = contract["service_line"]
        money[line] = money.get(line, Decimal(0)) + Decimal(contract["value_gbp"])

for line, pounds in sorted(money.items()):
    print(f"{line}\t{pounds}")
