package org.almoner.tax.jurisdiction;

import java.util.List;

/**
 * The profile under which one donor's document is made.
 *
 * @param profile the profile
 * @param standing what entitles the charity to it
 * @param facts of the charity that the profile asks for
 * @param why it and no other, one sentence without its end
 */
public record Choice(Profile profile, Standing standing, List<CharityFact> facts, String why) {
  public Choice {
    facts = List.copyOf(facts);
  }

  /** The words in {@code language}, with the review and the charity's facts in them. */
  public Wording wording(String language) {
    return profile.wording(language, standing, facts);
  }
}
