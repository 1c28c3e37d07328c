package org.almoner.simulation.host;

import org.almoner.simulation.network.Wire;
import org.almoner.simulation.server.Server;
import org.almoner.simulation.strategy.Strategy;
import org.almoner.simulation.truth.Truth;
import org.almoner.simulation.world.World;

/**
 * What a computer is put together from.
 *
 * @param strategyName how its owner behaves, by name
 * @param meanCount instructions that a unit takes on average
 */
public record Parts(
    World world,
    Server server,
    Truth truth,
    Machine machine,
    Person person,
    String strategyName,
    Strategy strategy,
    Wire wire,
    long meanCount) {}
