package org.almoner.architecture.planted.drawers.agent.dto;

public final class InDto {}
