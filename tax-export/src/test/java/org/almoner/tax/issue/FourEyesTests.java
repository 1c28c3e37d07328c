package org.almoner.tax.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.register.Registered;
import org.almoner.tax.register.Wish;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of documents that ask for a second operator. */
class FourEyesTests {
  private static final DonorId ADA = SmallLog.donor(1);
  private static final String NUMBER = "2026-000001";

  @TempDir Path temp;
  private Desk desk;

  @BeforeEach
  void begin() throws Exception {
    desk = new Desk(temp);
    desk.gave(ADA, "Ada Example", 1);
  }

  @Test
  void aDocumentWhoseFlagIsUnknownWaitsForASecondOperatorWhateverItsProfileSays() throws Exception {
    issuedWithoutFlag();
    ReceiptRegister register = desk.register();
    Issuer issuer = desk.issuer(register, Terms.generic());
    assertThat(issuer.ask(wish(Wish.Act.CANCEL, "ada"))).isEmpty();
    issuer.resume();
    assertThat(issuer.stands(NUMBER)).isTrue();
    assertThat(issuer.confirm(register.wish(NUMBER).orElseThrow(), "bob").state())
        .isEqualTo(Registered.State.CANCELLED);
  }

  @Test
  void aStoredFileThatIsGivenOutOnTheWayWaitsToo() throws Exception {
    issuedWithoutFlag();
    Path file = desk.registerFolder().resolve("register.jsonl");
    Files.writeString(
        file,
        String.join(
            "",
            Files.readAllLines(file).stream()
                .filter(line -> !line.contains("\"ISSUED\""))
                .map(line -> line + "\n")
                .toList()));
    ReceiptRegister register = desk.register();
    Issuer issuer = desk.issuer(register, Terms.generic());
    assertThat(register.find(NUMBER).orElseThrow().state()).isEqualTo(Registered.State.SEALED);
    assertThat(issuer.ask(wish(Wish.Act.CANCEL, "ada"))).isEmpty();
    assertThat(issuer.stands(NUMBER)).isTrue();
  }

  @Test
  void aSecondWishDoesNotTakeThePlaceOfOneThatWaits() throws Exception {
    issuedWithoutFlag();
    ReceiptRegister register = desk.register();
    Issuer issuer = desk.issuer(register, Terms.generic());
    assertThat(issuer.ask(wish(Wish.Act.REPLACE, "ada"))).isEmpty();
    Wish waiting = register.wish(NUMBER).orElseThrow();
    assertThatThrownBy(() -> issuer.ask(wish(Wish.Act.CANCEL, "bob")))
        .isInstanceOf(DrawingFailed.class)
        .hasMessageContaining("be replaced");
    assertThat(register.wish(NUMBER)).contains(waiting);
    issuer.refuse(waiting);
    assertThat(issuer.ask(wish(Wish.Act.CANCEL, "bob"))).isEmpty();
    assertThatThrownBy(() -> issuer.confirm(waiting, "carol")).isInstanceOf(DrawingFailed.class);
  }

  @Test
  void aDocumentOfTheGenericProfileNeedsNobodyElse() throws Exception {
    desk.issuer().issue(2026);
    Optional<Registered> done = desk.issuer().ask(wish(Wish.Act.CANCEL, "ada"));
    assertThat(done.orElseThrow().state()).isEqualTo(Registered.State.CANCELLED);
  }

  private Wish wish(Wish.Act act, String by) {
    return new Wish(NUMBER, act, "sent to somebody else", by, desk.now);
  }

  private void issuedWithoutFlag() throws Exception {
    desk.issuer().issue(2026);
    Path file = desk.registerFolder().resolve("register.jsonl");
    Files.writeString(file, Files.readString(file).replace("\"fourEyes\":false,", ""));
  }
}
