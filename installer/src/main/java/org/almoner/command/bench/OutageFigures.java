package org.almoner.command.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How an outage ended.
 *
 * @param agents that came back in one moment, each with a report and a request for work
 * @param seconds from that moment until the last was served
 * @param servedP50Ms until half of the agents were served
 * @param servedP99Ms until all but one in a hundred were
 * @param answerP50Ms what half of the answered requests took
 * @param answerP99Ms what all but one in a hundred of them took
 * @param tooMany answers 429
 * @param busy answers 503
 * @param faults answers 500 and above other than 503
 * @param brokenOff connections that ended without an answer
 * @param peakBytes most memory the coordinator's process had resident, its start included
 * @param lines in the log afterwards, each acknowledged to its agent
 */
public record OutageFigures(
    int agents,
    double seconds,
    double servedP50Ms,
    double servedP99Ms,
    double answerP50Ms,
    double answerP99Ms,
    long tooMany,
    long busy,
    long faults,
    long brokenOff,
    long peakBytes,
    long lines,
    Computer computer) {
  /** One JSON object, its fields in a fixed order, on one line. */
  public String toJson() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("agents", Integer.toString(agents));
    all.put("seconds", FigureJson.number(seconds));
    all.put("served_p50_ms", FigureJson.number(servedP50Ms));
    all.put("served_p99_ms", FigureJson.number(servedP99Ms));
    all.put("answer_p50_ms", FigureJson.number(answerP50Ms));
    all.put("answer_p99_ms", FigureJson.number(answerP99Ms));
    all.put("status_429", Long.toString(tooMany));
    all.put("status_503", Long.toString(busy));
    all.put("status_5xx_other", Long.toString(faults));
    all.put("broken_off", Long.toString(brokenOff));
    all.put("coordinator_peak_bytes", Long.toString(peakBytes));
    all.put("lines", Long.toString(lines));
    all.put("machine", computer.toJson());
    return FigureJson.object(all);
  }

  /** Some lines for people. */
  public String toText() {
    return String.format(
        Locale.ROOT,
        "%,d agents came back at once: all served after %.1f s%n"
            + "served      half within %.0f ms, 99 of 100 within %.0f ms%n"
            + "answers     half within %.1f ms, 99 of 100 within %.1f ms%n"
            + "turned away %d with 429, %d with 503, %d other faults, %d connections broken off%n"
            + "coordinator %.0f MiB at most; %,d lines in the log, all of them acknowledged, none"
            + " lost%n%s",
        agents,
        seconds,
        servedP50Ms,
        servedP99Ms,
        answerP50Ms,
        answerP99Ms,
        tooMany,
        busy,
        faults,
        brokenOff,
        peakBytes / (double) (1 << 20),
        lines,
        computer.toText());
  }
}
