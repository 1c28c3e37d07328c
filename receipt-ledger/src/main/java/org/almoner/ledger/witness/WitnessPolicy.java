package org.almoner.ledger.witness;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.NoteSignature;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.note.VerifierKey;

/**
 * Which witnesses a reader believes, and how many must have signed: a file of lines {@code log},
 * {@code witness}, {@code group} and one {@code quorum}; {@code #} begins a comment.
 *
 * @see <a href="https://c2sp.org/tlog-policy">c2sp.org/tlog-policy</a>
 */
public final class WitnessPolicy {
  /** Most lines of a policy. */
  public static final int LINES_MAX = 1_000;

  /** Longest line, in characters, without comments and spare blanks. */
  public static final int LINE_MAX = 1_000;

  /** Asks for no witness at all. */
  public static final WitnessPolicy NOBODY = nobody();

  private static final String NONE = "none";

  private final List<VerifierKey> logs = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final Map<String, Member> witnesses = new LinkedHashMap<>();
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private final Set<String> grouped = new HashSet<>();
  private Optional<String> quorum = Optional.empty();

  /**
   * A witness of a policy.
   *
   * @param urls its submission prefix, none or one
   */
  public record Member(CosignerKey key, List<URI> urls) {
    /** Copies the list and refuses more than one. */
    public Member {
      urls = List.copyOf(urls);
      if (urls.size() > 1) {
        throw new IllegalArgumentException("at most one address a witness");
      }
    }

    /** Its submission prefix, where the policy gives one. */
    public Optional<URI> url() {
      return urls.stream().findFirst();
    }
  }

  private record Group(int needed, List<String> members) {}

  private WitnessPolicy() {}

  private static WitnessPolicy nobody() {
    try {
      return parse("quorum none\n");
    } catch (MalformedNote e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads a policy.
   *
   * @throws MalformedNote naming the line that is wrong
   */
  public static WitnessPolicy parse(String text) throws MalformedNote {
    WitnessPolicy policy = new WitnessPolicy();
    List<String> lines = text.lines().toList();
    if (lines.size() > LINES_MAX) {
      throw new MalformedNote("a policy has at most " + LINES_MAX + " lines");
    }
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      List<String> words = List.of(line.split("[ \t]+"));
      policy.lines.add(String.join(" ", words));
      try {
        require(
            policy.lines.get(policy.lines.size() - 1).length() <= LINE_MAX,
            "at most " + LINE_MAX + " characters a line");
        policy.take(words);
      } catch (MalformedNote | IllegalArgumentException e) {
        throw new MalformedNote("policy line " + (i + 1) + ": " + e.getMessage());
      }
    }
    if (policy.quorum.isEmpty()) {
      throw new MalformedNote("the policy has no line 'quorum NAME' or 'quorum none'");
    }
    return policy;
  }

  private void take(List<String> words) throws MalformedNote {
    switch (words.get(0)) {
      case "log" -> log(words);
      case "witness" -> witness(words);
      case "group" -> group(words);
      case "quorum" -> quorum(words);
      default ->
          throw new MalformedNote("expected log, witness, group or quorum, got " + words.get(0));
    }
  }

  private void log(List<String> words) throws MalformedNote {
    require(words.size() == 2 || words.size() == 3, "log VKEY [URL]");
    logs.add(VerifierKey.parse(words.get(1)));
  }

  private void witness(List<String> words) throws MalformedNote {
    require(words.size() == 3 || words.size() == 4, "witness NAME VKEY [URL]");
    CosignerKey key = CosignerKey.parse(words.get(2));
    if (witnesses.values().stream().anyMatch(known -> known.key().key().equals(key.key()))) {
      throw new MalformedNote("the key of witness " + words.get(1) + " stands there before");
    }
    List<URI> url = words.size() == 4 ? List.of(URI.create(words.get(3))) : List.of();
    newName(words.get(1));
    witnesses.put(words.get(1), new Member(key, url));
  }

  private void group(List<String> words) throws MalformedNote {
    require(words.size() >= 4, "group NAME all|any|K MEMBER...");
    List<String> members = words.subList(3, words.size());
    for (String member : members) {
      requireKnown(member);
      if (!grouped.add(member)) {
        throw new MalformedNote(member + " is a member of a group before");
      }
    }
    int needed =
        switch (words.get(2)) {
          case "all" -> members.size();
          case "any" -> 1;
          default -> number(words.get(2));
        };
    require(
        needed >= 1 && needed <= members.size(), "a K from 1 to the number of members of a group");
    newName(words.get(1));
    groups.put(words.get(1), new Group(needed, List.copyOf(members)));
  }

  /** A plain decimal; what is no number of members is 0. */
  private static int number(String k) {
    return k.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(k) : 0;
  }

  private void quorum(List<String> words) throws MalformedNote {
    require(words.size() == 2 && quorum.isEmpty(), "one line 'quorum NAME' or 'quorum none'");
    if (!words.get(1).equals(NONE)) {
      requireKnown(words.get(1));
    }
    quorum = Optional.of(words.get(1));
  }

  private void newName(String name) throws MalformedNote {
    if (name.equals(NONE) || witnesses.containsKey(name) || groups.containsKey(name)) {
      throw new MalformedNote("the name " + name + " is taken");
    }
  }

  private void requireKnown(String name) throws MalformedNote {
    if (!witnesses.containsKey(name) && !groups.containsKey(name)) {
      throw new MalformedNote(name + " is neither a witness nor a group of the lines before");
    }
  }

  private static void require(boolean holds, String expected) throws MalformedNote {
    if (!holds) {
      throw new MalformedNote("expected " + expected);
    }
  }

  /** Its lines without comments and spare blanks; the same policy again when they are read. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** The logs' keys. */
  public List<VerifierKey> logs() {
    return List.copyOf(logs);
  }

  /** All witnesses by name, in the order of the file. */
  public Map<String, Member> witnesses() {
    return Collections.unmodifiableMap(witnesses);
  }

  /**
   * Names of the witnesses that signed.
   *
   * @throws NoteRejected when a line of a witness of this policy does not verify
   */
  public Set<String> signed(SignedNote note) throws NoteRejected {
    return times(note).keySet();
  }

  /**
   * When each of the witnesses signed first, in seconds since 1970, by name.
   *
   * @throws NoteRejected when a line of a witness of this policy does not verify
   */
  public Map<String, Long> times(SignedNote note) throws NoteRejected {
    Map<String, Long> times = new TreeMap<>();
    for (NoteSignature line : note.signatures()) {
      for (Map.Entry<String, Member> witness : witnesses.entrySet()) {
        CosignerKey key = witness.getValue().key();
        if (key.name().equals(line.name()) && key.keyId() == line.keyId()) {
          if (!key.verifies(note.text(), line.signature())) {
            throw new NoteRejected(
                "the cosignature of " + key.name() + " does not fit the checkpoint");
          }
          times.merge(witness.getKey(), CosignerKey.seconds(line.signature()), Math::min);
        }
      }
    }
    return times;
  }

  /** Whether its quorum is {@code none}, whatever witnesses it lists. */
  public boolean asksNobody() {
    return quorum.orElse(NONE).equals(NONE);
  }

  /** Whether enough of {@code signed} are among the witnesses for the quorum. */
  public boolean satisfied(Collection<String> signed) {
    return asksNobody() || holds(quorum.orElse(NONE), Set.copyOf(signed));
  }

  private boolean holds(String name, Set<String> signed) {
    Group group = groups.get(name);
    if (group == null) {
      return signed.contains(name);
    }
    return group.members().stream().filter(member -> holds(member, signed)).count()
        >= group.needed();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WitnessPolicy that && lines.equals(that.lines);
  }

  @Override
  public int hashCode() {
    return lines.hashCode();
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
