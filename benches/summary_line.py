"""Prints a run of the reference workload as the line that the peers' `check.py` reads: `summary_line.py FOLDER`."""

import csv
import json
import sys

folder = sys.argv[1]
with open(f"{folder}/summary.csv", encoding="utf-8") as file:
    rows = [row for row in csv.DictReader(file) if row["scope"] == "world"]
world = {row["metric"]: float(row["mean"] or 0) for row in rows}
with open(f"{folder}/daily.csv", encoding="utf-8") as file:
    daily = list(csv.DictReader(file))
with open(f"{folder}/sellers.csv", encoding="utf-8") as file:
    sellers = sum(1 for _ in csv.DictReader(file))
days = 1 + max(int(row["day"]) for row in daily)

# The peers average each seller's own trailing rate over the day ends from day 60 on. daily.csv has sums over sellers. With
# a Poisson number of orders of mean m, the mean of 1 / orders is about (1 + 1 / m + 2 / m^2) / m.
late = [row for row in daily if int(row["day"]) >= 60]
orders = sum(float(row["window_orders"]) for row in late)
disputes = sum(float(row["window_disputes"]) for row in late)
mean = orders / (sellers * (days - 60))
trailing = disputes / orders * (1 + 1 / mean + 2 / mean**2)

# A claim that is noticed more than 15 days after delivery finds its order completed automatically, and is filed all the
# same; with the peers an order that will be disputed never completes. There are 5 in 10,000.
completed_first = world["disputes_after_completion"]

line = {
    "peer": "redress",
    "sellers": sellers,
    "days": days,
    "orders": world["orders_placed"],
    # The platform steps in at the instant of a rejection, and the peers count the two as one event.
    "events": world["events"] - completed_first - world["disputes_escalated"],
    "cancels_fault": world["orders_cancelled_seller_reason"],
    "cancels_other": world["orders_cancelled_buyer_reason"],
    "disputes": world["disputes_filed"],
    "timeouts": world["disputes_auto_executed"],
    "accepted": world["disputes_accepted"],
    "rejected": world["disputes_rejected"],
    "ruled_buyer": world["disputes_ruled_for_buyer"],
    "completed": world["orders_completed"] - completed_first,
    "refunds": world["value_refunded"],
    "gmv": world["value_paid"],
    "trailing": trailing,
}
print(json.dumps(line))
