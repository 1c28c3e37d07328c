package org.almoner.tax.issue;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.almoner.ledger.tally.Statement;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
import org.almoner.tax.pdf.DocumentRefused;
import org.almoner.tax.register.LogPlace;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.register.Registered;
import org.almoner.tax.seal.SealRefused;
import org.jspecify.annotations.Nullable;

/**
 * Takes several documents together over each of their steps, so that they share each wait for the
 * disk and for the log: numbers, statements, files, receipts, issue. After a crash at any place the
 * same group may be gone over again.
 */
final class IssueGroup {
  /** Why a number that was reserved under other terms is given up. */
  static final String TERMS_CHANGED = "never issued: its profile or period changed";

  private final StatementLog log;
  private final ReceiptRegister register;
  private final Press press;
  private final Workers workers;
  private final LocalDate today;

  IssueGroup(
      StatementLog log, ReceiptRegister register, Press press, Workers workers, LocalDate today) {
    this.log = log;
    this.register = register;
    this.press = press;
    this.workers = workers;
    this.today = today;
  }

  private record Numbered(Draft draft, Registered number) {}

  private record Proven(
      Draft draft, Registered number, Statement statement, StatementLog.Logged at) {}

  /** What became of one page. */
  private sealed interface Made {
    /** It is sealed. */
    record File(ReceiptRegister.Sealed sealed) implements Made {}

    /** The rules or the lint refuse this donor's. */
    record Refused(DonorId donor, String why) implements Made {}

    /** Nobody's is sealed now. */
    record Unsealed(SealRefused why) implements Made {}
  }

  /**
   * Gives out what can be; one reply for each, in their order.
   *
   * @throws SealRefused when nothing can be sealed now; what was sealed before is stored
   */
  List<IssueReply> issue(List<Prepared> prepared, Drawing drawing) throws IOException {
    Map<DonorId, IssueReply> replies = new HashMap<>();
    List<Registered> stored = new ArrayList<>();
    for (Prepared one : prepared) {
      if (one instanceof Prepared.Stored sealed) {
        stored.add(sealed.sealed());
      }
    }
    for (Made.Refused refused : make(numbered(prepared), drawing, stored)) {
      replies.put(refused.donor(), IssueReply.refused(refused.donor(), refused.why()));
    }
    for (Registered issued : giveOut(stored)) {
      replies.put(issued.donor(), IssueReply.issued(issued.donor(), issued.number()));
    }
    List<IssueReply> inOrder = new ArrayList<>();
    for (Prepared one : prepared) {
      inOrder.add(
          one instanceof Prepared.Nothing nothing
              ? nothing.reply()
              : java.util.Objects.requireNonNull(replies.get(donor(one))));
    }
    return inOrder;
  }

  /** Numbers, seals and stores one document that stands for another. */
  Registered replacement(Draft draft, Registered reserved, Drawing drawing)
      throws IOException, DrawingFailed {
    List<Registered> stored = new ArrayList<>();
    for (Made.Refused refused : make(List.of(new Numbered(draft, reserved)), drawing, stored)) {
      throw new DrawingFailed(refused.why());
    }
    return giveOut(stored).get(0);
  }

  /** Logs sealed files and says that they are given out. */
  List<Registered> giveOut(List<Registered> sealed) throws IOException {
    List<StatementLog.Content> records = new ArrayList<>();
    for (Registered document : sealed) {
      records.add(new StatementLog.Content(document.donor(), record(document)));
    }
    List<StatementLog.Logged> logged = log.logReceipts(records);
    List<ReceiptRegister.Receipted> receipted = new ArrayList<>();
    for (int i = 0; i < sealed.size(); i++) {
      receipted.add(new ReceiptRegister.Receipted(sealed.get(i), place(logged.get(i))));
    }
    return register.issue(receipted, today);
  }

  /** What a receipt's entry in the log covers: {@code docs/spec/register.md}. */
  private static Bytes record(Registered document) {
    return CanonicalJson.bytes(
        JsonValue.Obj.of()
            .put("number", document.number())
            .put("pdf", document.pdf().toHex())
            .build());
  }

  private static LogPlace place(StatementLog.Logged logged) {
    return new LogPlace(logged.leaf(), logged.salt());
  }

  private List<Numbered> numbered(List<Prepared> prepared) throws IOException {
    List<Numbered> numbered = new ArrayList<>();
    List<Draft> fresh = new ArrayList<>();
    List<ReceiptRegister.Request> requests = new ArrayList<>();
    for (Prepared one : prepared) {
      if (one instanceof Prepared.Again again) {
        numbered.add(new Numbered(again.draft(), again.reserved()));
      } else if (one instanceof Prepared.Fresh first) {
        for (Registered outdated : first.outdated()) {
          register.cancel(outdated, TERMS_CHANGED, Registered.NO_ENTRY);
        }
        fresh.add(first.draft());
        requests.add(request(first.draft(), ""));
      }
    }
    List<Registered> reserved = register.reserve(requests, today);
    for (int i = 0; i < fresh.size(); i++) {
      numbered.add(new Numbered(fresh.get(i), reserved.get(i)));
    }
    return numbered;
  }

  static ReceiptRegister.Request request(Draft draft, String replaces) {
    Terms.Chosen terms = draft.terms();
    return new ReceiptRegister.Request(
        draft.donor().id(),
        terms.period().from(),
        terms.period().to(),
        terms.sequence(),
        terms.profile().name(),
        terms.keepUntil(),
        replaces,
        terms.profile().fourEyes());
  }

  /** Adds what it stored to {@code stored}; returns what was refused. */
  private List<Made.Refused> make(List<Numbered> numbered, Drawing drawing, List<Registered> stored)
      throws IOException {
    if (!numbered.isEmpty()) {
      // What is logged stays in public for good, so it is asked for before.
      press.requireReady();
    }
    List<Statement> statements = new ArrayList<>();
    List<StatementLog.Content> records = new ArrayList<>();
    for (Numbered one : numbered) {
      Statement statement = press.statement(one.number().number(), one.draft(), drawing);
      statements.add(statement);
      records.add(new StatementLog.Content(statement.donor(), StatementOpening.record(statement)));
    }
    List<StatementLog.Logged> logged = log.logStatements(records);
    List<Proven> proven = new ArrayList<>();
    for (int i = 0; i < numbered.size(); i++) {
      Numbered one = numbered.get(i);
      proven.add(new Proven(one.draft(), one.number(), statements.get(i), logged.get(i)));
    }
    List<ReceiptRegister.Sealed> sealed = new ArrayList<>();
    List<Made.Refused> refused = new ArrayList<>();
    List<SealRefused> unsealed = new ArrayList<>();
    AtomicReference<@Nullable SealRefused> first = new AtomicReference<>();
    for (Made made : workers.all(proven, one -> made(one, first))) {
      if (made instanceof Made.File file) {
        sealed.add(file.sealed());
      } else if (made instanceof Made.Refused one) {
        refused.add(one);
      } else if (made instanceof Made.Unsealed one) {
        unsealed.add(one.why());
      }
    }
    stored.addAll(register.store(sealed));
    if (!unsealed.isEmpty()) {
      throw unsealed.get(0);
    }
    return refused;
  }

  /** Once nothing can be sealed, nobody is asked again for the rest of the group. */
  private Made made(Proven one, AtomicReference<@Nullable SealRefused> first) throws IOException {
    SealRefused before = first.get();
    if (before != null) {
      return new Made.Unsealed(before);
    }
    try {
      Bytes pdf = press.sealed(one.draft(), one.statement(), one.at(), one.number());
      return new Made.File(
          new ReceiptRegister.Sealed(one.number(), one.at().leaf(), pdf, one.draft().evidence()));
    } catch (DocumentRefused e) {
      return new Made.Refused(one.number().donor(), String.valueOf(e.getMessage()));
    } catch (SealRefused e) {
      first.set(e);
      return new Made.Unsealed(e);
    }
  }

  private static DonorId donor(Prepared one) {
    if (one instanceof Prepared.Fresh fresh) {
      return fresh.draft().donor().id();
    }
    if (one instanceof Prepared.Again again) {
      return again.draft().donor().id();
    }
    if (one instanceof Prepared.Stored stored) {
      return stored.sealed().donor();
    }
    return ((Prepared.Nothing) one).reply().donor();
  }
}
