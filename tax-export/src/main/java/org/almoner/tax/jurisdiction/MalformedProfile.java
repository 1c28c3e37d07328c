package org.almoner.tax.jurisdiction;

import java.util.List;

/** A profile, or a file beside it, that cannot be used; the message is its first fault. */
public final class MalformedProfile extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<ProfileFault> faults;

  MalformedProfile(List<ProfileFault> faults) {
    super(
        faults.get(0).sentence()
            + (faults.size() == 1 ? "" : " (and " + (faults.size() - 1) + " more)"));
    this.faults = List.copyOf(faults);
  }

  /** Everything that is wrong, in the order of the file. */
  public List<ProfileFault> faults() {
    return faults;
  }
}
