package org.almoner.simulation.invariant;

import java.util.List;
import org.almoner.simulation.books.Books;
import org.almoner.simulation.host.Host;
import org.almoner.simulation.host.Person;
import org.almoner.simulation.network.Acknowledged;
import org.almoner.simulation.server.Server;
import org.almoner.simulation.truth.Truth;

/**
 * A world at a moment.
 *
 * @param nowMs milliseconds since 1970 UTC
 * @param last whether nothing more will happen: no work is left, and everything has matured
 */
public record State(
    long nowMs,
    boolean last,
    Books books,
    Acknowledged acknowledged,
    Truth truth,
    List<Host> hosts,
    List<Person> people,
    Server server) {}
