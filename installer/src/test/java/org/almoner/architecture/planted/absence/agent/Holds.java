package org.almoner.architecture.planted.absence.agent;

import java.util.Optional;

record Holds(Optional<String> maybe) {}
