package org.almoner.architecture.planted.direction.tax;

public final class Receipt {
  Object other = org.almoner.architecture.planted.direction.agent.Agent.class;
}
