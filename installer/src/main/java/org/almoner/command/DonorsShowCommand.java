package org.almoner.command;

import java.util.List;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.tax.donor.Benefit;
import org.almoner.tax.donor.BenefitsBook;
import org.almoner.tax.donor.Consent;
import org.almoner.tax.donor.Donor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Everything the directory holds of one donor. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Shows everything the directory holds of a donor: name, address, kind, language, consent,",
      "benefits. With -o json it is what a donor who asks is given."
    })
final class DonorsShowCommand implements Runnable {
  @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
  @Mixin private Printed printed = new Printed();

  @Parameters(paramLabel = "DONOR", description = "The donor's pseudonym, 32 hexadecimal digits.")
  private String donor = "";

  @Override
  public void run() {
    boolean json = printed.json();
    String id = DonorsCommand.pseudonym(donor);
    JsonValue held = coordinator.client().get("/api/v1/register/names/" + id);
    if (json) {
      System.out.println(Printed.line(held));
      return;
    }
    Answer.read(
        held,
        fields -> {
          print(fields);
          return fields;
        });
  }

  private static void print(JsonFields fields) throws MalformedJson {
    Donor donor = Donor.parse(fields.object("donor"));
    print(donor);
    if (fields.has("consent")) {
      Consent consent = Consent.parse(fields.object("consent"));
      System.out.println("consent    " + consent.on() + ", to: " + consent.to());
    } else {
      System.out.println("consent    none recorded");
    }
    List<JsonFields> benefits = fields.objects("benefits", 0, BenefitsBook.BENEFITS_MAX);
    System.out.println("benefits   " + (benefits.isEmpty() ? "none recorded" : benefits.size()));
    int place = 1;
    for (JsonFields each : benefits) {
      System.out.println(DonorsBenefitsCommand.line(place, Benefit.parse(each)));
      place++;
    }
  }

  /** Prints what documents are addressed with. */
  static void print(Donor donor) {
    System.out.println("donor      " + donor.id());
    System.out.println("name       " + donor.name());
    System.out.println("address    " + said(String.join(", ", donor.address())));
    System.out.println("country    " + said(donor.country()));
    System.out.println("kind       " + donor.kind().text());
    System.out.println("language   " + said(donor.language()));
  }

  private static String said(String text) {
    return text.isEmpty() ? "none" : text;
  }
}
