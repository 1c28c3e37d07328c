package org.almoner.workload.wasm;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the nodes of a graph that reach each other, those that nothing else leads from first.
 *
 * @see <a href="https://doi.org/10.1137/0201010">Tarjan, Depth-first search and linear graph
 *     algorithms, 1972</a>
 */
final class CallCycles {
  /** Takes nodes that reach each other; a single one may reach itself. */
  interface Visitor {
    void visit(List<Integer> nodes, boolean cycle);
  }

  private final int[][] edges;
  private final int[] order;
  private final int[] lowest;
  private final int[] next;
  private final boolean[] waiting;
  private final List<Integer> stack = new ArrayList<>();
  private int visited;

  /**
   * @param edges where each node leads
   */
  CallCycles(int[][] edges) {
    this.edges = edges;
    this.order = new int[edges.length];
    this.lowest = new int[edges.length];
    this.next = new int[edges.length];
    this.waiting = new boolean[edges.length];
  }

  void forEach(Visitor visitor) {
    for (int node = 0; node < edges.length; node++) {
      if (order[node] == 0) {
        walk(node, visitor);
      }
    }
  }

  /** Without recursion: a chain of calls may be as long as there are functions. */
  private void walk(int start, Visitor visitor) {
    List<Integer> path = new ArrayList<>();
    enter(start, path);
    while (!path.isEmpty()) {
      int node = path.get(path.size() - 1);
      if (next[node] < edges[node].length) {
        int to = edges[node][next[node]++];
        if (order[to] == 0) {
          enter(to, path);
        } else if (waiting[to]) {
          lowest[node] = Math.min(lowest[node], order[to]);
        }
        continue;
      }
      path.remove(path.size() - 1);
      if (!path.isEmpty()) {
        int from = path.get(path.size() - 1);
        lowest[from] = Math.min(lowest[from], lowest[node]);
      }
      if (lowest[node] == order[node]) {
        leave(node, visitor);
      }
    }
  }

  private void enter(int node, List<Integer> path) {
    order[node] = ++visited;
    lowest[node] = visited;
    waiting[node] = true;
    stack.add(node);
    path.add(node);
  }

  private void leave(int node, Visitor visitor) {
    int from = stack.lastIndexOf(node);
    List<Integer> nodes = new ArrayList<>(stack.subList(from, stack.size()));
    stack.subList(from, stack.size()).clear();
    nodes.forEach(member -> waiting[member] = false);
    boolean cycle = nodes.size() > 1;
    for (int to : edges[node]) {
      cycle |= to == node;
    }
    visitor.visit(nodes, cycle);
  }
}
