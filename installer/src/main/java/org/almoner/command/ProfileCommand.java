package org.almoner.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.almoner.protocol.json.JsonValue;
import org.almoner.tax.jurisdiction.DonorKind;
import org.almoner.tax.jurisdiction.JurisdictionsPage;
import org.almoner.tax.jurisdiction.MalformedProfile;
import org.almoner.tax.jurisdiction.Profile;
import org.almoner.tax.jurisdiction.ProfileFault;
import org.almoner.tax.jurisdiction.ShippedProfiles;
import org.almoner.tax.jurisdiction.TestVector;
import org.almoner.tax.pdf.DocumentRefused;
import org.almoner.tax.pdf.StatementPdf;
import org.almoner.tax.specimen.ProfileCheck;
import org.almoner.tax.specimen.Specimen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Profiles of jurisdictions, for people who write and review them; no coordinator is asked. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    description = {
      "For charities and their lawyers: what documents may say in one country. A profile is a text",
      "file; docs/reference/add-a-country.md shows how to write one.",
    },
    subcommands = {
      ProfileCommand.Listing.class,
      ProfileCommand.Show.class,
      ProfileCommand.Check.class,
      ProfileCommand.Preview.class,
      ProfileCommand.Table.class,
    })
final class ProfileCommand {
  private ProfileCommand() {}

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = {
        "Lists the profiles that come with Almoner, each with the SHA-256 that a review names.",
        "With files, lists those instead.",
      })
  static final class Listing implements Runnable {
    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Profiles of your own.")
    private List<Path> files = List.of();

    @Mixin private Printed printed = new Printed();

    @Override
    public void run() {
      boolean json = printed.json();
      List<Profile> profiles =
          files.isEmpty()
              ? ShippedProfiles.list()
              : files.stream().map(file -> parse(file, octets(file))).toList();
      if (json) {
        List<JsonValue.Obj> list = profiles.stream().map(Listing::json).toList();
        System.out.println(Printed.line(JsonValue.Obj.of().put("profiles", list).build()));
      } else {
        profiles.forEach(profile -> System.out.println(line(profile)));
      }
    }

    private static String line(Profile profile) {
      return String.format(
          "%-20s %-8s %-4s %-22s %-9s %s  sha256 %s",
          profile.id(),
          profile.version(),
          profile.jurisdiction(),
          kinds(profile),
          String.join(",", profile.languages()),
          profile.isGeneric() ? "needs no review" : "needs a review",
          profile.digest().toHex());
    }

    private static String kinds(Profile profile) {
      return profile.donorTypes().size() == DonorKind.values().length
          ? "every donor"
          : profile.donorTypes().stream()
              .sorted()
              .map(DonorKind::text)
              .collect(Collectors.joining(","));
    }

    private static JsonValue.Obj json(Profile profile) {
      return JsonValue.Obj.of()
          .put("id", profile.id())
          .put("version", profile.version())
          .put("jurisdiction", profile.jurisdiction())
          .putTexts(
              "donorTypes", profile.donorTypes().stream().sorted().map(DonorKind::text).toList())
          .putTexts("languages", profile.languages())
          .put("generic", profile.isGeneric())
          .put("sha256", profile.digest().toHex())
          .build();
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = {
        "Prints a profile that comes with Almoner, as a file to start from; with --captions, the",
        "captions of a language.",
      })
  static final class Show implements Runnable {
    @Parameters(
        paramLabel = "ID",
        arity = "0..1",
        defaultValue = "generic",
        description = "Such as generic; 'almoner profile list' names them.")
    private String id = "";

    @Option(
        names = "--captions",
        paramLabel = "LANGUAGE",
        defaultValue = "",
        description = "Such as en: prints what its documents say around their facts instead.")
    private String captions = "";

    @Override
    public void run() {
      System.out.print(new String(file(), StandardCharsets.UTF_8));
    }

    private byte[] file() {
      if (!captions.isEmpty()) {
        return ShippedProfiles.captions(captions)
            .orElseThrow(
                () ->
                    Failure.wrongUse(
                        "no captions in "
                            + captions
                            + " come with Almoner; there are en, de and fr"));
      }
      if (ShippedProfiles.find(id).isEmpty()) {
        throw unknown(id);
      }
      return ShippedProfiles.octets(id);
    }
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = {
        "Checks a profile: every field, then its test vectors, made into documents and read, then",
        "each language against what no document may say. Tells all faults, each with its line.",
        "Exit code 0 when there is none, 1 when there is one.",
      })
  static final class Check implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The profile.")
    private Path file = Path.of(".");

    @Override
    public Integer call() {
      byte[] yaml = octets(file);
      List<ProfileCheck.Finding> found = new ProfileCheck(new StatementPdf()).check(yaml);
      found.forEach(
          finding -> System.out.println(file + ":" + finding.line() + "  " + finding.sentence()));
      if (!found.isEmpty()) {
        System.out.println(
            found.size() == 1 ? "1 thing to mend." : found.size() + " things to mend.");
        return Failure.FAILED;
      }
      Profile profile = parse(file, yaml);
      System.out.println(
          "ok  "
              + profile.id()
              + " "
              + profile.version()
              + ", "
              + profile.vectors().size()
              + " test vectors in "
              + String.join(", ", profile.languages()));
      System.out.println("sha256 " + profile.digest().toHex());
      if (!profile.isGeneric()) {
        System.out.println("It makes specimens only until a lawyer's review names this SHA-256.");
      }
      return 0;
    }
  }

  @Command(
      name = "preview",
      mixinStandardHelpOptions = true,
      description = {
        "Makes a document under a profile, about a charity and a donor that do not exist, marked as",
        "a specimen and not sealed.",
        "With --config, or the options of a logo and colours, it has the charity's own look.",
      })
  static final class Preview implements Callable<Integer> {
    @Parameters(paramLabel = "FILE|ID", description = "The profile: a file, or an id of 'list'.")
    private String profile = "";

    @Option(names = "--out", required = true, paramLabel = "FILE.pdf", description = "Where to.")
    private Path out = Path.of(".");

    @Option(
        names = "--language",
        paramLabel = "LANGUAGE",
        defaultValue = "",
        description = "Such as de (default: the profile's first).")
    private String language = "";

    @Option(
        names = "--benefit",
        paramLabel = "WORDS",
        description = "Something that the charity gave in return; repeat for more.")
    private List<String> benefits = List.of();

    @Option(names = "--replaces", description = "As if it stood for an earlier document.")
    private boolean replaces;

    @Mixin private SpecimenLook look = new SpecimenLook();

    @Override
    public Integer call() throws IOException {
      Profile chosen = chosen();
      String tag = language.isEmpty() ? chosen.languages().get(0) : language;
      if (!chosen.languages().contains(tag)) {
        throw Failure.wrongUse(
            chosen.id() + " has no " + tag + "; it has " + String.join(", ", chosen.languages()));
      }
      TestVector vector =
          new TestVector(1, "preview", tag, benefits, replaces, false, List.of(), List.of());
      try {
        byte[] pdf =
            look.pdf().render(Specimen.page(chosen, vector), chosen.specimen(tag), List.of());
        Files.write(out, pdf);
      } catch (DocumentRefused e) {
        List<String> sentences = new ArrayList<>(e.reasons());
        sentences.add("nothing was written; 'almoner profile check' tells the lines");
        throw Failure.wrongUse(sentences);
      }
      System.out.println(out + "  specimen of " + chosen.id() + " " + chosen.version());
      return 0;
    }

    private Profile chosen() {
      Optional<Profile> shipped = ShippedProfiles.find(profile);
      Path file = Path.of(profile);
      if (shipped.isPresent() && !Files.exists(file)) {
        return shipped.get();
      }
      if (!Files.exists(file) && profile.matches(Profile.ID)) {
        throw unknown(profile);
      }
      return parse(file, octets(file));
    }
  }

  @Command(
      name = "table",
      mixinStandardHelpOptions = true,
      description = "Prints what the profiles say, as docs/reference/jurisdictions.md has it.")
  static final class Table implements Runnable {
    @Override
    public void run() {
      System.out.print(JurisdictionsPage.of(ShippedProfiles.list()));
    }
  }

  private static Failure unknown(String id) {
    return Failure.wrongUse(
        "no profile "
            + id
            + " comes with Almoner, and there is no such file; there are "
            + String.join(", ", ShippedProfiles.IDS));
  }

  private static byte[] octets(Path file) {
    if (!Files.isRegularFile(file)) {
      throw Failure.wrongUse("there is no file " + file);
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw Failure.failed(file + " cannot be read: " + e.getMessage());
    }
  }

  private static Profile parse(Path file, byte[] yaml) {
    try {
      return Profile.parse(yaml);
    } catch (MalformedProfile e) {
      throw Failure.wrongUse(
          e.faults().stream()
              .map(ProfileFault::sentence)
              .map(fault -> file + ": " + fault)
              .toList());
    }
  }
}
