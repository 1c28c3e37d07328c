package org.almoner.workload.wasm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much of the stack each function takes when it is called, so that a module may call as deep on
 * every engine.
 *
 * <p>Only functions that may end up calling themselves keep account. What they call is charged with
 * them, as far as it keeps no account of its own. So a call that cannot lead to recursion costs
 * nothing at run time.
 */
final class CallDepth {
  /** Octets of stack that a unit has: 16 MiB. */
  static final int STACK_OCTETS = 16 << 20;

  /**
   * Most octets that a chain of functions takes which keep no account; the function that would make
   * it longer keeps one: 256 KiB.
   */
  static final int CHAIN_OCTETS_MAX = 256 << 10;

  /** Octets of a frame without any value. */
  private static final int FRAME_OCTETS = 400;

  private static final int OCTETS_PER_VALUE = 16;

  /** A function of a large body has a large frame, or is cut into pieces with frames. */
  private static final int BODY_OCTETS_PER_OCTET = 2;

  private final List<BodySurvey> surveys;
  private final int[][] edges;
  private final long[] reach;
  private final boolean[] accounts;

  /**
   * @param surveys of all functions that have bodies
   */
  CallDepth(ModuleSections module, List<BodySurvey> surveys) {
    this.surveys = surveys;
    this.edges = edges(module, surveys);
    this.reach = new long[edges.length];
    this.accounts = new boolean[edges.length];
    new CallCycles(edges).forEach(this::measure);
  }

  static int frameOctets(int values, int bodyOctets) {
    return FRAME_OCTETS + OCTETS_PER_VALUE * values + bodyOctets / BODY_OCTETS_PER_OCTET;
  }

  /**
   * What the function, counted from the first with a body, takes of the stack at each call; 0 if it
   * keeps no account.
   */
  int charge(int function) {
    return accounts[function] ? Math.toIntExact(reach[function]) : 0;
  }

  /**
   * The graph of calls: functions with bodies, then one more node for each type that is called
   * through the table.
   */
  private static int[][] edges(ModuleSections module, List<BodySurvey> surveys) {
    Map<FunctionType, Integer> tables = new HashMap<>();
    for (BodySurvey survey : surveys) {
      survey.indirect().forEach(type -> tables.putIfAbsent(type, surveys.size() + tables.size()));
    }
    int imported = module.importedFunctions();
    List<List<Integer>> lists = new ArrayList<>();
    for (BodySurvey survey : surveys) {
      List<Integer> list = new ArrayList<>();
      survey.callees().stream().filter(f -> f >= imported).forEach(f -> list.add(f - imported));
      survey.indirect().forEach(type -> list.add(tables.getOrDefault(type, 0)));
      lists.add(list);
    }
    tables.forEach((type, node) -> lists.add(new ArrayList<>()));
    for (int i = 0; i < surveys.size(); i++) {
      Integer node = tables.get(module.functions().get(imported + i));
      if (node != null && module.isDeclared(imported + i)) {
        lists.get(node).add(i);
      }
    }
    return lists.stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  /** Measures functions that call each other, after all they call beside. */
  private void measure(List<Integer> nodes, boolean cycle) {
    for (int node : nodes) {
      accounts[node] = cycle;
    }
    for (int node : nodes) {
      if (isTable(node)) {
        reach[node] = most(node);
      }
    }
    for (int node : nodes) {
      if (!isTable(node)) {
        reach[node] = surveys.get(node).frameOctets() + most(node);
        accounts[node] |= reach[node] > CHAIN_OCTETS_MAX;
      }
    }
  }

  private boolean isTable(int node) {
    return node >= surveys.size();
  }

  /** The longest chain below {@code node} of functions that keep no account. */
  private long most(int node) {
    long most = 0;
    for (int callee : edges[node]) {
      most = Math.max(most, isTable(callee) || !accounts[callee] ? reach[callee] : 0);
    }
    return most;
  }
}
