"""PM4Py finds in the event logs of a folder what `trace --format jsonl` prints of the same orders, and a model of the clean log fits it."""

import collections
import json
import sys
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")

import pm4py  # noqa: E402


def expect(what, found, wanted):
    if found != wanted:
        sys.exit(f"{what}: PM4Py finds {found}, and the stories have {wanted}")


def main(folder, stories, clean):
    lines = [json.loads(line) for line in Path(stories).read_text(encoding="utf-8").splitlines()]
    orders = {line["order"] for line in lines}
    disputed = {line["order"] for line in lines if line["event"].startswith("files a dispute")}
    amounts = sum(line["amount"] is not None for line in lines)
    rules = collections.Counter(line["rule"] for line in lines if line["rule"])

    log = pm4py.read_xes(str(Path(folder) / "events.xes"))
    expect("events of the XES log", len(log), len(lines))
    expect("cases of the XES log", set(log["case:concept:name"]), orders)
    expect("amounts of the XES log", int(log["amount_cents"].notna().sum()), amounts)
    expect("rules of the XES log", collections.Counter(log["rule"].dropna()), rules)

    objects = pm4py.read_ocel2_json(str(Path(folder) / "events.ocel.json"))
    expect("events of the OCEL log", len(objects.events), len(lines))
    types = collections.Counter(objects.objects["ocel:type"])
    expect("orders of the OCEL log", types["order"], len(orders))
    expect("disputes of the OCEL log", types["dispute"], len(disputed))
    expect("markets of the OCEL log", types["market"], len({order.split("/")[1] for order in orders}))
    expect("sellers of the OCEL log", types["seller"], len({tuple(order.split("/")[1:3]) for order in orders}))
    related = collections.Counter(objects.relations["ocel:type"])
    for kind in ("order", "buyer", "seller"):
        expect(f"relations of events with a {kind}", related[kind], len(lines))
    expect("relations of events with a market", related["market"], len(orders))
    expect("types of events", set(objects.events["ocel:activity"]), set(log["concept:name"]))

    log = pm4py.read_xes(str(Path(clean) / "events.xes"))
    net, initial, final = pm4py.discover_petri_net_inductive(log, noise_threshold=0.0)
    fitness = pm4py.fitness_token_based_replay(log, net, initial, final)["log_fitness"]
    if fitness < 1.0 - 1e-12:
        sys.exit(f"the model that the inductive miner finds fits the log to {fitness}, and not wholly")
    print(f"event logs: {len(lines)} events of {len(orders)} orders, {len(disputed)} disputes, {len(objects.relations)} relations; fitness 1")


main(*sys.argv[1:])
