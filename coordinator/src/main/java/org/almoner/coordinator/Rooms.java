package org.almoner.coordinator;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import org.almoner.coordinator.account.Accounts;
import org.almoner.coordinator.account.Auditors;
import org.almoner.coordinator.account.Lookup;
import org.almoner.coordinator.batch.Admission;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.batch.Batches;
import org.almoner.coordinator.batch.BlobShelf;
import org.almoner.coordinator.batch.Submission;
import org.almoner.coordinator.calibration.Calibration;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.desk.ReleaseView;
import org.almoner.coordinator.desk.StopReason;
import org.almoner.coordinator.dispatch.Dispatch;
import org.almoner.coordinator.dispatch.Grants;
import org.almoner.coordinator.draw.DaySecrets;
import org.almoner.coordinator.enrolment.Agents;
import org.almoner.coordinator.erasure.Eraser;
import org.almoner.coordinator.intake.Enrolments;
import org.almoner.coordinator.intake.Intake;
import org.almoner.coordinator.intake.Openings;
import org.almoner.coordinator.intake.Revocations;
import org.almoner.coordinator.journal.Journal;
import org.almoner.coordinator.journal.OwnRecords;
import org.almoner.coordinator.keys.Keys;
import org.almoner.coordinator.opening.KeyShelf;
import org.almoner.coordinator.opening.OpeningKeys;
import org.almoner.coordinator.release.Releases;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.settlement.Corrections;
import org.almoner.coordinator.settlement.Objections;
import org.almoner.coordinator.settlement.Rechecks;
import org.almoner.coordinator.settlement.Settler;
import org.almoner.coordinator.standing.Standings;
import org.almoner.coordinator.statistics.Statistics;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.RecallEntry;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.BatchId;

/** The coordinator's rooms, wired: what each knows is read from the store here. */
record Rooms(
    Accounts accounts,
    Auditors auditors,
    Agents agents,
    Batches batches,
    Submission submission,
    Dispatch dispatch,
    Grants grants,
    Journal journal,
    Enrolments enrolments,
    Intake intake,
    Settler settler,
    Rechecks rechecks,
    Corrections corrections,
    Objections objections,
    Statistics statistics,
    DaySecrets secrets,
    Calibration calibration,
    OwnRecords ownRecords,
    Policies policy,
    Releases releases,
    KeyRotations rotations,
    Revocations revocations,
    OpeningKeys keys,
    Openings openings,
    Eraser eraser,
    Standings standings,
    Lookup holders,
    Reads lookup) {

  static Rooms load(
      Config config,
      RowStore store,
      KeyShelf shelf,
      BlobShelf blobs,
      Admission admission,
      Keys keys,
      SecureRandom random)
      throws IOException {
    String origin = config.origin();
    if (Journal.hasBegun(store) && !OpeningKeys.sealsIn(store)) {
      throw new IOException(
          "the store was written by an earlier version, which kept what opens entries in clear, and"
              + " it cannot be sealed afterwards; begin with an empty data folder");
    }
    Accounts accounts = Accounts.load(store);
    OpeningKeys openingKeys = OpeningKeys.open(store, shelf, random);
    Openings openings = new Openings(store, openingKeys);
    Agents agents = new Agents(openingKeys);
    Batches batches = Batches.load(store);
    Journal journal = Journal.load(store, openingKeys);
    long maturityMs = config.maturity().toMillis();
    DaySecrets secrets = DaySecrets.load(store, journal, random, maturityMs);
    Corrections corrections = Corrections.load(store, journal, random);
    Rechecks rechecks = Rechecks.load(store, batches);
    Objections objections = Objections.load(store);
    Statistics statistics = Statistics.load(store, journal);
    Settler settler =
        Settler.load(
            store,
            journal,
            batches,
            agents,
            corrections,
            rechecks,
            objections,
            statistics,
            maturityMs,
            config.rules());
    Calibration calibration = Calibration.load(store, config.referenceRate());
    Dispatch dispatch =
        Dispatch.load(
            store,
            batches,
            (group, lease, replica) -> {
              settler.decided(group, lease, replica);
              Hash release = batches.find(lease.batch()).orElseThrow().spec().release();
              calibration.decided(group, release, replica);
            },
            config.meter(),
            config.leaseMin().toMillis(),
            config.pilot(),
            config.shares(),
            secrets,
            agents,
            random,
            config.rules());
    Grants grants = new Grants(origin, batches, keys.coordinator());
    return new Rooms(
        accounts,
        Auditors.load(store),
        agents,
        batches,
        new Submission(origin, accounts, blobs, admission),
        dispatch,
        grants,
        journal,
        new Enrolments(origin, agents, accounts, journal, openingKeys, random),
        new Intake(
            origin,
            batches,
            agents,
            dispatch,
            grants,
            journal,
            openingKeys,
            blobs,
            store,
            random,
            config.rules()),
        settler,
        rechecks,
        corrections,
        objections,
        statistics,
        secrets,
        calibration,
        new OwnRecords(
            origin,
            journal,
            (group, donor) -> accounts.documentsKey(group, donor, openingKeys),
            random),
        new Policies(journal),
        Releases.load(store, journal),
        new KeyRotations(journal),
        new Revocations(agents, journal),
        openingKeys,
        openings,
        new Eraser(
            store,
            accounts,
            agents,
            openingKeys,
            (group, donor) -> settler.dismissObjections(group, dispatch, donor)),
        new Standings(origin, store, batches, openings, config.maturity(), config.rules()),
        new Lookup(store),
        new Reads(store, batches));
  }

  /**
   * Logs and keeps what a start has to. Which log this one follows stands in the very group that
   * begins it: a start that is killed has logged all of it or nothing.
   */
  boolean start(Group group, Config config) throws IOException {
    boolean begins = group.nextLeaf() == 0;
    keys.begin(group);
    boolean changed = policy.logWhenChanged(group, config.policy());
    if (begins) {
      config.succeeds().forEach(closed -> journal.log(group, closed.entry()));
    }
    return changed;
  }

  /**
   * Logs what every day logs once: corrections of what was settled, totals of projects, and the
   * secrets of checks.
   */
  int turnDay(Group group) throws IOException {
    int corrected = corrections.log(group);
    statistics.tell(group);
    secrets.turn(group);
    calibration.log(group, journal);
    return corrected;
  }

  /** Takes a batch that was checked, and logs its release before anything of it is leased. */
  BatchId admit(Group group, Batch read) throws IOException {
    Optional<Batch> known = batches.find(read.id());
    if (known.isPresent()) {
      if (!known.get().envelope().payload().equals(read.envelope().payload())) {
        throw new Refusal(
            409,
            "batch-id-taken",
            "Batch id taken",
            "another batch has the id " + read.id() + "; change the purpose and submit again");
      }
      return read.id();
    }
    releases.admit(group, read.releaseEnvelope(), read.release(), read.owner());
    Batch numbered = read.numbered(batches.count());
    batches.add(group, numbered);
    dispatch.add(group, numbered);
    return numbered.id();
  }

  /**
   * Logs a recall and leases nothing more of what it is about: no batch of that release, or none
   * that the recalling owner signed. What was recalled before stays as it is.
   */
  ReleaseView recall(Group group, RecallEntry entry) throws IOException {
    ReleaseView view = releases.recall(group, entry);
    for (Batch batch : batches.newestFirst()) {
      boolean theirs =
          entry.signed().stream().allMatch(s -> s.signer().equals(batch.envelope().signer()));
      if (batch.spec().release().equals(entry.recall().release()) && theirs) {
        dispatch.stop(group, batch.id(), StopReason.recalled(entry.recall().reason()));
      }
    }
    return view;
  }

  /** Has every agent begin with a unit of this batch, and get another when chance says so. */
  BatchId begin(Group group, Batch starters, SecureRandom random) throws IOException {
    BatchId id = admit(group, starters);
    dispatch.beginWith(id, random);
    return id;
  }
}
