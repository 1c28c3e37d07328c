package org.almoner.architecture.planted.absence.agent;

import java.util.Optional;

public record Holds(Optional<String> maybe) {}
