package org.almoner.agent.proof;

/** Where a log is asked for what its answers did not bring along. */
public interface LogSource extends ConsistencySource, RotationSource {}
