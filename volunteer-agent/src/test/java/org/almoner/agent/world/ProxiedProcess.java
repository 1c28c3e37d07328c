package org.almoner.agent.world;

import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.almoner.agent.contact.Answer;
import org.almoner.agent.contact.Backoff;
import org.almoner.agent.contact.CoordinatorClient;
import org.almoner.agent.contact.SystemProxy;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.agent.origin.Pinned;
import org.almoner.protocol.problem.Problem;

/** Asks a coordinator who it is, once through each proxy that is named; a line for each answer. */
public final class ProxiedProcess {
  private ProxiedProcess() {}

  public static void main(String[] args) throws Exception {
    SystemProxy.permitNames();
    CoordinatorAddress address = CoordinatorAddress.parse(args[0]);
    for (int i = 1; i < args.length; i++) {
      SystemProxy proxy =
          SystemProxy.of(Map.of("https_proxy", args[i]), HttpClient.Builder.NO_PROXY);
      Answer<Pinned> answer =
          new CoordinatorClient(
                  address,
                  CoordinatorClient.transport().proxy(proxy).build(),
                  Duration.ofSeconds(20),
                  new Backoff(new SecureRandom()),
                  wait -> Thread.sleep(5))
              .origin();
      System.out.println(
          answer.match(Pinned::origin, Problem::detail, Answer.Unavailable::sentence));
    }
  }
}
