package org.almoner.command;

/**
 * What a key is for, in sentences for the operator; docs/reference/keys.md says more.
 *
 * @param signs what it signs or opens
 * @param lost what to do when nobody has it any more
 * @param stolen what to do when somebody else has it
 */
record KeyUse(String signs, String lost, String stolen) {
  static final KeyUse LOG =
      new KeyUse(
          "every checkpoint of the log",
          "nothing more can be logged: close this log and begin another, keys.md, \"The log key is"
              + " lost\"",
          "stop at once; only what witnesses signed before counts, keys.md, \"The log key is"
              + " stolen\"");
  static final KeyUse NEXT_LOG =
      new KeyUse(
          "every checkpoint of the log, beside the old key",
          "the old key goes on; restore this one, or the coordinator does not start",
          LOG.stolen());
  static final KeyUse OLD_LOG =
      new KeyUse(
          "nothing any more; the trust file names it for older documents",
          "nothing to do: this is how it should be",
          "whoever has a copy can deceive agents that slept since; say so, and let witnesses"
              + " decide");
  static final KeyUse COORDINATOR =
      new KeyUse(
          "grants, and the starter units",
          "agents refuse another key: restore it, or begin another log with new data",
          "stop; grants of the thief are never logged here, but agents would run them");
  static final KeyUse SEAL =
      new KeyUse(
          "documents",
          "'almoner keys rotate seal'; documents so far stay valid",
          "'almoner keys rotate seal', then 'almoner keys revoke seal', then issue them again");
  static final KeyUse OLD_SEAL =
      new KeyUse(
          "nothing any more; documents under it stay valid",
          "nothing to do",
          "'almoner keys revoke seal', then issue its documents again");
  static final KeyUse OPENINGS =
      new KeyUse(
          "nothing; opens what the coordinator keeps of donors' lines",
          "give back the newest copy of 'almoner donors keys-backup'; without one the lines can"
              + " never be opened: begin another log, ledger.md, \"Sealed openings\"",
          "with a copy of the store the thief can open every donor's lines: tell the donors; the"
              + " keys cannot be changed, keys.md, \"The opening keys\"");
  static final KeyUse TOKEN =
      new KeyUse(
          "opens what only the operator may ask",
          "delete the file and start again: another is drawn",
          "delete the file and start again at once: another is drawn, the old one is worth"
              + " nothing");
  static final KeyUse WITNESS =
      new KeyUse(
          "checkpoints of other people's logs",
          "draw another and tell those whose policy names it",
          "stop, and tell those whose policy names it");
  static final KeyUse OTHER = new KeyUse("", "", "");
}
