package org.almoner.architecture.planted.names.agent;

public final class LeaseService {}
