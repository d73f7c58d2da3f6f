"""Student's paired t interval and test of each line of standard input, by SciPy.

A line is a metric's name, the values of a baseline and those of an alternative, replication by replication, as three fields between
tabs with values between spaces. Printed are name, mean difference, ends of the 95 % interval, and two-sided p-value between tabs.
"""

import sys

from scipy import stats

for line in sys.stdin:
    name, baseline, other = line.rstrip("\n").split("\t")
    first = [float(value) for value in baseline.split()]
    second = [float(value) for value in other.split()]
    found = stats.ttest_rel(second, first)
    interval = found.confidence_interval(0.95)
    mean = sum(second) / len(second) - sum(first) / len(first)
    print(name, f"{mean:.6g}", f"{interval.low:.6g}", f"{interval.high:.6g}", f"{found.pvalue:.4g}", sep="\t")
