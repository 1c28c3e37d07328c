package org.almoner.architecture.planted.drawers.agent.model;

public final class InModel {}
