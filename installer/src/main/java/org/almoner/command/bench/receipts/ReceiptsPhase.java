package org.almoner.command.bench.receipts;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.almoner.command.bench.FigureJson;

/**
 * Receipts of one number of lines.
 *
 * @param linesPerDonor usage lines of each donor
 * @param donors donors of the log
 * @param receipts receipts made in the counted interval
 * @param perSecondOneCore receipts for each second of processor time of the whole process:
 *     compilers and garbage collector are in it
 * @param perSecond receipts for each second of time, on as many threads as were asked for
 * @param threads how many those were
 * @param peakRssMib largest resident memory of the process, reading the log included
 * @param logSeconds how long reading the log took, once for all
 * @param pdfBytes size of a sealed document on average
 * @param evidenceBytes size of an evidence file on average
 * @param stageMs processor time of each stage for one receipt, in milliseconds, of the thread that
 *     made it
 */
record ReceiptsPhase(
    int linesPerDonor,
    int donors,
    long receipts,
    double perSecondOneCore,
    double perSecond,
    int threads,
    double peakRssMib,
    double logSeconds,
    long pdfBytes,
    long evidenceBytes,
    Map<Stage, Double> stageMs) {
  ReceiptsPhase {
    stageMs = Map.copyOf(stageMs);
  }

  String toJson() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("entries_per_donor", Integer.toString(linesPerDonor));
    all.put("receipts_per_second_one_core", FigureJson.number(perSecondOneCore));
    all.put("receipts_per_second", FigureJson.number(perSecond));
    all.put("peak_rss_mib", FigureJson.number(peakRssMib));
    all.put("donors", Integer.toString(donors));
    all.put("receipts", Long.toString(receipts));
    all.put("threads", Integer.toString(threads));
    all.put("log_seconds", FigureJson.number(logSeconds));
    all.put("pdf_bytes", Long.toString(pdfBytes));
    all.put("evidence_bytes", Long.toString(evidenceBytes));
    Map<String, String> stages = new LinkedHashMap<>();
    for (Stage stage : Stage.values()) {
      stages.put(stage.key(), FigureJson.number(stageMs.getOrDefault(stage, 0.0)));
    }
    all.put("stage_cpu_ms", FigureJson.object(stages));
    return FigureJson.object(all);
  }

  String toText() {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%,d lines a donor: %.1f receipts/s of one core, %.1f/s on %d threads, %.0f MiB at"
                    + " most; %,d receipts of %,d donors; %,d octets of PDF, %,d of evidence%n ",
                linesPerDonor,
                perSecondOneCore,
                perSecond,
                threads,
                peakRssMib,
                receipts,
                donors,
                pdfBytes,
                evidenceBytes));
    for (Stage stage : Stage.values()) {
      text.append(
          String.format(Locale.ROOT, " %s %.2f ms", stage.key(), stageMs.getOrDefault(stage, 0.0)));
    }
    return text.toString();
  }
}
