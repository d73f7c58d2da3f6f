"""What a call takes and raises: scenarios in every form, errors with places, Ctrl-C, threads, progress."""

from __future__ import annotations

import html
import os
import pickle
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest

import redress

SMALL = {"days": 10, "replications": 2}


def means(run: redress.Run) -> list:
    return run.summary["mean"]


def test_a_scenario_is_a_path_a_text_or_a_dict(scenarios):
    path = scenarios / "baseline.toml"
    runs = [
        redress.run(path, **SMALL),
        redress.run(str(path), **SMALL),
        redress.run(f'extends = "{path}"\nname = "mine"\n', **SMALL),
        redress.run({"extends": str(path), "run": {"days": 10}}, replications=2),
    ]
    assert all(means(run) == means(runs[0]) for run in runs)
    assert runs[2].name.startswith("mine")
    again = redress.run(runs[0].scenario)
    assert again.sha256 == runs[0].sha256 and means(again) == means(runs[0])


def test_overrides_take_numbers_of_numpy_lists_and_scales(scenarios):
    np = pytest.importorskip("numpy")
    path = scenarios / "baseline.toml"
    plain = redress.check(path, {"sellers[*].defect": 0.5, "run.days": 20})
    assert redress.check(path, {"sellers[*].defect": np.float64(0.5), "run.days": np.int64(20)}).sha256 == plain.sha256
    base, scaled = redress.check(path), redress.check(path, {"sellers[*].response.delay*": 0.5})
    assert base.sha256 != scaled.sha256
    with pytest.raises(TypeError, match="has no form in a scenario"):
        redress.check(path, {"run.days": object()})


def test_every_violation_comes_with_its_place(scenarios, tmp_path):
    path = tmp_path / "wrong.toml"
    path.write_text(f'extends = "{scenarios / "baseline.toml"}"\n[run]\ndays = 0\n')
    with pytest.raises(redress.ScenarioError) as raised:
        redress.run(path, {"run.sead": 1, "sellers[*].defect": 7})
    places = [place for place, _ in raised.value.errors]
    assert any(place.startswith(f"{path}:3:") for place in places), raised.value.errors
    overrides = {place for place in places if place.startswith("overrides ")}
    assert overrides == {"overrides run.sead", "overrides sellers[*].defect"}
    assert str(path) in str(raised.value)
    copy = pickle.loads(pickle.dumps(raised.value))
    assert copy.errors == raised.value.errors
    with pytest.raises(redress.ScenarioError, match="no TOML|expected"):
        redress.check("days = = 3")
    with pytest.raises(redress.ScenarioError):
        redress.run(tmp_path / "nowhere.toml")


def test_wrong_arguments_are_told(scenarios):
    path = scenarios / "baseline.toml"
    with pytest.raises(TypeError, match="expected a path, TOML text or a dict, found int"):
        redress.run(7)
    with pytest.raises(ValueError, match="precision"):
        redress.run(path, precision={"nothing": "2%"})
    with pytest.raises(ValueError, match="does not differ"):
        redress.compare(path, vary=[{"run.seed": 1}], seed=1)
    with pytest.raises(ValueError, match="has run.days = 10 and run.days=20 has 20: .*; give both with days=N"):
        redress.compare(path, vary=[{"run.days": 20}], days=10)
    with pytest.raises(ValueError, match="nothing to compare"):
        redress.compare(path)
    with pytest.raises(ValueError, match="there is no outcome lost"):
        redress.trace(path, outcome="lost")


def test_a_single_replication_is_that_of_all(scenarios):
    path = scenarios / "baseline.toml"
    alone = redress.run(path, days=20, replications=3, replication=1).replication_values
    everyone = redress.run(path, days=20, replications=3).replication_values
    rows = list(zip(*(everyone[name] for name in everyone.columns), strict=True))
    own = list(zip(*(alone[name] for name in alone.columns), strict=True))
    number = everyone.columns.index("replication")
    assert own == [row for row in rows if row[number] == 1]


def test_precision_adds_replications(scenarios):
    run = redress.run(
        scenarios / "baseline.toml", days=20, replications=3, precision={"dispute_rate": "5%"}, max_replications=40
    )
    assert len(run.replications) >= 3
    (reached,) = run.precision
    assert reached["metric"] == "dispute_rate"
    assert reached["is_met"] or len(run.replications) == 40


def test_threads_and_calls_side_by_side_give_the_same_numbers(scenarios):
    path, found = scenarios / "baseline.toml", {}

    def work(threads: int) -> None:
        found[threads] = means(redress.run(path, threads=threads, **SMALL))

    workers = [threading.Thread(target=work, args=(threads,)) for threads in (1, 2, 3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert found[1] == found[2] == found[3]


def test_progress_is_told_and_what_it_raises_ends_the_run(scenarios):
    told = []
    redress.run(scenarios / "baseline.toml", progress=lambda *orders: told.append(orders), **SMALL)
    assert told and 0.8 < told[-1][0] / told[-1][1] < 1.2

    def stop(orders: int, expected: int) -> None:
        raise LookupError("enough")

    begun = time.monotonic()
    with pytest.raises(LookupError, match="enough"):
        redress.run(scenarios / "baseline.toml", days=2000, replications=200, progress=stop)
    assert time.monotonic() - begun < 10


def test_ctrl_c_ends_a_run_within_half_a_second(scenarios):
    script = textwrap.dedent(
        f"""
        import signal, threading, time, os, redress
        signal.signal(signal.SIGINT, signal.default_int_handler)
        def press():
            time.sleep(1.0)
            global pressed
            pressed = time.monotonic()
            os.kill(os.getpid(), signal.SIGINT)
        threading.Thread(target=press, daemon=True).start()
        try:
            redress.run({str(scenarios / "baseline.toml")!r}, days=2000, replications=1000, threads=1)
        except KeyboardInterrupt:
            print(time.monotonic() - pressed, threading.active_count())
        """
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    seconds, threads = done.stdout.split()
    assert float(seconds) < 0.5, f"{seconds} s"
    assert threads == "1", "a thread is left"


def test_the_lock_of_the_interpreter_is_free_while_a_run_simulates(scenarios):
    ticks = []
    stop = threading.Event()

    def tick() -> None:
        while not stop.wait(0.005):
            ticks.append(1)

    ticker = threading.Thread(target=tick)
    ticker.start()
    redress.run(scenarios / "baseline.toml", days=300, replications=4, threads=1)
    stop.set()
    ticker.join()
    assert len(ticks) > 5


def test_a_call_costs_less_than_two_milliseconds(scenarios):
    """A world of nearly no order: what a call costs beside reading the scenario. Tables of its distributions are kept between calls."""
    world = redress.check(
        scenarios / "baseline.toml",
        {"market.count": 1, "market.sellers": 1, "market.orders_per_day": 0.01, "run.warm_up_days": 0},
        days=1,
        replications=1,
    ).scenario
    checked = [seconds(lambda: redress.check(world)) for _ in range(50)]
    called = [seconds(lambda: redress.run(world, threads=1)) for _ in range(50)]
    assert min(called) - min(checked) < 0.002, (min(called), min(checked))


def seconds(call) -> float:
    # Of the processor, all threads: what else the machine does is not the call's.
    begun = time.process_time()
    call()
    return time.process_time() - begun


def test_trace_tells_the_story_of_orders(scenarios):
    table, headings = redress.trace(scenarios / "baseline.toml", outcome="auto-executed", orders=2, days=60)
    assert len(headings) == 2 and all("refunded automatically" in heading for heading in headings)
    assert len(set(table["order"])) == 2
    assert "refunds, as nobody has answered in time" in table["event"]
    assert all(amount is None or amount >= 0 for amount in table["amount"])


def test_a_notebook_shows_the_finding_and_its_picture(scenarios):
    results = [
        redress.run(scenarios / "baseline.toml", **SMALL),
        redress.compare(scenarios / "baseline.toml", vary={"a <b>": {"sellers[*].response.delay*": 0.5}}, **SMALL),
        redress.sweep(scenarios / "baseline.toml", factors={"sellers[*].defect": [0.01, 0.05]}, **SMALL),
    ]
    for result in results:
        page = result._repr_html_()
        assert html.escape(result.findings[0]) in page
        assert "data:image/svg+xml;base64," in page and "<b>" not in page
        assert result.svg().startswith("<svg") or "<svg" in result.svg()[:200]
        assert result.png(result.charts[0])[:4] == b"\x89PNG"
        assert "<table" in next(iter([getattr(result, name) for name in ("summary", "compare", "sweep") if hasattr(result, name)]))._repr_html_()
    with pytest.raises(KeyError, match="there is no chart nothing"):
        results[0].svg("nothing")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system does not fork")
def test_a_process_that_forks_simulates_in_both(scenarios):
    path = str(scenarios / "baseline.toml")
    mine = means(redress.run(path, **SMALL))
    script = f"""
import os, redress
first = redress.run({path!r}, days=10, replications=2).summary["mean"]
child = os.fork()
second = redress.run({path!r}, days=10, replications=2).summary["mean"]
if child == 0:
    os._exit(0 if first == second else 1)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), first == second)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    assert done.stdout.split() == ["0", "True"], done.stderr
    assert len(mine) > 0
    assert signal.getsignal(signal.SIGINT) is not None
