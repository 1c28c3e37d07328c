package org.almoner.protocol.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.problem.Problem;
import org.almoner.protocol.release.Release;
import org.junit.jupiter.api.Test;

class EnrolmentTests {
  private static final SigningKey KEY = SigningKey.of(new byte[32]);

  @Test
  void anEnrolmentSurvivesARoundTrip() throws Exception {
    Enrolment enrolment =
        new Enrolment("log.example", KEY.publicKey(), "almoner 0.1", "linux", "amd64", 8, 1L << 34);
    assertThat(Enrolment.parse(JsonFields.of(enrolment.toJson()))).isEqualTo(enrolment);
  }

  @Test
  void aLinkSurvivesARoundTripAndUnlinkNeedsNoCode() throws Exception {
    AgentId agent = AgentId.of(KEY.publicKey());
    Link link = new Link("log.example", agent, Link.Action.LINK, Link.digestOf("abcd-efgh-jkmn"));
    assertThat(Link.parse(JsonFields.of(link.toJson()))).isEqualTo(link);
    Link wrong = new Link("log.example", agent, Link.Action.LINK, Hash.ZERO);
    assertThatThrownBy(() -> Link.parse(JsonFields.of(wrong.toJson())))
        .hasMessageContaining("the digest of a code to link");
  }

  @Test
  void theWayACodeIsTypedDoesNotMatter() {
    assertThat(Link.digestOf(" abcd efgh-JKMN")).isEqualTo(Link.digestOf("ABCD-EFGH-JKMN"));
    assertThat(Link.digestOf("ABCD-EFGH-JKMP")).isNotEqualTo(Link.digestOf("ABCD-EFGH-JKMN"));
  }

  @Test
  void aReleaseWithoutACommitIsRefused() throws Exception {
    BlobRef module = new BlobRef("m.wasm", Hash.sha256(new byte[0]), 8);
    String commit = "0123456789012345678901234567890123456789";
    Release good = release(commit, module);
    assertThat(Release.parse(JsonFields.of(good.toJson()))).isEqualTo(good);
    assertThatThrownBy(() -> Release.parse(JsonFields.of(release("main", module).toJson())))
        .hasMessageContaining("40 or 64 lowercase hexadecimal digits");
  }

  @Test
  void aProblemSurvivesARoundTrip() throws Exception {
    Problem problem = new Problem(409, "lease-not-yours", "Not your lease", "lease x is of y");
    assertThat(Problem.parse(JsonFields.of(problem.toJson()))).isEqualTo(problem);
  }

  private static Release release(String commit, BlobRef module) {
    return new Release(
        "mersenne",
        "1.0",
        "AGPL-3.0-or-later",
        "https://example.org/mersenne",
        commit,
        "clang 14",
        module,
        java.util.List.of("{first}"));
  }
}
