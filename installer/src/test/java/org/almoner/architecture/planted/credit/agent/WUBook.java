package org.almoner.architecture.planted.credit.agent;

public final class WUBook {}
