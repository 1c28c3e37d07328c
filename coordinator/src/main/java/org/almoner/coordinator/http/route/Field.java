package org.almoner.coordinator.http.route;

/** Names of the fields that stand in bodies and answers, and nowhere else. */
final class Field {
  static final String ACCEPTED = "accepted";
  static final String AGREED = "agreed";
  static final String BATCH = "batch";
  static final String CHECKPOINT = "checkpoint";
  static final String CODE = "code";
  static final String CONSISTENCY = "consistency";
  static final String COORDINATOR_KEY = "coordinatorKey";
  static final String COUNT = "count";
  static final String COUNTED_MS = "countedMs";
  static final String CPU_MS = "cpuMs";
  static final String DAY = "day";
  static final String DAYS = "days";
  static final String DONE = "done";
  static final String DONOR = "donor";
  static final String ENROLMENT = "enrolment";
  static final String EXCLUDED = "excluded";
  static final String FAILED = "failed";
  static final String GRANT = "grant";
  static final String KEY = "key";
  static final String KNOWN_SIZE = "knownSize";
  static final String LEAF = "leaf";
  static final String LEASE = "lease";
  static final String LEASED = "leased";
  static final String LINES = "lines";
  static final String LOG_KEY = "logKey";
  static final String MATURING = "maturing";
  static final String MATURITY_SECONDS = "maturitySeconds";
  static final String METER = "meter";
  static final String NAME = "name";
  static final String OPEN_PERIOD = "openPeriod";
  static final String ORIGIN = "origin";
  static final String OUTCOME = "outcome";
  static final String OUTPUT = "output";
  static final String OUTPUTS = "outputs";
  static final String PART = "part";
  static final String PROJECT = "project";
  static final String PROOF = "proof";
  static final String PURPOSE = "purpose";
  static final String REASON = "reason";
  static final String REJECTED = "rejected";
  static final String RELEASE = "release";
  static final String REPORT = "report";
  static final String REPORTED = "reported";
  static final String RETRY_AFTER_MS = "retryAfterMs";
  static final String RETURNED = "returned";
  static final String SALT = "salt";
  static final String SETTLED = "settled";
  static final String SOFTWARE = "software";
  static final String SOURCE = "source";
  static final String STARTER = "starter";
  static final String STATUS = "status";
  static final String TOKEN = "token";
  static final String UNIT = "unit";
  static final String UNITS = "units";
  static final String UNTIL_MS = "untilMs";
  static final String WAITING = "waiting";

  private Field() {}
}
