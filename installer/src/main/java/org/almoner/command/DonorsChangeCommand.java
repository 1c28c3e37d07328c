package org.almoner.command;

import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.tax.donor.Consent;
import org.almoner.tax.donor.Donor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes what the directory says of a donor. */
@Command(
    name = "change",
    mixinStandardHelpOptions = true,
    description = {
      "Changes what the directory says of a donor; what is not named stays. Documents that were",
      "issued stay as they are: 'almoner receipts replace' makes a new one."
    })
final class DonorsChangeCommand implements Runnable {
  @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
  @Mixin private DonorOptions said = new DonorOptions();

  @Parameters(paramLabel = "DONOR", description = "The donor's pseudonym, 32 hexadecimal digits.")
  private String donor = "";

  @Option(names = "--name", paramLabel = "NAME", description = "As it is to stand on documents.")
  private String name = "";

  @Override
  public void run() {
    String id = DonorsCommand.pseudonym(donor);
    JsonValue.Builder body = JsonValue.Obj.of();
    boolean any = said.put(body);
    if (!name.isEmpty()) {
      body.put("name", name);
    } else if (!any) {
      throw Failure.wrongUse("say what is to be changed; 'almoner donors change --help' lists it");
    }
    JsonFields changed = coordinator.client().post("/api/v1/register/names/" + id, body.build());
    Answer.read(
        changed,
        fields -> {
          DonorsShowCommand.print(Donor.parse(fields.object("donor")));
          if (fields.has("consent")) {
            Consent consent = Consent.parse(fields.object("consent"));
            System.out.println("consent    " + consent.on() + ", to: " + consent.to());
          }
          return fields;
        });
  }
}
