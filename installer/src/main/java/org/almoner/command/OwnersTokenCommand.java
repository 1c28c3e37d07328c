package org.almoner.command;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.almoner.protocol.access.Scope;
import org.almoner.protocol.access.TokenRequest;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An owner's API tokens, made and taken back with the owner's key. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = {
      "For project owners: makes, lists and revokes API tokens.",
      "Each is signed with your key, which the operator approved once, and needs no token."
    },
    subcommands = {
      OwnersTokenCommand.Create.class,
      OwnersTokenCommand.ListAll.class,
      OwnersTokenCommand.Revoke.class
    })
final class OwnersTokenCommand {
  private static final int TOKEN_OCTETS = 32;
  private static final int TOKENS_MAX = 1_000;

  private OwnersTokenCommand() {}

  /** What each of the verbs is asked with. */
  static final class Asking {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
    @Mixin private OwnerKey key = new OwnerKey();
    @Mixin private Printed printed = new Printed();

    private interface Question {
      TokenRequest of(String origin, long nowMs);
    }

    private JsonValue.Obj ask(Question question) {
      OperatorClient client = coordinator.client();
      String origin = Answer.read(client.get("/api/v1/origin"), f -> f.text("origin", 200));
      TokenRequest request;
      try {
        request = question.of(origin, Clock.systemUTC().millis());
      } catch (IllegalArgumentException e) {
        throw Failure.wrongUse(String.valueOf(e.getMessage()));
      }
      Envelope signed = Envelope.sign(Envelope.Kind.TOKEN_REQUEST, request.toJson(), key.open());
      if (client.postForValue("/api/v1/owners/tokens", signed.toJson())
          instanceof JsonValue.Obj answer) {
        return answer;
      }
      throw Failure.failed("the coordinator's answer does not fit: expected an object");
    }
  }

  /** One token as a coordinator tells of it. */
  private record Token(
      String name, List<String> scopes, long createdMs, long expiresMs, String used) {
    static Token parse(JsonFields fields) throws MalformedJson {
      return new Token(
          fields.text("name", 63),
          fields.texts("scopes", 1, 10, 20),
          fields.integer("createdMs", 0, JsonValue.INTEGER_MAX),
          fields.integer("expiresMs", 0, JsonValue.INTEGER_MAX),
          fields.has("lastUsed") ? "last used " + fields.text("lastUsed", 10) : "never used");
    }

    static List<Token> all(JsonValue.Obj answer) {
      return Answer.read(
          answer,
          fields -> {
            List<Token> tokens = new java.util.ArrayList<>();
            for (JsonFields one : fields.objects("tokens", 0, TOKENS_MAX)) {
              tokens.add(parse(one));
            }
            return tokens;
          });
    }

    String line() {
      return String.format(
          "%-20s %-22s made %s, opens until %s, %s",
          name, String.join(",", scopes), day(createdMs), day(expiresMs), used);
    }

    private static String day(long ms) {
      return Instant.ofEpochMilli(ms).truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10);
    }
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = {
        "Makes a token; prints it once.",
        "It is drawn here, and the coordinator learns only its hash until it is used."
      })
  static final class Create implements Runnable {
    @Mixin private Asking asking = new Asking();
    @Mixin private SavedToken saved = new SavedToken();

    @Parameters(paramLabel = "NAME", description = "What you call it, such as ci or laptop.")
    private String name = "";

    @Option(
        names = "--scope",
        required = true,
        paramLabel = "SCOPE",
        split = ",",
        description =
            "What it opens: submit (upload, check, submit), read (units, results, outputs), manage"
                + " (cancel). Several are separated by commas.")
    private List<String> scopes = List.of();

    @Option(
        names = "--days",
        paramLabel = "N",
        description = "How long it opens that, 1 to 365 days (default: ${DEFAULT-VALUE}).")
    private int days = TokenRequest.DAYS_DEFAULT;

    @Override
    public void run() {
      boolean json = asking.printed.json();
      Set<Scope> opens = EnumSet.noneOf(Scope.class);
      try {
        scopes.forEach(word -> opens.add(Scope.of(word)));
      } catch (IllegalArgumentException e) {
        throw Failure.wrongUse("--scope: " + e.getMessage());
      }
      byte[] drawn = new byte[TOKEN_OCTETS];
      new SecureRandom().nextBytes(drawn);
      String token = Bytes.of(drawn).toHex();
      Hash hash = Hash.sha256(token.getBytes(StandardCharsets.UTF_8));
      JsonValue.Obj answer =
          asking.ask(
              (origin, nowMs) -> new TokenRequest.Create(origin, nowMs, name, opens, days, hash));
      Token made =
          Token.all(answer).stream()
              .filter(one -> one.name().equals(name))
              .findFirst()
              .orElseThrow(() -> Failure.failed("the coordinator does not list the token it made"));
      boolean kept = saved.keep(token);
      if (json) {
        JsonValue.Builder out =
            JsonValue.Obj.of()
                .put("name", name)
                .putTexts("scopes", made.scopes())
                .put("expiresMs", made.expiresMs());
        System.out.println(Printed.line((kept ? out : out.put("token", token)).build()));
      } else {
        System.out.println(made.line());
        if (!kept) {
          System.out.println("token " + token + "   (shown once)");
        }
      }
    }
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists your tokens.")
  static final class ListAll implements Runnable {
    @Mixin private Asking asking = new Asking();

    @Override
    public void run() {
      boolean json = asking.printed.json();
      JsonValue.Obj answer = asking.ask(TokenRequest.Listing::new);
      if (json) {
        System.out.println(Printed.line(answer));
      } else {
        Token.all(answer).forEach(token -> System.out.println(token.line()));
      }
    }
  }

  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "Takes a token back; it opens nothing from then on.")
  static final class Revoke implements Runnable {
    @Mixin private Asking asking = new Asking();

    @Parameters(paramLabel = "NAME", description = "The token's name; 'list' has it.")
    private String name = "";

    @Override
    public void run() {
      asking.printed.json();
      var unused = asking.ask((origin, nowMs) -> new TokenRequest.Revoke(origin, nowMs, name));
      asking.printed.say("revoked " + name, JsonValue.Obj.of().put("revoked", name).build());
    }
  }
}
