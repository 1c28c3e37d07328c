package org.almoner.architecture.planted.drawers.agent.utility;

public final class Lawful {}
