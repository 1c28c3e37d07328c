package org.almoner.command.bench.log;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.almoner.command.bench.FigureJson;

/**
 * What one counted interval came to.
 *
 * @param load {@code saturation}, or the fixed rate in lines a second
 * @param witnesses how many were asked
 * @param treeSize entries in the log when the interval began
 * @param entriesPerSecond lines published and proved a second
 * @param p50Ms what half of the reports took at most, from the moment they were due to the proof of
 *     their last line
 * @param p99Ms what all but one in a hundred took at most
 * @param maxMs the longest
 * @param fsyncs how often a file of the store was synced, its write-ahead log above all
 * @param groups group commits
 * @param cpuMsPerEntry user and system time of the process for one line, load included
 * @param rssMib resident memory of the process at the end
 * @param quorumMs from the end of the load until all witnesses had signed; 0 without witnesses
 */
public record LogPhase(
    String load,
    int witnesses,
    long treeSize,
    double entriesPerSecond,
    double p50Ms,
    double p99Ms,
    double maxMs,
    long fsyncs,
    long groups,
    double cpuMsPerEntry,
    long rssMib,
    double quorumMs) {
  String toJson() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("load", FigureJson.text(load));
    all.put("witnesses", Integer.toString(witnesses));
    all.put("tree_size", Long.toString(treeSize));
    all.put("entries_per_second", FigureJson.number(entriesPerSecond));
    all.put("p50_ms", FigureJson.number(p50Ms));
    all.put("p99_ms", FigureJson.number(p99Ms));
    all.put("max_ms", FigureJson.number(maxMs));
    all.put("fsyncs", Long.toString(fsyncs));
    all.put("groups", Long.toString(groups));
    all.put("cpu_ms_per_entry", FigureJson.number(cpuMsPerEntry));
    all.put("rss_mib", Long.toString(rssMib));
    all.put("quorum_ms", FigureJson.number(quorumMs));
    return FigureJson.object(all);
  }

  String toText() {
    return String.format(
        Locale.ROOT,
        "%,11d  %10s  %9d  %,9.0f  %7.1f  %7.1f  %7.1f  %,8d  %7.3f  %5d",
        treeSize,
        load,
        witnesses,
        entriesPerSecond,
        p50Ms,
        p99Ms,
        maxMs,
        fsyncs,
        cpuMsPerEntry,
        rssMib);
  }

  static String heading() {
    return String.format(
        Locale.ROOT,
        "%11s  %10s  %9s  %9s  %7s  %7s  %7s  %8s  %7s  %5s",
        "tree size",
        "load",
        "witnesses",
        "entries/s",
        "p50 ms",
        "p99 ms",
        "max ms",
        "fsyncs",
        "CPU ms",
        "MiB");
  }
}
