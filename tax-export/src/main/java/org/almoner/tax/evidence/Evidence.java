package org.almoner.tax.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.ledger.tree.InclusionProof;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * Everything behind a statement: the opened lines, and the public entries that settled them.
 *
 * @param checkpoint signed note of the log prefix the statement was drawn from, whole text
 * @param lines every line logged for the donor in the period, accepted or not, and those of other
 *     days that bear on them: of the same units, and of the same computers' starter units
 * @param outcomes settlements, voids, reinstatements and rates that concern one of them, in log
 *     order
 */
public record Evidence(String checkpoint, List<ProvenLine> lines, List<ProvenEntry> outcomes) {
  /** Most lines in one file. */
  public static final int LINES_MAX = 1_000_000;

  private static final int CHECKPOINT_MAX = 100_000;

  /** Copies the lists. */
  public Evidence {
    lines = List.copyOf(lines);
    outcomes = List.copyOf(outcomes);
  }

  /**
   * Writes canonical JSON: one object; a report stands once however many of its lines are here.
   * Line by line, for whole it would take several times the memory of what is proved.
   */
  void write(OutputStream out) throws IOException {
    Map<Hash, Integer> places = new HashMap<>();
    List<Envelope> reports = new ArrayList<>();
    out.write(ascii("{\"checkpoint\":"));
    out.write(CanonicalJson.encode(new JsonValue.Text(checkpoint)));
    out.write(ascii(",\"lines\":["));
    List<Envelope> last = List.of();
    int place = 0;
    for (int i = 0; i < lines.size(); i++) {
      UsageOpening opening = lines.get(i).opening();
      if (!last.contains(opening.report())) {
        last = List.of(opening.report());
        place =
            places.computeIfAbsent(
                Hash.sha256(opening.report().record().toArray()),
                digest -> {
                  reports.add(opening.report());
                  return reports.size() - 1;
                });
      }
      write(out, i, lineJson(lines.get(i), place));
    }
    out.write(ascii("],\"outcomes\":["));
    for (int i = 0; i < outcomes.size(); i++) {
      write(out, i, entryJson(outcomes.get(i)));
    }
    out.write(ascii("],\"reports\":["));
    for (int i = 0; i < reports.size(); i++) {
      write(out, i, reports.get(i).toJson());
    }
    out.write(ascii("]}"));
  }

  private static void write(OutputStream out, int place, JsonValue value) throws IOException {
    if (place > 0) {
      out.write(',');
    }
    out.write(CanonicalJson.encode(value));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static JsonValue.Obj lineJson(ProvenLine line, int report) {
    return JsonValue.Obj.of()
        .put("leaf", line.opening().leaf())
        .put("salt", line.opening().salt().toHex())
        .put("part", line.opening().part())
        .put("report", report)
        .putTexts("proof", hexes(line.inclusion()))
        .build();
  }

  /**
   * Reads the object that {@link #write} writes.
   *
   * @throws MalformedEvidence naming the field
   */
  public static Evidence parse(JsonFields fields) throws MalformedEvidence {
    try {
      List<Envelope> reports = new ArrayList<>();
      for (JsonFields report : fields.objects("reports", 0, LINES_MAX)) {
        reports.add(Envelope.parse(Envelope.Kind.USAGE_REPORT, report));
      }
      List<ProvenLine> lines = new ArrayList<>();
      for (JsonFields line : fields.objects("lines", 0, LINES_MAX)) {
        lines.add(parseLine(line, reports));
      }
      List<ProvenEntry> outcomes = new ArrayList<>();
      for (JsonFields outcome : fields.objects("outcomes", 0, LINES_MAX)) {
        outcomes.add(parseEntry(outcome));
      }
      Evidence evidence =
          new Evidence(fields.freeText("checkpoint", CHECKPOINT_MAX), lines, outcomes);
      fields.end();
      return evidence;
    } catch (MalformedJson | MalformedEntry | IllegalArgumentException e) {
      throw new MalformedEvidence("evidence.json: " + e.getMessage());
    }
  }

  private static ProvenLine parseLine(JsonFields line, List<Envelope> reports)
      throws MalformedJson {
    if (reports.isEmpty()) {
      throw line.at("report", "there is no report");
    }
    UsageOpening opening =
        new UsageOpening(
            line.integer("leaf", 0, JsonValue.INTEGER_MAX),
            line.hash("salt"),
            line.smallInteger("part", 0, 65_535),
            reports.get(line.smallInteger("report", 0, reports.size() - 1)));
    ProvenLine proven = new ProvenLine(opening, proof(line));
    line.end();
    return proven;
  }

  private static ProvenEntry parseEntry(JsonFields fields) throws MalformedJson, MalformedEntry {
    ProvenEntry proven =
        new ProvenEntry(
            fields.integer("leaf", 0, JsonValue.INTEGER_MAX),
            Entry.parse(fields.parsed("entry", Bytes::parseHex)),
            proof(fields));
    fields.end();
    return proven;
  }

  private static JsonValue.Obj entryJson(ProvenEntry proven) {
    return JsonValue.Obj.of()
        .put("leaf", proven.leaf())
        .put("entry", proven.entry().octets().toHex())
        .putTexts("proof", hexes(proven.inclusion()))
        .build();
  }

  private static List<String> hexes(InclusionProof proof) {
    return proof.hashes().stream().map(Hash::toHex).toList();
  }

  private static InclusionProof proof(JsonFields fields) throws MalformedJson {
    List<Hash> hashes = new ArrayList<>();
    for (String hex : fields.texts("proof", 0, InclusionProof.HASHES_MAX, 2 * Hash.SIZE)) {
      hashes.add(Hash.parseHex(hex));
    }
    return new InclusionProof(hashes);
  }
}
