#!/usr/bin/env python3
"""Makes published.json, olist_figures.json and month_targets.json from the raw files.

    python3 tests/oracle/published.py RAW_FOLDER

Figures that others printed about seven open data sets: what went into each, added up from the raw rows,
what it is exactly, and the text that was printed with where. Sums are fractions; no float is reckoned
with, and every print is checked before anything is written. The files are written beside this
script; Olist's apart, since its data are for non-commercial use. The third has the targets of a shop by
category and month, and what it sold, added up: its source states no licence, so no row of it is here.
"""

import csv
import datetime
import gzip
import io
import json
import pathlib
import struct
import sys
from fractions import Fraction

FOLDER = pathlib.Path(__file__).resolve().parent

CRM = "ThomasKieny/CRM_analysis: data_model.xlsx, sheet "
SALES = "nandini2400/Sales_Project: notebook, cell 15"
ADS = "weekysui/Sales_conversion: Data Understanding, cell "
ADS_ALL = "weekysui/Sales_conversion: Sale Conversion, cell 2"
CAC = "abdullahau/customer-analytics: customer-acquisition-cost, section "
README = "kennty1/BANKMARKETING: README"
NOTEBOOK = "np788/bankmarketing: Bank_Marketing_Project"
INSIGHTS = "debanshu7/Bank_Maketing_Analytics: README, insight "
REVENUE = "01_revenue_analysis.sql of a repository whose name is not known"
DOUBLES = "a comment in SQL of a repository whose name is not known"
DASHBOARD = "vikas-pant-analytics/ECOMMERCE-POWERBI-DASHBOARD: README, Key Insights"
WORKBOOK = "NikkiMittal/E-Commerce-Sales-Analysis: Final Dataset and Dashboard.xlsx, sheet "
EDA = "an exploration of the data whose repository is not known, section 1.7"
IMPACT = "ZoranG99/Marketing-Funnel-Seller-Performance-and-Revenue-Impact: README, "
FUNNEL = "README of a repository titled \"Marketing Funnel & Sales Conversion Analysis\""

# id, metric, filter, print, source, and why the print is not the figure rounded half up, or the
# distance within which a printed float is, relative to the figure.
FIGURES = {
    "maven_crm": [
        (245, "revenue", "", "10005534", CRM + "Q1"),
        (252, "engaging", "", "1589", CRM + "Q1"),
        (253, "closed_value", "", "1490.9155118462227", CRM + "Q2", "4e-15"),
        (264, "closed_value", "sales_agent = Versie Hillebrand", "710.9583333333334", CRM + "Q2", "4e-15"),
        (279, "closed_value", "sales_agent = Cecily Lampkin", "1436.25", CRM + "Q2"),
        (344, "revenue", "manager = Cara Losch, quarter = 2017-Q1", "117389", CRM + "Q3"),
        (370, "win_rate", "product = GTX Plus Basic", "0.621313035204567", CRM + "Q4", "4e-15"),
        (379, "win_rate", "product = GTX Basic", "0.6371866295264624", CRM + "Q4", "4e-15"),
        (392, "win_rate", "product = GTXPro", "0.635571", SALES),
        (395, "win_rate", "product = GTK 500", "0.600000", SALES),
    ],
    "kag_facebook": [
        (220, "clicks_per_ad", "", "33.390201", ADS_ALL),
        (227, "cpa", "916", "6.238", ADS + "44"),
        (228, "cpa", "936", "15.811", ADS + "44"),
        (229, "cpa", "1178", "63.833", ADS + "44"),
        (230, "ctr_percent", "916", "0.023", ADS + "46"),
        (231, "ctr_percent", "936", "0.024", ADS + "46"),
        (232, "ctr_percent", "1178", "0.018", ADS + "46"),
        (233, "conversion_percent", "916", "21.239", ADS + "48"),
        (235, "conversion_percent", "1178", "2.418", ADS + "48"),
        (236, "cpc", "916", "1.325", ADS + "50"),
        (237, "cpc", "936", "1.458", ADS + "50"),
    ],
    "cac_younger_eats": [
        (1171, "cac", 1, "94.949495", CAC + "3.1"),
        (1201, "cac", 10, "89.194298", CAC + "3.1"),
        (1174, "cac_for_new", 2, "39.805862", CAC + "3.2"),
        (1210, "cac_for_new", 12, "43.851527", CAC + "3.2"),
        (1179, "cac_at_work", 4, "36.576495", CAC + "3.3"),
        (1183, "cac_at_work", 5, "37.431356", CAC + "3.3"),
        (1211, "cac_at_work", 12, "39.583561", CAC + "3.3"),
        (1184, "cac_two_months_ago", 5, "55.102831", CAC + "3.4"),
        (1200, "cac_two_months_ago", 9, "59.327298", CAC + "3.4"),
        (1204, "cac_two_months_ago", 10, "59.392888", CAC + "3.4"),
    ],
    "bank_marketing": [
        (1120, "conversion_percent", "", "11.27", README),
        (1121, "conversion", "", "0.112654171118", NOTEBOOK),
        (1122, "mean_age", "", "40.02406", NOTEBOOK),
        (1125, "mean_earlier_contacts", "", "0.172963", NOTEBOOK),
        (1127, "mean_price_index", "", "93.575664", NOTEBOOK),
        (1129, "mean_euribor", "", "3.621291", NOTEBOOK),
        (1130, "mean_employed", "", "5167.035911", NOTEBOOK),
        (1133, "percent_within_1", "", "48", INSIGHTS + "17"),
        (1134, "percent_within_3", "", "87", INSIGHTS + "17"),
        (1135, "minutes_per_call", "subscribers", "8.9", INSIGHTS + "16",
         "cut off, as the longest call in the same sentence: 64 minutes for 64.68"),
    ],
    "ecommerce_targets": [
        (1344, "profit_thousands", "", "24", DASHBOARD),
        (1346, "orders", "", "1500", DASHBOARD,
         "the lines of orders were counted, 1500 of them, and not the orders"),
        (1347, "target", "Category = Clothing", "174000", WORKBOOK + "2"),
        (1350, "target", "month = 2018-04", "31400", WORKBOOK + "3"),
        (1356, "target", "month = 2018-10", "36100", WORKBOOK + "3"),
        (1361, "target", "month = 2019-03", "43800", WORKBOOK + "3"),
        (1362, "target", "", "435900", WORKBOOK + "2"),
        (1363, "sales", "Category = Clothing", "139054", WORKBOOK + "2"),
        (1364, "sales", "Category = Electronics", "165267", WORKBOOK + "2"),
        (1368, "quantity", "", "5615", WORKBOOK + "6"),
        (1369, "profit_margin", "", "0.05551538579195461", WORKBOOK + "6", "4e-15"),
        (1370, "sales", "month = 2018-04", "23430", WORKBOOK + "3",
         "the amounts of the first 30 orders of the list, of the 44 of that month"),
    ],
    "olist_funnel": [
        (185, "conversion_percent", "58326", "5.45", IMPACT + "Q2"),
        (186, "conversion_percent", "40dec", "20.3", IMPACT + "Q2"),
        (187, "days_to_win", "40dec", "35", IMPACT + "Q2",
         "rounded to 35.51 by the query, and then cut off in the text"),
        (190, "active_percent", "", "45.13", IMPACT + "Q5"),
        (191, "inactive_percent", "", "54.87", IMPACT + "Recommendations"),
        (197, "conversion_in_order", "22c29", "19.71", FUNNEL),
        (200, "without_revenue_percent", "", "94.7", FUNNEL),
    ],
    "olist_representatives": [
        (203, "top_percent", "", "15.8", FUNNEL),
    ],
    "olist_payments": [
        (204, "paid", "", "16008872.12", REVENUE),
        (205, "order_value", "", "160.99", REVENUE),
        (206, "paid", "", "16008872.120054841", DOUBLES,
         "the sum of the amounts in single precision"),
        (206, "paid_in_singles", "", "16008872.120054841", DOUBLES),
        (210, "boleto_percent", "", "19.0", EDA),
        (212, "voucher_percent", "", "5.6", EDA),
        (214, "debit_card_percent", "", "1.5", EDA),
        (216, "mean_payment", "", "154.10", EDA),
        (218, "mean_installments", "", "2.85", EDA),
    ],
}

# What is before the filter where it says only a value.
OF = {"kag_facebook": "campaign ", "cac_younger_eats": "month ", "olist_funnel": "landing page "}


def rows(raw, name, delimiter=","):
    data = (raw / name).read_bytes()
    if name.endswith(".gz"):
        data = gzip.decompress(data)
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=None), delimiter=delimiter))


def total(table, column):
    return sum(Fraction(row[column] or 0) for row in table)


def matching(table, **cells):
    return [row for row in table if all(row[name] == cell for name, cell in cells.items())]


# For each data set, what goes into a metric where a filter holds: {month: {measure: value}}. A figure
# that is of no month has all in the first.

def one(values):
    return {"2000-01": {name: Fraction(value) for name, value in values.items()}}


def maven_crm(raw):
    managers = {row["sales_agent"]: row["manager"] for row in rows(raw, "maven_crm_sales/sales_teams.csv")}
    deals = rows(raw, "maven_crm_sales/sales_pipeline.csv")
    for deal in deals:
        year, month = deal["close_date"][:4], deal["close_date"][5:7]
        deal["quarter"] = month and f"{year}-Q{(int(month) + 2) // 3}"
        deal["manager"] = managers[deal["sales_agent"]]

    def inputs(metric, where):
        cells = dict(part.split(" = ") for part in where.split(", ") if part)
        kept = matching(deals, **cells)
        stage = lambda name: len(matching(kept, deal_stage=name))
        measures = {"revenue": total(kept, "close_value"), "won": stage("Won"), "lost": stage("Lost"),
                    "engaging": stage("Engaging")}
        used = {"revenue": ["revenue"], "engaging": ["engaging"], "win_rate": ["won", "lost"],
                "closed_value": ["revenue", "won", "lost"]}[metric]
        return one({name: measures[name] for name in used})

    return inputs


def kag_facebook(raw):
    ads = rows(raw, "kag_facebook_ads/KAG_conversion_data.csv")

    def inputs(metric, campaign):
        kept = matching(ads, xyz_campaign_id=campaign) if campaign else ads
        measures = {"spend": total(kept, "Spent"), "impressions": total(kept, "Impressions"),
                    "clicks": total(kept, "Clicks"), "approved": total(kept, "Approved_Conversion"),
                    "ads": len(kept)}
        used = {"clicks_per_ad": ["clicks", "ads"], "cpa": ["spend", "approved"],
                "ctr_percent": ["clicks", "impressions"], "cpc": ["spend", "clicks"],
                "conversion_percent": ["approved", "clicks"]}[metric]
        return one({name: measures[name] for name in used})

    return inputs


COST = {
    "referral": "Referral program (marketing)", "tv": "TV ads", "posters": "OOH",
    "promotions": "New customer promotions (marketing)", "facebook_new": "Facebook ads for acquisition",
    "facebook_repeat": "Facebook ads for repeat orders", "google_new": "Google ads for acquisition",
    "google_repeat": "Google ads for repeat orders", "prospecting": "Prospecting sales team",
    "account_managers": "Account manager team", "onboarding": "Acquisition-related onboarding expense",
}
CUSTOMERS = {
    "by_referral": "Referral program", "by_facebook": "Facebook ads for acquisition",
    "by_google": "Google ads for acquisition", "by_prospecting": "Prospecting sales team",
    "by_others": "Organic / otherwise unattributable",
}
DIRECT = ["referral", "promotions", "facebook_new", "google_new"]
# For each metric the measures that it reads, by months before the one of its customers; below zero
# are months after.
READS = {
    "cac": {0: [name for name in COST if name != "onboarding"]},
    "cac_for_new": {0: DIRECT + ["tv", "posters", "prospecting"]},
    "cac_at_work": {0: DIRECT + ["tv", "posters"], 1: ["tv", "posters"], 2: ["tv", "posters"],
                    3: ["tv", "prospecting"]},
}
READS["cac_two_months_ago"] = {-2: ["onboarding"], **READS["cac_at_work"]}


def cac_younger_eats(raw):
    cost = {int(row["Month"]): row for row in rows(raw, "cac_younger_eats/CAC-Data.csv")}
    customers = {int(row["Month"]): row for row in rows(raw, "cac_younger_eats/CAC-Acquisition-Data.csv")}

    def inputs(metric, month):
        found = {}
        for before, names in READS[metric].items():
            at = month - before
            values = {name: Fraction(cost[at][COST[name]]) for name in names}
            if before == 0:
                values |= {name: Fraction(customers[at][column]) for name, column in CUSTOMERS.items()}
            found[f"{2000 + (at - 1) // 12}-{(at - 1) % 12 + 1:02}"] = values
        return dict(sorted(found.items()))

    return inputs


def bank_marketing(raw):
    calls = rows(raw, "bank_marketing/bank-full.csv.gz", ";")
    economy = rows(raw, "bank_marketing/bank-additional-full.csv.gz", ";")
    means = {"mean_age": ("ages", "age"), "mean_earlier_contacts": ("earlier_contacts", "previous"),
             "mean_price_index": ("price_indices", "cons.price.idx"),
             "mean_euribor": ("euribor", "euribor3m"), "mean_employed": ("employed", "nr.employed")}

    def inputs(metric, where):
        if metric in means:
            measure, column = means[metric]
            return one({measure: total(economy, column), "contacts": len(economy)})
        if metric.startswith("conversion"):
            return one({"subscribers": len(matching(economy, y="yes")), "contacts": len(economy)})
        sold = matching(calls, y="yes")
        if metric == "minutes_per_call":
            return one({"talk": total(sold, "duration"), "contacts": len(sold)})
        most = metric.rpartition("_")[2]
        within = sum(int(row["campaign"]) <= int(most) for row in sold)
        return one({f"within_{most}": within, "subscribers": len(sold)})

    return inputs


MONTHS = {name: f"{1 + index:02}" for index, name in enumerate(
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())}


def ecommerce(raw, name):
    return rows(raw, f"ecommerce_sales_targets/{name}.csv")


def order_lines(raw):
    """The lines of orders, each with the month of its order."""
    ordered = {row["OrderID"]: row["OrderDate"] for row in ecommerce(raw, "List_of_Orders")}
    lines = ecommerce(raw, "Order_Details")
    for line in lines:
        _, month, year = ordered[line["OrderID"]].split("-")
        line["month"] = f"{year}-{month}"
    return lines


def month_goals(raw):
    """The targets of categories, each with its month."""
    goals = ecommerce(raw, "Sales_target")
    for goal in goals:
        name, year = goal["MonthofOrderDate"].split("-")
        goal["month"] = f"20{year}-{MONTHS[name]}"
    return goals


def ecommerce_targets(raw):
    lines, goals = order_lines(raw), month_goals(raw)

    def inputs(metric, where):
        cells = dict([where.split(" = ")] if where else [])
        kept = matching(lines, **cells)
        measures = {
            "sales": total(kept, "Amount"), "profit": total(kept, "Profit"),
            "quantity": total(kept, "Quantity"), "orders": len({line["OrderID"] for line in kept}),
            "target": total(matching(goals, **cells), "Target"),
        }
        used = {"profit_thousands": ["profit"], "profit_margin": ["profit", "sales"]}.get(metric, [metric])
        return one({name: measures[name] for name in used})

    return inputs


def month_targets(raw):
    """The target and the sales of each category and month, in the order of the list of targets."""
    lines = order_lines(raw)
    for goal in month_goals(raw):
        cells = {"Category": goal["Category"], "month": goal["month"]}
        sales = total(matching(lines, **cells), "Amount")
        yield {"category": goal["Category"], "month": goal["month"],
               "target": decimal(Fraction(goal["Target"])), "sales": decimal(sales)}


def olist_leads(raw):
    """Leads with their deals, if any, and the days between."""
    table = lambda name: rows(raw, f"olist/olist_{name}_dataset.csv")
    deals = {row["mql_id"]: row for row in table("closed_deals")}
    sellers = {row["seller_id"] for row in table("sellers")}
    day = lambda text: datetime.date.fromisoformat(text[:10])
    leads = table("marketing_qualified_leads")
    for lead in leads:
        lead["deal"] = deal = deals.get(lead["mql_id"])
        if deal:
            lead["days"] = (day(deal["won_date"]) - day(lead["first_contact_date"])).days
            lead["active"] = deal["seller_id"] in sellers
    return leads


def olist_funnel(raw):
    leads = olist_leads(raw)

    def inputs(metric, page):
        kept = [lead for lead in leads if lead["landing_page_id"].startswith(page)]
        won = [lead for lead in kept if lead["deal"]]
        measures = {
            "leads": len(kept), "deals": len(won), "days": sum(lead["days"] for lead in won),
            "active": sum(lead["active"] for lead in won),
            "without_revenue": sum(Fraction(lead["deal"]["declared_monthly_revenue"]) == 0 for lead in won),
            "in_order": sum(lead["days"] >= 0 for lead in won),
        }
        used = {"conversion_percent": ["deals", "leads"], "days_to_win": ["days", "deals"],
                "active_percent": ["active", "deals"], "inactive_percent": ["active", "deals"],
                "conversion_in_order": ["in_order", "leads"],
                "without_revenue_percent": ["without_revenue", "deals"]}[metric]
        return one({name: measures[name] for name in used})

    return inputs


def olist_representatives(raw):
    won = [lead for lead in olist_leads(raw) if lead["deal"] and lead["days"] >= 0]
    names = [lead["deal"]["sr_id"] for lead in won]
    most = max(names.count(name) for name in set(names))
    return lambda metric, where: one({"most_deals": most, "deals": len(names)})


def olist_payments(raw):
    payments = rows(raw, "olist/olist_order_payments_dataset.csv.gz")
    single = lambda text: struct.unpack("f", struct.pack("f", float(text)))[0]
    kind = lambda name: len(matching(payments, payment_type=name))

    def inputs(metric, where):
        if metric == "paid_in_singles":
            return one({metric: sum(Fraction(single(row["payment_value"])) for row in payments)})
        paid, count = total(payments, "payment_value"), len(payments)
        if metric.endswith("_percent"):
            name = metric.removesuffix("_percent")
            return one({name: kind(name), "payments": count})
        return one({
            "paid": {"paid": paid},
            "order_value": {"paid": paid, "orders": len({row["order_id"] for row in payments})},
            "mean_payment": {"paid": paid, "payments": count},
            "mean_installments": {"installments": total(payments, "payment_installments"),
                                  "payments": count},
        }[metric])

    return inputs


# What each metric is, over its inputs.

def share(part, whole, factor=1):
    return lambda at: factor * at[part] / at[whole]


def of_months(name):
    """A CAC, from its definition: cost by month before the customers', over those."""
    share_for_new = Fraction(4, 5)
    weights = {
        "cac": lambda cost, before: 1,
        "cac_for_new": lambda cost, before: share_for_new if cost in ("tv", "posters") else 1,
        "cac_at_work": lambda cost, before: {
            "tv": share_for_new / 4, "posters": share_for_new / 3 if before < 3 else 0,
        }.get(cost, 1),
    }
    weights["cac_two_months_ago"] = weights["cac_at_work"]

    def value(months):
        of = next(month for month, values in months.items() if "by_others" in values)
        number = lambda month: 12 * int(month[:4]) + int(month[5:])
        cost = sum(
            weights[name](measure, number(of) - number(month)) * amount
            for month, values in months.items() for measure, amount in values.items()
            if measure in COST)
        return cost / sum(months[of][measure] for measure in CUSTOMERS)

    return value


METRICS = {
    "profit_thousands": lambda at: at["profit"] / 1000,
    "profit_margin": share("profit", "sales"),
    "closed_value": lambda at: at["revenue"] / (at["won"] + at["lost"]),
    "win_rate": lambda at: at["won"] / (at["won"] + at["lost"]),
    "clicks_per_ad": share("clicks", "ads"),
    "cpa": share("spend", "approved"),
    "cpc": share("spend", "clicks"),
    "ctr_percent": share("clicks", "impressions", 100),
    ("kag_facebook", "conversion_percent"): share("approved", "clicks", 100),
    ("olist_funnel", "conversion_percent"): share("deals", "leads", 100),
    "conversion_percent": share("subscribers", "contacts", 100),
    "conversion": share("subscribers", "contacts"),
    "mean_age": share("ages", "contacts"),
    "mean_earlier_contacts": share("earlier_contacts", "contacts"),
    "mean_price_index": share("price_indices", "contacts"),
    "mean_euribor": share("euribor", "contacts"),
    "mean_employed": share("employed", "contacts"),
    "percent_within_1": share("within_1", "subscribers", 100),
    "percent_within_3": share("within_3", "subscribers", 100),
    "minutes_per_call": share("talk", "contacts", Fraction(1, 60)),
    "days_to_win": share("days", "deals"),
    "active_percent": share("active", "deals", 100),
    "inactive_percent": lambda at: 100 - 100 * at["active"] / at["deals"],
    "conversion_in_order": share("in_order", "leads", 100),
    "without_revenue_percent": share("without_revenue", "deals", 100),
    "top_percent": share("most_deals", "deals", 100),
    "order_value": share("paid", "orders"),
    "mean_payment": share("paid", "payments"),
    "mean_installments": share("installments", "payments"),
    "boleto_percent": share("boleto", "payments", 100),
    "voucher_percent": share("voucher", "payments", 100),
    "debit_card_percent": share("debit_card", "payments", 100),
}


def exact(data_set, metric, months):
    if data_set == "cac_younger_eats":
        return of_months(metric)(months)
    (values,) = months.values()
    formula = METRICS.get((data_set, metric)) or METRICS.get(metric)
    return formula(values) if formula else values[metric]


def decimal(value):
    """Plain digits of a fraction that has an end."""
    places = next(places for places in range(64) if 10**places % value.denominator == 0)
    digits = str(value.numerator * 10**places // value.denominator).rjust(places + 1, "0")
    return digits[: len(digits) - places] + ("." + digits[-places:] if places else "")


def relation(value, printed, say):
    """What the print is to the value: rounded half up, a float, cut off, or another."""
    units = 10 ** len(printed.partition(".")[2])
    if Fraction(printed) * units == (value * units + Fraction(1, 2)) // 1:
        return "rounded"
    if say is None:
        return None
    if say[0].isdigit():
        return "float" if abs(Fraction(float(printed)) / value - 1) <= Fraction(say) else None
    return "cut" if Fraction(printed) * units == value * units // 1 else "other"


def figures(data_set, inputs):
    for number, metric, where, printed, source, *say in FIGURES[data_set]:
        months = inputs(metric, where)
        value = exact(data_set, metric, months)
        say = say[0] if say else None
        how = relation(value, printed, say)
        if how is None:
            raise SystemExit(f"{data_set} {number}: {printed} was printed for {value}; nothing written")
        line = {"id": number, "metric": metric}
        if where:
            line["of"] = OF.get(data_set, "") + str(where)
        line["inputs"] = {month: {name: decimal(amount) for name, amount in values.items()}
                          for month, values in months.items()}
        line |= {"exact": str(value), "printed": printed, "print": how}
        if how != "rounded":
            line["within" if how == "float" else "why"] = say
        yield line | {"source": source}


def written(raw, about, sets):
    lines = ["{", f' "about": {json.dumps(about)},']
    for data_set in sets:
        listed = ",\n".join("  " + json.dumps(line, ensure_ascii=False)
                            for line in figures(data_set, globals()[data_set](raw)))
        lines.append(f' "{data_set}": [\n{listed}\n ]' + ("," if data_set != sets[-1] else ""))
    return "\n".join(lines) + "\n}\n"


def main(arguments):
    if len(arguments) != 1:
        raise SystemExit("usage: python3 published.py RAW_FOLDER")
    raw = pathlib.Path(arguments[0])
    about = ("figures that others printed, with what went into them, added up from the raw rows by "
             "published.py; print says what the printed text is to the exact figure")
    olist = [name for name in FIGURES if name.startswith("olist")]
    others = [name for name in FIGURES if name not in olist]
    texts = {"published.json": written(raw, about, others), "olist_figures.json": written(raw, about, olist)}
    about = ("targets of a shop by category and month, and its sales, added up from the raw rows by published.py; "
             "the data set ecommerce_sales_targets on Kaggle (benroshan), which states no licence")
    listed = ",\n".join("  " + json.dumps(line) for line in month_targets(raw))
    texts["month_targets.json"] = f'{{\n "about": {json.dumps(about)},\n "months": [\n{listed}\n ]\n}}\n'
    for name, text in texts.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(name, "holds", text.count("\n  {"), "figures")


if __name__ == "__main__":
    main(sys.argv[1:])
