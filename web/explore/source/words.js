// How numbers and changes are written. Texts go into the page as text nodes only.
import { format } from "d3-format";

const digits = format(",.3~r");
const two = format(",.2f");
const plain = (number) => digits(number).replace("\u2212", "−");

/** A number of a figure with its unit: a share in percent, hours, money with cents. */
export function value(number, unit) {
  if (unit === "share") return `${plain(100 * number)} %`;
  if (unit === "hours") return `${plain(number)} h`;
  if (unit === "money") return Math.abs(number) < 1000 ? two(number) : format(",.0f")(number);
  return plain(number);
}

/** The same of a difference, with its sign; differences of shares are percentage points. */
export function change(number, unit) {
  const sign = number > 0 ? "+" : "";
  if (unit === "share") return `${sign}${plain(100 * number)} pp`;
  return sign + value(number, unit);
}

/** A relative change. */
export const percent = (share) => `${share > 0 ? "+" : ""}${format(Math.abs(share) < 0.1 ? ".1~f" : ".0f")(100 * share)} %`;

/** An interval, or why there is none. */
export function interval(of, unit, write = value) {
  if (of.interval) {
    const [low, high] = of.interval;
    const words = { upper_bound: "at most ", lower_bound: "at least " }[of.kind];
    if (words) return words + write(of.kind === "upper_bound" ? high : low, unit);
    return `${write(low, unit)} to ${write(high, unit)}`;
  }
  return (
    { one_replication: "one replication has no interval", all_equal: "equal in all replications", nothing_seen: "nothing seen" }[of.kind] ??
    "no interval"
  );
}

/** What is said of a difference. */
export function verdict(told) {
  const found = told.difference;
  if (!found) return "not defined";
  if (found.alike === found.pairs) return "no difference in any replication";
  if (found.kind === "all_equal") return `${change(found.mean, told.unit)} in every replication`;
  if (!found.is_distinguishable) return "not distinguishable";
  return change(found.mean, told.unit);
}

/** How many times as fast or long a factor on a delay makes it. */
export function factor(number, isTime) {
  if (!isTime || !(number > 0) || number === 1) return "";
  const times = number < 1 ? 1 / number : number;
  const words = number < 1 ? "as fast" : "as long";
  return Math.abs(times - 2) < 1e-9 ? `twice ${words}` : `${plain(times)} times ${words}`;
}

export const count = format(",.0f");
