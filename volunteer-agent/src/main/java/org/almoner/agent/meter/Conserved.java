package org.almoner.agent.meter;

import java.util.HashMap;
import java.util.Map;

/**
 * The sum of something that processes use up, over a tree whose processes come and go.
 *
 * <p>When a process ends, its parent takes over what it used, if the parent asks for its end;
 * otherwise it is nobody's. So what a process had that is gone counts on, but for what parents in
 * the tree took over meanwhile. Nothing counts twice: where two explanations are possible the sum
 * takes the smaller.
 */
final class Conserved {
  /**
   * What one process has used.
   *
   * @param own by itself
   * @param taken taken over from children
   */
  record Used(long own, long taken) {
    long all() {
      return own + taken;
    }
  }

  private Map<Seen.Id, Used> last = Map.of();
  private long gone;
  private long total;

  /** What the processes that are there have used now. */
  void look(Map<Seen.Id, Used> now) {
    long left = 0;
    for (Map.Entry<Seen.Id, Used> process : last.entrySet()) {
      left += now.containsKey(process.getKey()) ? 0 : process.getValue().all();
    }
    long takenOver = 0;
    long here = 0;
    for (Map.Entry<Seen.Id, Used> process : now.entrySet()) {
      Used before = last.getOrDefault(process.getKey(), new Used(0, 0));
      takenOver += Math.max(0, process.getValue().taken() - before.taken());
      here += process.getValue().all();
    }
    gone += Math.max(0, left - takenOver);
    total = Math.max(total, here + gone);
    last = Map.copyOf(now);
  }

  /**
   * One that ended is forgotten; {@code exactly} is what it used in all, by its own last account.
   */
  void settle(Seen.Id process, long exactly) {
    Map<Seen.Id, Used> rest = new HashMap<>(last);
    Used known = rest.remove(process);
    gone += Math.max(exactly, known == null ? 0 : known.all());
    last = Map.copyOf(rest);
    total = Math.max(total, gone + last.values().stream().mapToLong(Used::all).sum());
  }

  /** All that was used, as far as it was seen; never less than before. */
  long total() {
    return total;
  }
}
