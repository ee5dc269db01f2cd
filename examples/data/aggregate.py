#!/usr/bin/env python3
"""Make shop/facts.csv and olist/facts.csv from the raw files.

    python3 aggregate.py RAW_FOLDER

RAW_FOLDER holds online_retail/online_retail.csv.gz and the two Olist funnel
tables under olist/. The two CSVs are written beside this script. Every raw
file is checked by its sha256 and every total that is known beforehand is
checked before anything is written; a difference ends with exit status 1.
All sums are exact (int and Decimal; no float anywhere). Column definitions
are explained in README.md.
"""
import csv
import decimal
import gzip
import hashlib
import io
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

# An operation that would have to round raises an error instead.
decimal.getcontext().traps[decimal.Inexact] = True

SHOP = "online_retail/online_retail.csv.gz"
LEADS = "olist/olist_marketing_qualified_leads_dataset.csv"
DEALS = "olist/olist_closed_deals_dataset.csv"

SHA256 = {
    SHOP: "33ed7167b9e59700f0b763668211eaf072a50b68624c752a9fa44856dfdffe4c",
    LEADS: "5537753b7549ce4068e52e2402c29f2773c5375fc0575520ae8f3f301f666573",
    DEALS: "1433f402d8fff00ca167579de641d9525f6e846368958c166f699ef1b0c31f3d",
}

SHOP_HEADER = ["date", "net_revenue", "invoices", "active_customers", "units",
               "cancellations"]
OLIST_HEADER = ["date", "origin", "leads", "deals", "declared_monthly_revenue",
                "days_to_won"]


class Differs(Exception):
    """A raw file or a total is not the expected one."""


def expect(what, got, want):
    if got != want:
        raise Differs(f"{what}: expected {want}, got {got}")


def read_rows(raw, name):
    """Check the file's sha256 and return its rows as dictionaries."""
    data = (raw / name).read_bytes()
    expect(f"sha256 of {name}", hashlib.sha256(data).hexdigest(), SHA256[name])
    if name.endswith(".gz"):
        data = gzip.decompress(data)
    return csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""))


def plain(values):
    """The values as text, all with as many decimals as the finest one needs,
    and never fewer than 2."""
    places = max([2] + [-v.normalize().as_tuple().exponent for v in values])
    return [f"{v:.{places}f}" for v in values]


def shop_facts(rows):
    """One entry per calendar day that has any row."""
    days = {}
    count = 0
    for row in rows:
        count += 1
        day = days.setdefault(row["InvoiceDate"][:10], {
            "revenue": Decimal(0), "units": 0,
            "invoices": set(), "cancelled": set(), "customers": set()})
        quantity = int(row["Quantity"])
        # Revenue and units are net: every row counts, so cancellations and
        # adjustments (negative quantity or price) take their part away.
        day["revenue"] += quantity * Decimal(row["UnitPrice"])
        day["units"] += quantity
        # A number that starts with C is a cancellation; every other number is
        # an invoice. No further filter: zero-price and negative-quantity rows
        # (stock write-offs) and the three A numbers of 2011-08-12 (bad-debt
        # adjustments) stay in.
        number = row["InvoiceNo"]
        day["cancelled" if number.startswith("C") else "invoices"].add(number)
        # A customer is active on any row of the day, cancellations included;
        # rows without a CustomerID name nobody and are left out.
        if row["CustomerID"]:
            day["customers"].add(row["CustomerID"])

    expect("shop rows", count, 541909)
    expect("shop days", len(days), 305)
    for label, month, revenue, invoices in [
            ("1-9 December 2010", "2010-12", "377488.45", 952),
            ("1-9 December 2011", "2011-12", "433668.01", 869)]:
        season = [days[d] for d in sorted(days)
                  if f"{month}-01" <= d <= f"{month}-09"]
        expect(f"net revenue {label}",
               sum(d["revenue"] for d in season), Decimal(revenue))
        # No invoice number occurs on two days, so daily counts may be added.
        expect(f"invoices {label}",
               sum(len(d["invoices"]) for d in season), invoices)

    ordered = sorted(days)
    revenue = plain([days[d]["revenue"] for d in ordered])
    return [[d, r, len(days[d]["invoices"]), len(days[d]["customers"]),
             days[d]["units"], len(days[d]["cancelled"])]
            for d, r in zip(ordered, revenue)]


def olist_facts(leads, deals):
    """One entry per month of first contact and origin that has any lead."""
    cells = {}
    contact = {}
    for lead in leads:
        first = date.fromisoformat(lead["first_contact_date"])
        # A lead without an origin is kept apart from the real value "unknown".
        key = (first.replace(day=1).isoformat(), lead["origin"] or "(blank)")
        cells.setdefault(key, [0, 0, Decimal(0), 0])[0] += 1
        expect("second lead with one mql_id", lead["mql_id"] in contact, False)
        contact[lead["mql_id"]] = (key, first)

    won = set()
    for deal in deals:
        expect("second deal with one mql_id", deal["mql_id"] in won, False)
        won.add(deal["mql_id"])
        # A deal belongs to the month in which its lead was first contacted,
        # however much later it was won.
        key, first = contact[deal["mql_id"]]
        cell = cells[key]
        cell[1] += 1
        cell[2] += Decimal(deal["declared_monthly_revenue"])
        # Calendar dates only; the time of day of won_date is dropped. One deal
        # was won 2 days before its first contact: kept, as -2.
        cell[3] += (date.fromisoformat(deal["won_date"][:10]) - first).days

    expect("leads", sum(c[0] for c in cells.values()), 8000)
    expect("deals", sum(c[1] for c in cells.values()), 842)
    expect("days to won", sum(c[3] for c in cells.values()), 40787)

    # Every declared revenue is a whole number, so the column has no decimals.
    for cell in cells.values():
        expect("declared revenue is whole", cell[2], int(cell[2]))
    return [[*key, c[0], c[1], int(c[2]), c[3]]
            for key, c in sorted(cells.items())]


def write(path, header, rows):
    path.parent.mkdir(exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([header, *rows])


def main(arguments):
    if len(arguments) != 1:
        print("usage: python3 aggregate.py RAW_FOLDER", file=sys.stderr)
        return 2
    raw = Path(arguments[0])
    try:
        shop = shop_facts(read_rows(raw, SHOP))
        olist = olist_facts(read_rows(raw, LEADS), read_rows(raw, DEALS))
    except (Differs, OSError, ArithmeticError, LookupError, ValueError) as error:
        print(f"aggregate.py: {error!r}; nothing written", file=sys.stderr)
        return 1
    here = Path(__file__).resolve().parent
    write(here / "shop" / "facts.csv", SHOP_HEADER, shop)
    write(here / "olist" / "facts.csv", OLIST_HEADER, olist)
    print(f"shop/facts.csv {len(shop)} rows, olist/facts.csv {len(olist)} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
